//! A visitor who never stops asking: every answer without the brand is recorded with its time.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Error, ErrorKind, Read as _, Result, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// What is asked for.
pub(crate) struct Wanted {
    pub(crate) page: String,
    /// What tells the page from another: upstream's site for nginx answers with the first page for what is not there.
    pub(crate) itself: &'static str,
    /// What is in it while the brand is in force.
    pub(crate) words: Vec<&'static str>,
}

/// Asks for all pages in turn over one connection, until the value is asked for its report.
pub(crate) struct Poller {
    is_over: Arc<AtomicBool>,
    /// Whether Jitsi Meet and our package are installed: answers count then only.
    is_armed: Arc<AtomicBool>,
    report: Arc<Mutex<Report>>,
    thread: Option<JoinHandle<()>>,
}

/// What was seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    /// How many answers counted.
    pub(crate) answers: usize,
    /// The time from each unbranded answer to the next answer for the same page.
    pub(crate) unbranded: Duration,
    /// The same for answers that were no page.
    pub(crate) missing: Duration,
    /// The first few such answers, in words.
    pub(crate) samples: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Branded,
    Unbranded,
    Missing,
}

impl Poller {
    pub(crate) fn start(address: SocketAddr, pages: Vec<Wanted>) -> Self {
        let (is_over, is_armed, report) =
            (Arc::<AtomicBool>::default(), Arc::<AtomicBool>::default(), Arc::<Mutex<Report>>::default());
        let thread = std::thread::spawn({
            let (is_over, is_armed, report) =
                (Arc::clone(&is_over), Arc::clone(&is_armed), Arc::clone(&report));
            move || poll(address, &pages, &is_over, &is_armed, &report)
        });
        Poller { is_over, is_armed, report, thread: Some(thread) }
    }

    /// From here on every answer counts.
    pub(crate) fn arm(&self) {
        self.is_armed.store(true, Ordering::SeqCst);
    }

    /// One of the packages is about to go.
    pub(crate) fn disarm(&self) {
        self.is_armed.store(false, Ordering::SeqCst);
    }

    /// Everything seen so far.
    pub(crate) fn so_far(&self) -> Report {
        self.report.lock().unwrap().clone()
    }

    /// That no answer so far was without the brand, `after` what was done last.
    pub(crate) fn assert_branded(&self, after: &str) {
        let before = self.so_far().answers;
        // A change that came late is seen by whole rounds after it.
        let begun = Instant::now();
        while self.so_far().answers < before + 12 && begun.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(5));
        }
        let report = self.so_far();
        assert!(report.answers >= before + 12, "the poller stands still after {after}");
        assert!(
            report.unbranded.is_zero() && report.missing.is_zero(),
            "{} ms unbranded and {} ms missing after {after}: {:#?}",
            report.unbranded.as_millis(),
            report.missing.as_millis(),
            report.samples
        );
    }
}

impl Drop for Poller {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn poll(
    address: SocketAddr,
    pages: &[Wanted],
    is_over: &AtomicBool,
    is_armed: &AtomicBool,
    report: &Mutex<Report>,
) {
    let begun = Instant::now();
    let mut visitor = None;
    let mut bad: BTreeMap<&str, (Verdict, Instant)> = BTreeMap::new();
    while !is_over.load(Ordering::SeqCst) {
        for Wanted { page, itself, words } in pages {
            let was_armed = is_armed.load(Ordering::SeqCst);
            let asked = Instant::now();
            let answer = ask(&mut visitor, address, page);
            if !was_armed || !is_armed.load(Ordering::SeqCst) {
                bad.clear();
                continue;
            }
            let (verdict, why) = judge(&answer, itself, words);
            let mut report = report.lock().unwrap();
            report.answers += 1;
            if let Some((kind, since)) = bad.remove(page.as_str()) {
                report.add(kind, since.elapsed());
            }
            if verdict != Verdict::Branded {
                // Never nothing, even if the story ends before the next answer.
                report.add(verdict, asked.elapsed().max(Duration::from_micros(1)));
                report.sample(format!("{:?} {page}: {verdict:?}, {why}", begun.elapsed()));
                bad.insert(page, (verdict, Instant::now()));
            }
        }
        std::thread::sleep(Duration::from_micros(500));
    }
}

impl Report {
    fn add(&mut self, verdict: Verdict, time: Duration) {
        match verdict {
            Verdict::Branded => (),
            Verdict::Unbranded => self.unbranded += time,
            Verdict::Missing => self.missing += time,
        }
    }

