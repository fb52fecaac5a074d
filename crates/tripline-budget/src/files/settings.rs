//! The settings that `tripline.toml` makes for every workload, and a budget file for one.

use std::time::Duration;

use crate::error::{Error, Sink};
use crate::protocol::variables::METER;
use crate::runs::Engine;
use crate::text::Spanned;
use crate::text::toml::TomlEntry;
use crate::values::Percent;

/// Each setting that a file states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) engine: Option<Spanned<Engine>>,
    pub(crate) timeout: Option<Spanned<Duration>>,
    pub(crate) breakdown: Option<Spanned<bool>>,
    pub(crate) slack: Option<Spanned<Percent>>,
    pub(crate) env: Option<Spanned<Vec<String>>>,
}

impl Settings {
    /// Takes `entry` if it is a setting.
    pub(crate) fn take(&mut self, entry: &TomlEntry<'_>, sink: &mut Sink) -> bool {
        match entry.name {
            "engine" => {
                self.engine = entry.string("`\"dhat\"` or `\"count\"`", sink, Engine::parse);
            }
            "timeout" => {
                self.timeout = entry.string("a duration such as `\"120s\"`", sink, parse_duration);
            }
            "breakdown" => self.breakdown = entry.boolean(sink),
            "slack" => self.slack = percent(entry, sink),
            "env" => {
                let expected = "a list of variables' names such as `[\"DATABASE_URL\"]`";
                self.env = entry.strings(expected, sink, variable_name);
            }
            _ => return false,
        }
        true
    }
}

pub(crate) fn percent(entry: &TomlEntry<'_>, sink: &mut Sink) -> Option<Spanned<Percent>> {
    entry.string("a percentage such as `\"3%\"`", sink, str::parse)
}

/// Reads the name of a variable that a workload is to see.
fn variable_name(text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Err("no variable has an empty name".to_owned());
    }
    if text.contains(['=', '\0']) {
        return Err("a variable's name, without its value".to_owned());
    }
    if text == METER {
        return Err("tripline's own, which every workload sees".to_owned());
    }
    Ok(text.to_owned())
}

/// Reads a whole number of `ms`, `s` or `m`, above zero.
pub(crate) fn parse_duration(text: &str) -> Result<Duration, Error> {
    let end = text.find(|c: char| !c.is_ascii_digit()).ok_or(Error::NotDuration)?;
    let (number, unit) = text.split_at(end);
    let milliseconds = match unit {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        _ => return Err(Error::NotDuration),
    };
    if number.is_empty() {
        return Err(Error::NotDuration);
    }
    match number.parse::<u64>().ok().and_then(|number| number.checked_mul(milliseconds)) {
        Some(0) => Err(Error::NoTime),
        Some(milliseconds) => Ok(Duration::from_millis(milliseconds)),
        None => Err(Error::TooLong),
    }
}

/// Formats it as files write it: `120s`, or `500ms` if it is no whole number of seconds.
pub(crate) fn format_duration(duration: Duration) -> String {
    match duration.subsec_millis() {
        0 => format!("{}s", duration.as_secs()),
        _ => format!("{}ms", duration.as_millis()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        for (text, milliseconds, canonical) in [
            ("120s", 120_000, "120s"),
            ("2m", 120_000, "120s"),
            ("500ms", 500, "500ms"),
            ("1500ms", 1500, "1500ms"),
        ] {
            let duration = parse_duration(text).unwrap();
            assert_eq!(duration, Duration::from_millis(milliseconds));
            assert_eq!(format_duration(duration), canonical);
        }
    }

    #[test]
    fn other_durations_are_refused() {
        for text in ["", "120", "s", "1h", "1.5s", "-1s", "1 s", "1S"] {
            assert_eq!(
                parse_duration(text).unwrap_err().to_string(),
                "write a whole number of `ms`, `s` or `m`",
                "{text}"
            );
        }
        assert_eq!(
            parse_duration("0ms").unwrap_err().to_string(),
            "no workload ends within no time"
        );
        assert_eq!(parse_duration("99999999999999999999s").unwrap_err().to_string(), "too long");
        assert_eq!(parse_duration("18446744073709551615m").unwrap_err().to_string(), "too long");
    }
}
