//! TOML with the place of every key and value, and every fault of a file at once.
//!
//! The only room that knows the `toml` package. A file with faults is still read as far as it goes, so that
//! what is wrong elsewhere in it is told in the same run; what a broken line would make of its neighbours is not.

mod faults;
mod syntax;
mod tree;

pub use faults::{Faults, nearest};
pub use tree::{Content, Entry, Node};

use crate::text::Text;

/// Reads the file `file`: its keys in the order they are written, and its faults of syntax so far.
#[must_use]
pub fn read<'a>(file: &'a str, text: &'a Text) -> (Vec<Entry>, Faults<'a>) {
    let (table, errors) = ::toml::de::DeTable::parse_recoverable(text.as_str());
    let entries = tree::entries(table.into_inner());
    let faults = syntax::faults(file, text, &entries, &errors);
    (entries, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(source: &str) -> Vec<String> {
        let text = Text::from(source);
        let (_, faults) = read("a.toml", &text);
        let faults = faults.outcome(()).err().unwrap_or_default();
        faults
            .iter()
            .map(|fault| {
                let hint = fault.hint.as_deref().unwrap_or("-");
                format!("{}:{} {} | {hint}", fault.place.line, fault.place.column, fault.message)
            })
            .collect()
    }

    #[test]
    fn keys_come_in_their_order_with_their_places() {
        let text = Text::from("\u{feff}b.c = 1\r\na = [{ z = 'x', y = 2 }]\r\n");
        let (entries, faults) = read("a.toml", &text);
        assert!(faults.outcome(()).is_ok());
        let names: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(names, ["b", "a"]);
        assert_eq!(text.slice(entries[1].span()), "a = [{ z = 'x', y = 2 }]");
        let Content::Table(below) = &entries[0].node.content else { panic!("a table") };
        assert_eq!(text.slice(below[0].span()), "c = 1");
    }

    #[test]
    fn every_fault_of_syntax_is_told_with_a_hint() {
        assert_eq!(
            told(
                "a = \nb = yes\nc = fellow Public Coder\nd = \u{201c}x\u{201d}\ne = 'x\nf = 01\nok = 1\nok = 2\ng = #fff\nh = https://a.b/\ni = null\n"
            ),
            [
                "1:5 a value is missing after `=` | write it, or put `#` before the line",
                "2:5 `yes` is no value | write `true`",
                "3:5 `fellow Public Coder` is no value | write it in quotes: `\"fellow Public Coder\"`",
                "4:5 curly quotes are no quotes | write straight ones: `\"x\"`",
                "5:7 the text is not closed | close it with `'`",
                "6:5 unexpected leading zero | the rules of TOML are at https://toml.io/",
                "8:1 `ok` is written twice | every key and every table may be written once",
                "9:5 a value is missing after `=` | outside quotes a `#` starts a comment: put the value in quotes",
                "10:5 `https://a.b/` is no value | write it in quotes: `\"https://a.b/\"`",
                "11:5 `null` is no value in TOML | in a patch, write it in quotes below `[raw]`",
            ]
        );
    }

    #[test]
    fn what_never_closes_is_blamed_where_it_opens_and_once() {
        assert_eq!(
            told("a = 1\nb = [1,\nc = 'x'\nd = 2\n"),
            ["2:5 the list that opens here is not closed | close it with `]`"]
        );
        assert_eq!(
            told("a = \"\"\"\nb = 1\n[c]\n"),
            ["1:5 the text that opens here is not closed | close it with `\"\"\"`"]
        );
        assert_eq!(told("[a\nb = 1\n[c]\nd = 1\n"), ["1:3 unclosed table | expected `]`"]);
    }

    #[test]
    fn a_quote_too_early_is_told() {
        let told = told("a = 'it's'\n");
        assert!(
            told[0].starts_with("1:9 there is more after the text | text ends at its second quote"),
            "{told:?}"
        );
    }

    #[test]
    fn deep_nesting_is_a_fault_and_no_crash() {
        assert!(!told(&("a.".repeat(100_000) + "a = 1")).is_empty());
        assert!(!told(&("a = ".to_owned() + &"[".repeat(100_000))).is_empty());
        assert!(!told(&("a = ".to_owned() + &"{a=".repeat(100_000))).is_empty());
    }
}
