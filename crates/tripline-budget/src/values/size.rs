//! Sizes as people write them: a number and one of seven units.

use crate::error::Error;

/// The accepted spellings, each with its bytes. Powers of 1000 first, as `parse_size` lists them.
const UNITS: [(&str, u64); 7] = [
    ("B", 1),
    ("kB", 1000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
];

/// Returns the bytes that a text such as `512 B`, `1.5 MiB` or `12kB` stands for.
///
/// # Errors
///
/// Any unit spelled otherwise than `B kB MB GB KiB MiB GiB`, no unit at all, a fraction that
/// does not come to whole bytes, more than `u64::MAX` bytes.
pub fn parse_size(text: &str) -> Result<u64, Error> {
    let (number, unit) = split(text)?;
    let factor = factor(unit).ok_or_else(|| Error::UnknownUnit(unit.to_owned()))?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let overflow = || Error::TooManyBytes(text.to_owned());
    let whole = digits(whole).ok_or_else(overflow)?;
    let bytes = u128::from(whole) * u128::from(factor) + fraction_bytes(fraction, factor, text)?;
    u64::try_from(bytes).map_err(|_| overflow())
}

/// Returns `new` bytes written like `old`: in the same unit if they are a whole number of it,
/// otherwise `None`.
pub(crate) fn rewrite_size(old: &str, new: u64) -> Option<String> {
    let (number, unit) = split(old).ok()?;
    let factor = factor(unit)?;
    let gap = &old[number.len()..old.len() - unit.len()];
    new.is_multiple_of(factor).then(|| format!("{}{gap}{unit}", new / factor))
}

fn factor(unit: &str) -> Option<u64> {
    UNITS.iter().find(|(name, _)| *name == unit).map(|(_, factor)| *factor)
}

/// Splits into number and unit and checks that the number is well formed.
fn split(text: &str) -> Result<(&str, &str), Error> {
    let end =
        text.find(|c: char| !(c.is_ascii_digit() || c == '_' || c == '.')).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    if !is_number(number) {
        return Err(Error::NoNumber(text.to_owned()));
    }
    match unit.strip_prefix(' ').unwrap_or(unit) {
        "" => Err(Error::NoUnit(text.to_owned())),
        unit => Ok((number, unit)),
    }
}

/// Digits grouped by single `_` as in TOML, with at most one `.` between digits.
fn is_number(text: &str) -> bool {
    let group = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, fraction)) => whole.split('_').all(group) && group(fraction),
        None => text.split('_').all(group),
    }
}

fn digits(text: &str) -> Option<u64> {
    text.replace('_', "").parse().ok()
}

/// Returns `0.<fraction>` of `factor` bytes, exactly.
fn fraction_bytes(fraction: &str, factor: u64, text: &str) -> Result<u128, Error> {
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() {
        return Ok(0);
    }
    let not_whole = || Error::NotWholeBytes(text.to_owned());
    // A GiB is 2^30: a fraction of it with more digits than this is never whole.
    let places =
        u32::try_from(fraction.len()).ok().filter(|places| *places <= 30).ok_or_else(not_whole)?;
    let scale = 10_u128.pow(places);
    let part: u128 = fraction.parse().map_err(|_| not_whole())?;
    // Reduced step by step, because `part * factor` may not fit: powers of ten have only 2 and 5.
    let divisor = gcd(scale, u128::from(factor));
    let (scale, factor) = (scale / divisor, u128::from(factor) / divisor);
    if part.is_multiple_of(scale) { Ok(part / scale * factor) } else { Err(not_whole()) }
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_has_its_bytes() {
        let cases = [
            ("512 B", 512),
            ("12 kB", 12_000),
            ("3 MB", 3_000_000),
            ("1 GB", 1_000_000_000),
            ("267 KiB", 273_408),
            ("1.5 MiB", 1_572_864),
            ("1 GiB", 1_073_741_824),
            ("1_048_576 B", 1_048_576),
            ("7KiB", 7_168),
            ("0 B", 0),
            ("0.5 kB", 500),
            ("1.50 KiB", 1536),
            ("0.000000000931322574615478515625 GiB", 1),
            ("18446744073709551615 B", u64::MAX),
        ];
        for (text, bytes) in cases {
            assert_eq!(parse_size(text), Ok(bytes), "{text}");
        }
    }

    #[test]
    fn every_other_spelling_is_refused_and_says_what_to_write() {
        let units = "`B`, `kB`, `MB`, `GB` (powers of 1000)";
        for unit in ["KB", "kb", "K", "kib", "b", "Kib", "TB", "bytes"] {
            assert_eq!(
                parse_size(&format!("1 {unit}")).unwrap_err().to_string(),
                format!(
                    "unknown unit `{unit}`: the units are {units} and `KiB`, `MiB`, `GiB` (powers of 1024)"
                ),
            );
        }
        assert_eq!(
            parse_size("12").unwrap_err().to_string(),
            format!("`12` has no unit: write {units} or `KiB`, `MiB`, `GiB` (powers of 1024)"),
        );
        for text in ["", "KiB", "-1 B", "+1 B", "_1 B", "1_ B", "1__0 B", "1. B", ".5 B", "1.2.3 B"]
        {
            assert_eq!(
                parse_size(text).unwrap_err().to_string(),
                format!(
                    "`{text}` does not start with a number: write a number and a unit, such as `267 KiB`"
                ),
            );
        }
    }

    #[test]
    fn a_fraction_of_a_byte_is_refused() {
        for text in ["0.5 B", "0.1 KiB", "1.0001 kB", "0.0000000000000000000000000000000000001 GB"]
        {
            assert_eq!(
                parse_size(text).unwrap_err().to_string(),
                format!("`{text}` is not a whole number of bytes"),
            );
        }
    }

    #[test]
    fn overflow_is_refused() {
        for text in ["18446744073709551616 B", "17179869184 GiB", "99999999999999999999999 kB"] {
            assert_eq!(
                parse_size(text).unwrap_err().to_string(),
                format!("`{text}` is more bytes than 64 bits can count"),
            );
        }
    }

    #[test]
    fn a_size_is_rewritten_in_its_own_unit_or_not_at_all() {
        assert_eq!(rewrite_size("267 KiB", 280 * 1024).as_deref(), Some("280 KiB"));
        assert_eq!(rewrite_size("1.5MB", 2_000_000).as_deref(), Some("2MB"));
        assert_eq!(rewrite_size("267 KiB", 1025), None);
    }
}
