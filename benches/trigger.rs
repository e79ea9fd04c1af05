//! What an upgrade waits for: the CPU time of `apply --trigger`, and how long a run of our own keeps dpkg waiting.
//!
//! User and system time of the whole process, as the kernel counts it; the time of the lock as strace sees it.
//! `-- --quick` measures five rounds, `-- --enforce` fails if a promise is not held.

mod measure;
mod scratch;

use std::fs;
use std::process::{Command, ExitCode};
use std::time::Duration;

use measure::{Options, Table, median};
use scratch::{Result, Root, Scratch, compiled, run};

fn main() -> Result<ExitCode> {
    let options = Options::from_arguments();
    let mut scratch = Scratch::new()?;
    scratch.draw()?;
    compiled("usage")?;
    let rounds = options.rounds(40);
    let mut table = Table::new(&format!("trigger: a site of dpkg's with pictures, medians of {rounds}"));
    let root = scratch.packaged()?;
    let project = root.folder.join("etc/rebrand");
    run(root.rebrand(&["--quiet", "apply", "--yes", "-C"]).arg(project))?;
    root.confirm(false)?;
    let trigger = ["--quiet", "apply", "--trigger"];
    let cases = [("nothing of ours changed", 25.0, "nothing"), ("a base changed", 60.0, "applied")];
    for (what, limit, outcome) in cases {
        let mut times = Vec::new();
        for round in 0..=rounds {
            if outcome == "applied" {
                root.upgrade(round)?;
            }
            let (milliseconds, _) = scratch.usage(&root.rebrand(&trigger))?;
            root.confirm(false)?;
            root.came_to(outcome)?;
            times.extend((round > 0).then_some(Duration::from_secs_f64(milliseconds / 1000.0)));
        }
        table.add(&format!("CPU time of the trigger where {what}"), median(&mut times), limit, "ms");
    }
    let mut held = Vec::new();
    for _ in 0..rounds.min(10) {
        let root = scratch.packaged()?;
        held.push(lock_held(&scratch.rebrand(&root, &["--quiet", "apply", "--yes"]))?);
        root.confirm(false)?;
    }
    table.add("dpkg's lock held by a first apply", median(&mut held), 200.0, "ms");
    Ok(table.finish(options))
}

/// How long `command` holds dpkg's locks: from the first that it has to their end.
fn lock_held(command: &Command) -> Result<Duration> {
    let log = tempfile::NamedTempFile::new()?;
    let mut strace = Command::new("strace");
    strace.args(["-ttt", "-e", "trace=openat,fcntl,close,exit_group", "-o"]).arg(log.path());
    run(strace.arg(command.get_program()).args(command.get_args()))?;
    let calls = fs::read_to_string(log.path())?;
    let opened = calls.lines().find(|call| call.contains("/lock-frontend")).ok_or("no lock was taken")?;
    let file = opened.rsplit("= ").next().unwrap_or_default();
    let locks = |call: &&str| call.contains(&format!("fcntl({file}, F_SETLK"));
    let ends = |call: &&str| call.contains(&format!("close({file})")) || call.contains("exit_group(");
    let mut after = calls.lines().skip_while(|call| *call != opened);
    let first = after.find(locks).ok_or("the lock was never had")?;
    let last = after.find(ends).ok_or("the lock was never given back")?;
    Ok(Duration::from_secs_f64((at(last)? - at(first)?).max(0.0)))
}

/// The moment of a call, in seconds.
fn at(call: &str) -> Result<f64> {
    Ok(call.split(' ').next().unwrap_or_default().parse()?)
}

impl Root {
    /// `rebrand` on this root, with the project in its `/etc/rebrand`.
    fn rebrand(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rebrand"));
        command.arg("--root").arg(&self.folder).args(arguments);
        command
    }

    /// That the trigger came to `outcome`; else another run was measured than was meant.
    fn came_to(&self, outcome: &str) -> Result<()> {
        let record = fs::read_to_string(self.folder.join("var/lib/rebrand/last-run.json"))?;
        let is_so = record.contains(&format!("\"outcome\": \"{outcome}\""));
        if is_so { Ok(()) } else { Err(format!("the trigger did not come to `{outcome}`: {record}").into()) }
    }

    /// Another `interface_config.js`, as dpkg unpacks it beside the diverted path.
    fn upgrade(&self, round: usize) -> Result<()> {
        let [interface, _] = self.files();
        let shipped = interface.with_extension("js.rebrand-shipped");
        let text = fs::read_to_string(&shipped)?;
        let text = text.lines().filter(|line| !line.starts_with("// Upgraded"));
        let text =
            text.chain([format!("// Upgraded in round {round}.").as_str()]).collect::<Vec<_>>().join("\n");
        fs::write(shipped, text + "\n")?;
        self.known_to_dpkg()
    }
}
