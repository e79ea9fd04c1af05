//! A day of the calendar, as the catalogue dates its facts. It knows no time of day and asks no clock.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A day, ordered from past to future and written `2021-11-26`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// The text is no day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no day written as `2021-11-26`")]
pub struct NotADate(pub String);

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        read(text).ok_or_else(|| NotADate(text.to_owned()))
    }
}

impl TryFrom<String> for Date {
    type Error = NotADate;

    fn try_from(text: String) -> Result<Self, NotADate> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> String {
        date.to_string()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn read(text: &str) -> Option<Date> {
    let shape = text.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    if !shape.eq(*b"0000-00-00") {
        return None;
    }
    let (year, month, day) = (text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Date { year, month, day })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_prints_a_day() {
        let day: Date = "2021-11-06".parse().unwrap();
        assert_eq!(day.to_string(), "2021-11-06");
        assert!(day < "2021-11-26".parse().unwrap());
        assert!(day > "2020-12-31".parse().unwrap());
    }

    #[test]
    fn refuses_what_is_no_day() {
        for text in
            ["", "2021", "2021-13-01", "2021-00-01", "2021-01-32", "21-01-01", "2021-1-1", "2021-01-011"]
        {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }
}
