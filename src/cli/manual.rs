//! The manual pages: one for the program and each of its commands, from the same table as `--help`, and one for
//! `brand.toml`, from the table of its keys.

use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use crate::brand::{Key, Kind, TABLES};

/// Commands as people type them, and what they do. Of each command at least one.
pub(super) const EXAMPLES: [(&str, &str); 24] = [
    ("rebrand status", "shows what is not as wished, and counts the rest"),
    ("rebrand status --all", "lists every file"),
    ("rebrand diff", "shows keys, then a difference as git shows it"),
    ("rebrand diff --keys title.html", "shows the keys of one file"),
    ("rebrand apply", "shows what changes, asks once, and writes it"),
    ("rebrand apply --yes", "does it without asking, as from a script"),
    ("rebrand check", "says nothing while every wish is in force, for cron"),
    ("rebrand check --monitor", "prints one line for a monitoring system"),
    ("rebrand check --url https://meet.example.org/", "asks the web server as a visitor would"),
    ("rebrand restore", "gives every file back as it was shipped"),
    ("rebrand restore --to 3", "puts an earlier generation in force again"),
    ("rebrand rehearse", "tells what the next upgrade would do to the brand"),
    ("rebrand upgrade", "upgrades the packages of Jitsi Meet, and brands them"),
    ("rebrand explain defaultLogoUrl", "tells all that is known of a key"),
    ("rebrand explain people.remote", "tells what a line of brand.toml comes to here"),
    ("rebrand accept", "accepts what upstream changed under the brand"),
    ("rebrand audit", "lists what visitors still see of upstream"),
    ("rebrand lock", "fetches pictures, makes all, and pins them"),
    ("rebrand lock --upgrade --sheet new.html", "takes pictures that changed, and shows them on a page"),
    ("rebrand build --out branded", "writes the branded files into a folder"),
    ("rebrand doctor", "looks for what breaks or hides the brand"),
    ("rebrand init", "starts a project in the current folder"),
    ("rebrand demo", "plays the whole round on a stand-in site"),
    ("rebrand help lock", "shows the options of one command"),
];

/// What the program reads and writes.
const FILES: [(&str, &str); 7] = [
    ("brand/brand.toml", "what is wished, see brand.toml(5)"),
    ("brand/brand.lock", "the pins of sources and pictures, which lock and apply write"),
    ("patches/*.toml, patches/*.patch", "edits beyond the brand"),
    ("/etc/rebrand", "the project that upgrades read, and that is taken where no other is found"),
    ("/usr/share/jitsi-meet", "the web client, whose files are branded"),
    ("/etc/jitsi/meet/*-config.js", "the configuration of each host"),
    ("/var/lib/rebrand", "what was there before, and the record of what was done"),
];

/// What the exit status says.
const STATUSES: [(&str, &str); 4] = [
    ("0", "done, or already so"),
    ("1", "the answer is no: a difference, a conflict, a wish that is not in force; nothing was written"),
    ("2", "trouble: bad usage, a project with faults, failed input or output; the site is as it was before"),
    ("75", "another run holds the lock of this site"),
];

/// Every page, by the name of its file: that of the program `command`, of each command, and of `brand.toml`.
pub(super) fn pages(mut command: clap::Command) -> Vec<(String, String)> {
    command.build();
    let names = command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help");
    let names: Vec<String> = names.map(|sub| sub.get_name().to_owned()).collect();
    let subs = names.iter().filter_map(|name| command.find_subcommand(name));
    let mut pages = vec![("rebrand.1".to_owned(), page(command.clone(), "rebrand", &names))];
    pages.extend(subs.map(|sub| {
        let name = format!("rebrand-{}", sub.get_name());
        (format!("{name}.1"), page(sub.clone(), &format!("rebrand {}", sub.get_name()), &[]))
    }));
    pages.push(("brand.toml.5".to_owned(), brand_page()));
    pages
}

