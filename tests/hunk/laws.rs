//! The laws of hunks, held to generated texts: what was made is made once, taken back whole, and nothing panics.

use proptest::prelude::*;
use proptest::sample::select;
use rebrand::hunk::{FilePatch, Outcome, Reason, parse};
use rebrand::text::{Text, unified};

use crate::{one, put};

/// Nothing is kept of failures: a case that fails belongs into a table, with a name.
fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, cases: 1024, ..ProptestConfig::default() }
}

/// Lines of few words, so that many are equal.
fn words(most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    proptest::collection::vec(select(vec!["a", "b", "c", "", " a", "-- x", "ä"]), 1..most)
}

/// A text of few words, with one kind of line end; the last line may have none.
fn text(most: usize) -> impl Strategy<Value = String> {
    (words(most), any::<bool>()).prop_map(|(words, ended)| joined(&words, ended))
}

fn joined(words: &[&str], ended: bool) -> String {
    let mut text = words.join("\n");
    if ended && !words.is_empty() {
        text.push('\n');
    }
    text
}

/// A text in which no line is like another, and the same with some lines replaced, taken out or put in.
fn edited() -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
    proptest::collection::vec(0..12_u8, 8..60).prop_map(|edits| {
        let (mut old, mut new) = (Vec::new(), Vec::new());
        for (index, edit) in edits.into_iter().enumerate() {
            let line = format!("line {index}\n");
            match edit {
                0 => new.extend([format!("new {index}\n"), line.clone()]),
                1 => new.push(format!("other {index}\n")),
                2 => {}
                _ => new.push(line.clone()),
            }
            old.push(line);
        }
        (old, new)
    })
}

/// A patch of few words, made without regard to any text.
fn patch() -> impl Strategy<Value = String> {
    let line = (select(vec![' ', ' ', '+', '-']), select(vec!["a", "b", "c"]));
    let hunk = (0..6_usize, proptest::collection::vec(line, 1..7), any::<bool>());
    proptest::collection::vec(hunk, 1..4).prop_map(|hunks| {
        let (mut parts, mut at) = (vec!["--- x\n+++ x\n".to_owned()], 1);
        for (gap, lines, bare) in hunks {
            let count = |other| lines.iter().filter(|(mark, _)| *mark != other).count();
            at += gap;
            parts.push(format!("@@ -{at},{} +{at},{} @@\n", count('+'), count('-')));
            parts.extend(lines.iter().map(|(mark, word)| format!("{mark}{word}\n")));
            parts.extend((bare && gap == 5).then(|| "\\ No newline at end of file\n".to_owned()));
            at += count('+');
        }
        parts.concat()
    })
}

/// A text that such a patch may fit.
fn small() -> impl Strategy<Value = String> {
    let words = proptest::collection::vec(select(vec!["a", "b", "c"]), 1..14);
    (words, any::<bool>()).prop_map(|(words, ended)| joined(&words, ended))
}

/// Whether every hunk was put in, `moved` lines from where the patch says.
fn is_made(outcomes: &[Outcome], moved: usize) -> bool {
    let is_it =
        |outcome: &Outcome| matches!(outcome, Outcome::Made { offset, .. } if offset.unsigned_abs() == moved);
    outcomes.iter().all(is_it)
}

/// Holds the laws to `patch` and `text`.
fn hold(patch: &FilePatch, text: &str) {
    let back = patch.reversed();
    assert_eq!(back.reversed(), *patch);
    let Ok((after, outcomes)) = put(patch, text) else { return };
    let (again, second) = put(patch, &after).expect("a second run fits");
    assert_eq!(again, after, "a second run, from {text:?}");
    assert!(second.iter().all(|outcome| matches!(outcome, Outcome::Already { .. })), "{second:?}");
    if outcomes.iter().all(|outcome| matches!(outcome, Outcome::Made { .. })) {
        let (before, _) = put(&back, &after).expect("the reverse fits");
        assert_eq!(before, text, "the reverse, from {after:?}");
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_text_panics(source in any::<String>(), text in any::<String>()) {
        for source in [source.clone(), format!("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n{source}")] {
            for patch in parse("x.patch", &Text::from(source)).unwrap_or_default() {
                hold(&patch, &text);
            }
        }
    }

    #[test]
    fn any_patch_keeps_the_laws_on_any_text(source in patch(), text in small()) {
        for patch in parse("x.patch", &Text::from(source)).unwrap_or_default() {
            hold(&patch, &text);
            hold(&patch.reversed(), &text);
        }
    }

    #[test]
    fn a_diff_of_lines_that_repeat_is_put_in(old in text(40), new in text(40)) {
        prop_assume!(old != new && !old.is_empty() && !new.is_empty());
        let patch = one(&unified("etc/x", Some(&old), Some(&new)));
        let (after, outcomes) = put(&patch, &old).unwrap();
        prop_assert!(is_made(&outcomes, 0), "{:?}", outcomes);
        prop_assert_eq!(&after, &new);
        hold(&patch, &old);
        hold(&patch, &new);
        prop_assert_eq!(put(&patch, &new).unwrap().0, new);
    }

    #[test]
    fn a_diff_is_put_in_below_lines_that_came_above(
        (old, new) in edited(),
        above in 0..9_usize,
        crlf in any::<bool>(),
    ) {
        prop_assume!(old != new);
        let patch = one(&unified("etc/x", Some(&old.concat()), Some(&new.concat())));
        let head = "above\n".repeat(above);
        let ends = |text: String| if crlf { text.replace('\n', "\r\n") } else { text };
        let text = ends(format!("{head}{}", old.concat()));
        match put(&patch, &text) {
            Ok((after, outcomes)) => {
                prop_assert_eq!(after, ends(format!("{head}{}", new.concat())));
                prop_assert!(is_made(&outcomes, above), "{:?}", outcomes);
            }
            // The first line of the file is changed, and is the first no more.
            Err(misfits) => {
                prop_assert!(above > 0 && misfits.len() == 1 && misfits[0].hunk == 0, "{:?}", misfits);
                let Reason::NotFound { near: Some(near) } = &misfits[0].reason else { panic!("{misfits:?}") };
                prop_assert_eq!((near.line, &near.expected), (above, &None));
            }
        }
        hold(&patch, &text);
    }

    #[test]
    fn a_file_that_has_some_hunks_gets_the_others((old, new) in edited(), which in any::<u64>()) {
        prop_assume!(old != new);
        let whole = one(&unified("etc/x", Some(&old.concat()), Some(&new.concat())));
        let mut some = whole.clone();
        let mut index = 0;
        some.hunks.retain(|_| { index += 1; which >> (index % 64) & 1 == 1 });
        let (between, _) = put(&some, &old.concat()).unwrap();
        let (after, outcomes) = put(&whole, &between).unwrap();
        prop_assert_eq!(after, new.concat());
        let made = outcomes.iter().filter(|outcome| is_made(&[**outcome], 0)).count();
        prop_assert_eq!(made, whole.hunks.len() - some.hunks.len());
    }
}
