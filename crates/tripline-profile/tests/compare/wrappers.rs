//! A site that most is allocated through, split by its callers in one breakdown, in both, or in none.

use proptest::prelude::*;
use tripline_profile::{Breakdown, Site, SiteMetric, compare};

use crate::build::{
    Detail, TOTAL_BLOCKS, TOTAL_BYTES, assert_innocent, blocks, breakdown, compared, shown, site,
};

const MALLOC: &str = "y::malloc";

/// Makes the parts of a wrapper's callers, eight bytes a block.
fn parts(wrapper: &str, callers: &[(&str, u64)]) -> Vec<Site> {
    let part = |&(caller, blocks): &(&str, u64)| {
        site(&format!("{caller} (through {wrapper})"), (blocks, 8 * blocks)).called_by(&["y::run"])
    };
    callers.iter().map(part).collect()
}

/// Makes one site of the same.
fn whole(wrapper: &str, callers: &[(&str, u64)]) -> Site {
    let blocks = callers.iter().map(|(_, blocks)| blocks).sum();
    site(wrapper, (blocks, 8 * blocks)).called_by(&[callers[0].0, "y::run"])
}

const CALLERS: [(&str, u64); 5] =
    [("y::scan", 500), ("y::load", 300), ("y::emit", 150), ("y::a", 6), ("y::b", 4)];

