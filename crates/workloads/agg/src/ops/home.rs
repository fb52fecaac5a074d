//! The distance of an entity from its usual place.

use crate::breakdown::Parts;
use crate::event::Event;
use crate::feature::Feature;
use crate::geo::{Point, Tile};
use crate::hash::Map;
use crate::op::State;
use crate::output::Output;
use crate::welford::Welford;

/// The most cells that are counted. A new one then takes the place and the count of the rarest (Space-Saving:
/// Metwally, Agrawal and El Abbadi 2005).
const MOST: usize = 64;
/// A zoom with cells of about 10 km at the equator.
const ZOOM: u8 = 12;

/// Distances in kilometres from home, which is the entity's last point in its most frequent cell: the latest point's
/// distance, the farthest, the mean and the standard deviation.
#[derive(Clone, Debug, Default)]
pub struct DistanceFromHome {
    cells: Map<u64, u64>,
    home_cell: u64,
    home: Point,
    home_count: u64,
    distance: f64,
    farthest: f64,
    distances: Welford,
    last: Point,
}

impl DistanceFromHome {
    fn add(&mut self, point: Point) {
        let cell = Tile::of(point, ZOOM).id();
        let count = self.visit(cell);
        if count > self.home_count || cell == self.home_cell {
            (self.home_cell, self.home_count, self.home) = (cell, count, point);
        }
        self.last = point;
        self.distance = self.home.distance(point);
        self.farthest = self.farthest.max(self.distance);
        self.distances.push(self.distance);
    }

    fn visit(&mut self, cell: u64) -> u64 {
        if let Some(count) = self.cells.get_mut(&cell) {
            *count += 1;
            return *count;
        }
        let count = if self.cells.len() < MOST { 1 } else { self.evict() + 1 };
        self.cells.insert(cell, count);
        count
    }

    /// Returns the count that the rarest cell had.
    fn evict(&mut self) -> u64 {
        let rarest = self.cells.iter().map(|(cell, count)| (*count, *cell)).min();
        let Some((count, cell)) = rarest else { return 0 };
        self.cells.remove(&cell);
        count
    }

    /// Returns the entity's last point.
    #[must_use]
    pub fn last(&self) -> Option<Point> {
        (self.home_count > 0).then_some(self.last)
    }
}

impl State for DistanceFromHome {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(point) = feature.point(event) {
            self.add(point);
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        if self.home_count == 0 {
            return Output::None;
        }
        Output::List(vec![
            self.distance.into(),
            self.farthest.into(),
            self.distances.mean().into(),
            self.distances.deviation().into(),
        ])
    }

    fn heap(&self, parts: &mut Parts) {
        parts.add("cells", self.cells.allocation_size());
    }
}
