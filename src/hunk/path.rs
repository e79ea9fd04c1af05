//! The name of a file in a diff.

/// The name in what follows `--- ` or `+++ `: unquoted, and without the time that plain diffs add.
pub(super) fn name(header: &str) -> Option<String> {
    let name = match header.strip_prefix('"') {
        Some(quoted) => unquoted(quoted)?,
        None => header.split('\t').next().unwrap_or_default().trim_end().to_owned(),
    };
    (!name.is_empty()).then_some(name)
}

/// What git writes in quotes, up to the closing one.
fn unquoted(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    loop {
        match rest.next()? {
            b'"' => return String::from_utf8(bytes).ok(),
            b'\\' => bytes.push(match rest.next()? {
                b'n' => b'\n',
                b't' => b'\t',
                digit @ b'0'..=b'3' => {
                    let digits = [digit, rest.next()?, rest.next()?];
                    u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 8).ok()?
                }
                other => other,
            }),
            byte => bytes.push(byte),
        }
    }
}

/// The path of the file that is called `old` before and `new` after, below the root.
pub(super) fn path(old: &str, new: &str) -> String {
    let is_git = old.starts_with("a/") && new.starts_with("b/");
    let path = if is_git { new.strip_prefix("b/").unwrap_or(new) } else { new };
    path.trim_start_matches('/').to_owned()
}

/// Whether `path` names a file below the root, and nothing above it.
pub(super) fn is_plain(path: &str) -> bool {
    !path.contains(['\\', '\0', '\n']) && path.split('/').all(|segment| !matches!(segment, "" | "." | ".."))
}
