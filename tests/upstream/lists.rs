//! Items of lists that the file does not set: the client's own list is written out, or the wish is refused; and names
//! that are not there are told. Never "nothing to do" over a wish that is not in force.

use serde_json::Value as Json;

use crate::site::{Scratch, versions};

fn patched(version: &str, name: &str, patch: &str) -> Scratch {
    let scratch = Scratch::of(version, version, "");
    scratch.patch(name, patch);
    scratch
}

/// The list `name` of each host, where node is there to tell.
fn lists(scratch: &Scratch, name: &str) -> Vec<Vec<String>> {
    let files = scratch.evaluated().into_iter().flatten().filter(|(file, _)| file.ends_with("-config.js"));
    let list = |config: &Json| {
        let found = name.split('.').fold(config, |value, name| &value[name]);
        let items = found.as_array().expect(name).iter();
        items.map(|item| item.as_str().expect("a string").to_owned()).collect()
    };
    files.map(|(_, config)| list(&config)).collect()
}

#[test]
fn an_unset_list_is_written_out_with_the_change() {
    let own = |version: &str| ["2021-06", "2024-06", "2026-08"].contains(&version);
    for version in versions().iter().filter(|version| own(version)) {
        let patch = "[without]\ntoolbarButtons = [\"invite\"]\n[append]\ntoolbarButtons = [\"ours\"]\n";
        let scratch = patched(version, "config", patch);
        let shipped = scratch.snapshot();
        let applied = scratch.run(&["apply", "--yes"]);
        assert_eq!(applied.status, 0, "{applied:?}");
        assert!(
            applied.stderr.contains("the list that the client has of its own is written out"),
            "{applied:?}"
        );
        for list in lists(&scratch, "toolbarButtons") {
            for (item, is_there) in
                [("invite", false), ("ours", true), ("microphone", true), ("hangup", true)]
            {
                assert_eq!(list.iter().any(|one| one == item), is_there, "{version}: {item} in {list:?}");
            }
            let has_whiteboard = list.iter().any(|one| one == "whiteboard");
            assert!(has_whiteboard, "{version}: the client may be newer than its day");
        }
        let again = scratch.run(&["apply", "--yes"]);
        assert!(again.stderr.ends_with("nothing to do\n"), "{again:?}");
        assert_eq!(scratch.run(&["check"]).status, 0);
        assert_eq!(scratch.run(&["restore", "--yes"]).status, 0);
        assert_eq!(scratch.snapshot(), shipped, "{version}");
    }
}

#[test]
fn a_part_of_an_object_that_is_not_there_is_made_with_it() {
    let Some(version) = versions().into_iter().find(|version| version == "2026-08") else { return };
    let scratch = patched(&version, "config", "[without]\nconferenceInfo.autoHide = [\"subject\"]\n");
    assert_eq!(scratch.run(&["apply", "--yes"]).status, 0);
    for list in lists(&scratch, "conferenceInfo.autoHide") {
        assert!(list.len() > 6 && list.iter().all(|item| item != "subject"), "{list:?}");
    }
}

#[test]
fn an_old_list_that_the_client_heeds_is_the_one_that_changes() {
    let all = versions();
    let [Some(client), Some(old)] = ["2023-06", "2020-08"].map(|name| all.iter().find(|it| *it == name))
    else {
        return;
    };
    let scratch = patched(client, "config", "[without]\ntoolbarButtons = [\"invite\"]\n");
    scratch.interface_config_of(old);
    scratch.index("<script src=\"libs/app.bundle.min.js?v=7322\"></script>");
    let old_list = "the list of the old file, without what came later";
    assert_eq!(scratch.run(&["apply", "--yes"]).status, 0);
    for list in lists(&scratch, "toolbarButtons") {
        assert!(list.iter().any(|item| item == "microphone"), "{list:?}");
        assert!(list.iter().all(|item| item != "invite" && item != "whiteboard"), "{old_list}: {list:?}");
    }
}

#[test]
fn where_nobody_knows_the_list_the_wish_is_refused() {
    for version in versions().iter().filter(|version| ["2017-08", "2026-08"].contains(&version.as_str())) {
        for table in ["append", "without"] {
            let name = if version == "2017-08" { "toolbarButtons" } else { "notifications" };
            let scratch = patched(version, "config", &format!("[{table}]\n{name} = [\"invite\"]\n"));
            let shipped = scratch.snapshot();
            let applied = scratch.run(&["apply", "--yes"]);
            assert_eq!(applied.status, 1, "{version} {table}: {applied:?}");
            assert!(applied.stderr.contains("there is no list here to change"), "{applied:?}");
            assert_eq!(scratch.snapshot(), shipped);
            assert_eq!(scratch.run(&["check"]).status, 1);
        }
    }
}

/// A slip of the pen in what is to be taken out, and what is meant.
const SLIPS: [(&str, &str, &str, &str); 5] = [
    (
        "config",
        "[without]\ntoolbarButtons = [\"invit\"]\n",
        "`toolbarButtons` does not hold \"invit\", so there is nothing to take out",
        "did you mean `invite`?",
    ),
    (
        "interface_config",
        "[without]\nSETTINGS_SECTIONS = [\"profil\"]\n",
        "`SETTINGS_SECTIONS` does not hold \"profil\", so there is nothing to take out",
        "did you mean `profile`?",
    ),
    (
        "interface_config",
        "[remove]\nkeys = [\"SHOW_JITSI_WATERMRK\"]\n",
        "`SHOW_JITSI_WATERMRK` is neither in `interface_config.js` nor a known key of it",
        "did you mean `SHOW_JITSI_WATERMARK`?",
    ),
    (
        "config",
        "[remove]\nkeys = [\"p2p.enabeld\"]\n",
        "`p2p.enabeld` is neither in `config.js` nor a known key of it",
        "did you mean `p2p.enabled`?",
    ),
    (
        "interface_config",
        "[without]\nSETTINGS_SECTION = [\"profile\"]\n",
        "`SETTINGS_SECTION` is no known key of `interface_config.js`",
        "did you mean `SETTINGS_SECTIONS`?",
    ),
];

#[test]
fn a_name_that_is_not_there_is_told_with_the_nearest() {
    for version in versions().iter().filter(|version| ["2021-06", "2026-08"].contains(&version.as_str())) {
        for (name, patch, message, hint) in SLIPS {
            let scratch = patched(version, name, patch);
            let checked = scratch.run(&["check", "--strict"]);
            assert_eq!(checked.status, 1, "{version}: {patch}{checked:?}");
            assert!(checked.stderr.contains(message), "{version}: {patch}{checked:?}");
            assert!(checked.stderr.contains(hint), "{version}: {patch}{checked:?}");
        }
        // What this version knows and does not have is as wished.
        let scratch = patched(version, "interface_config", "[remove]\nkeys = [\"CANVAS_EXTRA\"]\n");
        assert_eq!(scratch.run(&["check", "--strict"]).status, 0, "{version}");
    }
}
