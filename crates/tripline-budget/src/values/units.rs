//! Counts and bytes, and their formats.

/// The unit that a metric counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    Bytes,
    /// Blocks, threads, descriptors, or whatever a program reports.
    Count,
}

/// Formats digits in groups of three: `323 224`.
#[must_use]
pub fn format_count(count: u64) -> String {
    grouped(count, ' ')
}

/// Formats a whole number as budget files write it: `323_224`.
#[must_use]
pub fn format_toml_integer(number: u64) -> String {
    grouped(number, '_')
}

fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// The unit in which all byte figures of one row are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByteScale {
    name: &'static str,
    bytes: u64,
}

const SCALES: [ByteScale; 4] = [
    ByteScale { name: "GiB", bytes: 1 << 30 },
    ByteScale { name: "MiB", bytes: 1 << 20 },
    ByteScale { name: "KiB", bytes: 1 << 10 },
    ByteScale::BYTES,
];

impl ByteScale {
    /// Every byte is shown.
    pub const BYTES: Self = Self { name: "B", bytes: 1 };

    /// Returns the unit of the largest of `figures` if every figure reads well in it, or else whole bytes.
    ///
    /// `difference` lies between two of them, or is 0. It has to be at least one unit, or the tenths would hide
    /// most of it; no other figure may round to 0.0; and none may reach 1 000.0, short of the largest unit.
    #[must_use]
    pub fn for_row(figures: &[u64], difference: u64) -> Self {
        let largest = figures.iter().copied().max().unwrap_or(0);
        let unit = SCALES.into_iter().find(|unit| unit.bytes <= largest).unwrap_or(Self::BYTES);
        let shows = |figure: &u64| *figure == 0 || unit.tenths(*figure) > 0;
        let is_short = unit == SCALES[0] || unit.tenths(largest) < 10_000;
        let shows_difference = difference == 0 || difference >= unit.bytes;
        match is_short && shows_difference && figures.iter().all(shows) {
            true => unit,
            false => Self::BYTES,
        }
    }

    /// Formats `267.0 KiB`, rounded to the nearest tenth; whole bytes are grouped: `273 408 B`.
    #[must_use]
    pub fn format(self, bytes: u64) -> String {
        let name = self.name;
        if bytes == 0 {
            return "0 B".to_owned();
        }
        if self.bytes == 1 {
            return format!("{} {name}", format_count(bytes));
        }
        let tenths = self.tenths(bytes);
        let whole = u64::try_from(tenths / 10).unwrap_or(u64::MAX);
        format!("{}.{} {name}", format_count(whole), tenths % 10)
    }

    /// Returns tenths of this unit, rounded to the nearest.
    fn tenths(self, bytes: u64) -> u128 {
        let unit = u128::from(self.bytes);
        (u128::from(bytes) * 10 + unit / 2) / unit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups_of_three() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1 000"),
            (323_224, "323 224"),
            (u64::MAX, "18 446 744 073 709 551 615"),
        ] {
            assert_eq!(format_count(number), text);
            assert_eq!(format_toml_integer(number), text.replace(' ', "_"));
        }
    }

    #[test]
    fn a_row_is_shown_in_the_unit_of_its_largest_figure_or_in_bytes() {
        let show = |figures: [u64; 2]| {
            let scale = ByteScale::for_row(&figures, figures[0].abs_diff(figures[1]));
            figures.map(|figure| scale.format(figure)).join(", ")
        };
        for (figures, text) in [
            ([297_165, 297_165], "290.2 KiB, 290.2 KiB"),
            ([297_165, 273_408], "290.2 KiB, 267.0 KiB"),
            ([12, 12], "12 B, 12 B"),
            ([0, 0], "0 B, 0 B"),
            ([3 << 30, 1 << 30], "3.0 GiB, 1.0 GiB"),
            ([2000 << 30, 1 << 30], "2 000.0 GiB, 1.0 GiB"),
            ([5 << 20, 0], "5.0 MiB, 0 B"),
            // A difference of less than one unit.
            ([297_165, 296_165], "297 165 B, 296 165 B"),
            // It would be 1 124.9 KiB in a unit that shows the difference.
            ([1_151_897, 1_100_000], "1 151 897 B, 1 100 000 B"),
            ([1_151_897, 1_151_897], "1.1 MiB, 1.1 MiB"),
            // It would be 1 000.0 KiB.
            ([1_023_990, 1_023_990], "1 023 990 B, 1 023 990 B"),
            ([1_023_900, 1_023_900], "999.9 KiB, 999.9 KiB"),
            // One figure would be 0.0 MiB.
            ([8 << 20, 100], "8 388 608 B, 100 B"),
        ] {
            assert_eq!(show(figures), text);
        }
        assert_eq!(ByteScale::for_row(&[], 0), ByteScale::BYTES);
    }

    #[test]
    fn tenths_are_rounded_to_the_nearest() {
        let kib = ByteScale::for_row(&[1024], 0);
        assert_eq!(kib.format(1024 + 51), "1.0 KiB");
        assert_eq!(kib.format(1024 + 52), "1.1 KiB");
        assert_eq!(kib.format(2047), "2.0 KiB");
        assert_eq!(kib.format(u64::MAX), "18 014 398 509 481 984.0 KiB");
    }
}
