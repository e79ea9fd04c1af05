//! Where hunks stand, what they make of line ends, and why they do not fit.

use rebrand::hunk::{Misfit, Outcome};

use crate::{lines, made, of, one, put};

const INSERT: &str = "@@ -3,2 +3,3 @@\n c\n+x\n d\n";
const REPLACE: &str = "@@ -3,3 +3,3 @@\n c\n-d\n+x\n e\n";
const DELETE: &str = "@@ -3,3 +3,2 @@\n c\n-d\n e\n";
const LAST: &str = "@@ -2,2 +2,3 @@\n b\n c\n+x\n";
const FIRST: &str = "@@ -1,2 +1,3 @@\n+x\n a\n b\n";
const TWO: &str = "@@ -1,2 +1,4 @@\n a\n+x\n+y\n b\n@@ -6,2 +8,2 @@\n f\n-g\n+z\n";

/// The hunks, the lines before, the lines after, what became of the hunks.
type Case = (&'static str, &'static str, &'static str, &'static str);

const PLACES: &[Case] = &[
    (INSERT, "a b c d", "a b c x d", "made 3"),
    (INSERT, "p q r a b c d", "p q r a b c x d", "made 6+3"),
    (INSERT, "c d", "c x d", "made 1-2"),
    (REPLACE, "a b c d e", "a b c x e", "made 3"),
    (DELETE, "a b c d e", "a b c e", "made 3"),
    // The nearest place counts, and the said one above all.
    (INSERT, "c d c d c d", "c d c x d c d", "made 3"),
    (INSERT, "a c d b b b c d", "a c x d b b b c d", "made 2-1"),
    (INSERT, "c d b b c d b b c d", "c d b b c d b b c d", "ambiguous 1 5"),
    // It is there already: at its place, or nearer than another place.
    (INSERT, "a b c x d", "a b c x d", "already 3"),
    (INSERT, "p a b c x d", "p a b c x d", "already 4"),
    (INSERT, "p a b c x d c d", "p a b c x d c d", "already 4"),
    (INSERT, "a b c d c x d", "a b c x d c x d", "made 3"),
    (DELETE, "a b c e", "a b c e", "already 3"),
    (DELETE, "a b c d e c e", "a b c e c e", "made 3"),
    (REPLACE, "a b c x e", "a b c x e", "already 3"),
    (REPLACE, "c d e q c x e", "", "ambiguous 1 5"),
    // The added line stands there already, and the context twice.
    ("@@ -1,2 +1,3 @@\n a\n+a\n b\n", "a b", "a a b", "made 1"),
    ("@@ -1,2 +1,3 @@\n a\n+a\n b\n", "a a b", "a a b", "already 1"),
    ("@@ -1,2 +1,3 @@\n a\n+a\n a\n", "a a", "a a a", "made 1"),
    ("@@ -1,2 +1,3 @@\n a\n+a\n a\n", "a a a", "a a a", "already 1"),
    ("@@ -1,3 +1,2 @@\n a\n-a\n a\n", "a a a", "a a", "made 1"),
    ("@@ -1,3 +1,2 @@\n a\n-a\n a\n", "a a", "a a", "already 1"),
    ("@@ -1,3 +1,2 @@\n a\n-a\n a\n", "a a a a", "", "again 1"),
    // What a deletion leaves would come nearer than what was put in.
    ("@@ -4,4 +4,2 @@\n a\n-b\n-c\n d\n", "a b c d p p p a b c d", "", "again 1"),
    // A change at the edge of a hunk is one at the edge of the file.
    (LAST, "a b c", "a b c x", "made 2"),
    (LAST, "p a b c", "p a b c x", "made 3+1"),
    (LAST, "a b c x", "a b c x", "already 2"),
    (LAST, "a b c d", "", "nowhere 4 edge d"),
    (FIRST, "a b c", "x a b c", "made 1"),
    (FIRST, "p a b", "", "nowhere 1 edge p"),
    ("@@ -2,3 +2,2 @@\n b\n c\n-x\n", "a b c x", "a b c", "made 2"),
    ("@@ -2,3 +2,2 @@\n b\n c\n-x\n", "a b c", "a b c", "already 2"),
    ("@@ -2,3 +2,2 @@\n b\n c\n-x\n", "a b c y", "", "nowhere 4 x y"),
    ("@@ -2,3 +2,2 @@\n b\n c\n-x\n", "a b c x x", "", "nowhere 5 edge x"),
    ("@@ -2,2 +2,2 @@\n b\n-c\n+x\n", "a b c d", "a b x d", "made 2"),
    // Several hunks: the next is moved as the one before.
    (TWO, "a b c d e f g", "a x y b c d e f z", "made 1, made 6"),
    (TWO, "a x y b c d e f g", "a x y b c d e f z", "already 1, made 8"),
    (TWO, "a b c d e f z", "a x y b c d e f z", "made 1, already 6"),
    (TWO, "p a b c d e f g", "p a x y b c d e f z", "made 2+1, made 7+1"),
    (TWO, "p a x y b c d e f g", "p a x y b c d e f z", "already 2, made 9+1"),
    (TWO, "a b c d e q f g", "a x y b c d e q f z", "made 1, made 7+1"),
    (TWO, "p p a b f g d e f g h f g", "p p a x y b f g d e f z h f g", "made 3+2, made 9+3"),
    (TWO, "f g a b", "", "overlaps 1"),
    (TWO, "f g a q", "", "nowhere 4 b q, made"),
    (TWO, "a c g", "", "nowhere 2 b c, nowhere 2 f c"),
    // Nothing is like it.
    (INSERT, "a b", "", "nowhere"),
    (INSERT, "", "", "nowhere"),
    (INSERT, "a b c", "", "nowhere 4 d end"),
    (INSERT, "a b c y d", "", "nowhere 4 d y"),
];

