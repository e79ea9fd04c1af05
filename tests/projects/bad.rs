//! Bad brand and patch files, and the faults that each tells: `line:column message | hint`.

/// Bad brands, and the faults that each tells.
pub(crate) const BAD_BRANDS: &[(&str, &[&str])] = &[
    ("[brand]\nnmae = \"x\"", &["2:1 unknown key `brand.nmae` | did you mean `name`?"]),
    ("[brand]\nremote = \"x\"", &["2:1 unknown key `brand.remote` | did you mean `people.remote`?"]),
    ("[people]\nfoo = 1", &["2:1 unknown key `people.foo` | the keys of `[people]` are `remote`, `local`"]),
    ("[peple]\nremote = \"x\"", &["1:2 unknown table `peple` | did you mean `people`?"]),
    ("provider = \"x\"", &["1:1 unknown key `provider` | did you mean `brand.provider`?"]),
    (
        "[theme]",
        &[
            "1:2 unknown table `theme` | the tables are `brand`, `people`, `logo`, `colors`, `phones`, `page`, `files`, `fetch`, `text`, `silence`, `sites`",
        ],
    ),
    ("brand = \"x\"", &["1:1 `brand` is a table, not a string | write its keys below `[brand]`"]),
    ("[[brand]]\nname = \"x\"", &["1:3 `brand` is a table, not a list | write its keys below `[brand]`"]),
    ("brand.name = 7", &["1:14 `brand.name` is a string, not a number | write it in quotes: `\"7\"`"]),
    ("brand.name = ['x']", &["1:14 `brand.name` is a string, not a list | write one string in quotes"]),
    ("brand.name = \" \"", &["1:14 `brand.name` is empty | leave the key out if it is not wanted"]),
    ("brand.name = \"a\\nb\"", &["1:14 `brand.name` holds a line break | write it on one line"]),
    ("brand.name = \"a\\u2028b\"", &["1:14 `brand.name` holds a line break | write it on one line"]),
    ("brand.name = \"a\\tb\"", &["1:14 `brand.name` holds the control character U+0009 | leave it out"]),
    ("logo.show = \"true\"", &["1:13 `logo.show` is a boolean, not a string | write `true` without quotes"]),
    ("logo.show = 1", &["1:13 `logo.show` is a boolean, not a number | write `true` or `false`"]),
    (
        "brand.home = \"publiccode.net/\"",
        &["1:14 `brand.home` has no scheme | write `https://publiccode.net/`"],
    ),
    (
        "brand.home = \"//publiccode.net\"",
        &["1:14 `brand.home` has no scheme | write `https://publiccode.net`"],
    ),
    (
        "brand.home = \"publiccode.net:8443/x\"",
        &["1:14 `brand.home` has no scheme | write `https://publiccode.net:8443/x`"],
    ),
    ("brand.home = \"/\"", &["1:14 `brand.home` has no scheme | write `https://example.org/`"]),
    (
        "brand.home = \"http://publiccode.net/\"",
        &["1:14 `brand.home` is an `http` link | use `https://publiccode.net/`"],
    ),
    (
        "brand.home = \"JavaScript:alert(1)\"",
        &[
            "1:14 `brand.home` is a `javascript:` link | write an `https` link, such as `https://example.org/`",
        ],
    ),
    (
        "logo.source = \"data:image/png;base64,AA\"",
        &["1:15 `logo.source` is a `data:` link | write an `https` link, such as `https://example.org/`"],
    ),
    (
        "brand.home = \"mailto:a@b.c\"",
        &["1:14 `brand.home` is a `mailto:` link | write an `https` link, such as `https://example.org/`"],
    ),
    ("brand.home = \"https:///x\"", &["1:14 `brand.home` names no host | write `https://example.org/`"]),
    ("brand.home = \"https:x\"", &["1:14 `brand.home` names no host | write `https://example.org/`"]),
    (
        "brand.home = \"https://u:p@h/\"",
        &["1:14 `brand.home` holds a user or password | leave out what is before the `@`"],
    ),
    (
        "brand.home = \"https://h:99999/\"",
        &["1:14 `brand.home` has the port `99999` | ports are numbers up to 65535"],
    ),
    (
        "brand.home = \"https://a.example/\u{200b}\"",
        &["1:14 `brand.home` holds U+200B, which nobody sees | leave it out"],
    ),
    (
        "brand.home = \"https://h/a b\"",
        &["1:14 `brand.home` holds a space | percent-encode it: `https://h/a%20b`"],
    ),
    (
        "brand.home = \"https://h/%zz\"",
        &[
            "1:14 `brand.home` holds a `%` without two hexadecimal digits | percent-encode it: `https://h/%25zz`",
        ],
    ),
    ("brand.support = \"a@b.c\"", &["1:17 `brand.support` has no scheme | write `mailto:a@b.c`"]),
    (
        "brand.support = \"mailto:help\"",
        &["1:17 `brand.support` is no mail address | write `mailto:help@example.org`"],
    ),
    (
        "logo.source = \"https://h/my logo (1).png\"",
        &["1:15 `logo.source` holds a space | percent-encode it: `https://h/my%20logo%20%281%29.png`"],
    ),
    (
        "logo.source = \"https://h/logo(1).png\"",
        &["1:15 `logo.source` holds `(` | percent-encode it: `https://h/logo%281%29.png`"],
    ),
    (
        "logo.source = \"https://h/a'b.png\"",
        &["1:15 `logo.source` holds `'` | percent-encode it: `https://h/a%27b.png`"],
    ),
    (
        "logo.source = 'https://h/a\"b.png'",
        &["1:15 `logo.source` holds `\"` | percent-encode it: `https://h/a%22b.png`"],
    ),
    (
        "logo.source = 'https://h/a\\b.png'",
        &["1:15 `logo.source` holds `\\` | percent-encode it: `https://h/a%5Cb.png`"],
    ),
    ("logo.source = 'img\\a.png'", &["1:15 `logo.source` holds a backslash | write `img/a.png`"]),
    (
        "logo.source = \"//h.example/a.png\"",
        &["1:15 `logo.source` has no scheme | write `https://h.example/a.png`"],
    ),
    (
        "logo.source = \"../a.png\"",
        &[
            "1:15 `logo.source` holds an empty segment, `.` or `..` | put the picture into `brand/` and name it from \
           there, or write an `https` link",
        ],
    ),
    (
        "logo.welcome = \"/srv/a.png\"",
        &[
            "1:16 `logo.welcome` is an absolute path | put the picture into `brand/` and name it from there, or write \
           an `https` link",
        ],
    ),
    (
        "[logo]\nicon = { default = \"../i.svg\", 16 = 3, 9999 = \"i.png\" }",
        &[
            "2:20 `logo.icon` at `default` holds an empty segment, `.` or `..` | put the picture into `brand/` and \
             name it from there, or write an `https` link",
            "2:37 `logo.icon` at `16` is a string, not a number | write it in quotes: `\"3\"`",
            "2:40 `logo.icon` has the unknown size `9999` | sizes are `default` or the pixels of one side, from 1 to \
             1024",
        ],
    ),
    ("logo.icon = {}", &["1:13 `logo.icon` names no picture | write `{ default = \"icon.svg\" }`"]),
    (
        "colors.theme = \"red\"",
        &[
            "1:16 `colors.theme` is no colour | write `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(0, 0, 0)` or `rgba(0, 0, 0, \
           0.5)`",
        ],
    ),
    ("colors.theme = \"2a3a4b\"", &["1:16 `colors.theme` is no colour | write `#2a3a4b`"]),
    ("text.english.a = \"x\"", &["1:6 `english` is no language | write it as `en`, `pt-BR` or `zh-TW`"]),
    ("[text.en]\na..b = \"x\"", &["2:3 unquoted keys cannot be empty | expected letters, numbers, `-`, `_`"]),
    (
        "[text.en]\n\"a..b\" = \"x\"",
        &["2:1 `a..b` is no key of a string | write it as `\"welcomepage.headerTitle\"`"],
    ),
    (
        "[text.en]\n\"a.b\" = \"x\"\na.b = \"y\"",
        &["3:3 `text.en.\"a.b\"` is written twice | it is written first at line 2"],
    ),
    ("text.en.a = true", &["1:13 `text.en.a` is a string, not a boolean | write it in quotes: `\"true\"`"]),
    (
        "[sites.\"https://meet.example.org/\"]",
        &["1:8 `https://meet.example.org/` is no host name | write the name alone, such as \
           `[sites.\"meet.example.org\"]`"],
    ),
    (
        "[sites.meet.example.org]\npeople.remote = \"x\"",
        &["1:13 unknown table `example` | put the host in quotes: `[sites.\"meet.example.org\"]`"],
    ),
    ("sites.\"a.b\" = 1", &["1:7 `a.b` is a table, not a number | write its keys below `[sites.\"a.b\"]`"]),
    (
        "[sites.\"a.b\"]\n[sites.\"A.b\"]",
        &["2:8 the host `A.b` is there twice | host names do not tell capitals from small letters"],
    ),
    (
        "[sites.\"a.b\"]\nbrand.nmae = \"x\"\nsites.x = 1",
        &[
            "2:7 unknown key `brand.nmae` | did you mean `name`?",
            "3:1 unknown table `sites` | a host's table holds no other hosts",
        ],
    ),
    (
        "[brand]\nname = fellow\nhome = \"x.org\"\n[people]\nlocl = 'x'\n",
        &[
            "2:8 `fellow` is no value | write it in quotes: `\"fellow\"`",
            "3:8 `brand.home` has no scheme | write `https://x.org`",
            "5:1 unknown key `people.locl` | did you mean `local`?",
        ],
    ),
];

