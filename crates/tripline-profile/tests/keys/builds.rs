//! A program has the same sites if it is built differently, or saved by another setting of dhat. Differences that
//! remain blame no site.

use tripline_profile::{Breakdown, SiteMetric, compare};

use crate::{breakdown, site};

fn assert_innocent(before: &Breakdown, after: &Breakdown) {
    for (before, after) in [(before, after), (after, before)] {
        let comparison = compare(before, after);
        for metric in SiteMetric::ALL {
            assert_eq!(comparison.grown_sites(metric, 9).lines, [], "{metric:?}");
        }
    }
}

const MAIN: &str = "0x3: main (app/src/main.rs:1:1)";
const RUN: &str = "0x2: run (app/src/run.rs:5:1)";

/// Precompiled std has v0 names. Std that was inlined into the program has legacy names or those of line tables.
#[test]
fn every_spelling_of_std_is_one_function() {
    let through = |grow: &str| site(&[grow, "0x2: app::f (app/src/lib.rs:1:1)", MAIN]);
    let v0 = through("0x1: <alloc::raw_vec::RawVecInner>::try_allocate_in (???:0:0)");
    let legacy = through(
        "0x1: alloc::raw_vec::RawVecInner<A>::try_allocate_in::h0123456789abcdef (???:0:0)",
    );
    assert_eq!((&v0.key, &v0.inside), (&legacy.key, &legacy.inside));
    assert_eq!(v0.inside, ["alloc::raw_vec::RawVecInner::try_allocate_in"]);
    // Another function of the same type is a different one.
    let other = through("0x1: <alloc::raw_vec::RawVecInner>::grow_one (???:0:0)");
    assert_eq!(other.key, v0.key);
    assert_ne!(other.inside, v0.inside);
}

/// The same for the program's own functions.
#[test]
fn every_spelling_of_a_function_is_one_site() {
    let of = |name: &str| site(&[&format!("0x1: {name} (???:0:0)"), MAIN]).key;
    let key = "app::Row::clone";
    assert_eq!(of("<app::Row as core::clone::Clone>::clone"), key);
    assert_eq!(
        of("_$LT$app..Row$u20$as$u20$core..clone..Clone$GT$::clone::h0123456789abcdef"),
        key
    );
    assert_ne!(of("<app::Rows as core::clone::Clone>::clone"), key);
}

/// A location without a line drops the frames that were inlined there. So the blocks belong to the outer function in
/// one build and to the inner one in the other.
#[test]
fn inlined_frames_that_were_dropped_blame_nobody() {
    let grow = "0x2: grow<u8> (src/raw_vec/mod.rs:1:1)";
    let read = "0x2: read (app/src/page.rs:9:1)";
    let before = breakdown(&[&[grow, read, RUN, MAIN], &[grow, RUN, MAIN]]);
    let after = breakdown(&[&[grow, RUN, MAIN], &[grow, RUN, MAIN]]);
    assert_eq!((before.sites.len(), after.sites.len()), (2, 1));
    assert_innocent(&before, &after);
    // The two are no neighbours: the blocks did move.
    let elsewhere = breakdown(&[&[grow, "0x4: other (app/src/other.rs:1:1)"], &[grow, RUN, MAIN]]);
    let comparison = compare(&before, &elsewhere);
    assert!(comparison.changes.iter().any(|change| change.name() == "app::other::other"));
}

/// dhat keeps the innermost frames by default, and cuts off the callers.
#[test]
fn stacks_that_were_cut_short_keep_their_sites_and_blame_nobody() {
    let library = "0x1: parse (json-1.0.0/src/de.rs:1:1)";
    let row = "0x1: row (json-1.0.0/src/row.rs:1:1)";
    let whole = breakdown(&[&[library, RUN, MAIN], &[row, RUN, MAIN], &[RUN, MAIN]]);
    let cut = breakdown(&[&[library], &[row], &[RUN, MAIN]]);
    let keys = |breakdown: &Breakdown| -> Vec<String> {
        breakdown.sites.iter().map(|site| site.key.clone()).collect()
    };
    assert_eq!(keys(&cut), keys(&whole));
    assert_eq!(cut.sites[0].callers, [""; 0]);
    assert_innocent(&whole, &cut);
    // A growth is found without its callers.
    let grown = breakdown(&[&[library], &[row], &[row], &[RUN, MAIN]]);
    let comparison = compare(&whole, &grown);
    let lines = comparison.grown_sites(SiteMetric::ALL[0], 9).lines;
    assert_eq!(lines.iter().map(|line| line.change.name()).collect::<Vec<_>>(), ["json::row::row"]);
}

/// dhat is built with libraries that the program has too. The blocks that they allocate for the program belong to
/// the program. The frames of dhat itself are no site.
#[test]
fn a_library_that_dhat_uses_is_a_site_and_dhat_is_none() {
    let serde = "0x2: to_string<app::Row> (serde_json-1.0.154/src/ser.rs:1:1)";
    let dhat = "0x1: alloc (dhat-0.3.3/src/lib.rs:1176:9)";
    let site_of = site(&[dhat, serde, RUN, MAIN]);
    assert_eq!(
        (site_of.key.as_str(), site_of.callers.as_slice()),
        ("serde_json::ser::to_string", &["app::run::run".to_owned(), "app::main".to_owned()][..])
    );
    let start = "0x2: new (dhat-0.3.3/src/lib.rs:900:9)";
    assert_eq!(site(&[dhat, start, RUN, MAIN]).key, "app::run::run");
}
