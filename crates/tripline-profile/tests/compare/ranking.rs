//! The order in which sites are blamed for a growth.

use tripline_profile::{Breakdown, SiteMetric};

use crate::build::{
    Detail, END_BYTES, PEAK_BLOCKS, PEAK_BYTES, TOTAL_BLOCKS, TOTAL_BYTES, blocks, breakdown,
    compared, shown, site,
};

#[test]
fn the_breached_figure_ranks_and_no_other() {
    let before = [site("a::f", (10, 100)).peak((1, 10)), site("a::g", (10, 1_000)).peak((5, 500))];
    let after = [site("a::f", (90, 900)).peak((1, 10)), site("a::g", (11, 9_000)).peak((4, 400))];
    let comparison = compared(before, after);
    assert_eq!(
        shown(&comparison, TOTAL_BLOCKS, 10),
        ["+80 a::f (more blocks)", "+1 a::g (more blocks)"]
    );
    assert_eq!(
        shown(&comparison, TOTAL_BYTES, 10),
        ["+8000 a::g (more blocks; bigger blocks)", "+800 a::f (more blocks)"]
    );
    assert_eq!(shown(&comparison, PEAK_BYTES, 10), ["-100 others"]);
}

#[test]
fn a_site_whose_total_fell_leads_when_its_peak_grew() {
    let before = [site("a::f", (100, 1_000)).peak((1, 10)), site("a::g", (10, 100)).peak((1, 10))];
    let after = [site("a::f", (50, 500)).peak((40, 400)), site("a::g", (30, 300)).peak((3, 30))];
    let comparison = compared(before, after);
    assert_eq!(
        shown(&comparison, PEAK_BYTES, 10),
        ["+390 a::f (longer-lived)", "+20 a::g (more blocks)"]
    );
    assert_eq!(
        shown(&comparison, TOTAL_BYTES, 10),
        ["+200 a::g (more blocks)", "-500 a::f (fewer blocks)"]
    );
}

#[test]
fn opposite_changes_that_cancel_are_both_shown() {
    let before = [site("a::f", (100, 800)), site("b::g", (200, 1_600))];
    let after = [site("a::f", (190, 1_520)), site("b::g", (110, 880))];
    assert_eq!(blocks(before, after), ["+90 a::f (more blocks)", "-90 b::g (fewer blocks)"]);
}

#[test]
fn a_decrease_that_hardly_matters_is_one_of_the_others() {
    let before = [site("a::f", (100, 800)), site("b::g", (200, 1_600))];
    let less = |blocks: u64| {
        [site("a::f", (200, 1_600)), site("b::g", (200 - blocks, 1_600 - 8 * blocks))]
    };
    assert_eq!(blocks(before.clone(), less(9)), ["+100 a::f (more blocks)", "-9 others"]);
    assert_eq!(blocks(before, less(10)), ["+100 a::f (more blocks)", "-10 b::g (fewer blocks)"]);
}

#[test]
fn where_nothing_grew_nobody_is_blamed() {
    assert_eq!(blocks([site("a::f", (100, 800))], [site("a::f", (1, 8))]), ["-99 others"]);
}

#[test]
fn the_rest_is_counted_and_summed() {
    let before = || (1..=5).map(|n| site(&format!("a::m{n}::f"), (n * 100, n * 1_000)));
    let after = before().enumerate().map(|(n, mut site)| {
        site.figures.total.blocks += 2_u64.pow(n as u32);
        site
    });
    let comparison = compared(before(), after);
    let grown = comparison.grown_sites(TOTAL_BLOCKS, 2);
    assert_eq!(grown.lines.iter().map(|line| line.delta).collect::<Vec<_>>(), [16, 8]);
    assert_eq!((grown.others.changes, grown.others.delta, grown.delta), (3, 7, 31));
    assert_eq!(comparison.grown_sites(TOTAL_BLOCKS, 0).others.delta, 31);
}

#[test]
fn the_largest_growth_comes_before_a_larger_decrease() {
    let before = [site("a::f", (100, 800)), site("b::g", (900, 7_200))];
    let after = [site("a::f", (110, 880)), site("b::g", (100, 800))];
    assert_eq!(
        shown(&compared(before, after), TOTAL_BLOCKS, 1),
        ["+10 a::f (more blocks)", "-800 others"]
    );
}

#[test]
fn ties_are_broken_by_name() {
    let before = [site("a::f", (1, 8)), site("a::g", (2, 8)), site("a::e", (3, 8))];
    let after = [site("a::f", (2, 8)), site("a::g", (3, 8)), site("a::e", (4, 8))];
    let shown = blocks(before, after);
    assert_eq!(shown, ["+1 a::e (more blocks)", "+1 a::f (more blocks)", "+1 a::g (more blocks)"]);
}

#[test]
fn a_wrapper_of_the_allocator_is_shown_with_its_caller() {
    let before = [
        site("c::yaml_malloc", (60, 600)).called_by(&["c::parse", "c::load"]),
        site("c::other", (40, 400)).called_by(&["c::load"]),
    ];
    let after = [
        site("c::yaml_malloc", (99, 990)).called_by(&["c::parse", "c::load"]),
        site("c::other", (49, 490)).called_by(&["c::load"]),
    ];
    let comparison = compared(before, after);
    let vias: Vec<_> =
        comparison.grown_sites(TOTAL_BLOCKS, 10).lines.iter().map(|line| line.via).collect();
    assert_eq!(vias, [Some("c::parse"), None]);
}

#[test]
fn half_of_all_is_not_most() {
    let before = [site("a::f", (1, 10)).called_by(&["a::g"]), site("a::h", (10, 100))];
    let after = [site("a::f", (10, 100)).called_by(&["a::g"]), site("a::h", (10, 100))];
    assert_eq!(compared(before, after).grown_sites(TOTAL_BLOCKS, 10).lines[0].via, None);
}

#[test]
fn a_growth_inside_a_collection_shows_the_way_through_it() {
    let grown =
        |blocks| site("a::f", (blocks, 8 * blocks)).through(&["hashbrown::raw::RawTable::reserve"]);
    let comparison = compared([grown(1)], [grown(2)]);
    assert_eq!(
        comparison.grown_sites(TOTAL_BLOCKS, 1).lines[0].inside(),
        ["hashbrown::raw::RawTable::reserve"]
    );
}

#[test]
fn sums_are_exact_however_large() {
    let most = u64::MAX;
    let huge = |key| site(key, (most, most)).peak((most, most)).end((most, most));
    let before = Breakdown { totals: huge("").figures, ..Breakdown::default() };
    let after = breakdown([huge("a::f"), huge("a::g")]);
    let comparison = tripline_profile::compare(&before, &after);
    for metric in SiteMetric::ALL {
        let grown = comparison.grown_sites(metric, 1);
        assert_eq!(grown.delta, 0);
        assert_eq!((grown.lines[0].delta, grown.others.delta), (most.into(), -i128::from(most)));
    }
    assert_eq!(comparison.grown_sites(PEAK_BLOCKS, 9).lines.len(), 2);
    assert_eq!(comparison.grown_sites(END_BYTES, 9).others.delta, -2 * i128::from(most));
}
