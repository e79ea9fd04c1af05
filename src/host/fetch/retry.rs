//! Whether and when to try again.

use std::time::{Duration, SystemTime};

use super::Limits;
use super::error::Problem;

/// The pause before the next try; none if there is to be none.
pub(super) fn pause(problem: &Problem, tries: u32, limits: &Limits) -> Option<Duration> {
    if tries >= limits.tries {
        return None;
    }
    let own = limits.pause.saturating_mul(1 << (tries - 1).min(16));
    match problem {
        Problem::Status { status: 429 | 500..=599, asked } => {
            let pause = asked.unwrap_or(own);
            (pause <= limits.longest_pause.max(own)).then_some(pause)
        }
        Problem::NoSuchHost { .. }
        | Problem::Unreachable(_)
        | Problem::BrokeOff(_)
        | Problem::Slow { is_connected: false, .. } => Some(own),
        _ => None,
    }
}

/// What the header `Retry-After` asks for: seconds, or a date.
pub(super) fn asked(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::asked;

    #[test]
    fn servers_ask_in_seconds_or_with_a_date() {
        let now = UNIX_EPOCH + Duration::from_secs(784_111_770);
        assert_eq!(asked("7", now), Some(Duration::from_secs(7)));
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:37 GMT", now), Some(Duration::from_secs(7)));
        assert_eq!(asked("Sun, 06 Nov 1994 08:00:00 GMT", now), Some(Duration::ZERO));
        for nonsense in ["", "-1", "soon", "1e9", "99999999999999999999999"] {
            assert_eq!(asked(nonsense, now), None, "{nonsense}");
        }
    }
}
