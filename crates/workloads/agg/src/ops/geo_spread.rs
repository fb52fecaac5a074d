//! The spread of an entity's points.

use crate::event::Event;
use crate::feature::Feature;
use crate::geo::{EARTH_KM, Point};
use crate::op::State;
use crate::output::Output;
use crate::welford::Welford;

/// In kilometres: the spread of points around their centre on the globe, by the length of the mean of their
/// directions (Mardia 1972); the mean distance of each from the centre at its time; the diagonal of their
/// bounding box.
#[derive(Clone, Debug)]
pub struct GeoSpread {
    directions: [f64; 3],
    count: u64,
    distances: Welford,
    /// The south-west and the north-east corner. A box does not go round the date line.
    corners: [Point; 2],
}

impl Default for GeoSpread {
    fn default() -> Self {
        Self {
            directions: [0.0; 3],
            count: 0,
            distances: Welford::default(),
            corners: [Point { lat: 90.0, lon: 180.0 }, Point { lat: -90.0, lon: -180.0 }],
        }
    }
}

impl GeoSpread {
    fn add(&mut self, point: Point) {
        self.count += 1;
        for (sum, part) in self.directions.iter_mut().zip(point.direction()) {
            *sum += part;
        }
        self.distances.push(Point::towards(self.directions).distance(point));
        let [low, high] = &mut self.corners;
        *low = Point { lat: low.lat.min(point.lat), lon: low.lon.min(point.lon) };
        *high = Point { lat: high.lat.max(point.lat), lon: high.lon.max(point.lon) };
    }

    /// Returns the circular standard deviation's counterpart on a sphere, as an arc: acos of the mean's length.
    fn spread(&self) -> f64 {
        let squares: f64 = self.directions.iter().map(|sum| sum * sum).sum();
        EARTH_KM * (squares.sqrt() / self.count as f64).clamp(0.0, 1.0).acos()
    }
}

impl State for GeoSpread {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(point) = feature.point(event) {
            self.add(point);
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        let [low, high] = self.corners;
        match self.distances.mean() {
            Some(mean) => Output::list([self.spread(), mean, low.distance(high)]),
            None => Output::None,
        }
    }
}
