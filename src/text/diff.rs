//! The difference of two texts as a unified diff.

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
    let diff = TextDiff::from_lines(old.unwrap_or(""), new.unwrap_or(""));
    let hunks = diff.unified_diff().context_radius(3).header(&from, &to).to_string();
    format!("diff --git a/{path} b/{path}\n{mode}{hunks}")
}
