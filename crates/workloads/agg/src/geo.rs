//! Points on the globe, the distance between two, and the tile of a map that holds one.

/// The Earth's mean radius (IUGG).
pub(crate) const EARTH_KM: f64 = 6_371.008_8;

/// The latitude at which a square Mercator map ends.
const MAP_END: f64 = 85.051_128_78;

/// A point in degrees: latitude -90 to 90, longitude -180 to 180.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub lat: f64,
    pub lon: f64,
}

impl Point {
    /// Takes any finite numbers: latitude ends at the poles, longitude goes round.
    #[must_use]
    pub fn new(lat: f64, lon: f64) -> Self {
        Self { lat: lat.clamp(-90.0, 90.0), lon: (lon + 180.0).rem_euclid(360.0) - 180.0 }
    }

    /// Returns the great circle's kilometres, by the haversine formula (Sinnott 1984).
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        let [from, to] = [self.lat.to_radians(), other.lat.to_radians()];
        let half = |angle: f64| (angle / 2.0).sin().powi(2);
        let haversine =
            half(to - from) + from.cos() * to.cos() * half((other.lon - self.lon).to_radians());
        2.0 * EARTH_KM * haversine.clamp(0.0, 1.0).sqrt().asin()
    }

    /// Returns a vector of length 1 from the Earth's centre.
    pub(crate) fn direction(self) -> [f64; 3] {
        let [lat, lon] = [self.lat.to_radians(), self.lon.to_radians()];
        [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
    }

    /// Returns the point towards which a vector that is not 0 leads.
    pub(crate) fn towards([x, y, z]: [f64; 3]) -> Self {
        Self::new(z.atan2(x.hypot(y)).to_degrees(), y.atan2(x).to_degrees())
    }
}

/// A tile of the square Mercator map, which has 2^zoom columns and rows (Bing Maps Tile System).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tile {
    zoom: u8,
    column: u32,
    row: u32,
}

impl Tile {
    pub(crate) fn of(point: Point, zoom: u8) -> Self {
        let zoom = zoom.clamp(1, 23);
        let side = 1_u32 << zoom;
        let sine = point.lat.clamp(-MAP_END, MAP_END).to_radians().sin();
        let down = 0.5 - ((1.0 + sine) / (1.0 - sine)).ln() / (4.0 * std::f64::consts::PI);
        let across = (point.lon + 180.0) / 360.0;
        // A cast of a negative number gives 0.
        let index = |share: f64| ((share * f64::from(side)) as u32).min(side - 1);
        Self { zoom, column: index(across), row: index(down) }
    }

    /// Returns its quadkey's digits. The first is of the largest tile that holds it.
    fn digits(self) -> impl Iterator<Item = u8> {
        (0..self.zoom)
            .rev()
            .map(move |bit| (self.column >> bit & 1) as u8 | ((self.row >> bit & 1) as u8) << 1)
    }

    /// Returns the quadkey as a number; a leading 1 tells zooms apart.
    pub(crate) fn id(self) -> u64 {
        self.digits().fold(1, |id, digit| id << 2 | u64::from(digit))
    }

    pub(crate) fn quadkey(self) -> String {
        self.digits().map(|digit| char::from(b'0' + digit)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_example_has_its_quadkey() {
        // Column 3 and row 5 of zoom 3, from the Tile System's own description.
        assert_eq!(Tile { zoom: 3, column: 3, row: 5 }.quadkey(), "213");
        assert_eq!(Tile { zoom: 3, column: 3, row: 5 }.id(), 0b1_10_01_11);
    }

    #[test]
    fn every_number_is_on_the_map() {
        for (lat, lon) in [(1e300, -1e300), (-90.0, 180.0), (90.0, -180.0), (999.0, 719.999_999)] {
            let tile = Tile::of(Point::new(lat, lon), 255);
            assert!(tile.column < 1 << 23 && tile.row < 1 << 23, "{tile:?}");
        }
        assert_eq!(Tile::of(Point::new(60.0, -120.0), 1).quadkey(), "0");
        assert_eq!(Tile::of(Point::new(-60.0, 120.0), 1).quadkey(), "3");
    }

    #[test]
    fn distances_are_those_of_the_globe() {
        let [paris, london] = [Point::new(48.8566, 2.3522), Point::new(51.5074, -0.1278)];
        assert!((paris.distance(london) - 343.6).abs() < 0.5, "{}", paris.distance(london));
        assert_eq!(paris.distance(paris), 0.0);
        let round = Point::new(48.8566, 2.3522 + 720.0);
        assert!(paris.distance(round) < 1e-6);
        let back = Point::towards(paris.direction());
        assert!(paris.distance(back) < 1e-6);
    }
}
