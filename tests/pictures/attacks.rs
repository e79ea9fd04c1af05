//! Sources that would take all memory or all time, and what is said of them. The process that draws is held; the
//! program says one clear thing, and nothing is written.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use rebrand::demo::sites::Year;

use crate::{BRAND, Run, World};

fn refused(svg: &str, words: &[&str]) {
    let world = World::new(Year::Y2026, BRAND);
    world.asset("logo.svg", svg.as_bytes());
    let before = world.files();
    world.run(&["apply", "--yes"]).is(2, words);
    assert_eq!(world.files(), before, "nothing is written");
    assert!(!world.brand().join("brand.lock").exists());
}

fn filtered(filter: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 2000 2000\"><filter id=\"f\">{filter}</filter>\
         <rect width=\"2000\" height=\"2000\" filter=\"url(#f)\"/></svg>"
    )
}

#[test]
fn a_filter_that_never_ends_is_stopped() {
    let words = ["failed to make pictures of `logo.svg`", "without filters"];
    refused(&filtered("<feTurbulence baseFrequency=\".05\" numOctaves=\"100000\"/>"), &words);
}

#[test]
fn a_web_page_in_the_place_of_a_picture_is_told() {
    refused("<!doctype html><html><body>log in</body></html>", &["is a web page, not a picture"]);
}

#[test]
fn entities_that_explode_are_refused() {
    let entity = "x".repeat(100_000);
    let uses = "&a;".repeat(20_000);
    let svg = format!(
        "<!DOCTYPE svg [<!ENTITY a \"{entity}\">]><svg xmlns=\"http://www.w3.org/2000/svg\"><desc>{uses}</desc></svg>"
    );
    refused(&svg, &["entities"]);
}

#[test]
fn text_in_a_font_that_is_not_there_is_told_by_name() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 30\">\
               <text y=\"20\" font-family=\"Fancy Sans\">Public Code</text></svg>";
    refused(svg, &["`Fancy Sans`", "draw the text as paths"]);
}

/// How often one thing refers to two of the next: twice as many drawings each time.
const LEVELS: usize = 22;

/// An SVG of a few kilobytes in which `part` of each level, given its name and that of the next, refers to the next
/// one twice; `first` draws the first level.
fn doubled(part: impl Fn(&str, &str) -> String, first: &str) -> String {
    let parts: String =
        (0..LEVELS).map(|level| part(&format!("x{level}"), &format!("x{}", level + 1))).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         viewBox=\"0 0 90 40\">{parts}<g id=\"x{LEVELS}\"><rect width=\"9\" height=\"9\"/></g>{first}</svg>"
    )
}

/// Two rectangles with the attribute `attribute`.
fn two(attribute: &str) -> String {
    format!("<rect width=\"90\" height=\"40\" {attribute}/>").repeat(2)
}

const STOPPED: [&str; 2] = ["more memory than a picture may take", "more than 20 s of CPU time"];
const NODES: [&str; 2] = ["nodes limit reached"; 2];

/// `lock` refuses `svg` with one of `reasons`; the program itself never holds more than 128 MB, and all its processes
/// together not more than the limit of the worker and that.
fn is_stopped(svg: &str, reasons: [&str; 2]) {
    let world = World::new(Year::Y2026, BRAND);
    world.asset("logo.svg", svg.as_bytes());
    let (run, [own, workers]) = measured(&world);
    run.is(2, &["failed to make pictures of `logo.svg`"]);
    assert!(reasons.iter().any(|reason| run.said.contains(reason)), "{}", run.said);
    assert!(own < 128 << 10, "the program took {own} kB");
    assert!(workers < (1 << 20) + (64 << 10), "the worker took {workers} kB");
    assert!(!world.brand().join("brand.lock").exists());
}

fn lock(world: &World) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rebrand"));
    command.arg("-C").arg(world.folder.path().join("project")).arg("--root").arg(world.site()).arg("lock");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The processes that the threads of `process` started, and that have not ended.
