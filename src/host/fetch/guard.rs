//! The guard: looks names up, and lets nobody connect to an address that is out of reach.
//!
//! It judges the very addresses that are then connected to, so a name that changes its mind in between gains nothing.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::address::{Kind, kind};

/// How far one may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// To public addresses.
    Public,
    /// To private ones too.
    Private,
    /// Anywhere.
    Everything,
}

/// Looks names up within a reach.
#[derive(Debug)]
pub(super) struct Guard {
    reach: Reach,
    met_public: Arc<AtomicBool>,
    names: DefaultResolver,
}

/// Why the guard let nobody through. Travels inside `ureq::Error::Other`.
#[derive(Debug, thiserror::Error)]
pub(super) enum Stop {
    /// The address is out of reach.
    #[error("{0} is out of reach")]
    OutOfReach(IpAddr),
    /// The name has no address.
    #[error("{0}")]
    Unknown(std::io::Error),
}

impl Guard {
    /// A guard, and what tells afterwards whether it met a public address.
    pub(super) fn new(reach: Reach) -> (Self, Arc<AtomicBool>) {
        let met_public = Arc::new(AtomicBool::new(false));
        (Guard { reach, met_public: Arc::clone(&met_public), names: DefaultResolver::default() }, met_public)
    }

    /// Judges all addresses of a name at once: one that is out of reach spoils the others.
    fn judge(&self, addresses: &[SocketAddr]) -> Result<(), Stop> {
        for address in addresses {
            let address = address.ip();
            let is_within = match kind(address) {
                Kind::Public => {
                    self.met_public.store(true, Ordering::Relaxed);
                    true
                }
                Kind::Private => self.reach != Reach::Public,
                Kind::Barred => self.reach == Reach::Everything,
            };
            if !is_within {
                return Err(Stop::OutOfReach(address));
            }
        }
        Ok(())
    }
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let addresses = self.names.resolve(uri, config, timeout).map_err(|error| match error {
            Error::Io(error) => Error::Other(Box::new(Stop::Unknown(error))),
            other => other,
        })?;
        self.judge(&addresses).map_err(|stop| Error::Other(Box::new(stop)))?;
        Ok(addresses)
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::sync::atomic::Ordering;

    use super::{Guard, Reach};

    /// Whether all `addresses` of a name are within `reach`, and whether a public one was met.
    fn judged(reach: Reach, addresses: &[&str]) -> (bool, bool) {
        let addresses: Vec<SocketAddr> = addresses.iter().map(|address| address.parse().unwrap()).collect();
        let (guard, met_public) = Guard::new(reach);
        (guard.judge(&addresses).is_ok(), met_public.load(Ordering::Relaxed))
    }

    #[test]
    fn one_address_out_of_reach_spoils_the_others() {
        let mixed = ["1.1.1.1:443", "10.0.0.1:443"];
        assert_eq!(judged(Reach::Public, &mixed), (false, true));
        assert_eq!(judged(Reach::Private, &mixed), (true, true));
        assert_eq!(judged(Reach::Private, &["10.0.0.1:443", "[::1]:443"]), (true, false));
        assert_eq!(judged(Reach::Private, &["10.0.0.1:443", "169.254.169.254:443"]), (false, false));
        assert_eq!(judged(Reach::Everything, &["169.254.169.254:443", "[fe80::1]:443"]), (true, false));
    }
}
