//! What the main job costs: six keys in both newest files, read, planned, proven, written and made durable, by the
//! whole process, against a program in C that makes the same durable steps and against `sed -i` with `sync`.
//!
//! Then the daily case: two values of a brand that is in force are changed, against `sed` doing the same.
//!
//! All run in turn, each on a root of its own that carries no brand at first. `-- --quick` measures five rounds,
//! `-- --enforce` fails if a promise is not held. Give the disk a minute between two runs: small virtual machines
//! slow theirs down after a burst, and `apply` waits for it more often than `sed`.

mod measure;
mod scratch;

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use measure::{Options, Table, median};
use scratch::{Result, Root, Scratch, compiled, run};

/// The two values that are changed later, one in each file.
const SED_AGAIN: [[&str; 1]; 2] = [
    ["s#^    APP_NAME: .*#    APP_NAME: 'Public Code',#"],
    ["s#^    defaultRemoteDisplayName: .*#    defaultRemoteDisplayName: 'dear Public Coder',#"],
];

/// The same six keys for `sed`, which must be told where each is in this version.
const SED: [[&str; 3]; 2] = [
    [
        "s#^    APP_NAME: .*#    APP_NAME: 'Public Code Meet',#",
        "s#^    JITSI_WATERMARK_LINK: .*#    JITSI_WATERMARK_LINK: 'https://publiccode.net/',#",
        "s#^    SUPPORT_URL: .*#    SUPPORT_URL: 'https://publiccode.net/contact',#",
    ],
    [
        "s#^    // defaultLocalDisplayName: .*#    defaultLocalDisplayName: 'I',#",
        "s#^    // defaultLogoUrl: .*#    defaultLogoUrl: 'https://brand.publiccode.net/logo/mark-128w128h.png',#",
        "s#^    // defaultRemoteDisplayName: .*#    defaultRemoteDisplayName: 'fellow Public Coder',#",
    ],
];

fn main() -> Result<ExitCode> {
    let options = Options::from_arguments();
    let mut scratch = Scratch::new()?;
    let (rounds, durable) = (options.rounds(40), compiled("durable")?);
    let mut times: [Vec<Duration>; 3] = Default::default();
    let mut daily: [Vec<Duration>; 2] = Default::default();
    for round in 0..=rounds {
        let roots = [scratch.root()?, scratch.root()?, scratch.root()?];
        let mut taken = [Duration::ZERO; 3];
        // Everyone is first in turn, so that nobody always finds the disk warmer.
        for index in (0..3).map(|turn| (turn + round) % 3) {
            let start = Instant::now();
            match index {
                0 => run(&mut scratch.rebrand(&roots[0], &["--quiet", "apply", "--yes"]))?,
                1 => run(Command::new(&durable).arg(&roots[1].folder).args(roots[1].files()))?,
                _ => replace_with_sed(&roots[2], SED)?,
            }
            taken[index] = start.elapsed();
        }
        roots[0].confirm(false)?;
        roots[2].confirm(false)?;
        let changed = change(&scratch, &roots[0], &roots[2], round)?;
        // The first round fills the caches.
        if round > 0 {
            times.iter_mut().zip(taken).for_each(|(times, taken)| times.push(taken));
            daily.iter_mut().zip(changed).for_each(|(times, taken)| times.push(taken));
        }
    }
    let root = scratch.root()?;
    let apply = || scratch.rebrand(&root, &["--quiet", "apply", "--yes"]);
    let (_, memory) = scratch.usage(&apply())?;
    scratch.think_again(true)?;
    let (_, memory_of_change) = scratch.usage(&apply())?;
    root.confirm(true)?;

    let [apply, durable, sed] = times.each_mut().map(|times| median(times));
    let [change, sed_again] = daily.each_mut().map(|times| median(times));
    let mut table = Table::new(&format!("commit: six keys in both newest files, medians of {rounds}"));
    table.add("apply, against 1.8 x the same durable steps in C", apply, 1.8 * durable, "ms");
    table.add("apply, against `sed -i` twice and `sync`", apply, sed, "ms");
    table.add("peak memory of apply", memory, 12.0, "MB");
    table.add("a changed brand, against `sed -i` twice and `sync`", change, sed_again, "ms");
    table.add("peak memory of that", memory_of_change, 12.0, "MB");
    Ok(table.finish(options))
}

/// The daily case: the brand of `ours` and the values of `theirs` are changed, whoever is first in this `round`.
fn change(scratch: &Scratch, ours: &Root, theirs: &Root, round: usize) -> Result<[Duration; 2]> {
    scratch.think_again(true)?;
    let mut taken = [Duration::ZERO; 2];
    for index in (0..2).map(|turn| (turn + round) % 2) {
        let start = Instant::now();
        match index {
            0 => run(&mut scratch.rebrand(ours, &["--quiet", "apply", "--yes"]))?,
            _ => replace_with_sed(theirs, SED_AGAIN)?,
        }
        taken[index] = start.elapsed();
    }
    ours.confirm(true)?;
    theirs.confirm(true)?;
    scratch.think_again(false)?;
    Ok(taken)
}

/// What an administrator would do: edit both files in place and wait until they are on the disk.
fn replace_with_sed<const N: usize>(root: &Root, expressions: [[&str; N]; 2]) -> Result<()> {
    for (file, expressions) in root.files().iter().zip(expressions) {
        let arguments = expressions.iter().flat_map(|expression| ["-e", expression]);
        run(Command::new("sed").arg("-i").args(arguments).arg(file))?;
    }
    run(Command::new("sync").args(root.files()))
}
