//! The bytes of a file: as sent, then as decoded, and never too many of either.

use std::io::Read;

use flate2::read::MultiGzDecoder;
use ureq::Body;
use ureq::http::HeaderValue;
use url::Url;

use super::error::{Problem, printable};
use super::hop::File;
use super::{Fetched, Limits, failure};

/// The bytes read at once.
const CHUNK: usize = 16 << 10;

/// Reads the file that comes from `url`.
pub(super) fn read(
    file: File,
    url: &Url,
    limits: &Limits,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<Fetched, Problem> {
    let is_gzip = is_gzip(file.encoding.as_ref())?;
    let sent = receive(file.body, url, limits, progress)?;
    let bytes = if is_gzip { inflate(&sent, limits.bytes)? } else { sent };
    Ok(Fetched::Bytes {
        bytes,
        etag: file.etag,
        last_modified: file.last_modified,
        content_type: file.content_type,
        final_url: url.as_str().to_owned(),
        traces: file.traces,
    })
}

/// Some servers compress what they were asked not to.
fn is_gzip(encoding: Option<&HeaderValue>) -> Result<bool, Problem> {
    let Some(encoding) = encoding else { return Ok(false) };
    let encoding = String::from_utf8_lossy(encoding.as_bytes()).trim().to_ascii_lowercase();
    match encoding.as_str() {
        "" | "identity" => Ok(false),
        "gzip" | "x-gzip" => Ok(true),
        _ => Err(Problem::Encoding(printable(&encoding))),
    }
}

fn receive(
    body: Body,
    url: &Url,
    limits: &Limits,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<Vec<u8>, Problem> {
    let most = limits.bytes;
    let total = body.content_length();
    if total.is_some_and(|total| total > most as u64) {
        return Err(Problem::TooLarge { most });
    }
    let mut reader = body.into_reader();
    let mut bytes = Vec::new();
    let mut chunk = [0; CHUNK];
    loop {
        let count = reader.read(&mut chunk).map_err(|error| failure::problem(error.into(), url, limits))?;
        let Some(read) = chunk.get(..count).filter(|read| !read.is_empty()) else { return Ok(bytes) };
        if bytes.len() + read.len() > most {
            return Err(Problem::TooLarge { most });
        }
        bytes.extend_from_slice(read);
        progress(bytes.len() as u64, total);
    }
}

fn inflate(sent: &[u8], most: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let read = MultiGzDecoder::new(sent).take(most as u64 + 1).read_to_end(&mut bytes);
    if bytes.len() > most {
        return Err(Problem::TooLarge { most });
    }
    read.map_err(|_| Problem::Encoding("gzip".to_owned()))?;
    Ok(bytes)
}
