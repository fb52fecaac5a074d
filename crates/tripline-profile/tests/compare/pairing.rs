//! The sites that count as the same.

use tripline_profile::Pairing;

use crate::build::{Detail, TOTAL_BLOCKS, TOTAL_BYTES, blocks, compared, shown, site};

#[test]
fn the_same_key_is_the_same_site() {
    assert_eq!(
        blocks([site("a::f", (10, 100))], [site("a::f", (15, 150))]),
        ["+5 a::f (more blocks)"]
    );
    let comparison = compared([site("a::f", (10, 100))], [site("a::f", (15, 150))]);
    assert_eq!(comparison.changes[0].pairing, Pairing::Key);
}

#[test]
fn a_name_counts_before_figures_do() {
    // Either the names were swapped or the work was. The names decide.
    let before = [site("a::f", (10, 100)), site("a::g", (25, 250))];
    let after = [site("a::f", (25, 250)), site("a::g", (10, 100))];
    assert_eq!(blocks(before, after), ["+15 a::f (more blocks)", "-15 a::g (fewer blocks)"]);
}

#[test]
fn sites_of_equal_figures_under_different_names_are_the_same_site() {
    let comparison = compared([site("a::f", (10, 100))], [site("b::g", (10, 100))]);
    assert_eq!(comparison.changes.len(), 1);
    assert_eq!(comparison.changes[0].pairing, Pairing::Figures);
    assert!(comparison.changes[0].is_certain());
}

#[test]
fn equal_totals_with_another_peak_are_no_certain_pair() {
    let comparison =
        compared([site("a::f", (10, 100)).peak((1, 10))], [site("b::g", (10, 100)).peak((2, 20))]);
    assert_eq!(comparison.changes.len(), 1);
    assert!(!comparison.changes[0].is_certain());
}

#[test]
fn of_sites_with_equal_figures_the_likeliest_are_paired() {
    let before = [site("a::one::f", (5, 50)), site("a::two::f", (5, 50))];
    let after = [
        site("a::two::g", (5, 50)),
        site("b::strange", (5, 50)).called_by(&["b::main"]),
        site("a::one::g", (5, 50)),
    ];
    assert_eq!(blocks(before, after), ["+5 b::strange (new site)"]);
}

#[test]
fn a_site_renamed_and_grown_is_one_grown_site() {
    let before = site("a::m::read", (100, 6_400)).called_by(&["a::run"]);
    let more = site("a::m::load", (150, 9_600)).called_by(&["a::run"]);
    assert_eq!(blocks([before.clone()], [more]), ["+50 a::m::load was a::m::read? (more blocks)"]);
    let bigger = site("a::m::load", (100, 8_000)).called_by(&["a::run"]);
    assert_eq!(
        shown(&compared([before], [bigger]), TOTAL_BYTES, 10),
        ["+1600 a::m::load was a::m::read? (same blocks, each 1.25 × as large)"]
    );
}

#[test]
fn a_site_that_went_and_another_that_came_stay_two() {
    // The callers are the same; sizes, counts and names are not.
    let before = site("a::m::read", (100, 6_400)).called_by(&["a::run"]);
    let after = site("a::m::compress", (7, 70_000)).called_by(&["a::run"]);
    assert_eq!(
        shown(&compared([before.clone()], [after.clone()]), TOTAL_BYTES, 10),
        ["+70000 a::m::compress (new site)", "-6400 others"]
    );
    // The size is the same; the callers are not.
    let after = site("b::n::compress", (7, 448)).called_by(&["b::run"]);
    let comparison = compared([before], [after]);
    assert_eq!(comparison.changes.len(), 2);
}

#[test]
fn what_was_renamed_above_is_the_same_caller() {
    // `run` became `execute`, which its own figures show; so `f` and `g` have one caller.
    let before = [site("a::run", (3, 30)), site("a::f", (100, 800)).called_by(&["a::run"])];
    let after =
        [site("a::execute", (3, 30)), site("b::g", (170, 1_360)).called_by(&["a::execute"])];
    assert_eq!(blocks(before, after), ["+70 b::g was a::f? (more blocks)"]);
}

#[test]
fn the_heaviest_pair_is_made_first() {
    let before = [
        site("a::m::f", (100, 800)).called_by(&["a::x"]),
        site("a::m::g", (200, 3_200)).called_by(&["a::y"]),
    ];
    let after = [
        site("a::m::g2", (300, 4_800)).called_by(&["a::y"]),
        site("a::m::f2", (101, 808)).called_by(&["a::x"]),
    ];
    assert_eq!(
        blocks(before, after),
        ["+100 a::m::g2 was a::m::g? (more blocks)", "+1 a::m::f2 was a::m::f? (more blocks)"]
    );
}

#[test]
fn a_line_says_so_where_the_pair_is_doubtful() {
    let comparison = compared(
        [site("a::m::f", (100, 800)), site("a::m::g", (1, 8))],
        [site("a::m::f2", (101, 808)), site("a::m::g", (2, 16))],
    );
    let grown = comparison.grown_sites(TOTAL_BLOCKS, 10);
    let certain: Vec<_> =
        grown.lines.iter().map(|line| (line.change.name(), line.change.is_certain())).collect();
    assert_eq!(certain, [("a::m::f2", false), ("a::m::g", true)]);
}
