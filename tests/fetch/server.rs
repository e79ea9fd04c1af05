//! A small server on 127.0.0.1 that says what a test wants, well-formed or not.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// It listens until the tests end.
pub(crate) struct Server {
    port: u16,
    heads: Arc<Mutex<Vec<String>>>,
}

/// What came in, and the connection to answer on.
pub(crate) struct Call<'a> {
    /// Which it is, from 0.
    pub(crate) index: usize,
    /// The path of the request.
    pub(crate) path: &'a str,
    stream: &'a mut TcpStream,
}

impl Server {
    /// A server that answers every request with `answer`.
    pub(crate) fn new(answer: impl Fn(&mut Call<'_>) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let (answer, kept) = (Arc::new(answer), Arc::clone(&heads));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (answer, heads) = (Arc::clone(&answer), Arc::clone(&kept));
                thread::spawn(move || serve(stream.unwrap(), &heads, answer.as_ref()));
            }
        });
        Server { port, heads }
    }

    /// A server that says the same each time.
    pub(crate) fn saying(text: &str) -> Self {
        let text = text.to_owned();
        Server::new(move |call| call.say(&text))
    }

    /// Where it has `path`.
    pub(crate) fn url(&self, path: &str) -> String {
        self.url_of("127.0.0.1", path)
    }

    /// The same under another name of this machine.
    pub(crate) fn url_of(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.port)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The heads of all requests so far, in lower case.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }

    /// How many requests there were.
    pub(crate) fn count(&self) -> usize {
        self.heads.lock().unwrap().len()
    }
}

impl Call<'_> {
    /// Sends `text`; an error is the client's leave.
    pub(crate) fn say(&mut self, text: &str) {
        self.send(text.as_bytes());
    }

    /// Sends `bytes`, and tells whether the client is still there.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).is_ok()
    }

    /// Sends `bytes` again and again, until the client has enough.
    pub(crate) fn send_forever(&mut self, bytes: &[u8], pause: Duration) {
        while self.send(bytes) {
            thread::sleep(pause);
        }
    }

    /// Says nothing until the client leaves.
    pub(crate) fn keep_silent(&mut self) {
        let _ = self.stream.read(&mut [0]);
    }
}

/// A file with its length.
pub(crate) fn file(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

/// An answer without a body.
pub(crate) fn status(status: u16, headers: &str) -> String {
    format!("HTTP/1.1 {status} Whatever\r\nContent-Length: 0\r\n{headers}\r\n")
}

/// A redirect.
pub(crate) fn redirect(to: &str) -> String {
    status(302, &format!("Location: {to}\r\n"))
}

fn serve(mut stream: TcpStream, heads: &Mutex<Vec<String>>, answer: &dyn Fn(&mut Call<'_>)) {
    let Some(head) = read_head(&mut stream) else { return };
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let index = {
        let mut heads = heads.lock().unwrap();
        heads.push(head.to_lowercase());
        heads.len() - 1
    };
    answer(&mut Call { index, path: &path, stream: &mut stream });
    // Closing with something unread would take back what was sent.
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.read_to_end(&mut Vec::new());
}

/// The request up to its empty line; none if it never comes.
fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
        if head.starts_with(b"\x16") {
            // The beginning of TLS, to something that knows no TLS.
            return Some("tls".to_owned());
        }
    }
    String::from_utf8(head).ok()
}
