//! What git and `diff` write above and between the hunks, and which of it is refused: only lines are ever changed.

/// Why a line is refused.
#[derive(Clone, Copy)]
pub(super) struct Refusal {
    pub(super) message: &'static str,
    pub(super) hint: &'static str,
}

/// Starts of lines that git writes between `diff --git` and the names.
const GIT: [&str; 14] = [
    "index ",
    "old mode ",
    "new mode ",
    "new file mode ",
    "deleted file mode ",
    "rename from ",
    "rename to ",
    "rename old ",
    "rename new ",
    "copy from ",
    "copy to ",
    "similarity index ",
    "dissimilarity index ",
    BINARY,
];

const BINARY: &str = "GIT binary patch";

pub(super) const CREATES: Refusal = Refusal {
    message: "the patch creates a file",
    hint: "a patch changes files that are there: leave it out",
};
pub(super) const DELETES: Refusal =
    Refusal { message: "the patch deletes a file", hint: "a patch changes files and leaves them there" };
pub(super) const RENAMES: Refusal = Refusal {
    message: "the patch renames a file",
    hint: "make it with `git diff --no-renames`, and leave both out",
};
const COPIES: Refusal = Refusal {
    message: "the patch copies a file",
    hint: "a patch changes files that are there: leave it out",
};
const MODE: Refusal =
    Refusal { message: "the patch changes the mode of a file", hint: "leave the lines with the modes out" };
const LINK: Refusal = Refusal {
    message: "the patch changes a symbolic link",
    hint: "a patch changes regular files: name the file that the link leads to",
};
const MODULE: Refusal = Refusal {
    message: "the patch changes what is no regular file",
    hint: "a patch changes regular files: leave it out",
};
const BYTES: Refusal = Refusal {
    message: "the patch changes a binary file",
    hint: "a patch changes lines of text: leave it out",
};
const COMBINED: Refusal = Refusal {
    message: "this is a combined diff, as git shows it of a merge",
    hint: "compare with one side only: `git diff OLD NEW`",
};
const ORPHAN: Refusal = Refusal {
    message: "this hunk belongs to no file",
    hint: "write the lines `---` and `+++` above it, with nothing between them and the hunks of the file",
};

/// Whether `line` belongs to the head of a file in a git diff.
pub(super) fn is_git(line: &str) -> bool {
    GIT.iter().any(|start| line.starts_with(start)) || is_binary(line)
}

/// Why the file that `line` heads is refused.
pub(super) fn refusal(line: &str) -> Option<Refusal> {
    let starts = |start| line.starts_with(start);
    if line.ends_with(" 120000") {
        return Some(LINK);
    }
    match line.split(' ').next()? {
        _ if is_binary(line) => Some(BYTES),
        "new" if starts("new file") => Some(CREATES),
        "deleted" => Some(DELETES),
        "old" | "new" => Some(MODE),
        "rename" => Some(RENAMES),
        "copy" => Some(COPIES),
        "index" if is_odd(line) => Some(MODULE),
        _ => None,
    }
}

/// Why `line` is refused where a file header is expected.
pub(super) fn outside(line: &str) -> Option<Refusal> {
    let starts = |start| line.starts_with(start);
    if is_merge(line) {
        return Some(COMBINED);
    }
    if is_binary(line) {
        return Some(BYTES);
    }
    starts("@@ -").then_some(ORPHAN)
}

/// Whether `line` starts a file or a hunk of a combined diff.
pub(super) fn is_merge(line: &str) -> bool {
    ["diff --cc ", "diff --combined ", "@@@ "].iter().any(|start| line.starts_with(start))
}

fn is_binary(line: &str) -> bool {
    let differs = line.starts_with("Binary files ") && line.ends_with(" differ");
    line.starts_with(BINARY) || differs
}

/// Whether the line `index` has a mode that no regular file has.
fn is_odd(line: &str) -> bool {
    line.split(' ').nth(2).is_some_and(|mode| !mode.starts_with("100"))
}