#[test]
fn hunks_are_placed() {
    for (hunks, before, after, told) in PLACES {
        let (patch, text) = (of(hunks), lines(before));
        match put(&patch, &text) {
            Ok((result, outcomes)) => {
                let shown: Vec<String> = outcomes.iter().map(outcome).collect();
                assert_eq!(shown.join(", "), *told, "{hunks}{before}");
                assert_eq!(made(&patch, &text), lines(after), "{hunks}{before}");
                assert_eq!(result, lines(after), "{hunks}{before}");
            }
            Err(misfits) => {
                let shown: Vec<String> = misfits.iter().map(misfit).collect();
                assert_eq!(shown.join(", "), told.replace(", made", ""), "{hunks}{before}");
            }
        }
    }
}

fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Made { line, offset: 0 } => format!("made {line}"),
        Outcome::Made { line, offset } => format!("made {line}{offset:+}"),
        Outcome::Already { line } => format!("already {line}"),
    }
}

fn misfit(misfit: &Misfit) -> String {
    use rebrand::hunk::Reason::{Again, Ambiguous, NotFound, Overlaps};
    match &misfit.reason {
        NotFound { near: None } => "nowhere".to_owned(),
        NotFound { near: Some(near) } => {
            let expected = near.expected.as_deref().unwrap_or("edge");
            let found = near.found.as_deref().unwrap_or("end");
            format!("nowhere {} {expected} {found}", near.line)
        }
        Ambiguous { lines } => format!("ambiguous {} {}", lines[0], lines[1]),
        Overlaps { line } => format!("overlaps {line}"),
        Again { line } => format!("again {line}"),
    }
}

