//! The points of an entity.

use std::collections::BTreeMap;

use proptest::prelude::*;
use workload_agg::{AggOp, Feature, Input, Op, Output, Point, Value};

use crate::support::*;

fn place(at: u64, lat: f64, lon: f64) -> Happened {
    Happened { at, values: vec![Value::F64(lat), Value::F64(lon)] }
}

fn places(points: &[(f64, f64)]) -> Vec<Happened> {
    (0..).zip(points).map(|(index, (lat, lon))| place(index * MINUTE, *lat, *lon)).collect()
}

fn points() -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((-80.0..80.0_f64, -179.0..179.0_f64), 2..40)
}

/// Computes the distance by the law of cosines, in vectors.
fn distance(from: (f64, f64), to: (f64, f64)) -> f64 {
    let cosine: f64 = direction(from).iter().zip(direction(to)).map(|(a, b)| a * b).sum();
    6_371.008_8 * cosine.clamp(-1.0, 1.0).acos()
}

fn direction((lat, lon): (f64, f64)) -> [f64; 3] {
    let (lat, lon) = (lat.to_radians(), lon.to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

/// Allows a metre, or a millionth: both formulas are poor somewhere.
#[track_caller]
fn assert_near(actual: &Output, expected: &[f64]) {
    let Output::List(actual) = actual else { panic!("{actual:?}") };
    assert_eq!(actual.len(), expected.len());
    for (actual, expected) in actual.iter().zip(expected) {
        let found = actual.number().unwrap();
        let off = (found - expected).abs();
        assert!(off < 1e-3_f64.max(1e-6 * expected.abs()), "{found}, not {expected}");
    }
}

fn highest(numbers: &[f64]) -> f64 {
    numbers.iter().copied().fold(0.0, f64::max)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn ways_and_speeds_are_those_between_points(points in points()) {
        let legs: Vec<_> = points.windows(2).map(|pair| distance(pair[0], pair[1])).collect();
        let events = places(&points);
        let last = legs[legs.len() - 1];
        let speeds: Vec<_> = legs.iter().map(|leg| leg * 60.0).collect();
        let expected = [last * 60.0, mean(&speeds), highest(&speeds)];
        assert_near(&answer(Op::GeoVelocity, None, &events), &expected);

        let away: Vec<_> = points.iter().map(|point| distance(points[0], *point)).collect();
        let expected = [legs.iter().sum(), last, highest(&legs), highest(&away)];
        assert_near(&answer(Op::GeoDistance, None, &events), &expected);
    }

    #[test]
    fn the_spread_is_that_of_all_directions(points in points()) {
        let sums = |points: &[(f64, f64)]| {
            let mut sums = [0.0; 3];
            for point in points {
                for (sum, part) in sums.iter_mut().zip(direction(*point)) {
                    *sum += part;
                }
            }
            sums
        };
        let [x, y, z] = sums(&points);
        let length = (x * x + y * y + z * z).sqrt() / points.len() as f64;
        let centre = |points: &[(f64, f64)]| {
            let [x, y, z] = sums(points);
            (z.atan2(x.hypot(y)).to_degrees(), y.atan2(x).to_degrees())
        };
        let off = |index: usize| distance(centre(&points[..=index]), points[index]);
        let off: Vec<_> = (0..points.len()).map(off).collect();
        let lats: Vec<_> = points.iter().map(|(lat, _)| *lat).collect();
        let lons: Vec<_> = points.iter().map(|(_, lon)| *lon).collect();
        let corner = |q| (of_rank(&lats, q), of_rank(&lons, q));
        let diagonal = distance(corner(0.0), corner(1.0));
        let expected = [6_371.008_8 * length.min(1.0).acos(), mean(&off), diagonal];
        assert_near(&answer(Op::GeoSpread, None, &places(&points)), &expected);
    }

    #[test]
    fn home_is_where_one_is_most(
        visits in prop::collection::vec(prop_oneof![0..5_usize, 0..150_usize], 2..400),
    ) {
        // On one row of the map a cell's number grows with its longitude.
        let spot = |index: usize| (10.0, index as f64 - 170.0);
        let points: Vec<_> = visits.iter().map(|visit| spot(*visit)).collect();
        let mut counts = BTreeMap::new();
        let (mut home, mut most) = (visits[0], 0);
        let mut away = Vec::new();
        for visit in &visits {
            let mut before = 0;
            if counts.len() == 64 && !counts.contains_key(visit) {
                let (count, rarest) = counts.iter().map(|(at, count)| (*count, *at)).min().unwrap();
                counts.remove(&rarest);
                before = count;
            }
            let count = counts.entry(*visit).or_insert(before);
            *count += 1;
            if *count > most || *visit == home {
                (home, most) = (*visit, *count);
            }
            away.push(distance(spot(home), spot(*visit)));
        }
        let actual = answer(Op::DistanceFromHome, None, &places(&points));
        let deviation = variance(&away).unwrap().sqrt();
        assert_near(&actual, &[away[away.len() - 1], highest(&away), mean(&away), deviation]);
    }
}

#[test]
fn at_most_64_cells_are_counted_and_home_stays() {
    let home = (10.0, 10.0);
    let mut points = vec![home; 50];
    points
        .extend((0..200).map(|index| (f64::from(index % 20) * 4.0, f64::from(index) / 2.0 + 20.0)));
    let state = fed(&feature(Op::DistanceFromHome, None), &places(&points));
    // 64 entries in 128 buckets of 16 bytes and a control byte, and 16 of the last group's again.
    let cells = state.parts().iter().find(|(name, _)| *name == "cells");
    assert_eq!(cells, Some(("cells", 128 * 17 + 16)));
    let AggOp::DistanceFromHome(from_home) = &state else { panic!() };
    let (lat, lon) = points[points.len() - 1];
    assert_eq!(from_home.last(), Some(Point { lat, lon }));
    let Output::List(answer) = state.output(&feature(Op::DistanceFromHome, None), 0) else {
        panic!()
    };
    let away = distance(home, points[points.len() - 1]);
    assert!((answer[0].number().unwrap() - away).abs() < 1e-3);
}

#[test]
fn two_points_at_one_moment_are_a_millisecond_apart() {
    let events = [place(7, 0.0, 0.0), place(7, 0.0, 1.0)];
    let Output::List(speeds) = answer(Op::GeoVelocity, None, &events) else { panic!() };
    assert!((speeds[0].number().unwrap() - 111.195_08 * 3.6e6).abs() < 1e4, "{speeds:?}");
}

#[test]
fn one_point_has_no_speed_and_a_number_is_no_point() {
    let one = [place(0, 1.0, 1.0)];
    assert_eq!(answer(Op::GeoVelocity, None, &one), Output::None);
    assert_agree(&answer(Op::GeoDistance, None, &one), list([0.0; 4]));
    for op in [Op::GeoVelocity, Op::GeoDistance, Op::GeoSpread, Op::DistanceFromHome] {
        assert_eq!(answer(op, None, &numbers(&[(0, 1.0), (1, 2.0)])), Output::None);
        let field = Feature { input: Input::Field(0), ..feature(op, None) };
        assert_eq!(fed(&field, &one).output(&field, 0), Output::None);
    }
}
