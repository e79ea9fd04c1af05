//! Who else touches the files of the brand.

use super::site::Site;

/// What is told of a tool's file.
fn story(path: &str, text: &str, status: i32, expected: &[(&str, &str)], line: u64) {
    let site = Site::with("");
    site.put(path, text);
    let told = site.told();
    told.is(status, expected);
    told.at(&format!("/{path}"), line);
}

#[test]
fn scripts_that_edit_are_told() {
    let script =
        "#!/bin/sh\n# sed interface_config.js\nsed -i s/a/b/ /usr/share/jitsi-meet/interface_config.js\n";
    let edits = [("warning", "another tool edits `/usr/share/jitsi-meet/interface_config.js`")];
    story("etc/cron.daily/logo", script, 0, &edits, 3);
    story("root/quick-install.sh", script, 0, &edits, 3);
    story("usr/local/bin/brand-it", script, 0, &edits, 3);
    let writes = [("warning", "another tool writes `/usr/share/jitsi-meet/images/watermark.svg`")];
    story("usr/local/sbin/x", "cp a /usr/share/jitsi-meet/images/watermark.svg\n", 0, &writes, 1);
}

#[test]
fn hooks_of_apt_are_told() {
    let hook = "DPkg::Post-Invoke { \"cp /root/logo.svg /usr/share/jitsi-meet/images/watermark.svg\"; };\n";
    story("etc/apt/apt.conf.d/99logo", hook, 0, &[("warning", "another tool writes")], 1);
    let other = "DPkg::Post-Invoke { \"/usr/bin/needrestart\"; };\n";
    story("etc/apt/apt.conf.d/99restart", other, 0, &[("note", "apt runs a command")], 1);
    let nested = "DPkg\n{\n  Post-Invoke { \"/usr/bin/needrestart\"; };\n}\n";
    story("etc/apt/apt.conf.d/99restart", nested, 0, &[("note", "apt runs a command")], 3);
    // Every Ubuntu has such a line: it runs when lists of packages were refreshed.
    let nested = "APT {\n Update {\n  Post-Invoke { \"x\"; };\n }\n}\n";
    for refreshed in ["APT::Update::Post-Invoke-Success { \"cnf-update-db\"; };\n", nested] {
        let site = Site::with("");
        site.put("etc/apt/apt.conf.d/50command-not-found", refreshed);
        site.told().is(0, &[]);
    }
    let origins =
        "// \"origin=jitsi.org\";\nUnattended-Upgrade::Origins-Pattern { \"origin=jitsi.org\"; };\n";
    let upgrades = [("note", "unattended-upgrades upgrades Jitsi Meet")];
    story("etc/apt/apt.conf.d/50unattended-upgrades", origins, 0, &upgrades, 2);
}

#[test]
fn units_and_playbooks_are_told() {
    let unit = "[Path]\nPathChanged=/usr/share/jitsi-meet/interface_config.js\n";
    let names = [("note", "another tool names `/usr/share/jitsi-meet/interface_config.js`")];
    story("etc/systemd/system/brand.path", unit, 0, &names, 2);
    let play = "- lineinfile: path=/usr/share/jitsi-meet/title.html\n";
    story("etc/ansible/roles/meet/tasks/main.yml", play, 0, &[("warning", "edits")], 1);
}

#[test]
fn diversions_of_others_are_told() {
    let ours =
        "/usr/share/jitsi-meet/title.html\n/usr/share/jitsi-meet/title.html.rebrand-shipped\nrebrand\n";
    let theirs =
        "/usr/share/jitsi-meet/interface_config.js\n/usr/share/jitsi-meet/interface_config.js.distrib\n:\n";
    let told = [("error", "somebody diverted `/usr/share/jitsi-meet/interface_config.js`")];
    story("var/lib/dpkg/diversions", &format!("{ours}{theirs}"), 1, &told, 4);
    let told = [("note", "names `/usr/share/jitsi-meet/title.html`")];
    story("var/lib/dpkg/statoverride", "root root 0600 /usr/share/jitsi-meet/title.html\n", 0, &told, 1);
}

#[test]
fn etckeeper_is_told() {
    let site = Site::with("");
    site.put("etc/.git/HEAD", "");
    site.put("etc/etckeeper/etckeeper.conf", "");
    site.told().is(0, &[("note", "etckeeper records")]);
}
