//! What the pictures of a brand cost: six PNG and an icon of three sizes from one source, by a whole process, against
//! `sharp` from npm and `ImageMagick` from Debian in the same run.
//!
//! The sources are made here: a logo with soft edges and gradients as PNG of 1024² and 4096² px, and as SVG. Both
//! others are asked for lossless PNG. Who is not installed is left out, and it is said how to get it.
//! `-- --quick` measures five rounds, `-- --enforce` fails if a promise is not held.

mod measure;
#[expect(dead_code, reason = "no site is branded here")]
mod scratch;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use measure::{Options, Table, median};
use rebrand::raster::{Align, Colour, Effort, Fit, Format, Job, Recipe, make};
use scratch::{Result, Scratch, run};

/// The first argument of this program where it is only to make pictures: what is measured is a process of its own.
const MAKE: &str = "--make-pictures";

const LIMIT_MB: f64 = 64.0;

fn main() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, flag, effort, source, folder] = arguments.as_slice()
        && flag == MAKE
    {
        return made(effort, Path::new(source), Path::new(folder)).map(|()| ExitCode::SUCCESS);
    }
    let options = Options::from_arguments();
    let scratch = Scratch::new()?;
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let (sharp, magick) = (installed_sharp(), is_magick_installed());
    let mut table = Table::new("pictures: six PNG and one ICO from one source, by a process of its own");
    for (name, source) in sources(folder.path())? {
        let bench = Bench { name, source: &source, folder: folder.path(), scratch: &scratch };
        let rounds = options.rounds(15);
        let fast = bench.measured("fast", rounds, |out| ours("fast", &source, out))?;
        let thorough = bench.measured("thorough", rounds, |out| ours("thorough", &source, out))?;
        table.add(&format!("{name}: peak memory, fast"), fast.memory, LIMIT_MB, "MB");
        table.add(&format!("{name}: peak memory, thorough"), thorough.memory, LIMIT_MB, "MB");
        if let Some(package) = &sharp {
            let theirs = bench.measured("sharp", rounds, |out| Ok(by_sharp(package, &source, out)))?;
            table.add(&format!("{name}: fast, against sharp / 3"), fast.time, theirs.time / 3.0, "ms");
            table.add(
                &format!("{name}: thorough, against sharp x 2"),
                thorough.time,
                theirs.time * 2.0,
                "ms",
            );
            table.add(&format!("{name}: fast, against sharp"), fast.size, theirs.size, "KB");
            table.add(
                &format!("{name}: thorough, against sharp x 0.7"),
                thorough.size,
                theirs.size * 0.7,
                "KB",
            );
        }
        if magick {
            let theirs = bench.measured("magick", rounds, |out| Ok(by_magick(&source, out)))?;
            table.add(&format!("{name}: fast, against ImageMagick"), fast.time, theirs.time, "ms");
            table.add(&format!("{name}: fast, against ImageMagick"), fast.size, theirs.size, "KB");
        }
    }
    Ok(table.finish(options))
}

/// What one way of making the set came to.
struct Cost {
    time: f64,
    memory: f64,
    size: f64,
}

struct Bench<'a> {
    name: &'a str,
    source: &'a Path,
    folder: &'a Path,
    scratch: &'a Scratch,
}

impl Bench<'_> {
    fn measured(&self, who: &str, rounds: usize, command: impl Fn(&Path) -> Result<Command>) -> Result<Cost> {
        let out = self.folder.join(format!("{}-{who}", self.name.replace(' ', "-")));
        fs::create_dir_all(&out)?;
        let mut times = Vec::new();
        for round in 0..=rounds {
            let start = Instant::now();
            run(&mut command(&out)?)?;
            // The first round fills the caches.
            let taken = start.elapsed();
            times.extend((round > 0).then_some(taken));
        }
        let (cpu, memory) = self.scratch.usage(&command(&out)?)?;
        let files: Vec<PathBuf> =
            fs::read_dir(&out)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        if files.len() != 7 {
            return Err(format!("{who} made {} of 7 files of {}", files.len(), self.source.display()).into());
        }
        let mut bytes = 0;
        for file in files {
            bytes += fs::metadata(file)?.len();
        }
        let size = Duration::from_micros(bytes).as_secs_f64() * 1000.0;
        let time = median(&mut times);
        println!("  {} by {who}: {time:.0} ms, {cpu:.0} ms of CPU, {memory:.0} MB, {size:.0} KB", self.name);
        Ok(Cost { time, memory, size })
    }
}

/// The set of a brand.
fn job(effort: Effort) -> Job {
    let blue = Some(Colour::new(23, 160, 219));
    let png = |width, height, padding, background| Recipe {
        format: Format::Png,
        width,
        height,
        padding,
        background,
        fit: Fit::Contain(Align::Centre),
        safe_zone: false,
        shrink: false,
        seen_on: Vec::new(),
    };
    let recipes = vec![
        png(180, 180, 10, blue),
        png(192, 192, 0, None),
        png(512, 512, 0, None),
        Recipe { safe_zone: true, ..png(512, 512, 0, blue) },
        png(284, 128, 0, None),
        png(1200, 630, 20, blue),
        Recipe { format: Format::Ico { sizes: vec![16, 32, 48] }, ..png(0, 0, 0, None) },
    ];
    Job { recipes, effort, ..Job::default() }
}

