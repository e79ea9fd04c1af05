//! Services of the machine.

use std::process::{Command, Stdio};

use super::error::{At, Error};

/// Restarts the service `name`; whether that could be done is told by systemd.
///
/// # Errors
/// When systemd cannot be asked.
pub fn restart(name: &str) -> Result<bool, Error> {
    let mut command = Command::new("systemctl");
    let status = command.args(["restart", "--", name]).stdin(Stdio::null()).status();
    Ok(status.at("ask", "systemctl".as_ref())?.success())
}
