//! Comparisons with a baseline whose small sites are one line.

use tripline_profile::{Breakdown, Site, compare};

use crate::build::{
    Detail, TOTAL_BLOCKS, TOTAL_BYTES, assert_innocent, breakdown, compared, shown, site,
};

/// One large site and ten small ones, 1 000 blocks together.
fn sites() -> Vec<Site> {
    let small = (0..10).map(|at| site(&format!("a::small{at}::f"), (8, 80)));
    small.chain([site("a::large", (920, 9_200))]).collect()
}

fn with(key: &str, blocks: u64) -> Vec<Site> {
    let mut sites = sites();
    sites.retain(|site| site.key != key);
    sites.push(site(key, (blocks, 10 * blocks)));
    sites
}

/// Compares with the baseline whose small sites are folded.
fn told_of(after: Vec<Site>) -> Vec<String> {
    shown(&compare(&breakdown(sites()).folded(), &breakdown(after)), TOTAL_BLOCKS, 10)
}

#[test]
fn a_breakdown_against_its_own_folded_form_blames_nobody() {
    let (full, folded) = (breakdown(sites()), breakdown(sites()).folded());
    assert_eq!(folded.sites.len(), 2);
    assert_innocent(&compare(&folded, &full));
    assert_innocent(&compare(&full, &folded));
    assert_innocent(&compare(&folded, &folded));
}

#[test]
fn a_site_larger_than_what_could_have_been_folded_is_new() {
    assert_eq!(told_of(with("a::n::f", 50)), ["+50 a::n::f (new site)"]);
}

#[test]
fn a_small_site_is_blamed_if_it_alone_is_what_all_small_ones_grew_by() {
    // 9 of 1 000 blocks is the most that is under 1 %.
    assert_eq!(told_of(with("a::n::f", 9)), ["+9 a::n::f (new site)"]);
    assert_eq!(told_of(with("a::n::f", 10)), ["+10 a::n::f (new site)"]);
    // By its blocks it could have been folded, by its bytes not.
    let mut sites = with("a::n::f", 9);
    sites.retain(|site| site.key != "a::small3::f");
    sites.push(site("a::small3::f", (8, 88)));
    assert_eq!(told_of(sites), ["+9 others"]);
}

#[test]
fn no_small_site_is_blamed_where_two_could_be() {
    let mut sites = with("a::n::f", 4);
    sites.push(site("a::o::f", (4, 40)));
    assert_eq!(told_of(sites), ["+8 others"]);
}

#[test]
fn without_a_folded_line_even_the_smallest_site_is_new() {
    let comparison = compared(sites(), with("a::n::f", 1));
    assert_eq!(shown(&comparison, TOTAL_BLOCKS, 10), ["+1 a::n::f (new site)"]);
}

#[test]
fn no_more_was_folded_than_the_line_holds() {
    // 1 % of all would be 9 blocks, but everything that was folded is 3.
    let before = breakdown([site("a::large", (997, 9_970)), site("a::small", (3, 30))]).folded();
    let after =
        [site("a::large", (997, 9_970)), site("a::small", (3, 30)), site("a::n::f", (4, 40))];
    let comparison = compare(&before, &breakdown(after));
    assert_eq!(shown(&comparison, TOTAL_BLOCKS, 10), ["+4 a::n::f (new site)"]);
}

#[test]
fn a_site_that_crossed_the_share_is_blamed_for_what_it_grew_by() {
    assert_eq!(told_of(with("a::small3::f", 11)), ["+3 a::small3::f (was under 1 %)"]);
    assert_eq!(told_of(with("a::small3::f", 100)), ["+92 a::small3::f (new site)"]);
}

#[test]
fn small_sites_that_grew_are_told_together() {
    let after = breakdown(with("a::small3::f", 9));
    let before = breakdown(sites()).folded();
    let comparison = compare(&before, &after);
    let grown = comparison.grown_sites(TOTAL_BLOCKS, 10);
    assert_eq!(grown.lines, []);
    let small = grown.others.small.expect("the baseline is folded");
    assert_eq!((grown.others.delta, small.delta, small.sites), (1, 1, 10));
    let named: Vec<_> = small.largest.iter().map(|site| site.key.as_str()).collect();
    assert_eq!(named, ["a::small3::f", "a::small0::f", "a::small1::f"]);
}

#[test]
fn the_folded_line_is_never_blamed() {
    let before = breakdown([site("a::large", (920, 9_200)), Site::folded(10, sites()[0].figures)]);
    let after = breakdown([site("a::large", (920, 9_200)), Site::folded(99, sites()[10].figures)]);
    assert_eq!(shown(&compare(&before, &after), TOTAL_BYTES, 10), ["+9120 others"]);
}

#[test]
fn a_site_that_may_be_folded_now_is_not_gone() {
    let gone = |blocks: u64| {
        let mut before = with("a::n::f", blocks);
        before.push(site("b::f", (100, 1_000)));
        let mut after = sites();
        after.push(site("b::f", (300, 3_000)));
        let comparison = compare(&breakdown(before), &breakdown(after).folded());
        shown(&comparison, TOTAL_BLOCKS, 10)
    };
    assert_eq!(gone(50), ["+200 b::f (more blocks)", "-50 a::n::f (gone)"]);
    assert_eq!(gone(9), ["+200 b::f (more blocks)", "-9 others"]);
}

#[test]
fn everything_renamed_against_a_folded_baseline_blames_nobody() {
    let renamed = sites().into_iter().map(|mut site| {
        site.key = site.key.replace("a::", "b::");
        site
    });
    assert_innocent(&compare(&breakdown(sites()).folded(), &breakdown(renamed)));
}

#[test]
fn an_empty_baseline_folds_nothing() {
    let comparison = compare(&Breakdown::default().folded(), &breakdown([site("a::f", (1, 8))]));
    assert_eq!(shown(&comparison, TOTAL_BLOCKS, 10), ["+1 a::f (new site)"]);
}

#[test]
fn a_site_that_may_have_been_folded_is_no_rename_of_one_that_was_not() {
    // Module, callers and size agree, but `small` needs no other name to explain it.
    let named = |key: &str, blocks| site(key, (blocks, 10 * blocks)).called_by(&["a::run"]);
    let before = [named("a::m::old", 12), named("a::m::small", 9), named("a::large", 979)];
    let after = breakdown([named("a::m::small", 9), named("a::large", 979)]);
    let comparison = compare(&breakdown(before.clone()).folded(), &after);
    assert_eq!(shown(&comparison, TOTAL_BLOCKS, 10), ["-12 others"]);
    assert_eq!(comparison.changes.iter().filter(|change| change.now.is_empty()).count(), 1);
    // With one block more it could not have been folded, so the name explains it.
    let after =
        breakdown([named("a::m::new", 13), named("a::m::small", 9), named("a::large", 979)]);
    assert_eq!(
        shown(&compare(&breakdown(before).folded(), &after), TOTAL_BLOCKS, 10),
        ["+1 a::m::new was a::m::old? (more blocks)"]
    );
}
