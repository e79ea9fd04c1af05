//! Mistakes that the owner wants to hear no more about.

use rebrand::fault::{Level, Place};
use rebrand::lint::{Silenced, silence};
use rebrand::text::{Span, Text};

use crate::site;

fn silenced(id: &str) -> Silenced {
    let place = Place::of("brand/brand.toml", &Text::from("x = 1\n"), Span::new(0, 1));
    Silenced { id: id.to_owned(), reason: "we know".to_owned(), place }
}

#[test]
fn a_silenced_mistake_is_left_out_and_others_stay() {
    let made = site("SUPPORT_URL: 'x.org', SHOW_JITSI_WATERMARK: false", "").mistakes();
    let (left, findings) = silence(made, &[silenced("link-without-scheme")]);
    assert_eq!(left.iter().map(|mistake| mistake.id.as_str()).collect::<Vec<_>>(), ["watermark-welcome"]);
    assert_eq!(findings, []);
}

#[test]
fn a_name_that_no_mistake_has_is_an_error_with_the_nearest() {
    let (_, findings) = silence(Vec::new(), &[silenced("dead-keys"), silenced("something-else-altogether")]);
    assert_eq!(
        findings.iter().map(|finding| finding.level).collect::<Vec<_>>(),
        [Level::Error, Level::Error]
    );
    assert_eq!(findings[0].message, "no known mistake is called `dead-keys`");
    assert_eq!(findings[0].hint.as_deref(), Some("did you mean `dead-key`?"));
    assert_eq!(findings[1].hint, None);
    assert_eq!(findings[0].place.as_ref().map(|place| place.line), Some(1));
}

#[test]
fn silence_over_nothing_is_noted() {
    let (_, findings) = silence(Vec::new(), &[silenced("dead-key")]);
    assert_eq!((findings.len(), findings[0].level), (1, Level::Note));
    assert_eq!(findings[0].message, "`dead-key` is silenced, but nothing here makes that mistake");
}
