//! From words to directives and blocks, with the files that are included.

use super::token::{Token, Tokens};
use crate::content::Content;
use crate::fault::{Fault, Place};
use crate::text::{Span, Text};
use crate::webserver::{Disk, MOST_DEPTH, MOST_FILES, tidied};

/// Where the names in the configuration begin.
const FOLDER: &str = "/etc/nginx";

/// One directive of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// Its name.
    pub name: String,
    /// The words after it.
    pub words: Vec<String>,
    /// Where it stands.
    pub place: Place,
    /// What stands in its braces, if it has some; included files stand where they are included, after the `include`.
    pub block: Vec<Directive>,
}

impl Directive {
    /// The word `index` after the name; empty if there are not so many.
    #[must_use]
    pub fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", String::as_str)
    }
}

/// Reads the file `path` and all that it includes.
pub(super) fn read(disk: &Disk, path: &str, faults: &mut Vec<Fault>) -> Option<Vec<Directive>> {
    let (path, content) = (disk.files)(path).into_iter().next()?;
    let folder = path.rsplit_once('/').map_or(FOLDER, |(folder, _)| folder).to_owned();
    let mut reader = Reader { disk, folder, files: 0, faults };
    Some(reader.file(&path, &content, 0))
}

struct Reader<'r> {
    disk: &'r Disk<'r>,
    folder: String,
    files: usize,
    faults: &'r mut Vec<Fault>,
}

impl Reader<'_> {
    fn file(&mut self, path: &str, content: &Content, depth: usize) -> Vec<Directive> {
        self.files += 1;
        // nginx takes any bytes; what is no text stands in comments or in names.
        let text = Text::from(String::from_utf8_lossy(content).into_owned());
        let mut tokens = Tokens::of(text.as_str());
        let file = File { path, text: &text };
        self.block(&file, &mut tokens, None, depth)
    }

    /// The directives up to the brace that closes the block `opened` there, or to the end of the file.
    fn block(
        &mut self,
        file: &File,
        tokens: &mut Tokens,
        opened: Option<Span>,
        depth: usize,
    ) -> Vec<Directive> {
        let (mut directives, mut is_closed) = (Vec::new(), false);
        let mut words: Vec<(String, Span)> = Vec::new();
        while let Some((token, span)) = tokens.next() {
            match token {
                Token::Word(word) => words.push((word, span)),
                Token::Close if opened.is_some() => {
                    is_closed = true;
                    break;
                }
                Token::Close => self.fault(file.place(span), "a `}` closes nothing".into()),
                Token::End => {
                    let Some(directive) = file.directive(&mut words, Vec::new()) else { continue };
                    let included = (directive.name == "include").then(|| self.include(&directive, depth));
                    directives.push(directive);
                    directives.extend(included.into_iter().flatten());
                }
                Token::Open if depth >= MOST_DEPTH => {
                    self.fault(file.place(span), "blocks lie too deeply in each other".into());
                    skip_block(tokens);
                    words.clear();
                }
                Token::Open => {
                    let is_code = words.first().is_some_and(|(name, _)| name.ends_with("_by_lua_block"));
                    let block = if is_code {
                        skip_block(tokens);
                        Vec::new()
                    } else {
                        self.block(file, tokens, Some(span), depth + 1)
                    };
                    directives.extend(file.directive(&mut words, block));
                }
            }
        }
        if let Some((_, span)) = words.first() {
            self.fault(file.place(*span), "a directive ends without `;`".into());
        }
        if let Some(span) = opened.filter(|_| !is_closed) {
            self.fault(file.place(span), "a `{` is never closed".into());
        }
        directives
    }

    fn include(&mut self, directive: &Directive, depth: usize) -> Vec<Directive> {
        let name = directive.word(0);
        let path = if name.starts_with('/') { name.to_owned() } else { format!("{}/{name}", self.folder) };
        let files = (self.disk.files)(&tidied(&path));
        if files.is_empty() && !name.contains(['*', '?', '[']) {
            let message = format!("`{path}` is included and cannot be read");
            self.fault(directive.place.clone(), message);
        }
        if depth >= MOST_DEPTH || self.files + files.len() > MOST_FILES {
            self.fault(directive.place.clone(), "too many files include each other".into());
            return Vec::new();
        }
        files.iter().flat_map(|(path, content)| self.file(path, content, depth + 1)).collect()
    }

    fn fault(&mut self, place: Place, message: String) {
        self.faults.push(Fault { place, message, hint: Some("`nginx -t` tells what nginx says".into()) });
    }
}

/// A file that is being read.
struct File<'f> {
    path: &'f str,
    text: &'f Text,
}

impl File<'_> {
    fn place(&self, span: Span) -> Place {
        Place::of(self.path, self.text, span)
    }

    /// The directive that `words` are, which are taken; none of no words.
    fn directive(&self, words: &mut Vec<(String, Span)>, block: Vec<Directive>) -> Option<Directive> {
        let (start, end) = (words.first()?.1.start, words.last()?.1.end);
        let mut words = std::mem::take(words).into_iter().map(|(word, _)| word);
        let name = words.next()?;
        Some(Directive { name, words: words.collect(), place: self.place(Span::new(start, end)), block })
    }
}

/// Goes past a block that is of no interest.
fn skip_block(tokens: &mut Tokens) {
    let mut open = 1;
    for (token, _) in tokens {
        match token {
            Token::Open => open += 1,
            Token::Close => open -= 1,
            Token::Word(_) | Token::End => {}
        }
        if open == 0 {
            return;
        }
    }
}
