//! The speed at which an entity would have had to travel.

use crate::event::Event;
use crate::feature::Feature;
use crate::geo::Point;
use crate::op::State;
use crate::output::Output;
use crate::welford::Welford;

/// An hour's milliseconds.
const HOUR: f64 = 3_600_000.0;

/// The speed from one point to the next in km/h: the latest, the mean and the highest. Two points at one
/// moment count as a millisecond apart.
#[derive(Clone, Debug, Default)]
pub struct GeoVelocity {
    previous: Point,
    last: Point,
    previous_at: u64,
    last_at: u64,
    speeds: Welford,
    highest: f64,
    points: u64,
}

impl GeoVelocity {
    fn speed(&self) -> f64 {
        let elapsed = self.last_at.saturating_sub(self.previous_at).max(1);
        self.previous.distance(self.last) * HOUR / elapsed as f64
    }
}

impl State for GeoVelocity {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        let Some(point) = feature.point(event) else { return };
        (self.previous, self.previous_at) = (self.last, self.last_at);
        (self.last, self.last_at) = (point, event.at);
        self.points += 1;
        if self.points > 1 {
            let speed = self.speed();
            self.speeds.push(speed);
            self.highest = self.highest.max(speed);
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        match self.speeds.mean() {
            Some(mean) => Output::list([self.speed(), mean, self.highest]),
            None => Output::None,
        }
    }
}
