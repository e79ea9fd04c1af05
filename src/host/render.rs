//! Making pictures in a process of their own, which is held to memory, time and rights.
//!
//! Decoders abort on hostile input, and a filter of an SVG may never end; neither can be caught where it happens. So
//! the program starts itself as a worker: the source and what is wanted of it go in, pictures come out, and whatever
//! happens in between is one clear error.

use std::ffi::OsStr;
use std::io::{self, Read as _, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, Signal, getuid, setrlimit};
use serde::{Deserialize, Serialize};

use super::made::Made;
use crate::content::Content;
use crate::raster::{self, Job, Remark};

/// The program that runs, as the one that makes pictures; none if it cannot be found again. In a chroot without `/proc`
/// the kernel still tells by which name it was started.
#[must_use]
pub fn own_program() -> Option<PathBuf> {
    let started = || Path::new(OsStr::from_bytes(rustix::param::linux_execfn().to_bytes())).canonicalize();
    std::env::current_exe().or_else(|_| started()).ok()
}

/// Whether the program was started as a worker.
#[must_use]
pub fn is_worker() -> bool {
    std::env::args_os().nth(1).is_some_and(|first| first == WORKER)
}

/// The argument by which the program starts itself as a worker.
const WORKER: &str = "__make-pictures";

/// The CPU time that one source may take on all threads together, in seconds: the same however busy the machine is.
const MOST_CPU: u64 = 20;
/// How long one source may take by the clock, should the worker get hardly any CPU time.
const MOST_TIME: Duration = Duration::from_mins(2);
/// The address space, in bytes.
const MOST_MEMORY: u64 = 1 << 30;
/// How many files may be open: the three pipes, and what the runtime needs.
const MOST_FILES: u64 = 16;
/// The most that a worker may answer, in bytes.
const MOST_ANSWER: u64 = 64 << 20;
/// Who the worker is, if it is started as root: `nobody`.
const NOBODY: u32 = 65534;

/// Why pictures could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The source is refused.
    #[error("it {0}")]
    Refused(String),
    /// The worker used up its CPU time.
    #[error("it takes more than {MOST_CPU} s of CPU time to draw, so it was stopped")]
    TooMuchCpu,
    /// The worker did not end in time, though it had CPU time left.
    #[error("it was not drawn within {} s on this busy machine, so it was stopped", MOST_TIME.as_secs())]
    TooLong,
    /// The worker was ended by the system, or broke.
    #[error("drawing it took more memory than a picture may take, or broke what draws ({0})")]
    Died(ExitStatus),
    /// The program is not found again.
    #[error("the program cannot start itself again, and draws in no other way")]
    NoWorker,
    /// The worker could not be started, or its answer not be read.
    #[error("failed to run the program that makes pictures: {0}")]
    Io(#[from] io::Error),
}

impl RenderError {
    /// How to mend it, if that is known.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            RenderError::TooMuchCpu | RenderError::Died(_) => {
                Some("draw it again without filters and masks, or save it as a PNG of at most 4096 px a side")
            }
            RenderError::TooLong => Some("run it again when the machine has less to do"),
            RenderError::NoWorker => Some("start it by its full name: `/usr/bin/rebrand`"),
            RenderError::Refused(_) | RenderError::Io(_) => None,
        }
    }
}

/// What a worker is asked, before the bytes of the fonts and of the source.
#[derive(Serialize, Deserialize)]
struct Order {
    job: Job,
    fonts: Vec<usize>,
}

/// What a worker answers, before the bytes of its pictures.
#[derive(Serialize, Deserialize)]
enum Answer {
    Made { lengths: Vec<usize>, remarks: Vec<Vec<Remark>> },
    Refused(String),
}

/// Makes the pictures of `job` from `source`, in a process of the program `worker`.
///
/// # Errors
/// As `RenderError` says.
pub fn render(worker: Option<&Path>, source: &[u8], job: &Job) -> Result<Vec<Made>, RenderError> {
    let answer = in_process(worker.ok_or(RenderError::NoWorker)?, source, job)?;
    let (head, mut rest) = split(&answer).ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))?;
    let (lengths, remarks) = match serde_json::from_slice(head).map_err(io::Error::from)? {
        Answer::Made { lengths, remarks } => (lengths, remarks),
        Answer::Refused(message) => return Err(RenderError::Refused(message)),
    };
    let mut made = Vec::new();
    for (length, remarks) in lengths.into_iter().zip(remarks) {
        let (picture, after) =
            rest.split_at_checked(length).ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))?;
        made.push(Made { content: Content::from(picture.to_vec()), remarks });
        rest = after;
    }
    if made.len() == job.recipes.len() {
        Ok(made)
    } else {
        Err(io::Error::from(io::ErrorKind::UnexpectedEof).into())
    }
}

