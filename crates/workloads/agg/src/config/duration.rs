//! Parses durations as people write them: `"24h"`.

/// Returns milliseconds, or the problem.
pub(super) fn milliseconds(text: &str) -> Result<u64, String> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let unit: u64 = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return Err(wrong(text)),
    };
    if number.is_empty() {
        return Err(wrong(text));
    }
    let length = number.parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
    match length {
        Some(0) => Err(format!("`{text}` is no time at all: at least 1ms is needed")),
        Some(length) => Ok(length),
        None => Err(format!("`{text}` is longer than can be counted in milliseconds")),
    }
}

fn wrong(text: &str) -> String {
    format!(
        "`{text}` is no duration: a whole number and ms, s, m, h or d are needed, such as \"24h\""
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_unit_is_read() {
        let read = ["7ms", "10s", "5m", "24h", "30d"].map(milliseconds);
        assert_eq!(read, [7, 10_000, 300_000, 86_400_000, 2_592_000_000].map(Ok));
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for text in ["", "h", "24", "24 h", "-1h", "1.5h", "24H", "1h30m", "\u{b2}h"] {
            assert_eq!(milliseconds(text), Err(wrong(text)));
        }
        assert!(milliseconds("0s").is_err_and(|said| said.contains("at least 1ms")));
        assert!(milliseconds("213503982335d").is_err_and(|said| said.contains("longer")));
        assert!(milliseconds("99999999999999999999ms").is_err_and(|said| said.contains("longer")));
        assert!(milliseconds("213503982334d").is_ok());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".*") {
            let _ = milliseconds(&text);
        }
    }
}
