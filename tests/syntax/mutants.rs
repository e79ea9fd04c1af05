//! Mutants of real files: a few tokens deleted, doubled, swapped, replaced or put in, judged by us and by node.
//!
//! `SYNTAX_SEED` gives other mutants than the usual ones, `SYNTAX_MUTANTS` more or fewer.

use std::fmt::Display;
use std::path::Path;
use std::str::FromStr;

use rebrand::demo::sites::{Year, files};
use rebrand::text::include;

use super::{Case, accepted, cases, complaint, excuses, is_excused, node_complaints, words};
use crate::skip::skip;

/// Numbers that look random and come again with the same seed: splitmix64.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    fn pick<'t>(&mut self, from: &'t [String]) -> &'t str {
        &from[self.below(from.len())]
    }
}

/// `source` in pieces that a slip of the pen moves as one: words, strings, comments, single signs, blanks.
fn tokens(source: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '$');
        let length = match first {
            '\'' | '"' | '`' => rest[1..].find([first, '\n']).map(|at| at + 2),
            '/' if rest.starts_with("//") => rest.find('\n'),
            '/' if rest.starts_with("/*") => rest.find("*/").map(|at| at + 2),
            ' ' => rest.find(|letter| letter != ' '),
            _ if is_word(first) => rest.find(|letter| !is_word(letter)),
            _ => Some(first.len_utf8()),
        };
        let (token, after) = rest.split_at(length.unwrap_or(rest.len()));
        tokens.push(token);
        rest = after;
    }
    tokens
}

/// `source` after one to three slips.
fn mutant<'s>(source: &'s str, odd: &'s [String], random: &mut Random) -> String {
    let mut tokens = tokens(source);
    for _ in 0..=random.below(3) {
        let at = random.below(tokens.len());
        let other = random.below(tokens.len());
        match random.below(6) {
            0 if tokens.len() > 1 => drop(tokens.remove(at)),
            1 => tokens.insert(at, tokens[at]),
            2 => tokens.swap(at, other),
            3 => tokens[at] = tokens[other],
            4 => tokens[at] = random.pick(odd),
            _ => tokens.insert(at, random.pick(odd)),
        }
    }
    tokens.concat()
}

/// The stand-in sites' scripts, and upstream's where they are there.
fn whole_files() -> Vec<String> {
    let of_sites = [Year::Y2021, Year::Y2026].into_iter().flat_map(files);
    let is_script = |path: &str| Path::new(path).extension().is_some_and(|extension| extension == "js");
    let mut whole: Vec<String> =
        of_sites.filter(|(path, _)| is_script(path)).map(|(_, source)| (*source).to_owned()).collect();
    let upstream = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/upstream");
    let Ok(versions) = std::fs::read_dir(&upstream) else {
        skip(format_args!("`{}` is not there, so only the stand-in sites are mutated", upstream.display()));
        return whole;
    };
    let mut folders: Vec<_> = versions.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in folders {
        let named =
            ["config.js", "interface_config.js"].map(|name| std::fs::read_to_string(folder.join(name)));
        whole.extend(named.into_iter().flatten());
    }
    whole
}

/// A few lines of a file that make a script of their own, with its documented keys set.
fn piece(file: &str, random: &mut Random) -> String {
    let lines: Vec<&str> = file.lines().collect();
    loop {
        let start = random.below(lines.len());
        let some = lines.iter().skip(start).take(random.below(24));
        let set = some.map(|line| line.trim_start().trim_start_matches("// ")).collect::<Vec<_>>().join("\n");
        let object = format!("var config = {{\n{set}\n}};\n");
        if let Some(script) =
            [object, set].into_iter().find(|script| complaint(script).is_none() && !script.is_empty())
        {
            return script;
        }
    }
}

fn from_environment<T: FromStr + Display>(name: &str, otherwise: T) -> T {
    let value = std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise);
    eprintln!("{name}={value}");
    value
}

fn mutants(random: &mut Random, count: usize) -> Vec<String> {
    let sources = |cases: Vec<Case>| cases.into_iter().map(|case| case.source).collect::<Vec<_>>();
    let odd = sources(cases(include_str!("odd.txt")));
    let (whole, small) = (whole_files(), sources(accepted()));
    let mut mutants: Vec<String> =
        (0..count / 24).map(|_| mutant(random.pick(&whole), &odd, random)).collect();
    while mutants.len() < count / 2 {
        let piece = piece(random.pick(&whole), random);
        mutants.extend((0..8).map(|_| mutant(&piece, &odd, random)));
    }
    while mutants.len() < count {
        let one = random.pick(&small);
        let other = if random.below(2) == 0 { "" } else { random.pick(&small) };
        mutants.push(mutant(&format!("{one}\n{other}"), &odd, random));
    }
    mutants
}

#[test]
fn no_mutant_is_read_that_node_refuses() {
    let mut random = Random(from_environment("SYNTAX_SEED", 1));
    let mutants = mutants(&mut random, from_environment("SYNTAX_MUTANTS", 6000));
    // Node gets what a visitor gets: the server has filled in its markers.
    let masked: Vec<_> =
        mutants.iter().map(|mutant| include::masked(mutant, &include::markers(mutant))).collect();
    let Some(node) = node_complaints(masked.iter().map(AsRef::as_ref)) else { return };
    let excuses = excuses();
    let is_known =
        |message: &str, mutant: &str| excuses.iter().any(|excuse| is_excused(excuse.reason, message, mutant));
    let mut wrong = Vec::new();
    let mut refused = 0;
    for (mutant, node) in mutants.iter().zip(&node) {
        refused += usize::from(node.is_some());
        let Ok(ours) = std::panic::catch_unwind(|| complaint(mutant)) else {
            wrong.push(format!("the parser panics\n{mutant}\n"));
            continue;
        };
        let verdict = match (ours, node) {
            (None, Some(node)) => format!("we read what node refuses: {node}"),
            (Some(ours), None) if !is_known(&words(&ours), mutant) => {
                format!("we refuse what node takes: {ours:?}")
            }
            _ => continue,
        };
        let shown: String = mutant.chars().take(1500).collect();
        wrong.push(format!("{verdict}\n{shown}\n"));
    }
    assert!(wrong.is_empty(), "{} of {} are wrong:\n{}", wrong.len(), mutants.len(), wrong.join("\n"));
    assert!(
        refused > mutants.len() / 4 && refused < mutants.len(),
        "{refused} of {} are broken",
        mutants.len()
    );
}
