//! The difference of two texts as a unified diff.

use std::borrow::Cow;

use similar::TextDiff;

/// A git-format unified diff from `old` to `new`, with three lines of context, that `git apply -p1` takes.
/// `path` is relative and holds no `a/` or `b/`. `None` stands for a file that is not there.
/// Equal texts give an empty string.
#[must_use]
pub fn unified(path: &str, old: Option<&str>, new: Option<&str>) -> String {
    if old == new {
        return String::new();
    }
    let mode = match (old, new) {
        (None, _) => "new file mode 100644\n",
        (_, None) => "deleted file mode 100644\n",
        _ => "",
    };
    let from = old.map_or_else(|| "/dev/null".to_owned(), |_| format!("a/{path}"));
    let to = new.map_or_else(|| "/dev/null".to_owned(), |_| format!("b/{path}"));
    let [old, new] = [old, new].map(|text| lines(text.unwrap_or("")));
    let [old, new] = [&old, &new].map(|lines| lines.iter().map(AsRef::as_ref).collect::<Vec<&str>>());
    let diff = TextDiff::from_slices(&old, &new);
    let hunks = diff.unified_diff().context_radius(3).header(&from, &to).to_string();
    format!("diff --git a/{path} b/{path}\n{mode}{hunks}")
}

/// The lines of `text` as git counts them, which a line feed alone ends. One without has git's mark for that below it.
fn lines(text: &str) -> Vec<Cow<'_, str>> {
    text.split_inclusive('\n').map(line).collect()
}

fn line(line: &str) -> Cow<'_, str> {
    match line.strip_suffix('\n') {
        Some(line) => Cow::Borrowed(line),
        None => Cow::Owned(format!("{line}\n\\ No newline at end of file")),
    }
}