/// Bad patches of config.js, and the faults that each tells.
pub(crate) const BAD_PATCHES: &[(&str, &[&str])] = &[
    ("[sett]\na = 1", &["1:2 unknown table `sett` | did you mean `set`?"]),
    (
        "enableClosePage = true",
        &["1:1 unknown key `enableClosePage` | write the keys of the edited file below `[set]`"],
    ),
    ("style = \"overlays\"", &["1:9 `style` cannot be `overlays` | write `\"splice\"` or `\"overlay\"`"]),
    ("style = true", &["1:9 `style` cannot be `true` | write `\"splice\"` or `\"overlay\"`"]),
    (
        "set = 3",
        &[
            "1:1 `set` is a table, not a number | write `[set]` and below it, say, `\"deeplinking.hideLogo\" = true`",
        ],
    ),
    (
        "remove = [\"a\"]",
        &["1:1 `remove` is a table, not a list | write `[remove]` and below it, say, `keys = \
           [\"SHOW_CHROME_EXTENSION_BANNER\"]`"],
    ),
    ("[remove]\na = true", &["2:1 unknown key `a` | write `keys = [\"a\"]`"]),
    ("[remove]\nkeys = \"a\"", &["2:8 `keys` is a list of strings, not a string | write `keys = [\"a\"]`"]),
    (
        "[remove]\nkeys = [1, \"a..b\"]",
        &[
            "2:9 a key is a string, not a number | write its name in quotes",
            "2:12 the path `a..b` holds an empty name | part the names of a path by one dot each",
        ],
    ),
    (
        "[set]\n\"a.\" = 1",
        &["2:1 the path `a.` holds an empty name | part the names of a path by one dot each"],
    ),
    ("[set]\n\"\" = 1", &["2:1 the path `` holds an empty name | part the names of a path by one dot each"]),
    ("[set]\na.__proto__.b = 1", &["2:3 `__proto__` is no key of a configuration | leave it out"]),
    ("[set]\n\"a.constructor\" = 1", &["2:1 `constructor` is no key of a configuration | leave it out"]),
    ("[set]\na = [{ prototype = 1 }]", &["2:8 `prototype` is no key of a configuration | leave it out"]),
    ("[set]\na = 2020-01-01", &["2:5 JavaScript has no dates | quote it: `\"2020-01-01\"`"]),
    (
        "[set]\na = [nan, -inf]",
        &[
            "2:6 `nan` is no number that a file can hold as such | write the JavaScript literal below `[raw]`",
            "2:11 `-inf` is no number that a file can hold as such | write the JavaScript literal below `[raw]`",
        ],
    ),
    (
        "[set]\na = 9007199254740993",
        &["2:5 JavaScript cannot hold `9007199254740993` exactly | whole numbers go up to 2^53; quote it"],
    ),
    (
        "[set]\na = 99999999999999999999",
        &[
            "2:5 JavaScript cannot hold `99999999999999999999` exactly | whole numbers go up to 2^53; quote it",
        ],
    ),
    ("[append]\na = \"x\"", &["2:5 `a` is a list here, not a string | write `[\"x\"]`"]),
    ("[without]\na = []", &["2:5 `a` names no items | leave it out"]),
    ("[append]\na = {}", &["2:1 `a` is an empty table | leave it out"]),
    (
        "[raw]\na = 1\nb = \"\"",
        &[
            "2:5 `a` is a string with a JavaScript literal here, not a number | write `\"1\"`, or put it below `[set]`",
            "3:5 `b` is empty | write a literal, such as `\"null\"`",
        ],
    ),
    ("[set]\n\"a.b\" = 1\na.b = 2", &["3:3 `a.b` is set twice | keep this line or line 2"]),
    ("[set]\n\"a.b\" = 1\na = 2", &["3:1 `a` lies above `a.b`, which is set | keep this line or line 2"]),
    ("[set]\na = {}\n\"a.b\" = 1", &["3:1 `a.b` lies below `a`, which is set | keep this line or line 2"]),
    (
        "[set]\na = 1\n[remove]\nkeys = [\"a\"]",
        &["4:9 `a` is both set and removed | keep this line or line 2"],
    ),
    (
        "[remove]\nkeys = [\"a\", \"a.b\"]",
        &["2:14 `a.b` lies below `a`, which is removed | keep this line or line 2"],
    ),
    ("[set]\na = 1\n[raw]\na = \"1\"", &["4:1 `a` is set twice | keep this line or line 2"]),
    (
        "[append]\na = [1, 2]\n[without]\na = [2, 3]",
        &["4:1 `a` is both to hold and not to hold the same item | keep this line or line 2"],
    ),
    (
        "[append]\na = [1]\n[set]\na = [2]",
        &["4:1 `a` is both changed as a list and set | keep this line or line 2"],
    ),
    (
        "[set]\na = null\nb = inf\n[apend]\nx = [1]",
        &[
            "2:5 `null` is no value in TOML | in a patch, write it in quotes below `[raw]`",
            "3:5 `inf` is no number that a file can hold as such | write the JavaScript literal below `[raw]`",
            "4:2 unknown table `apend` | did you mean `append`?",
        ],
    ),
];