fn children(process: u32) -> Vec<String> {
    let tasks = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let children = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
    children.flat_map(|ids| ids.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// Runs `lock`, and measures the most memory in kB that it and that its children held.
fn measured(world: &World) -> (Run, [u64; 2]) {
    let mut child = lock(world).spawn().unwrap();
    let own = child.id().to_string();
    let mut most = [0, 0];
    while child.try_wait().unwrap().is_none() {
        let workers = children(child.id()).iter().map(|id| peak(id)).sum();
        most = [most[0].max(peak(&own)), most[1].max(workers)];
        std::thread::sleep(Duration::from_millis(5));
    }
    let done = child.wait_with_output().unwrap();
    let said = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
    (Run { status: done.status.code(), said }, most)
}

/// The most memory that a process ever held, in kB; 0 of one that ended.
fn peak(process: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

#[test]
fn masks_of_masks_are_stopped() {
    let mask = |own: &str, next: &str| {
        format!("<mask id=\"{own}\">{}</mask>", two(&format!("fill=\"#fff\" mask=\"url(#{next})\"")))
    };
    is_stopped(&doubled(mask, &two("mask=\"url(#x0)\"")), STOPPED);
}

#[test]
fn markers_of_markers_are_stopped() {
    let line = |next: &str| {
        format!(
            "<path d=\"M0 0L9 9L0 9\" stroke=\"red\" marker-start=\"url(#{next})\" marker-end=\"url(#{next})\"/>"
        )
    };
    let marker = |own: &str, next: &str| format!("<marker id=\"{own}\">{}</marker>", line(next));
    is_stopped(&doubled(marker, &line("x0")), STOPPED);
}

#[test]
fn patterns_of_patterns_are_stopped() {
    let pattern = |own: &str, next: &str| {
        let inside = two(&format!("fill=\"url(#{next})\""));
        format!(
            "<pattern id=\"{own}\" width=\"9\" height=\"9\" patternUnits=\"userSpaceOnUse\">{inside}</pattern>"
        )
    };
    is_stopped(&doubled(pattern, &two("fill=\"url(#x0)\"")), STOPPED);
}

#[test]
fn clips_of_clips_are_stopped() {
    let clip = |own: &str, next: &str| {
        format!("<clipPath id=\"{own}\">{}</clipPath>", two(&format!("clip-path=\"url(#{next})\"")))
    };
    is_stopped(&doubled(clip, &two("clip-path=\"url(#x0)\"")), STOPPED);
}

#[test]
fn pictures_of_filters_of_pictures_are_stopped() {
    let filter = |own: &str, next: &str| {
        let image = format!("<feImage xlink:href=\"#{next}\"/>").repeat(2);
        format!(
            "<filter id=\"f{own}\">{image}</filter><g id=\"{own}\" filter=\"url(#f{own})\">{}</g>",
            two("")
        )
    };
    is_stopped(&doubled(filter, ""), STOPPED);
}

#[test]
fn uses_of_groups_symbols_and_drawings_are_refused() {
    for element in ["g", "symbol", "svg"] {
        let part = |own: &str, next: &str| {
            let uses = format!("<use xlink:href=\"#{next}\"/>").repeat(2);
            format!("<{element} id=\"{own}\">{uses}</{element}>")
        };
        is_stopped(&doubled(part, "<use xlink:href=\"#x0\"/>"), NODES);
    }
    let deep = format!("{}{}{}", "<svg>".repeat(50_000), two(""), "</svg>".repeat(50_000));
    is_stopped(&doubled(|_, _| String::new(), &deep), NODES);
}

#[test]
fn texts_of_texts_are_refused() {
    let text = |own: &str, next: &str| {
        let references = format!("<tref xlink:href=\"#{next}\"/>").repeat(2);
        format!("<text id=\"{own}\" font-family=\"Fancy Sans\">a{references}</text>")
    };
    is_stopped(&doubled(text, ""), ["in the font `Fancy Sans`"; 2]);
}

/// What stands still for longer than a picture may take has used no CPU time, as on a machine that has more to do.
#[test]
fn a_worker_that_waits_for_its_turn_is_not_stopped() {
    let world = World::new(Year::Y2026, BRAND);
    // Slow enough to be met at work, and far from the limit.
    let slow = filtered("<feTurbulence baseFrequency=\".05\" numOctaves=\"20\"/>");
    world.asset("logo.svg", slow.as_bytes());
    let mut child = lock(&world).spawn().unwrap();
    let worker = loop {
        assert!(child.try_wait().unwrap().is_none(), "it ended without a worker");
        if let Some(worker) = children(child.id()).pop() {
            break worker;
        }
    };
    let signal = |name: &str| Command::new("kill").args([name, &worker]).status().unwrap().success();
    assert!(signal("-STOP"), "it is still at work");
    std::thread::sleep(Duration::from_secs(22));
    assert!(signal("-CONT"));
    assert!(child.wait().unwrap().success());
}

/// A drawing in a drawing is never read.
#[test]
fn an_attack_inside_of_an_embedded_drawing_is_left_out() {
    let world = World::new(Year::Y2026, BRAND);
    let inner = doubled(
        |own, next| format!("<mask id=\"{own}\">{}</mask>", two(&format!("mask=\"url(#{next})\""))),
        "",
    );
    let image = format!(
        "{}<image width=\"9\" height=\"9\" href=\"data:image/svg+xml,{}\"/>",
        two(""),
        inner.replace('<', "%3C").replace('>', "%3E").replace('"', "%22").replace('#', "%23")
    );
    world.asset("logo.svg", doubled(|_, _| String::new(), &image).as_bytes());
    let (run, [own, workers]) = measured(&world);
    run.is(0, &["icon-512"]);
    assert!(own < 128 << 10 && workers < 256 << 10, "{own} kB and {workers} kB");
}
