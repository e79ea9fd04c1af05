//! What is read: the diffs of git and of `diff`, with what stands round them.

use rebrand::text::Text;

use crate::{lines, made, of, one, read};

const HUNK: &str = "@@ -1,2 +1,2 @@\n a\n-b\n+c\n";

/// The head of a file, and the path it names.
const HEADS: &[(&str, &str)] = &[
    ("diff --git a/etc/x b/etc/x\nindex 0123..4567 100644\n--- a/etc/x\n+++ b/etc/x\n", "etc/x"),
    ("diff --git a/etc/x b/etc/x\nindex 0123..4567 100755\n--- a/etc/x\n+++ b/etc/x\n", "etc/x"),
    ("diff --git a/etc/x b/etc/x\nindex 0123..4567\n--- a/etc/x\n+++ b/etc/x\n", "etc/x"),
    ("diff --git b/etc/x a/etc/x\n--- b/etc/x\n+++ a/etc/x\n", "etc/x"),
    ("diff --git i/etc/x w/etc/x\n--- i/etc/x\n+++ w/etc/x\n", "etc/x"),
    ("diff --git etc/x etc/x\n--- etc/x\n+++ etc/x\n", "etc/x"),
    ("diff --git a/a/x b/a/x\n--- a/a/x\n+++ b/a/x\n", "a/x"),
    ("diff --git a/x b/x\nsimilarity index 100%\n--- a/x\n+++ b/x\n", "x"),
    ("--- a/etc/x\n+++ b/etc/x\n", "etc/x"),
    ("--- a/etc/x.orig\n+++ b/etc/x\n", "etc/x"),
    ("--- etc/x\n+++ etc/x\n", "etc/x"),
    ("--- b/etc/x\n+++ a/etc/x\n", "a/etc/x"),
    ("--- /etc/x\n+++ /etc/x\n", "etc/x"),
    ("--- /etc/x.orig\t2024-01-01 10:00:00.000000000 +0100\n+++ /etc/x\t2024-01-01 10:00:00\n", "etc/x"),
    ("diff -u /etc/x.orig /etc/x\n--- /etc/x.orig\n+++ /etc/x\n", "etc/x"),
    ("--- a/with space\t\n+++ b/with space\t\n", "with space"),
    ("--- \"a/with\\040space\"\n+++ \"b/with\\040space\"\n", "with space"),
    ("--- \"a/f\\303\\274r \\\"x\\\"\"\n+++ \"b/f\\303\\274r \\\"x\\\"\"\t2024\n", "für \"x\""),
    ("--- \"/etc/x y\"\n+++ \"/etc/x y\"\n", "etc/x y"),
    ("\u{feff}--- a/x\n+++ b/x\n", "x"),
    ("\u{feff}diff --git a/x b/x\n--- a/x\n+++ b/x\n", "x"),
    ("Index: x\n=====\n--- x\t(revision 1)\n+++ x\t(working copy)\n", "x"),
    ("From: A\nSubject: b\n\n- why\n+ how\n---\n x | 2 +-\n\n--- a/x\n+++ b/x\n", "x"),
    ("--- no header\n--- a/x\n+++ b/x\n", "x"),
];

#[test]
fn heads_name_a_path() {
    for (head, path) in HEADS {
        let patch = one(&format!("{head}{HUNK}"));
        assert_eq!(patch.path, *path, "{head}");
        assert_eq!(made(&patch, "a\nb\n"), "a\nc\n", "{head}");
        let patch = one(&format!("{head}{HUNK}").replace('\n', "\r\n"));
        assert_eq!(patch.path, *path, "CRLF {head}");
        assert_eq!(made(&patch, "a\nb\n"), "a\nc\n", "CRLF {head}");
    }
}

