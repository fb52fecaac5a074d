//! The distance that an entity travelled.

use super::Sum;
use crate::event::Event;
use crate::feature::Feature;
use crate::geo::Point;
use crate::op::State;
use crate::output::Output;

/// In kilometres: the whole way from point to point, its latest leg, its longest, and its farthest distance from the
/// first point.
#[derive(Clone, Debug, Default)]
pub struct GeoDistance {
    first: Point,
    last: Point,
    way: Sum,
    leg: f64,
    longest: f64,
    farthest: f64,
    points: u64,
}

impl State for GeoDistance {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        let Some(point) = feature.point(event) else { return };
        self.points += 1;
        if self.points == 1 {
            self.first = point;
        } else {
            self.leg = self.last.distance(point);
            self.way.add(self.leg);
            self.longest = self.longest.max(self.leg);
            self.farthest = self.farthest.max(self.first.distance(point));
        }
        self.last = point;
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        if self.points == 0 {
            return Output::None;
        }
        Output::list([self.way.value(), self.leg, self.longest, self.farthest])
    }
}
