//! Keys of the brand and values that they take.

/// Key and value, in TOML.
pub(crate) const GOOD_VALUES: &[(&str, &str)] = &[
    ("brand.name", r#""Tom & \"Jerry's\" <b>caf\u00E9</b> \\ 😀 שלום""#),
    ("brand.home", r#""https://xn--bcher-kva.example:8443/a(b)?q='x'&r=%20#top""#),
    ("brand.home", r#""HTTPS://[2001:db8::1]/""#),
    ("brand.home", r#""https://müller.example/über?é=ß#例""#),
    ("brand.support", r#""mailto:help@example.org?subject=Meet""#),
    ("brand.support", r#""mailto:hilfe@müller.example""#),
    ("logo.source", r#""https://müller.example/übersicht.png""#),
    ("brand.support", r#""https://example.org""#),
    ("logo.source", r#""https://brand.publiccode.net/logo/mark-128w128h.png""#),
    ("logo.source", r#""https://h.example/a%20b%281%29.png?v=2&x=%5B1%5D""#),
    ("logo.source", r#""pictures/my logo.svg""#),
    ("logo.source", r#""..logo.svg""#),
    ("logo.icon", r#""icon.svg""#),
    ("logo.icon", r#"{ 16 = "icon-16.png", 1024 = "https://h.example/i.png" }"#),
    ("logo.show", "false"),
    ("colors.background", r##""#fff""##),
    ("colors.background", r##""#2a3A4b80""##),
    ("colors.background", r#""rgb(27, 27,27)""#),
    ("colors.background", r#""rgba(0, 0, 0, .5)""#),
    ("text.pt-BR.welcomepage.headerTitle", r#""x""#),
    ("text.zhTW.\"welcomepage.headerTitle\"", r#""x""#),
    ("text.hsb.a", r#""x""#),
];