/// The hunks, the text before, the text after.
const LINE_ENDS: &[(&str, &str, &str)] = &[
    (INSERT, "a\r\nb\r\nc\r\nd\r\n", "a\r\nb\r\nc\r\nx\r\nd\r\n"),
    (INSERT, "a\r\nb\r\nc\nd\r\n", "a\r\nb\r\nc\nx\nd\r\n"),
    (FIRST, "a\r\nb\n", "x\r\na\r\nb\n"),
    (REPLACE, "a\nb\nc\nd\r\ne\n", "a\nb\nc\nx\r\ne\n"),
    ("@@ -1,2 +1,4 @@\n-a\n-b\n+x\n+y\n+z\n+\n", "a\nb\r\n", "x\ny\r\nz\r\n\r\n"),
    ("@@ -1,2 +1,2 @@\r\n a\r\n-b\r\n+c\r\n", "a\nb\n", "a\nc\n"),
    ("@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n", "a\r\nb\r\n", "a\r\nc\r\n"),
    // With and without a line end at the end of the file.
    ("@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n", "a\r\nb", "a\r\nb\r\n"),
    ("@@ -1,2 +1,2 @@\n a\n-b\n+b\n\\ No newline at end of file\n", "a\r\nb\r\n", "a\r\nb"),
    ("@@ -1,2 +1,3 @@\n a\n-b\n\\ No newline\n+b\n+c\n\\ Kein Zeilenumbruch\n", "a\nb", "a\nb\nc"),
    ("@@ -1,2 +1,2 @@\n-a\n+x\n b\n\\ No newline at end of file\n", "a\nb", "x\nb"),
    ("@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n", "a", "b\n"),
    (
        "@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+b\n+c\n",
        "\u{feff}x\r\na",
        "\u{feff}x\r\nb\r\nc\r\n",
    ),
];

#[test]
fn line_ends_are_the_files_own() {
    for (hunks, before, after) in LINE_ENDS {
        let patch = of(hunks);
        assert_eq!(made(&patch, before), *after, "{hunks}{before:?}");
    }
}

#[test]
fn a_line_without_a_line_end_stands_only_at_the_end() {
    let without = "@@ -1,2 +1,2 @@\n-a\n+x\n b\n\\ No newline at end of file\n";
    let mark = "\\ No newline at end of file";
    let cases = [
        (without, "a\nb\n", format!("nowhere 2 {mark} b")),
        (without, "a\nb\nc\n", format!("nowhere 2 {mark} b")),
        ("@@ -1,2 +1,2 @@\n-a\n+x\n b\n", "a\nb", format!("nowhere 2 b {mark}")),
        ("@@ -1,2 +1,2 @@\n a\n-b\n+b\n\\ No newline\n", "a\nb\nc\n", "nowhere 3 edge c".to_owned()),
    ];
    for (hunks, before, expected) in cases {
        let misfits = put(&of(hunks), before).unwrap_err();
        assert_eq!(misfit(&misfits[0]), expected, "{hunks}{before}");
    }
}

#[test]
fn reasons_are_told_in_words() {
    let told = |hunks: &str, before: &str| put(&of(hunks), &lines(before)).unwrap_err()[0].reason.to_string();
    assert_eq!(told(INSERT, ""), "its lines stand nowhere");
    assert_eq!(told(INSERT, "a b c y d"), "its lines stand nowhere: line 4 should be `d`, but is `y`");
    assert_eq!(
        told(INSERT, "a b c"),
        "its lines stand nowhere: line 4 should be `d`, but is the end of the file"
    );
    assert_eq!(
        told(LAST, "a b c d"),
        "its lines stand nowhere: line 4 should be the edge of the file, but is `d`"
    );
    assert_eq!(told(INSERT, "c d b b c d"), "it fits equally well at lines 1 and 5");
    assert_eq!(told(TWO, "f g a b"), "it fits only at line 1, which is not below the hunk before it");
}

#[test]
fn large_texts_take_one_pass() {
    let text = "a\n".repeat(100_000);
    let context = " a\n".repeat(30_000);
    let hunk = format!("@@ -60000,30001 +60000,30001 @@\n{context}-b\n+c\n");
    assert!(put(&of(&hunk), &text).is_err());
    let hunk = format!("@@ -99000,30000 +99000,30001 @@\n{context}+b\n");
    assert_eq!(made(&of(&hunk), &text), format!("{text}b\n"));
    let file = |index| format!("--- {index}\n+++ {index}\n@@ -1 +1 @@\n-a\n+b\n");
    let files = (0..20_000).map(file).collect::<Vec<_>>().concat();
    assert_eq!(crate::read(&files).len(), 20_000);
    let far = one("--- x\n+++ x\n@@ -4294967295,2 +4294967295,2 @@\n a\n-b\n+c\n");
    assert_eq!(made(&far, "a\nb\n"), "a\nc\n");
}
