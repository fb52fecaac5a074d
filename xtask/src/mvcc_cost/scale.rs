//! Values to pixels, and the round values at which an axis is labelled.

/// A linear axis that begins at nought.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// The value at `end`.
    pub(super) top: f64,
    /// Where nought is, in pixels.
    pub(super) start: f64,
    pub(super) end: f64,
}

impl Scale {
    pub(super) fn at(&self, value: f64) -> f64 {
        self.start + (self.end - self.start) * value / self.top
    }
}

/// Nought and the multiples of a round step, four to eight of them, of which the last is not below
/// `highest`.
pub(super) fn ticks(highest: f64) -> Vec<f64> {
    let step = step(highest);
    let count = (highest / step).ceil().max(1.0) as u32;
    (0..=count).map(|index| f64::from(index) * step).collect()
}

/// 1, 2 or 5 times a power of ten.
fn step(highest: f64) -> f64 {
    let rough = highest.max(f64::MIN_POSITIVE) / 6.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0].into_iter().find(|step| step * power >= rough);
    step.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_reach_the_highest_value() {
        assert_eq!(ticks(5.2), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        assert_eq!(ticks(100.0), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
    }

    #[test]
    fn an_axis_may_run_upwards() {
        let scale = Scale { top: 10.0, start: 200.0, end: 100.0 };
        assert_eq!(scale.at(0.0), 200.0);
        assert_eq!(scale.at(5.0), 150.0);
    }
}
