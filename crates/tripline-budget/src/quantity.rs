//! How quantities are counted and shown.

/// What a metric counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    Bytes,
    /// Blocks, threads, descriptors, or whatever a program reports.
    Count,
}

/// Digits in groups of three: `323 224`.
#[must_use]
pub fn format_count(count: u64) -> String {
    grouped(count, ' ')
}

/// A whole number as budget files write it: `323_224`.
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

    /// The largest unit that still shows `difference`: a row of 267 MiB that grew by 3 KiB is
    /// shown in KiB. Without a difference, the largest unit that `largest` reaches.
    #[must_use]
    pub fn for_difference(largest: u64, difference: u64) -> Self {
        let reach = match difference {
            0 => largest,
            _ => difference.min(largest),
        };
        SCALES.into_iter().find(|scale| scale.bytes <= reach).unwrap_or(Self::BYTES)
    }

    /// `267.0 KiB`, rounded to the nearest tenth; whole bytes are grouped: `273 408 B`.
    #[must_use]
    pub fn format(self, bytes: u64) -> String {
        let name = self.name;
        if self.bytes == 1 {
            return format!("{} {name}", format_count(bytes));
        }
        let unit = u128::from(self.bytes);
        let tenths = (u128::from(bytes) * 10 + unit / 2) / unit;
        let whole = u64::try_from(tenths / 10).unwrap_or(u64::MAX);
        format!("{}.{} {name}", format_count(whole), tenths % 10)
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
    fn the_scale_keeps_the_difference_visible() {
        let show =
            |largest, difference| ByteScale::for_difference(largest, difference).format(largest);
        assert_eq!(show(297_165, 23_757), "290.2 KiB");
        assert_eq!(show(297_165, 1_000), "297 165 B");
        assert_eq!(show(297_165, 0), "290.2 KiB");
        assert_eq!(show(3 << 30, 5 << 20), "3 072.0 MiB");
        assert_eq!(show(3 << 30, 2 << 30), "3.0 GiB");
        assert_eq!(show(12, 0), "12 B");
        assert_eq!(show(0, 0), "0 B");
        // A difference cannot exceed the largest figure of its row, but must not panic if it does.
        assert_eq!(show(12, 1 << 40), "12 B");
    }

    #[test]
    fn tenths_are_rounded_to_the_nearest() {
        let kib = ByteScale::for_difference(1024, 0);
        assert_eq!(kib.format(1024 + 51), "1.0 KiB");
        assert_eq!(kib.format(1024 + 52), "1.1 KiB");
        assert_eq!(kib.format(2047), "2.0 KiB");
        assert_eq!(kib.format(u64::MAX), "18 014 398 509 481 984.0 KiB");
    }
}