/// Hunks, the text before, the text after.
const HUNKS: &[(&str, &str, &str)] = &[
    ("@@ -1,2 +1,2 @@ function x() {\n a\n-b\n+c\n", "a b", "a c"),
    ("@@ -1 +1 @@\n-a\n+b\n", "a", "b"),
    ("@@ -1 +1,2 @@\n-a\n+b\n+c\n", "a", "b c"),
    ("@@ -1,2 +1,3 @@\n a\n+x\n b\n@@ -4,2 +5,1 @@\n d\n-e\n", "a b c d e", "a x b c d"),
    ("@@ -1 +1 @@\n-a\n+b\n@@ -2 +2 @@\n-c\n+d\n", "a c", "b d"),
    // The signature of a mail, and prose behind it.
    ("@@ -1,2 +1,2 @@\n a\n-b\n+c\n-- \n2.47.3\n\n", "a b", "a c"),
    ("@@ -1,2 +1,2 @@\n a\n-b\n+c\n--\n2.47.3\n", "a b", "a c"),
    ("@@ -1,2 +1,2 @@\n a\n-b\n+c\n\nprose\n + more\n", "a b", "a c"),
    ("@@ -1,2 +1,2 @@\n a\n-b\n+c", "a b", "a c"),
    ("@@ -1,2 +1,2 @@\n-b\n a\n+c\n", "b a", "a c"),
    ("@@ -1,3 +1,3 @@\n-a\n+x\n-b\n+y\n c\n", "a b c", "x y c"),
];

#[test]
fn hunks_are_read_by_their_counts() {
    for (hunks, before, after) in HUNKS {
        assert_eq!(made(&of(hunks), &lines(before)), lines(after), "{hunks}");
    }
    let patch = of("@@ -1,2 +1,2 @@\n--- a/y\n+++ b/y\n c\n");
    assert_eq!(made(&patch, "-- a/y\nc\n"), "++ b/y\nc\n");
    let patch = of("@@ -1,2 +1,2 @@\n c\n--- a/y\n+++ b/y\n@@ -4 +4 @@\n-a\n+b\n");
    assert_eq!(made(&patch, "c\n-- a/y\nd\na\n"), "c\n++ b/y\nd\nb\n");
}

#[test]
fn an_empty_line_of_context_may_have_lost_its_blank() {
    let patch = of("@@ -1,4 +1,4 @@\n a\n\n-b\n+c\n\n");
    assert_eq!(made(&patch, "a\n\nb\n\n"), "a\n\nc\n\n");
    let patch = of("@@ -1,4 +1,4 @@\r\n a\r\n\r\n-b\r\n+c\r\n\r\n");
    assert_eq!(made(&patch, "a\n\nb\n\n"), "a\n\nc\n\n");
}

#[test]
fn files_follow_each_other() {
    let source = format!(
        "From x\n\ndiff --git a/y b/y\n--- a/y\n+++ b/y\n{HUNK}{HUNK_BELOW}diff --git a/x b/x\n--- a/x\n+++ b/x\n{HUNK}\
         -- \n2.47.3\n\nFrom y\n\n--- z\t2024\n+++ z\t2024\n{HUNK}--- /etc/v\n+++ /etc/v\n{HUNK}"
    );
    let patches = read(&source);
    let found: Vec<_> = patches.iter().map(|patch| (patch.path.as_str(), patch.hunks.len())).collect();
    assert_eq!(found, [("y", 2), ("x", 1), ("z", 1), ("etc/v", 1)]);
    let text = Text::from(source.as_str());
    assert_eq!(text.slice(patches[0].at), "+++ b/y");
    assert_eq!(text.slice(patches[2].at), "+++ z\t2024");
    let hunk = &patches[0].hunks[1];
    assert_eq!(text.slice(hunk.at()), "@@ -8,2 +9,3 @@ section");
    assert_eq!((hunk.old_start(), hunk.new_start()), (8, 8));
}

const HUNK_BELOW: &str = "@@ -8,2 +9,3 @@ section\n a\n+x\n b\n";

#[test]
fn the_reverse_of_the_reverse_is_the_patch() {
    let patch = of("@@ -3,2 +3,3 @@\n a\n+x\n b\n@@ -8,2 +9,2 @@\n a\n-x\n+y\n");
    let back = patch.reversed();
    assert_eq!((back.hunks[1].old_start(), back.hunks[1].new_start()), (9, 8));
    assert_eq!(back.reversed(), patch);
}
