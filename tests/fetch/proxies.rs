//! A proxy that the environment names is not used, and that is told.

use std::process::Command;

use rebrand::host::fetch::ignored_proxy;

use super::server::{Server, file};
use super::{bytes, get, policy};

/// Where the child finds the server.
const SERVER: &str = "REBRAND_TEST_SERVER";

#[test]
fn a_proxy_is_not_used() {
    let proxy = Server::saying(&file("by proxy"));
    let server = Server::saying(&file("directly"));
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--ignored", "--exact", "proxies::child"]).env(SERVER, server.url("/"));
        for other in
            ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "NO_PROXY"]
        {
            command.env_remove(other);
        }
        let output = command.env(name, proxy.url("")).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    assert_eq!((proxy.count(), server.count()), (0, 6));
}

/// The half of the test that runs with another environment.
#[test]
#[ignore = "started by `a_proxy_is_not_used`"]
fn child() {
    let Ok(url) = std::env::var(SERVER) else { return };
    let name = ignored_proxy().expect("the parent names a proxy");
    assert_eq!(bytes(&url), b"directly");
    // Port 1 of this machine: nobody is there.
    let error = get("http://127.0.0.1:1/", &policy()).unwrap_err();
    assert_eq!(error.ignored_proxy, Some(name));
    assert!(error.hint().unwrap().starts_with("the environment names a proxy"));
}
