//! Types that grew, joined with the sites that store them.

use proptest::prelude::*;
use tripline_profile::{Comparison, GrownType, Moment, Site, StorageForm};

use crate::build::{Detail, TOTAL_BYTES, compared, site};

const OP: GrownType = GrownType { was: 80, now: 88, align: 8 };
/// Holds an `OP`.
const SLOT: GrownType = GrownType { was: 96, now: 104, align: 8 };
const GROUP: u64 = 16;

/// Shows each type: `OP: 100 of a::f, +800`.
fn shown(comparison: &Comparison) -> Vec<String> {
    let holds = |outer, inner| u64::from((outer, inner) == (1, 0));
    let stored = comparison.stored_types(Moment::Total, &[OP, SLOT], GROUP, holds);
    let words = stored.iter().map(|stored| {
        let of = ["OP", "SLOT"][stored.ty];
        let form = if stored.form == StorageForm::Buckets { " buckets" } else { "" };
        format!("{of}: {}{form} in {}, +{}", stored.count, stored.sites.join(" "), stored.bytes)
    });
    words.collect()
}

fn table(buckets: u64, stride: u64) -> (u64, u64) {
    (1, buckets * (stride + 1) + GROUP)
}

#[test]
fn sites_are_joined_by_type_and_form_the_most_first() {
    let before = [
        site("a::boxes", (50, 4_000)),
        site("a::map", table(64, 88)),
        site("a::rows", (1, 8_000)),
        site("a::slots", (1, 960)),
        site("a::words", (30, 700)),
    ];
    let after = [
        site("a::boxes", (50, 4_400)),
        site("a::map", table(64, 96)),
        site("a::rows", (1, 8_800)),
        site("a::slots", (1, 1_040)),
        site("a::words", (35, 801)),
    ];
    assert_eq!(
        shown(&compared(before, after)),
        [
            "OP: 150 in a::boxes a::rows, +1200",
            "OP: 64 buckets in a::map, +512",
            "SLOT: 10 in a::slots, +80",
        ]
    );
}

#[test]
fn of_types_in_one_another_the_innermost_is_named() {
    // A bucket of 112 bytes has room for either, and both grew by 8.
    let grown = compared([site("a::map", table(64, 112))], [site("a::map", table(64, 120))]);
    assert_eq!(shown(&grown), ["OP: 64 buckets in a::map, +512"]);
    assert_eq!(grown.stored_types(Moment::Total, &[OP, SLOT], GROUP, |_, _| 0), []);
}

#[test]
fn another_cause_is_not_the_types() {
    for (before, after) in [
        // More values, with and without the type's growth.
        ((1, 8_000), (1, 8_080)),
        ((1, 8_000), (1, 8_888)),
        ((10, 800), (11, 880)),
        // A site that is new, that shrank, or that did not change.
        ((0, 0), (1, 8_800)),
        ((1, 8_800), (1, 8_000)),
        ((1, 8_800), (1, 8_800)),
    ] {
        let grown = compared([site("a::f", before)], [site("a::f", after)]);
        assert_eq!(shown(&grown), [""; 0], "{before:?} {after:?}");
    }
    assert_eq!(compared([], []).stored_types(Moment::Total, &[], GROUP, |_, _| 1), []);
}

#[test]
fn only_the_moment_that_is_asked_for_counts() {
    let before = [site("a::f", (9, 1_000)).peak((1, 8_000))];
    let after = [site("a::f", (9, 1_001)).peak((1, 8_800))];
    let grown = compared(before, after);
    let of = |moment| grown.stored_types(moment, &[OP], GROUP, |_, _| 0).len();
    assert_eq!(Moment::ALL.map(of), [0, 1, 0]);
}

#[test]
fn no_more_is_explained_than_the_whole_grew_by() {
    let grown = |shrank: u64| {
        let before = [site("a::rows", (1, 8_000)), site("a::words", (9, 1_000))];
        compared(before, [site("a::rows", (1, 8_800)), site("a::words", (9, 1_000 - shrank))])
    };
    assert_eq!(shown(&grown(0)), ["OP: 100 in a::rows, +800"]);
    assert_eq!(shown(&grown(1)), [""; 0]);
}

