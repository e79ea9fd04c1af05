//! Sites and projects, and what is refused of them.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};
use std::path::Path;

use rebrand::host::{self, Error, Root};
use rebrand::path::ProjectPath;

use crate::site::{ONE, put, root, site, text};
use crate::skip::skip;

#[test]
fn a_site_is_found_with_its_hosts_version_and_build() {
    let site = site();
    put(&site, "etc/jitsi/meet/b.example.org-config.js", "b");
    put(&site, "etc/jitsi/meet/-config.js", "no name");
    put(&site, "etc/jitsi/meet/.b.example.org-config.js", "hidden");
    put(&site, "srv/shared.js", "shared");
    let meet = site.path().join("etc/jitsi/meet");
    symlink("b.example.org-config.js", meet.join("a.example.org-config.js")).unwrap();
    symlink("../../../srv/shared.js", meet.join("x.example.org-config.js")).unwrap();
    symlink("../../../srv/shared.js", meet.join("y.example.org-config.js")).unwrap();
    symlink("gone.js", meet.join("z.example.org-config.js")).unwrap();
    put(
        &site,
        "usr/share/jitsi-meet/index.html",
        "<link href=\"css/all.css\"/><script src=\"libs/app.bundle.min.js?v=4857\">",
    );
    put(
        &site,
        "var/lib/dpkg/info/jitsi-meet-web.md5sums",
        &format!("00ff  usr/share/jitsi-meet/x.js\n12ab  {ONE}\n"),
    );
    let status = "Package: jitsi-meet-web-config\nStatus: install ok installed\nVersion: 9\n\n\
                  Package: jitsi-meet-web\nStatus: hold ok installed\nVersion: 1.0.8043-1\n\nPackage: jicofo\n";
    put(&site, "var/lib/dpkg/status", status);

    let found = host::survey(&root(&site), std::iter::empty()).unwrap();
    let names: Vec<&str> = found.hosts.iter().map(|host| host.name.as_str()).collect();
    assert_eq!(names, ["b.example.org", "meet.example.org", "x.example.org"]);
    assert_eq!(*found.interface_config.as_ref().unwrap().bytes, *b"one");
    assert_eq!(found.interface_config.as_ref().unwrap().package_md5.as_deref(), Some("12ab"));
    assert_eq!(found.web_version.as_deref(), Some("1.0.8043-1"));
    assert_eq!(found.build, Some(4857));

    put(&site, "var/lib/dpkg/status", &status.replace("hold ok installed", "deinstall ok config-files"));
    assert_eq!(host::survey(&root(&site), std::iter::empty()).unwrap().web_version, None);
}

#[test]
fn a_site_needs_one_file_only_and_a_root_must_be_a_folder() {
    let empty = tempfile::tempdir().unwrap();
    let error = host::survey(&root(&empty), std::iter::empty()).unwrap_err();
    assert!(matches!(error, Error::NoSite(_)));
    assert!(error.to_string().contains("usr/share/jitsi-meet` holds neither"), "{error}");
    assert!(error.hint().unwrap().contains("--root"));
    put(&empty, ONE, "one");
    let found = host::survey(&root(&empty), std::iter::empty()).unwrap();
    assert_eq!((found.hosts.len(), found.manifest, found.web_version, found.build), (0, None, None, None));
    assert!(matches!(Root::open(&empty.path().join("missing")), Err(Error::NoRoot(_))));
    assert!(matches!(Root::open(&empty.path().join(ONE)), Err(Error::NoRoot(_))));
}

#[test]
fn a_project_is_read_whole_and_in_order() {
    let project = tempfile::tempdir().unwrap();
    for name in ["patches/b.toml", "patches/a.toml", "patches/.hidden.toml", "patches/x.patch"] {
        put(&project, name, name);
    }
    assert_eq!(host::find_project(Some(project.path()), Path::new("/")).unwrap(), project.path());
    let read = host::read_project(project.path(), false).unwrap();
    assert_eq!(read.brand, None);
    let names: Vec<&str> = read.patches.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(names, ["patches/a.toml", "patches/b.toml", "patches/x.patch"]);

    let other = tempfile::tempdir().unwrap();
    put(&other, "patches/fix.diff", "the patches of somebody else");
    assert!(matches!(host::find_project(Some(other.path()), Path::new("/")), Err(Error::NoProject(_))));
    // Diffs alone are a project where somebody says so.
    put(&other, "patches/x.patch", "a diff");
    assert!(host::find_project(Some(other.path()), Path::new("/")).is_ok());
}

#[test]
fn nothing_is_read_from_or_written_to_outside_of_a_project() {
    let outside = tempfile::tempdir().unwrap();
    put(&outside, "secret.svg", "secret");
    let project = tempfile::tempdir().unwrap();
    put(&project, "brand/brand.toml", "");
    symlink(outside.path().join("secret.svg"), project.path().join("brand/logo.svg")).unwrap();
    symlink(outside.path(), project.path().join("snapshots")).unwrap();
    let path = |text: &str| ProjectPath::new(text).unwrap();
    let read = host::read_project(project.path(), false).unwrap();
    assert!(matches!(host::read_asset(&read, &path("logo.svg")), Err(Error::LeadsOut { .. })));
    assert!(matches!(host::read_asset(&read, &path("gone.svg")), Err(Error::Io { .. })));
    for name in ["snapshots/x", "snapshots/new/x"] {
        let written = host::write_project_file(project.path(), &path(name), b"x", true);
        assert!(matches!(written, Err(Error::LeadsOut { .. })));
    }
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);

    let new = path("patches/config.toml");
    host::write_project_file(project.path(), &new, b"1", false).unwrap();
    assert!(matches!(host::write_project_file(project.path(), &new, b"2", false), Err(Error::Exists(_))));
    host::write_project_file(project.path(), &new, b"3", true).unwrap();
    assert_eq!(text(&project, "patches/config.toml"), "3");

    fs::remove_file(project.path().join("brand/brand.toml")).unwrap();
    symlink(outside.path().join("secret.svg"), project.path().join("brand/brand.toml")).unwrap();
    assert!(matches!(host::read_project(project.path(), false), Err(Error::LeadsOut { .. })));
}

#[test]
fn as_root_a_project_that_others_may_write_is_refused() {
    if !rustix::process::geteuid().is_root() {
        skip("only root refuses such projects");
        return;
    }
    for path in ["", "brand", "brand/brand.toml", "patches", "patches/config.toml"] {
        let project = tempfile::tempdir().unwrap();
        put(&project, "brand/brand.toml", "");
        put(&project, "patches/config.toml", "");
        let spoiled = project.path().join(path);
        let mode = fs::metadata(&spoiled).unwrap().mode();
        host::read_project(project.path(), false).unwrap();
        let set = |mode| fs::set_permissions(&spoiled, fs::Permissions::from_mode(mode)).unwrap();
        let is_refused = || {
            let refused = host::read_project(project.path(), false).unwrap_err();
            assert!(matches!(refused, Error::Untrusted { .. }), "{path}: {refused}");
        };
        set(mode | 0o002);
        is_refused();
        // Nobody but root is in root's own group, as a umask of 002 supposes.
        set(mode | 0o020);
        host::read_project(project.path(), false).unwrap();
        chown(&spoiled, None, Some(100)).unwrap();
        is_refused();
    }
}
