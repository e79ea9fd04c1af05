//! What a watchful administrator pays: the CPU time of `check`, and of `apply` and `lock` with nothing to do.
//!
//! User and system time of the whole process, as the kernel counts it. `-- --quick` measures five rounds,
//! `-- --enforce` fails if the promise is not held.

mod measure;
mod scratch;

use std::process::ExitCode;
use std::time::Duration;

use measure::{Options, Table, median};
use scratch::{Result, Scratch, compiled, run};

fn main() -> Result<ExitCode> {
    let options = Options::from_arguments();
    let mut scratch = Scratch::new()?;
    scratch.draw()?;
    compiled("usage")?;
    let root = scratch.root()?;
    run(&mut scratch.rebrand(&root, &["--quiet", "apply", "--yes"]))?;
    root.confirm(false)?;

    let rounds = options.rounds(40);
    let mut table = Table::new(&format!("check: a branded site with pictures, median of {rounds}"));
    let runs: [(&str, &[&str], f64); 3] = [
        ("check", &["check"], 10.0),
        ("a second apply", &["--quiet", "apply", "--yes"], 15.0),
        ("a second lock", &["--quiet", "lock"], 15.0),
    ];
    for (name, arguments, limit) in runs {
        let mut times = Vec::new();
        // The first round of `lock` writes one.
        for round in 0..=rounds {
            let (milliseconds, _) = scratch.usage(&scratch.rebrand(&root, arguments))?;
            times.extend((round > 0).then_some(Duration::from_secs_f64(milliseconds / 1000.0)));
        }
        table.add(&format!("CPU time of {name}"), median(&mut times), limit, "ms");
    }
    Ok(table.finish(options))
}