    fn sample(&mut self, words: String) {
        if self.samples.len() < 12 {
            self.samples.push(words);
        }
    }
}

fn judge(answer: &Result<(u16, String)>, itself: &str, words: &[&str]) -> (Verdict, String) {
    match answer {
        Ok((200, body)) if !body.contains(itself) => (Verdict::Missing, "another page".to_owned()),
        Ok((200, body)) => match words.iter().find(|word| !body.contains(**word)) {
            None => (Verdict::Branded, String::new()),
            Some(word) => (Verdict::Unbranded, format!("without `{word}`, {} bytes", body.len())),
        },
        Ok((status, _)) => (Verdict::Missing, format!("status {status}")),
        Err(error) => (Verdict::Missing, error.to_string()),
    }
}

/// One answer. A server may end a connection that waits, as nginx does when it reads its configuration anew: whoever asks
/// on it at that moment asks again on a new one, as browsers do.
fn ask(visitor: &mut Option<BufReader<TcpStream>>, address: SocketAddr, page: &str) -> Result<(u16, String)> {
    if let Some(mut waiting) = visitor.take()
        && begin(&mut waiting, page).is_ok()
    {
        return end(waiting, visitor);
    }
    let mut connection = BufReader::new(connect(address)?);
    begin(&mut connection, page)?;
    end(connection, visitor)
}

/// Asks, and waits for the first of the answer.
fn begin(connection: &mut BufReader<TcpStream>, page: &str) -> Result<()> {
    // One write, so that no half of a request waits for the other side's acknowledgement.
    let request = format!("GET {page} HTTP/1.1\r\nHost: {}\r\n\r\n", crate::packages::HOST);
    connection.get_mut().write_all(request.as_bytes())?;
    if connection.fill_buf()?.is_empty() { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
}

/// The rest of the answer. A connection that breaks in it is not kept.
fn end(
    mut connection: BufReader<TcpStream>,
    visitor: &mut Option<BufReader<TcpStream>>,
) -> Result<(u16, String)> {
    let answer = read(&mut connection)?;
    *visitor = Some(connection);
    Ok(answer)
}

fn connect(address: SocketAddr) -> Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    Ok(stream)
}

fn read(connection: &mut BufReader<TcpStream>) -> Result<(u16, String)> {
    let first = line(connection)?;
    let status = first.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| Error::new(ErrorKind::InvalidData, first.clone()))?;
    let (mut length, mut is_chunked) = (0, false);
    loop {
        let header = line(connection)?.to_ascii_lowercase();
        match header.split_once(": ") {
            None => break,
            Some(("content-length", value)) => length = value.parse().map_err(Error::other)?,
            Some(("transfer-encoding", value)) => is_chunked = value == "chunked",
            Some(_) => (),
        }
    }
    let body = if is_chunked { chunks(connection)? } else { bytes(connection, length)? };
    Ok((status, String::from_utf8_lossy(&body).into_owned()))
}

fn chunks(connection: &mut BufReader<TcpStream>) -> Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let length = usize::from_str_radix(&line(connection)?, 16).map_err(Error::other)?;
        body.extend(bytes(connection, length)?);
        line(connection)?;
        if length == 0 {
            return Ok(body);
        }
    }
}

fn bytes(connection: &mut BufReader<TcpStream>, length: usize) -> Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    connection.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// A line without its end.
fn line(connection: &mut BufReader<TcpStream>) -> Result<String> {
    let mut line = String::new();
    if connection.read_line(&mut line)? == 0 {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}