fn grown_type() -> impl Strategy<Value = GrownType> {
    (0_u32..5, 1_u64..200, 1_u64..50).prop_map(|(shift, was, more)| {
        let align = 1 << shift;
        GrownType { was: was * align, now: (was + more) * align, align }
    })
}

/// Sites that grew for any reason, some of them because of the types.
fn sites() -> impl Strategy<Value = Vec<(Site, Site)>> {
    let pair = (1_u64..5, 0_u64..40, 0_u64..40, prop::bool::ANY).prop_map(
        |(blocks, old, new, by_type)| {
            let (before, after) = match by_type {
                true => ((blocks, blocks * old * OP.was), (blocks, blocks * old * OP.now)),
                false => ((blocks, old * 8), (blocks, new * 8)),
            };
            (site("", before), site("", after))
        },
    );
    prop::collection::vec(pair, 0..12)
}

proptest! {
    #[test]
    fn as_many_of_a_larger_type_are_found(ty in grown_type(), count in 1_u64..1_000_000, blocks in 1_u64..9) {
        let blocks = blocks.min(count);
        let before = [site("a::f", (blocks, count * ty.was))];
        let grown = compared(before, [site("a::f", (blocks, count * ty.now))]);
        let stored = grown.stored_types(Moment::Total, &[ty], GROUP, |_, _| 0);
        prop_assert_eq!(stored.len(), 1);
        prop_assert_eq!((stored[0].form, stored[0].count), (StorageForm::Values, u128::from(count)));
        prop_assert_eq!(i128::try_from(stored[0].bytes), Ok(grown.delta(TOTAL_BYTES)));
    }

    #[test]
    fn so_are_the_buckets_of_tables(
        ty in grown_type(),
        beside in 0_u64..9,
        tables in prop::collection::vec(2_u32..16, 1..6),
    ) {
        let buckets: u64 = tables.iter().map(|power| 1 << power).sum();
        let blocks = tables.len() as u64;
        let bytes = |size: u64| buckets * (size + beside * ty.align + 1) + blocks * GROUP;
        let before = [site("a::f", (blocks, bytes(ty.was)))];
        let grown = compared(before, [site("a::f", (blocks, bytes(ty.now)))]);
        let stored = grown.stored_types(Moment::Total, &[ty], GROUP, |_, _| 0);
        prop_assert_eq!(stored.len(), 1);
        prop_assert_eq!((stored[0].form, stored[0].count), (StorageForm::Buckets, u128::from(buckets)));
        prop_assert_eq!(i128::try_from(stored[0].bytes), Ok(grown.delta(TOTAL_BYTES)));
    }

    #[test]
    fn nothing_is_counted_twice_and_all_is_exact(sites in sites(), types in prop::collection::vec(grown_type(), 0..4)) {
        let types: Vec<_> = types.into_iter().chain([OP, SLOT]).collect();
        let named = |side: fn(&(Site, Site)) -> &Site| {
            let sites = sites.iter().enumerate();
            let sites = sites.map(move |(at, pair)| Site { key: format!("a::f{at}"), ..side(pair).clone() });
            sites.collect::<Vec<_>>()
        };
        let grown = compared(named(|pair| &pair.0), named(|pair| &pair.1));
        let stored = grown.stored_types(Moment::Total, &types, GROUP, |outer, inner| u64::from(outer > inner));
        let mut seen: Vec<_> = stored.iter().flat_map(|stored| &stored.sites).collect();
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        prop_assert_eq!(seen.len(), all);
        for stored in &stored {
            prop_assert_eq!(stored.bytes, stored.count * u128::from(types[stored.ty].growth()));
        }
        let explained: u128 = stored.iter().map(|stored| stored.bytes).sum();
        prop_assert!(stored.is_empty() || i128::try_from(explained).is_ok_and(|all| all <= grown.delta(TOTAL_BYTES)));
    }
}
