//! The contact sheet: one page with every picture on what it is seen on, before and after, to look at.
//!
//! Holds everything it shows, and loads nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::picture::line;
use crate::content::Content;
use crate::deeds::Locked;
use crate::plan::Picture;
use crate::raster::{self, Colour};

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>rebrand: contact sheet</title>\n\
    <style>\n\
    body { font: 14px/1.4 sans-serif; margin: 2em; background: #f4f4f4; color: #222 }\n\
    section { margin: 0 0 2em; padding: 1em; background: #fff }\n\
    h2 { margin: 0; font-size: 16px }\n\
    .row { display: flex; flex-wrap: wrap; gap: 1em; align-items: flex-start; margin-top: .5em }\n\
    figure { margin: 0 }\n\
    figcaption { color: #666; font-size: 12px }\n\
    .on { display: inline-block; padding: 16px; border: 1px solid #ccc }\n\
    .on img { display: block; max-width: 600px; height: auto }\n\
    .low { color: #a00 }\n\
    </style>\n";

/// The page for the pictures of `done`; `shown` is what visitors see now, by its name below the web client.
#[must_use]
pub fn sheet(done: &Locked, shown: &BTreeMap<String, Content>) -> String {
    let mut page = HEAD.to_owned();
    if let Some(renewed) = &done.renewed {
        let changed = done.changed.join("`, `");
        section(&mut page, &format!("Not taken yet: what `{changed}` shows now"), |page| {
            for new in renewed.pictures.iter().filter(|new| is_of(new, &done.changed)) {
                let pinned = done.making.pictures.iter().find(|old| old.artifact.fact == new.artifact.fact);
                pictured(page, new, pinned.map(|old| ("pinned", &old.content)), "new");
            }
        });
    }
    section(&mut page, "Pictures of the brand", |page| {
        for picture in &done.making.pictures {
            let before = picture.artifact.fact.shipped_as.iter().find_map(|name| shown.get(name));
            pictured(page, picture, before.map(|before| ("before", before)), "after");
        }
    });
    page
}

/// Whether a part of `picture` is made of one of `sources`.
fn is_of(picture: &Picture, sources: &[String]) -> bool {
    picture.artifact.parts.iter().any(|part| sources.contains(&part.source))
}

fn section(page: &mut String, title: &str, draw: impl FnOnce(&mut String)) {
    let _ = writeln!(page, "<h1>{}</h1>", escaped(title));
    draw(page);
}

/// One picture on everything it is seen on, beside an earlier one.
fn pictured(page: &mut String, picture: &Picture, earlier: Option<(&str, &Content)>, caption: &str) {
    let fact = &picture.artifact.fact;
    // Writing to a string cannot fail.
    let _ = writeln!(page, "<section>\n<h2>{}: {}</h2>", escaped(&picture.id()), escaped(&fact.title));
    let _ = writeln!(page, "<p>{}</p>", escaped(&line(&picture.content)));
    for remark in picture.remarks() {
        let _ = writeln!(page, "<p class=\"low\">{}</p>", escaped(&remark.to_string()));
    }
    for ground in grounds(picture) {
        page.push_str("<div class=\"row\">\n");
        if let Some((caption, earlier)) = earlier {
            figure(page, caption, earlier, ground, picture);
        }
        figure(page, caption, &picture.content, ground, picture);
        page.push_str("</div>\n");
    }
    page.push_str("</section>\n");
}

/// The colours that `picture` is seen on.
fn grounds(picture: &Picture) -> Vec<Colour> {
    let seen_on = picture.artifact.seen_on.clone();
    if seen_on.is_empty() { vec![Colour::new(255, 255, 255)] } else { seen_on }
}

fn figure(page: &mut String, caption: &str, bytes: &Content, ground: Colour, picture: &Picture) {
    let is_judged = std::ptr::eq(bytes, &raw const picture.content) && !picture.artifact.seen_on.is_empty();
    let contrast = is_judged.then(|| raster::contrast(bytes, ground).ok()).flatten();
    let contrast = contrast.map(|share| {
        let percent = share * 100.0;
        let class = if share < 0.2 { " class=\"low\"" } else { "" };
        format!("; <span{class}>{percent:.0} % of it stands out</span>")
    });
    let _ = writeln!(
        page,
        "<figure><span class=\"on\" style=\"background: {ground}\"><img alt=\"{caption}\"{} src=\"{}\"></span>\
         <figcaption>{caption}, on {ground}{}</figcaption></figure>",
        shown_size(picture),
        address(bytes),
        contrast.unwrap_or_default(),
    );
}

/// The size at which the client shows a logo: within 71 by 32 CSS px, whatever its own size.
fn shown_size(picture: &Picture) -> &'static str {
    if picture.artifact.fact.is_named_by_keys() { " style=\"max-width: 71px; max-height: 32px\"" } else { "" }
}

fn address(bytes: &Content) -> String {
    let kind = match raster::kind(bytes) {
        Ok(raster::Kind::Svg) => "svg+xml",
        Ok(raster::Kind::Ico) => "x-icon",
        Ok(raster::Kind::Jpeg) => "jpeg",
        _ => "png",
    };
    format!("data:image/{kind};base64,{}", BASE64_STANDARD.encode(&**bytes))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