/// The worker: reads a job and its source, and answers. Ends with whether that could be done.
#[must_use]
pub fn work() -> bool {
    // Before a byte of the source is read.
    let is_held = confine().is_ok();
    let mut input = Vec::new();
    let is_read = io::stdin().lock().read_to_end(&mut input).is_ok();
    let Some((source, job)) = ordered(&input).filter(|_| is_held && is_read) else { return false };
    io::stdout().lock().write_all(&answer(source, &job)).is_ok()
}

/// The source and the job of an order.
fn ordered(input: &[u8]) -> Option<(&[u8], Job)> {
    let (order, mut rest) = split(input)?;
    let Order { mut job, fonts } = serde_json::from_slice(order).ok()?;
    for length in fonts {
        let (font, after) = rest.split_at_checked(length)?;
        job.fonts.push(font.to_vec());
        rest = after;
    }
    Some((rest, job))
}

/// Gives up what a worker does not need.
fn confine() -> rustix::io::Result<()> {
    let limits = [
        (Resource::As, MOST_MEMORY, MOST_MEMORY),
        // The first ends the worker by a signal that says why, the second by the one that ends everything.
        (Resource::Cpu, MOST_CPU, MOST_CPU + 1),
        (Resource::Nofile, MOST_FILES, MOST_FILES),
        (Resource::Core, 0, 0),
        (Resource::Fsize, 0, 0),
    ];
    for (resource, current, maximum) in limits {
        setrlimit(resource, Rlimit { current: Some(current), maximum: Some(maximum) })?;
    }
    rustix::thread::set_no_new_privs(true)?;
    if getuid().is_root() {
        let (user, group) = (rustix::process::Uid::from_raw(NOBODY), rustix::process::Gid::from_raw(NOBODY));
        rustix::thread::set_thread_groups(&[])?;
        rustix::thread::set_thread_res_gid(group, group, group)?;
        rustix::thread::set_thread_res_uid(user, user, user)?;
    }
    Ok(())
}

fn answer(source: &[u8], job: &Job) -> Vec<u8> {
    let (answer, pictures) = match raster::make(source, job) {
        Ok(made) => {
            let lengths = made.pictures.iter().map(Vec::len).collect();
            let remarks = (0..made.pictures.len()).map(|index| about(&made.remarks, index)).collect();
            (Answer::Made { lengths, remarks }, made.pictures)
        }
        Err(error) => (Answer::Refused(error.to_string()), Vec::new()),
    };
    let mut bytes = serde_json::to_vec(&answer).unwrap_or_default();
    bytes.push(b'\n');
    for picture in &pictures {
        bytes.extend_from_slice(picture);
    }
    bytes
}

/// What is said about the picture `index`: what is about another one is left out.
fn about(remarks: &[Remark], index: usize) -> Vec<Remark> {
    let is_meant = |remark: &&Remark| match remark {
        Remark::TooSmall { recipe, .. } | Remark::Faint { recipe, .. } => *recipe == index,
        _ => true,
    };
    remarks.iter().filter(is_meant).cloned().collect()
}

fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = memchr::memchr(b'\n', bytes)?;
    Some((bytes.get(..end)?, bytes.get(end + 1..)?))
}

fn in_process(program: &Path, source: &[u8], job: &Job) -> Result<Vec<u8>, RenderError> {
    let order = Order { job: job.clone(), fonts: job.fonts.iter().map(Vec::len).collect() };
    let mut head = serde_json::to_vec(&order).map_err(io::Error::from)?;
    head.push(b'\n');
    job.fonts.iter().for_each(|font| head.extend_from_slice(font));
    let mut command = Command::new(program);
    command.arg(WORKER).env_clear().current_dir("/");
    // Our own descriptors do not reach a child anyway; those that somebody left open for us would.
    close_fds::set_fds_cloexec_threadsafe(3, &[]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    thread::scope(|scope| {
        scope.spawn(move || {
            // A worker that refuses early does not read all; its answer says why.
            let mut stdin = stdin?;
            stdin.write_all(&head).and_then(|()| stdin.write_all(source)).ok()
        });
        let answer = scope.spawn(move || {
            let mut answer = Vec::new();
            stdout.map(|stdout| stdout.take(MOST_ANSWER).read_to_end(&mut answer)).transpose().map(|_| answer)
        });
        let status = ended(&mut child)?;
        let answer = answer.join().map_err(|_| io::Error::other("a thread broke"))??;
        if status.success() { Ok(answer) } else { Err(RenderError::Died(status)) }
    })
}

/// Waits for `child`, and ends it when its time is over.
fn ended(child: &mut Child) -> Result<ExitStatus, RenderError> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(1);
    while start.elapsed() < MOST_TIME {
        if let Some(status) = child.try_wait()? {
            let is_cpu = status.signal() == Some(Signal::XCPU.as_raw());
            return if is_cpu { Err(RenderError::TooMuchCpu) } else { Ok(status) };
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
    child.kill()?;
    child.wait()?;
    Err(RenderError::TooLong)
}
