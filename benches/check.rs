//! What a watchful administrator pays: the CPU time of `rebrand check` on a site that carries the brand.
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
    compiled("usage")?;
    let root = scratch.root()?;
    run(&mut scratch.rebrand(&root, &["--quiet", "apply", "--yes"]))?;
    root.confirm()?;

    let rounds = options.rounds(40);
    let mut times = Vec::new();
    for _ in 0..rounds {
        let (milliseconds, _) = scratch.usage(&scratch.rebrand(&root, &["check"]))?;
        times.push(Duration::from_secs_f64(milliseconds / 1000.0));
    }
    let mut table = Table::new(&format!("check: a branded site, median of {rounds}"));
    table.add("CPU time of check", median(&mut times), 10.0, "ms");
    Ok(table.finish(options))
}