fn with(name: &str, more: u64) -> [(&'static str, u64); 5] {
    CALLERS.map(|(caller, blocks)| (caller, blocks + more * u64::from(caller == name)))
}

/// Returns the breakdown as a snapshot keeps it: folded, and read from text.
fn kept(sites: impl IntoIterator<Item = Site>) -> Breakdown {
    Breakdown::from_text(&breakdown(sites).folded().to_text()).expect("a breakdown")
}

#[test]
fn the_caller_that_allocates_more_is_blamed() {
    let after = parts(MALLOC, &with("y::load", 70));
    let grown = ["+70 y::load (through y::malloc) (more blocks)"];
    assert_eq!(blocks(parts(MALLOC, &CALLERS), after.clone()), grown);
    let comparison = compare(&kept(parts(MALLOC, &CALLERS)), &breakdown(after));
    assert_eq!(shown(&comparison, TOTAL_BLOCKS, 9), grown);
}

#[test]
fn a_part_that_could_not_have_been_folded_is_new() {
    let after = [parts(MALLOC, &CALLERS), parts(MALLOC, &[("y::new", 50)])].concat();
    let comparison = compare(&kept(parts(MALLOC, &CALLERS)), &breakdown(after));
    let new = ["+50 y::new (through y::malloc) (new site)"];
    assert_eq!(shown(&comparison, TOTAL_BLOCKS, 9), new);
}

#[test]
fn small_parts_are_kept_in_a_line_of_their_own_and_blame_nobody() {
    let baseline = kept([parts(MALLOC, &CALLERS), vec![site("z::f", (3, 24))]].concat());
    let keys: Vec<_> = baseline.sites.iter().map(|site| site.key.as_str()).collect();
    assert_eq!(keys[3..], ["other (2 sites through y::malloc)", "other (1 site)"]);
    let after = breakdown([parts(MALLOC, &CALLERS), vec![site("z::f", (3, 24))]].concat());
    assert_innocent(&compare(&baseline, &after));
}

#[test]
fn a_site_that_is_split_only_now_blames_nobody() {
    let beside = |blocks| vec![site("z::f", (blocks, 8 * blocks))];
    let split = |blocks| [parts(MALLOC, &CALLERS), beside(blocks)].concat();
    let joined = |blocks| [vec![whole(MALLOC, &CALLERS)], beside(blocks)].concat();
    // It takes more than half because another takes less.
    assert_eq!(blocks(joined(1_000), split(100)), ["-900 others"]);
    assert_innocent(&compared(joined(100), split(100)));
    assert_innocent(&compared(split(100), joined(100)));
    assert_innocent(&compare(&kept(split(100)), &breakdown(joined(100))));
    assert_innocent(&compare(&kept(joined(100)), &breakdown(split(100))));
}

#[test]
fn one_that_grew_over_the_half_is_blamed_for_what_it_grew_by() {
    let told_of = |before: Breakdown, after: Vec<Site>| {
        shown(&compare(&before, &breakdown(after)), TOTAL_BLOCKS, 9)
    };
    let grown = ["+70 y::malloc (more blocks)"];
    let more = with("y::load", 70);
    assert_eq!(told_of(kept([whole(MALLOC, &CALLERS)]), parts(MALLOC, &more)), grown);
    assert_eq!(told_of(kept(parts(MALLOC, &CALLERS)), vec![whole(MALLOC, &more)]), grown);
    // It is shown with the caller that takes most of it.
    let comparison = compared([whole(MALLOC, &CALLERS)], parts(MALLOC, &more));
    assert_eq!(comparison.grown_sites(TOTAL_BLOCKS, 9).lines[0].via, Some("y::scan"));
}

#[test]
fn a_wrapper_in_front_of_another_only_now_blames_nobody() {
    let twice = [parts("y::copy, y::malloc", &CALLERS), parts(MALLOC, &[("y::f", 60)])].concat();
    let once = parts(MALLOC, &[("y::copy", 960), ("y::f", 60)]);
    let joined = [site(MALLOC, (1_020, 8_160))];
    assert_innocent(&compared(once.clone(), twice.clone()));
    assert_innocent(&compare(&kept(twice.clone()), &breakdown(once)));
    assert_innocent(&compare(&kept(twice.clone()), &breakdown(joined)));
    // Both sides split the site, so the caller is known.
    let more = [parts("y::copy, y::malloc", &with("y::a", 90)), parts(MALLOC, &[("y::f", 60)])];
    let grown = ["+90 y::a (through y::copy, y::malloc) (more blocks)"];
    assert_eq!(blocks(twice, more.concat()), grown);
}

#[test]
fn a_renamed_wrapper_blames_nobody_but_who_grew() {
    let renamed = parts("sys::alloc::grab", &CALLERS);
    assert_innocent(&compared(parts(MALLOC, &CALLERS), renamed.clone()));
    assert_innocent(&compare(&kept(parts(MALLOC, &CALLERS)), &breakdown(renamed)));
    let grown = blocks(parts(MALLOC, &CALLERS), parts("sys::alloc::grab", &with("y::load", 70)));
    let was = "was y::load (through y::malloc)?";
    assert_eq!(grown, [format!("+70 y::load (through sys::alloc::grab) {was} (more blocks)")]);
    // The site was renamed, and only one side splits it.
    assert_innocent(&compared(parts(MALLOC, &CALLERS), [whole("sys::alloc::grab", &CALLERS)]));
}

#[test]
fn a_renamed_caller_blames_nobody() {
    let renamed = CALLERS.map(|(name, blocks)| match name {
        "y::scan" => ("y::lex", blocks),
        _ => (name, blocks),
    });
    assert_innocent(&compared(parts(MALLOC, &CALLERS), parts(MALLOC, &renamed)));
}

#[test]
fn a_wrapper_that_was_inlined_into_its_callers_blames_nobody() {
    let own = |extra: &[(&str, u64)]| -> Vec<Site> {
        let blocks = |name| extra.iter().find(|(caller, _)| *caller == name).map_or(0, |(_, n)| *n);
        let site = |(name, _)| site(name, (7 + blocks(name), 56 + 8 * blocks(name)));
        CALLERS.map(site).into_iter().map(|site| site.called_by(&["y::run"])).collect()
    };
    let before = [parts(MALLOC, &CALLERS), own(&[])].concat();
    assert_innocent(&compared(before.clone(), own(&CALLERS)));
    assert_innocent(&compared(own(&CALLERS), before.clone()));
    let shown = blocks(before, own(&with("y::load", 70)));
    assert_eq!(shown, ["+70 y::load? (more blocks)"]);
}

#[test]
fn a_caller_that_was_inlined_into_the_next_blames_nobody() {
    let inlined = CALLERS.map(|(name, blocks)| match name {
        "y::scan" => ("y::run", blocks),
        _ => (name, blocks),
    });
    let before = [parts(MALLOC, &CALLERS), vec![site("y::run", (9, 99))]].concat();
    let after = [parts(MALLOC, &inlined), vec![site("y::run", (9, 99))]].concat();
    assert_innocent(&compared(before, after));
    let run = parts(MALLOC, &[("y::run", 40)]);
    let before = [parts(MALLOC, &CALLERS), run].concat();
    let both = CALLERS.map(|(name, blocks)| match name {
        "y::scan" => ("y::run", blocks + 40),
        _ => (name, blocks),
    });
    assert_innocent(&compared(before, parts(MALLOC, &both)));
}

/// Callers of one wrapper with figures of their own, and as many sites beside it.
fn callers() -> impl Strategy<Value = (Vec<Site>, Vec<Site>)> {
    let some = |(parts, _): &(Vec<Site>, Vec<Site>)| !parts.is_empty();
    prop::collection::btree_map(1_u64..5_000, (1_u64..40, 0_u64..9), 4..40)
        .prop_map(|all| {
            let sites = all.into_iter().enumerate().map(|(at, (blocks, (size, peak)))| {
                let peak = blocks * peak / 10;
                site(&format!("y::m{}::f{at}", at % 3), (blocks, blocks * size))
                    .peak((peak, peak * size))
                    .called_by(&["y::run"])
            });
            let (mut through, beside): (Vec<Site>, Vec<Site>) =
                sites.partition(|site| site.figures.total.bytes % 3 > 0);
            through
                .iter_mut()
                .for_each(|site| site.key = format!("{} (through y::malloc)", site.key));
            (through, beside)
        })
        .prop_filter("nothing is allocated through it", some)
}

fn joined(parts: &[Site]) -> Site {
    let figures = parts.iter().map(|part| part.figures).sum();
    Site { figures, ..site(MALLOC, (0, 0)).called_by(&["y::m0::f0", "y::run"]) }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    /// Either side may be split, and the earlier one folded or not.
    #[test]
    fn split_or_whole_blames_nobody(
        (parts, beside) in callers(), fold in any::<bool>(), first in any::<bool>(),
    ) {
        let split = breakdown([parts.clone(), beside.clone()].concat());
        let whole = breakdown([vec![joined(&parts)], beside].concat());
        prop_assert_eq!(split.totals, whole.totals);
        let (before, after) = if first { (split, whole) } else { (whole, split) };
        let before = if fold { before.folded() } else { before };
        let comparison = compare(&before, &after);
        for metric in SiteMetric::ALL {
            prop_assert_eq!(shown(&comparison, metric, 9), [""; 0]);
        }
    }

    /// One part grew by a twentieth of the whole. If both sides split the site, the part is blamed, otherwise the site.
    #[test]
    fn a_growth_is_blamed_on_the_part_or_on_the_whole(
        (parts, beside) in callers(), guilty in any::<prop::sample::Index>(), alike in any::<bool>(),
        fold in any::<bool>(),
    ) {
        let before = breakdown([parts.clone(), beside.clone()].concat());
        let mut more = parts.clone();
        let total = &mut more[guilty.index(parts.len())].figures.total;
        let blocks = before.totals.total.bytes / 20 + 1;
        (total.blocks, total.bytes) = (total.blocks + blocks, total.bytes + blocks);
        let (after, key) = match alike {
            true => (more.clone(), more[guilty.index(parts.len())].key.as_str()),
            false => (vec![joined(&more)], MALLOC),
        };
        let after = breakdown([after, beside].concat());
        let comparison = compare(&if fold { before.folded() } else { before }, &after);
        let grown = comparison.grown_sites(TOTAL_BYTES, 9);
        prop_assert_eq!(grown.lines[0].change.name(), key);
        prop_assert_eq!(grown.delta, i128::from(blocks));
        let lines: i128 = grown.lines.iter().map(|line| line.delta).sum();
        prop_assert_eq!(lines + grown.others.delta, grown.delta);
    }
}
