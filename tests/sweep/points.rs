//! The calls of a run that change the disk, and a run with one of them failing.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, ExitStatus, Stdio};

use super::site::Scene;

/// Every call by which a program can change what is on the disk or make it durable, and the waiting for dpkg-divert.
const CALLS: &str = "open,openat,creat,write,pwrite64,writev,copy_file_range,sendfile,ftruncate,truncate,fallocate,\
    fsync,fdatasync,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,mkdirat,rmdir,\
    chmod,fchmod,fchmodat,fchown,fchownat,fsetxattr,fremovexattr,flock,wait4,waitid";

/// The `nth` call of `name` in a run.
#[derive(Clone, Debug)]
pub(crate) struct Point {
    pub(crate) name: String,
    pub(crate) nth: usize,
}

/// The calls of the deed from the first that changes the site to the last.
pub(crate) fn points(scene: &Scene) -> Vec<Point> {
    let site = scene.before.copy();
    let log = tempfile::NamedTempFile::new().unwrap();
    let mut strace = Command::new("strace");
    strace.args(["-qq", "-o"]).arg(log.path()).args(["-e", &format!("trace={CALLS}")]);
    assert!(quiet(&mut strace, &scene.command(&site)).success(), "{}", scene.deed);
    let log = fs::read_to_string(log.path()).unwrap();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut points, mut last) = (Vec::new(), 0);
    for call in log.lines() {
        let Some((name, _)) = call.split_once('(') else { continue };
        let nth = *counts.entry(name).and_modify(|count| *count += 1).or_insert(1);
        let is_reading = name.starts_with("open") && !call.contains("O_CREAT");
        let is_ours = call.contains(site.root().to_str().unwrap());
        if is_reading || (points.is_empty() && !is_ours) {
            continue;
        }
        points.push(Point { name: name.to_owned(), nth });
        if is_ours {
            last = points.len();
        }
    }
    points.truncate(last);
    points
}

/// Runs `command` with a fault. Its own calls alone count, not those of dpkg-divert.
pub(crate) fn traced(command: &Command, inject: &str) -> ExitStatus {
    let mut strace = Command::new("strace");
    let name = inject.split(':').next().unwrap();
    strace.args([
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        &format!("trace={name}"),
        "-e",
        &format!("inject={inject}"),
    ]);
    quiet(&mut strace, command)
}

fn quiet(strace: &mut Command, command: &Command) -> ExitStatus {
    strace.arg(command.get_program()).args(command.get_args());
    strace.stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null());
    strace.status().unwrap_or_else(|_| ExitStatus::from_raw(1 << 8))
}