fn made(effort: &str, source: &Path, folder: &Path) -> Result<()> {
    let effort = if effort == "fast" { Effort::Fast } else { Effort::Thorough };
    let made = make(&fs::read(source)?, &job(effort))?;
    for (at, picture) in made.pictures.iter().enumerate() {
        fs::write(folder.join(at.to_string()), picture)?;
    }
    Ok(())
}

fn ours(effort: &str, source: &Path, out: &Path) -> Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(MAKE).arg(effort).arg(source).arg(out);
    Ok(command)
}

/// Where `tests/install-parts.sh` puts sharp.
fn installed_sharp() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/sharp");
    let is_there = folder.join("node_modules/sharp").is_dir();
    if !is_there {
        println!("sharp is not installed, so nothing is held against it: run `tests/install-parts.sh`");
    }
    is_there.then_some(folder)
}

fn by_sharp(package: &Path, source: &Path, out: &Path) -> Command {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/sharp.mjs");
    let mut command = Command::new("/usr/bin/env");
    command.arg(format!("SHARP={}", package.display())).arg("node").arg(script).arg(source).arg(out);
    command
}

/// Whether it is the true one, and no program that only bears its name.
fn is_magick_installed() -> bool {
    let told = Command::new("convert").arg("--version").output();
    let is_there = told.is_ok_and(|told| told.stdout.starts_with(b"Version: ImageMagick"));
    if !is_there {
        println!("ImageMagick is not installed, so nothing is held against it: run `tests/install-parts.sh`");
    }
    is_there
}

fn by_magick(source: &Path, out: &Path) -> Command {
    const SET: &str = "set -e; \
        c='convert -background none -density 400'; b='-background #17a0db -gravity center'; \
        $c \"$0\" -trim +repage -resize 1024x1024 -write mpr:logo +delete \
          \\( mpr:logo -resize 144x144 $b -extent 180x180 -flatten -write \"PNG:$1/0.png\" +delete \\) \
          \\( mpr:logo -resize 192x192 -background none -gravity center -extent 192x192 -write \"PNG:$1/1.png\" +delete \\) \
          \\( mpr:logo -resize 512x512 -background none -gravity center -extent 512x512 -write \"PNG:$1/2.png\" +delete \\) \
          \\( mpr:logo -resize 288x288 $b -extent 512x512 -flatten -write \"PNG:$1/3.png\" +delete \\) \
          \\( mpr:logo -resize 284x128 -background none -gravity center -extent 284x128 -write \"PNG:$1/4.png\" +delete \\) \
          \\( mpr:logo -resize 378x378 $b -extent 1200x630 -flatten -write \"PNG:$1/5.png\" +delete \\) \
          mpr:logo -resize 48x48 -define icon:auto-resize=48,32,16 \"ICO:$1/favicon.ico\"";
    let mut command = Command::new("/bin/sh");
    command.arg("-c").arg(SET).arg(source).arg(out);
    command
}

/// A logo of shapes, gradients and thin lines.
const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1024 1024"><defs>
    <linearGradient id="a" x2="1" y2="1"><stop stop-color="#f5a623"/><stop offset="1" stop-color="#d0021b"/></linearGradient>
    <radialGradient id="b"><stop stop-color="#fff"/><stop offset="1" stop-color="#4a90e2" stop-opacity=".3"/></radialGradient></defs>
    <rect x="40" y="40" width="944" height="944" rx="180" fill="url(#a)"/><circle cx="512" cy="470" r="300" fill="url(#b)"/>
    <path d="M200 760C350 560 420 900 560 700S760 540 860 700" fill="none" stroke="#fff" stroke-width="34" stroke-linecap="round"/>
    <path d="M300 300L512 180 724 300V560L512 680 300 560Z" fill="#16324f" fill-opacity=".85"/>
    <g stroke="#fff" stroke-width="6"><path d="M340 330L684 540M684 330L340 540M512 210V650"/></g></svg>"##;

/// The SVG, and the bitmaps drawn from it.
fn sources(folder: &Path) -> Result<Vec<(&'static str, PathBuf)>> {
    let mut sources = Vec::new();
    for (name, size) in [("PNG 1024", 1024), ("PNG 4096", 4096)] {
        let recipe = Recipe {
            format: Format::Png,
            width: size,
            height: size,
            padding: 4,
            background: None,
            fit: Fit::Contain(Align::Centre),
            safe_zone: false,
            shrink: false,
            seen_on: Vec::new(),
        };
        let job = Job { recipes: vec![recipe], effort: Effort::Fast, ..Job::default() };
        let path = folder.join(format!("{size}.png"));
        fs::write(&path, make(LOGO.as_bytes(), &job)?.pictures.concat())?;
        sources.push((name, path));
    }
    let path = folder.join("logo.svg");
    fs::write(&path, LOGO)?;
    sources.push(("SVG", path));
    Ok(sources)
}
