//! Headroom: the used share of what is allowed, drawn, and the share that is left, in percent.

/// The number of cells of a bar.
const CELLS: u128 = 10;

/// A bar that is full when nothing is left, and the share that is left: `█████████░   8.2 %`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Headroom {
    pub(crate) bar: String,
    /// Negative where the limit is exceeded; empty where nothing is allowed.
    pub(crate) percent: String,
}

impl Headroom {
    /// Returns the headroom below `allowed`, the most that would hold, tolerance included.
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
