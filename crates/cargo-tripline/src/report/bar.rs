//! Headroom: how much of a budget is used, drawn, and how much is left, in percent.

/// The cells of a bar.
const CELLS: u64 = 10;

/// A bar that is full where nothing is left, and what is left: `█████████░   8.2 %`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Headroom {
    pub(crate) bar: String,
    /// Below zero where more is used than there is; empty where there is none to take a part of.
    pub(crate) percent: String,
}

impl Headroom {
    pub(crate) fn new(budget: u64, measured: u64) -> Self {
        Self { bar: bar(budget, measured), percent: percent(budget, measured) }
    }
}

fn bar(budget: u64, measured: u64) -> String {
    let used = match budget {
        0 => CELLS,
        _ => {
            let (budget, measured) = (u128::from(budget), u128::from(measured.min(budget)));
            let cells = (measured * u128::from(CELLS) + budget / 2) / budget;
            u64::try_from(cells).unwrap_or(CELLS)
        }
    };
    let cells = |count: u64, cell: &str| cell.repeat(usize::try_from(count).unwrap_or_default());
    cells(used, "█") + &cells(CELLS - used, "░")
}

fn percent(budget: u64, measured: u64) -> String {
    if budget == 0 {
        return if measured == 0 { "0.0 %".to_owned() } else { String::new() };
    }
    let (left, budget) = (u128::from(measured.abs_diff(budget)), u128::from(budget));
    let tenths = (left * 1000 + budget / 2) / budget;
    let sign = if measured > u64::try_from(budget).unwrap_or(u64::MAX) { "−" } else { "" };
    format!("{sign}{}.{} %", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::Headroom;

    #[test]
    fn a_bar_shows_what_is_used_and_a_percentage_what_is_left() {
        for (budget, measured, bar, percent) in [
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
            let headroom = Headroom::new(budget, measured);
            assert_eq!((headroom.bar.as_str(), headroom.percent.as_str()), (bar, percent));
        }
    }
}
