//! Headroom: how much of what is allowed is used, drawn, and how much is left, in percent.

/// The cells of a bar.
const CELLS: u128 = 10;

/// A bar that is full where nothing is left, and what is left: `█████████░   8.2 %`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Headroom {
    pub(crate) bar: String,
    /// Below zero where more is used than there is; empty where there is none to take a part of.
    pub(crate) percent: String,
}

impl Headroom {
    /// `allowed` is the most that would hold, tolerance included.
    pub(crate) fn new(allowed: u64, measured: u64) -> Self {
        let (allowed, measured) = (u128::from(allowed), u128::from(measured));
        Self { bar: bar(allowed, measured), percent: percent(allowed, measured) }
    }
}

fn bar(allowed: u128, measured: u128) -> String {
    let used = match allowed {
        0 => CELLS,
        _ => (measured.min(allowed) * CELLS + allowed / 2) / allowed,
    };
    let cells = |count: u128, cell: &str| cell.repeat(usize::try_from(count).unwrap_or_default());
    cells(used, "█") + &cells(CELLS - used, "░")
}

fn percent(allowed: u128, measured: u128) -> String {
    if allowed == 0 {
        return if measured == 0 { "0.0 %".to_owned() } else { String::new() };
    }
    let tenths = (measured.abs_diff(allowed) * 1000 + allowed / 2) / allowed;
    let sign = if measured > allowed { "−" } else { "" };
    format!("{sign}{}.{} %", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use crate::findings::headroom::Headroom;

    #[test]
    fn a_bar_shows_what_is_used_and_a_percentage_what_is_left() {
        for (allowed, measured, bar, percent) in [
            (100, 0, "░░░░░░░░░░", "100.0 %"),
            (100, 50, "█████░░░░░", "50.0 %"),
            (1000, 974, "██████████", "2.6 %"),
            (100, 94, "█████████░", "6.0 %"),
            (100, 100, "██████████", "0.0 %"),
            (100, 106, "██████████", "−6.0 %"),
            (0, 0, "██████████", "0.0 %"),
            (0, 3, "██████████", ""),
            (u64::MAX, u64::MAX - 1, "██████████", "0.0 %"),
        ] {
            let headroom = Headroom::new(allowed, measured);
            assert_eq!((headroom.bar.as_str(), headroom.percent.as_str()), (bar, percent));
        }
    }
}
