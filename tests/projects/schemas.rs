//! The schemas that are checked in: in step with the readers, and good for what editors do with them.

use std::path::Path;

use rebrand::{brand, patch};

use super::bad::{BAD_BRANDS, BAD_PATCHES};
use super::good::GOOD_VALUES;
use super::read;

#[test]
fn schemas_are_in_step() {
    for (file, schema) in
        [("brand/brand.schema.json", brand::schema()), ("patches/patch.schema.json", patch::schema())]
    {
        let generated = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if std::env::var_os("REBRAND_BLESS").is_some() {
            std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(file), &generated).unwrap();
        }
        assert_eq!(read(file), generated, "`REBRAND_BLESS=1 cargo test --test projects` writes {file} anew");
    }
}

/// Whether the schema takes the TOML file `source`; none if it is not TOML.
fn taken(schema: &serde_json::Value, source: &str) -> Option<bool> {
    let table: toml::Table = source.trim_start_matches('\u{feff}').parse().ok()?;
    let json = serde_json::to_value(table).ok()?;
    Some(jsonschema::draft202012::new(schema).unwrap().is_valid(&json))
}

#[test]
fn schemas_take_what_is_good() {
    let schema = brand::schema();
    assert!(jsonschema::meta::is_valid(&schema) && jsonschema::meta::is_valid(&patch::schema()));
    assert_eq!(taken(&schema, &read("brand/brand.toml")), Some(true));
    assert_eq!(taken(&schema, &brand::template("x", &[])), Some(true));
    for (key, value) in GOOD_VALUES {
        assert_eq!(taken(&schema, &format!("{key} = {value}")), Some(true), "{key} = {value}");
    }
    for table in &patch::TABLES {
        let source = format!("[{}]\n{}", table.name, table.example);
        assert_eq!(taken(&patch::schema(), &source), Some(true), "{source}");
    }
    for file in ["patches/interface_config.toml", "patches/config.toml"] {
        assert_eq!(taken(&patch::schema(), &read(file)), Some(true));
    }
}

#[test]
fn schemas_refuse_what_is_bad() {
    // What no schema can say: a doubled path, a host twice, a port that is too great, what JSON has no word for.
    let left_to_the_reader = [
        "has the port",
        "written twice",
        "there twice",
        "set twice",
        "is both",
        " lies ",
        " exactly ",
        "is no number",
        "no dates",
        "is no key of a",
        "is an empty table",
    ];
    for (schema, bad) in [(brand::schema(), BAD_BRANDS), (patch::schema(), BAD_PATCHES)] {
        for (source, faults) in bad {
            if left_to_the_reader.iter().any(|word| faults.iter().any(|fault| fault.contains(word))) {
                continue;
            }
            assert_ne!(taken(&schema, source), Some(true), "{source}");
        }
    }
}