/// The page of `command`, which is called by the words `called`; that of the program names the pages of `others`.
fn page(command: clap::Command, called: &str, others: &[String]) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let man = Man::new(command).source(format!("rebrand {version}")).manual("rebrand");
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    let _ = man.render_title(&mut bytes);
    let _ = man.render_name_section(&mut bytes);
    let _ = man.render_synopsis_section(&mut bytes);
    let _ = man.render_description_section(&mut bytes);
    let _ = man.render_options_section(&mut bytes);
    if !others.is_empty() {
        let _ = man.render_subcommands_section(&mut bytes);
    }
    let mut rest = Roff::new();
    list(&mut rest, "EXIT STATUS", STATUSES);
    if called == "rebrand check" {
        let monitor = "With --monitor 0, 1, 2 and 3 say OK, WARNING, CRITICAL and UNKNOWN, as plugins of monitoring do.";
        rest.control("PP", []).text([roman(monitor)]);
    }
    list(&mut rest, "FILES", FILES);
    let is_own = |line: &&(&str, &str)| line.0 == called || line.0.starts_with(&format!("{called} "));
    list(&mut rest, "EXAMPLES", EXAMPLES.iter().filter(is_own).copied());
    let all = others.iter().map(|name| format!("rebrand-{name}(1)"));
    let all: Vec<String> = all.chain(others.is_empty().then(|| "rebrand(1)".to_owned())).collect();
    rest.control("SH", ["SEE ALSO"]).text([roman(format!("{}, brand.toml(5)", all.join(", ")))]);
    let _ = rest.to_writer(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The section `title`: what is meant, and what is said of it.
fn list<'t>(page: &mut Roff, title: &str, lines: impl IntoIterator<Item = (&'t str, &'t str)>) {
    page.control("SH", [title]);
    for (what, says) in lines {
        page.control("TP", []).text([bold(what)]).text([roman(says)]);
    }
}

/// The page of `brand.toml`.
fn brand_page() -> String {
    let mut page = Roff::new();
    let version = concat!("rebrand ", env!("CARGO_PKG_VERSION"));
    page.control("TH", ["brand.toml", "5", "", version, "rebrand"]);
    page.control("SH", ["NAME"]).text([roman("brand.toml - what a Jitsi Meet should look like")]);
    page.control("SH", ["DESCRIPTION"]);
    page.text([roman(
        "The file brand/brand.toml of a project of rebrand(1), in TOML. Every table and key is optional. Files are named \
         from the folder brand/. rebrand-init(1) writes one with every key in it.",
    )]);
    for (table, doc) in TABLES {
        page.control("SH", [format!("[{table}]").as_str()]).text([roman(doc)]);
        for key in Key::of(table).filter(|_| table != "text") {
            page.control("TP", []).text([bold(key.name), roman(" ("), italic(kind(key.kind)), roman(")")]);
            page.text(told(key));
        }
    }
    list(&mut page, "FILES", FILES);
    page.control("SH", ["EXAMPLES"]).control("nf", []);
    for line in ["[brand]", "name = \"Public Code Meet\"", "home = \"https://publiccode.net/\"", "", "[logo]"]
    {
        page.text([roman(line)]);
    }
    page.text([roman("source = \"logo.svg\"")]).text([roman("")]);
    page.text([roman("[sites.\"meet.example.org\"]")]).text([roman("people.remote = \"fellow neighbour\"")]);
    page.control("fi", []);
    page.control("SH", ["SEE ALSO"])
        .text([roman("rebrand(1), rebrand-init(1), rebrand-explain(1), rebrand-lock(1)")]);
    page.to_roff()
}

fn told(key: &Key) -> Vec<Inline> {
    vec![roman(format!("{} Such as {}", key.doc, key.example))]
}

fn kind(kind: Kind) -> String {
    match kind {
        Kind::Text(most) => format!("text of at most {most} characters"),
        Kind::Link => "https link".to_owned(),
        Kind::Contact => "https or mailto link".to_owned(),
        Kind::Picture => "picture: https link or file".to_owned(),
        Kind::Pictures => "picture, or one for each size".to_owned(),
        Kind::Color => "colour".to_owned(),
        Kind::File => "file".to_owned(),
        Kind::Bool => "true or false".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brand::KEYS;

    #[test]
    fn the_page_of_the_brand_has_every_key() {
        let page = brand_page();
        for key in KEYS.iter().filter(|key| key.table() != "text") {
            assert!(page.contains(&key.name.replace('-', "\\-")), "{}", key.name);
        }
    }
}
