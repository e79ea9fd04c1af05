//! How the splice engine grows: with the number of edits, and with the size of the file.
//!
//! An edit costs what the program pays for it in memory: the file is parsed and evaluated, the edits are lowered and
//! applied, and the result is parsed and evaluated again. CPU time is compared, for on a busy machine the long jobs are
//! interrupted and the short ones are not. `-- --quick` measures five rounds, `-- --enforce` fails if a promise is not
//! held.

mod measure;

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use measure::{Options, Table, median};
use rebrand::demo::sites::{Year, files};
use rebrand::edit::{Edit, Op, Wish};
use rebrand::fault::Place;
use rebrand::js::{Dialect, Document};
use rebrand::text::Text;
use rebrand::value::{KeyPath, Value};
use rustix::time::{ClockId, clock_gettime};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// How many edits are many.
const MANY: usize = 1000;
/// How many edits a brand usually comes to.
const FEW: usize = 6;

fn main() -> Result<ExitCode> {
    let options = Options::from_arguments();
    let newest = newest()?;
    let rounds = options.rounds(100);

    let size = newest.len() / 1000;
    let title = format!("edits: the newest config.js, {size} kB, CPU time, medians of {rounds}");
    let mut table = Table::new(&title);
    let missing = edits("benchMissing");
    // The proof reads the file that comes of it, which is twice as long: six keys of that file are the measure.
    let longer = edited(&newest, &missing)?;
    let [many, few] = in_turn(rounds, [(&newest, &missing), (&longer, &edits("benchOther")[..FEW])])?;
    table.add("1000 missing keys, against 2 x 6 in the file that comes of it", many, 2.0 * few, "ms");

    let generated = generated(newest.len());
    let present = edits("benchPresent");
    let [many, few] = in_turn(rounds, [(&generated, &present), (&generated, &present[..FEW])])?;
    table.add("1000 keys of a file of that size, against 2 x 6", many, 2.0 * few, "ms");

    let [once, tenfold, hundredfold] = [1, 10, 100].map(|times| repeated(&newest, times));
    let (once, tenfold, hundredfold) = (once?, tenfold?, hundredfold?);
    let few = &missing[..FEW];
    let files = [(&once, few), (&tenfold, few), (&hundredfold, few)];
    let [single, ten, hundred] = in_turn(options.rounds(20), files)?;
    let each = |time: f64, text: &str| time / bytes(text) * 1_000_000.0;
    let limit = 1.5 * each(single, &once);
    table.add("a byte of the file x 10, against 1.5 x one of the file", each(ten, &tenfold), limit, "ns");
    table.add(
        "a byte of the file x 100, against 1.5 x one of the file",
        each(hundred, &hundredfold),
        limit,
        "ns",
    );
    Ok(table.finish(options))
}

/// The medians of several jobs, in milliseconds, taken by turns.
fn in_turn<const COUNT: usize>(rounds: usize, jobs: [(&String, &[Edit]); COUNT]) -> Result<[f64; COUNT]> {
    let mut times = [const { Vec::<Duration>::new() }; COUNT];
    for round in 0..=rounds {
        for ((text, edits), times) in jobs.iter().zip(&mut times) {
            let taken = job(text, edits)?;
            // The first round fills the caches.
            if round > 0 {
                times.push(taken);
            }
        }
    }
    Ok(times.each_mut().map(|times| median(times)))
}

/// How long it takes to edit `text`; every edit must be carried out.
fn job(text: &str, edits: &[Edit]) -> Result<Duration> {
    let start = processor_time()?;
    let text = Text::from_bytes(text.as_bytes())?;
    let document = Document::parse(text, Dialect::Script("config"))?;
    let lowered = document.lower(edits);
    let after = Document::parse(document.text().apply(&lowered.splices), Dialect::Script("config"))?;
    let taken = processor_time()?.saturating_sub(start);
    for outcome in lowered.outcomes {
        outcome?;
    }
    let untouched = after.text().as_str() == document.text().as_str();
    if untouched { Err("nothing was edited".into()) } else { Ok(taken) }
}

/// `text` with `edits` carried out.
fn edited(text: &str, edits: &[Edit]) -> Result<String> {
    let document = Document::parse(Text::from(text), Dialect::Script("config"))?;
    Ok(document.text().apply(&document.lower(edits).splices).as_str().to_owned())
}

/// The time that this thread has been running.
fn processor_time() -> Result<Duration> {
    Ok(Duration::try_from(clock_gettime(ClockId::ThreadCPUTime))?)
}

/// `MANY` edits of distinct keys of the root.
fn edits(prefix: &str) -> Vec<Edit> {
    let place =
        Place { file: "patches/config.toml".into(), line: 1, column: 1, width: 1, source: String::new() };
    let edit = |number: usize| Edit {
        at: KeyPath::dotted(&format!("{prefix}{number}")),
        op: Op::Set(Value::String("fellow Public Coder".to_owned())),
        why: Wish { name: "bench".to_owned(), place: place.clone() },
    };
    (0..MANY).map(edit).collect()
}

/// A file of about `size` bytes with `MANY` members, each with its line of comment.
fn generated(size: usize) -> String {
    let mut text = String::from("var config = {\n");
    let prose = "-".repeat((size / MANY).saturating_sub(50));
    for number in 0..MANY {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "    // {prose}\n    benchPresent{number}: 'Fellow Jitster',\n");
    }
    text.push_str("};\n");
    text
}

/// `text` with the members of its root written `times` times, all but the first with names of their own.
fn repeated(text: &str, times: usize) -> Result<String> {
    let (head, rest) = text.split_once("var config = {\n").ok_or("the file has no literal")?;
    let (members, tail) = rest.split_once("\n};\n").ok_or("the literal does not end")?;
    let mut repeated = format!("{head}var config = {{\n{members}\n");
    for number in 1..times {
        for line in members.lines() {
            let _ = writeln!(repeated, "{}", renamed(line, number));
        }
    }
    let _ = write!(repeated, "}};\n{tail}");
    Ok(repeated)
}

/// `line` with the name of the root's member in it, or of one in a comment, made distinct.
fn renamed(line: &str, number: usize) -> String {
    let member = |start: &str| line.strip_prefix(start).filter(|rest| rest.starts_with(char::is_alphabetic));
    match (member("    "), member("    // ")) {
        (Some(rest), _) if rest.contains(':') => format!("    bench{number}_{rest}"),
        (_, Some(rest)) if rest.contains(": ") => format!("    // bench{number}_{rest}"),
        _ => line.to_owned(),
    }
}

/// The newest `config.js` of upstream if it is there, else that of the stand-in site.
fn newest() -> Result<String> {
    let upstream = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/upstream/2026-08/config.js");
    if upstream.exists() {
        return Ok(fs::read_to_string(upstream)?);
    }
    eprintln!("`../shared/upstream` is not there: measuring the stand-in site, which is smaller");
    let found = files(Year::Y2026).iter().find(|(path, _)| path.ends_with("-config.js"));
    Ok(found.ok_or("the stand-in lacks a file")?.1.to_owned())
}

/// The length of `text`; files of this size lose nothing as a float.
#[expect(clippy::cast_precision_loss, reason = "no file here comes near 2^52 bytes")]
fn bytes(text: &str) -> f64 {
    text.len() as f64
}
