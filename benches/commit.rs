//! What the main job costs: six keys in both newest files, read, planned, proven, written and made durable, by the
//! whole process, against a program in C that makes the same durable steps and against `sed -i` with `sync`.
//!
//! All three run in turn, each on a root of its own that carries no brand. `-- --quick` measures five rounds,
//! `-- --enforce` fails if a promise is not held. Give the disk a minute between two runs: small virtual machines
//! slow theirs down after a burst, and `apply` waits for it more often than `sed`.

mod measure;
mod scratch;

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use measure::{Options, Table, median};
use scratch::{Result, Root, Scratch, compiled, run};

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
    for round in 0..=rounds {
        let roots = [scratch.root()?, scratch.root()?, scratch.root()?];
        let mut taken = [Duration::ZERO; 3];
        // Everyone is first in turn, so that nobody always finds the disk warmer.
        for index in (0..3).map(|turn| (turn + round) % 3) {
            let start = Instant::now();
            match index {
                0 => run(&mut scratch.rebrand(&roots[0], &["--quiet", "apply", "--yes"]))?,
                1 => run(Command::new(&durable).arg(&roots[1].folder).args(roots[1].files()))?,
                _ => replace_with_sed(&roots[2])?,
            }
            taken[index] = start.elapsed();
        }
        roots[0].confirm()?;
        roots[2].confirm()?;
        // The first round fills the caches.
        if round > 0 {
            times.iter_mut().zip(taken).for_each(|(times, taken)| times.push(taken));
        }
    }
    let root = scratch.root()?;
    let (_, memory) = scratch.usage(&scratch.rebrand(&root, &["--quiet", "apply", "--yes"]))?;

    let [apply, durable, sed] = times.each_mut().map(|times| median(times));
    let mut table = Table::new(&format!("commit: six keys in both newest files, medians of {rounds}"));
    table.add("apply, against 1.8 x the same durable steps in C", apply, 1.8 * durable, "ms");
    table.add("apply, against `sed -i` twice and `sync`", apply, sed, "ms");
    table.add("peak memory of apply", memory, 12.0, "MB");
    Ok(table.finish(options))
}

/// What an administrator would do: edit both files in place and wait until they are on the disk.
fn replace_with_sed(root: &Root) -> Result<()> {
    for (file, expressions) in root.files().iter().zip(SED) {
        let arguments = expressions.iter().flat_map(|expression| ["-e", expression]);
        run(Command::new("sed").arg("-i").args(arguments).arg(file))?;
    }
    run(Command::new("sync").args(root.files()))
}
