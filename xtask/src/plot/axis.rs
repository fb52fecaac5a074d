//! Axes: a value's place in pixels, and the round values that an axis is labelled with.

/// A linear axis that begins at zero. It may run upwards.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LinearAxis {
    /// The value at `end`.
    pub(crate) top: f64,
    /// The pixel at which zero is.
    pub(crate) start: f64,
    pub(crate) end: f64,
}

impl LinearAxis {
    /// Returns the pixel of `value`.
    pub(crate) fn pixel(&self, value: f64) -> f64 {
        self.start + (self.end - self.start) * value / self.top
    }
}

/// A logarithmic axis.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogAxis {
    /// The value at `start`, above zero. Lower values are drawn there, too.
    pub(crate) lowest: f64,
    /// The value at `end`.
    pub(crate) highest: f64,
    pub(crate) start: f64,
    pub(crate) end: f64,
}

impl LogAxis {
    /// Returns the pixel of `value`.
    pub(crate) fn pixel(self, value: f64) -> f64 {
        let part = (value.max(self.lowest) / self.lowest).log10();
        let whole = (self.highest / self.lowest).log10();
        self.start + (self.end - self.start) * part / whole
    }

    /// Returns the powers of ten on the axis.
    pub(crate) fn decades(self) -> impl Iterator<Item = f64> {
        let first = self.lowest.log10().ceil() as i32;
        let decades = (first..).map(|power| 10_f64.powi(power));
        decades.take_while(move |decade| *decade <= self.highest)
    }
}

/// Returns zero and the multiples of a round step, four to eight of them. The last is not below `highest`.
pub(crate) fn ticks(highest: f64) -> Vec<f64> {
    let step = step(highest);
    let count = (highest / step).ceil().max(1.0) as u32;
    (0..=count).map(|index| f64::from(index) * step).collect()
}

/// Returns 1, 2 or 5 times a power of ten.
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
        let axis = LinearAxis { top: 10.0, start: 200.0, end: 100.0 };
        assert_eq!(axis.pixel(0.0), 200.0);
        assert_eq!(axis.pixel(5.0), 150.0);
    }

    #[test]
    fn a_logarithmic_axis_spaces_decades_evenly() {
        let axis = LogAxis { lowest: 10.0, highest: 1_000.0, start: 100.0, end: 300.0 };
        assert_eq!([10.0, 100.0, 1_000.0].map(|value| axis.pixel(value)), [100.0, 200.0, 300.0]);
        assert_eq!(axis.decades().collect::<Vec<_>>(), [10.0, 100.0, 1_000.0]);
        assert_eq!(axis.pixel(0.0), 100.0, "a value below the axis stays at its edge");
    }

    #[test]
    fn a_logarithmic_axis_may_begin_between_decades() {
        let axis = LogAxis { lowest: 0.7, highest: 12.0, start: 0.0, end: 1.0 };
        assert_eq!(axis.decades().collect::<Vec<_>>(), [1.0, 10.0]);
    }
}
