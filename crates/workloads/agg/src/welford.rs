//! Mean and variance in one pass (Welford 1962), merged by Chan, Golub and LeVeque (1983).

/// The moments of the numbers so far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Welford {
    count: u64,
    mean: f64,
    /// The sum of squared distances from the mean.
    squares: f64,
}

impl Welford {
    pub fn push(&mut self, number: f64) {
        self.count += 1;
        let before = number - self.mean;
        self.mean += before / self.count as f64;
        self.squares += before * (number - self.mean);
    }

    pub fn merge(&mut self, other: &Self) {
        if self.count == 0 {
            *self = *other;
        } else if other.count > 0 {
            let [mine, theirs] = [self.count as f64, other.count as f64];
            let apart = other.mean - self.mean;
            self.count += other.count;
            self.mean += apart * theirs / (mine + theirs);
            self.squares += other.squares + apart * apart * mine * theirs / (mine + theirs);
        }
    }

    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then_some(self.mean)
    }

    /// Returns the variance of a sample, from two numbers on.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        (self.count > 1).then(|| self.squares / (self.count - 1) as f64)
    }

    #[must_use]
    pub fn deviation(&self) -> Option<f64> {
        self.variance().map(f64::sqrt)
    }

    /// Returns the standard deviations between a number and the mean; `None` if all numbers are equal.
    #[must_use]
    pub fn score(&self, number: f64) -> Option<f64> {
        let deviation = self.deviation().filter(|deviation| *deviation > 0.0)?;
        Some((number - self.mean) / deviation)
    }
}
