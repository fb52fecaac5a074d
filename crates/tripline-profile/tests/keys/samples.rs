//! Excerpts of real profiles: the forty heaviest stacks and twenty others of a SQL engine in each of its two
//! modes, and a small program under valgrind.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use tripline_profile::{
    AmountUnit, Breakdown, GroupBy, Moment, Profile, SiteFigures, SiteMetric, SiteStacks,
};

pub(crate) fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

fn read(name: &str) -> Breakdown {
    Profile::open(&sample(name)).unwrap().breakdown().unwrap()
}

/// The crates whose functions allocate in these profiles.
const CRATES: [&str; 12] = [
    "arc_swap",
    "crossbeam_epoch",
    "memory_benchmark",
    "parking_lot_core",
    "rand",
    "roaring",
    "tempfile",
    "tokio",
    "turso",
    "turso_core",
    "turso_parser",
    "turso_sdk_kit",
];

fn bytes(breakdown: &Breakdown, counts: impl Fn(&str) -> bool) -> u64 {
    let sites = breakdown.sites.iter().filter(|site| counts(&site.key));
    sites.map(|site| site.figures.total.bytes).sum()
}

#[test]
fn a_hundredth_at_most_goes_to_what_is_no_crate_and_a_twentieth_to_what_has_no_name() {
    for name in ["sql-wal.json", "sql-mvcc.json"] {
        let breakdown = read(name);
        let all = breakdown.totals.total.bytes;
        let real = |key: &str| {
            let first = key.split("::").next().unwrap_or_default();
            key.contains("::")
                && (CRATES.contains(&first) || ["turso_ext", "workload_sql"].contains(&first))
        };
        assert!(bytes(&breakdown, real) * 100 >= all * 99, "{name}");
        let named = |key: &str| real(key) && !key.contains('{');
        assert!(bytes(&breakdown, named) * 100 >= all * 95, "{name}");
        assert!(bytes(&breakdown, |key| key.contains('<') || key.contains("0x")) == 0, "{name}");
    }
}

#[test]
fn the_heaviest_sites_are_the_functions_that_asked() {
    let breakdown = read("sql-mvcc.json");
    let key = |index: usize| breakdown.sites[index].key.as_str();
    assert_eq!(key(0), "turso_core::vdbe::builder::_new");
    assert_eq!(key(1), "turso_sdk_kit::rsapi::prepare_single");
    let own = "turso_core::collections::vec::vec_with_capacity";
    assert!(breakdown.sites.iter().any(|site| site.key == own));
}

#[test]
fn both_modes_name_a_site_alike() {
    let [wal, mvcc] = ["sql-wal.json", "sql-mvcc.json"].map(read);
    let heavy = |breakdown: &Breakdown| {
        breakdown.sites[..2].iter().map(|site| site.key.clone()).collect::<Vec<_>>()
    };
    assert_eq!(heavy(&wal), heavy(&mvcc));
}

#[test]
fn valgrinds_names_are_understood() {
    let breakdown = read("valgrind-full.json");
    let keys: Vec<&str> = breakdown.sites.iter().map(|site| site.key.as_str()).collect();
    assert_eq!(keys, ["a::fill", "std::rt::lang_start_internal", "a::clone", "a::main", "a::deep"]);
}

#[test]
fn groups_add_up() {
    for name in ["sql-wal.json", "sql-mvcc.json", "valgrind-full.json"] {
        let breakdown = read(name);
        for by in [GroupBy::Crate, GroupBy::Module] {
            let sum: SiteFigures = breakdown.groups(by).iter().map(|group| group.figures).sum();
            assert_eq!(sum, breakdown.totals, "{name}");
        }
    }
}

#[test]
fn stacks_are_the_heaviest_of_each_site() {
    let mut profile = Profile::open(&sample("sql-wal.json")).unwrap();
    let keys =
        ["turso_core::vdbe::builder::_new", "nobody", "turso_sdk_kit::rsapi::prepare_single"];
    let by_bytes = SiteMetric::new(Moment::Total, AmountUnit::Bytes);
    let stacks = profile.stacks(&keys, by_bytes, 1).unwrap();
    let shown: Vec<_> = stacks.iter().map(|site| site.heaviest.first()).collect();
    let key = |at: usize| shown[at].map(|stack| stack.key.as_str());
    assert_eq!([key(0), key(1), key(2)], [Some(keys[0]), None, Some(keys[2])]);
    let frames = &shown[0].unwrap().frames;
    assert_eq!(frames[0], "alloc (dhat-0.3.3/src/lib.rs:1176:9)");
    assert!(frames.contains(&"_new (turso_core-0.8.3/vdbe/builder.rs:708:20)".to_owned()));
    let more = profile.stacks(&keys, by_bytes, 3).unwrap();
    let bytes =
        |site: &SiteStacks| site.heaviest.clone().into_iter().map(|s| s.figures.total.bytes);
    assert!(more.iter().all(|site| bytes(site).is_sorted_by(|a, b| a >= b)));
}

/// Few stacks are kept while reading. They and the sum of the others are the same as if all had been kept.
#[test]
fn the_heaviest_stacks_by_any_figure_are_those_of_all_stacks() {
    let by_bytes = SiteMetric::new(Moment::Total, AmountUnit::Bytes);
    for name in ["sql-wal.json", "sql-mvcc.json", "valgrind-full.json"] {
        let mut profile = Profile::open(&sample(name)).unwrap();
        let breakdown = profile.breakdown().unwrap();
        let keys: Vec<&str> = breakdown.sites.iter().map(|site| site.key.as_str()).collect();
        let all = profile.stacks(&keys, by_bytes, usize::MAX).unwrap();
        for metric in SiteMetric::ALL {
            let few = profile.stacks(&keys, metric, 3).unwrap();
            for ((mut all, few), site) in all.clone().into_iter().zip(few).zip(&breakdown.sites) {
                all.heaviest.sort_by_key(|stack| Reverse(metric.of(&stack.figures)));
                let more = all.heaviest.split_off(all.heaviest.len().min(3));
                assert_eq!((few.heaviest, few.others), (all.heaviest.clone(), more.len()));
                let others: SiteFigures = more.iter().map(|stack| stack.figures).sum();
                assert_eq!(few.others_figures, others);
                let kept: SiteFigures = all.heaviest.iter().map(|stack| stack.figures).sum();
                assert_eq!(kept + others, site.figures, "{name}");
            }
        }
    }
}

/// None of these programs has a wrapper that most is allocated through.
#[test]
fn no_site_of_the_samples_is_split() {
    for name in ["sql-wal.json", "sql-mvcc.json", "valgrind-full.json"] {
        assert!(read(name).sites.iter().all(|site| !site.key.contains(' ')), "{name}");
    }
}
