//! Functions that were inlined differently.

use tripline_profile::Pairing;

use crate::build::{Detail, TOTAL_BYTES, assert_innocent, blocks, compared, shown, site};

#[test]
fn an_inlined_function_blames_nobody() {
    let before = [
        site("a::run", (10, 100)).called_by(&["a::main"]),
        site("a::read", (5, 320)).peak((1, 64)).called_by(&["a::run", "a::main"]),
    ];
    let after = [site("a::run", (15, 420)).peak((1, 64)).called_by(&["a::main"])];
    let comparison = compared(before.clone(), after.clone());
    assert_innocent(&comparison);
    assert_eq!(comparison.changes.len(), 1);
    assert_eq!(comparison.changes[0].pairing, Pairing::Neighbours);
    // The other way round.
    assert_innocent(&compared(after, before));
}

#[test]
fn a_function_inlined_into_one_that_never_allocated_blames_nobody() {
    let before = [
        site("a::read", (5, 320)).called_by(&["a::run", "a::main"]),
        site("a::write", (7, 70)).called_by(&["a::run", "a::main"]),
    ];
    let after = [site("a::run", (12, 390)).called_by(&["a::main"])];
    assert_innocent(&compared(before, after));
}

#[test]
fn a_whole_path_inlined_blames_nobody() {
    let before = [
        site("a::leaf", (5, 320)).called_by(&["a::middle", "a::run"]),
        site("a::middle", (7, 70)).called_by(&["a::run"]),
        site("a::run", (1, 8)),
    ];
    assert_innocent(&compared(before, [site("a::run", (13, 398))]));
}

#[test]
fn neighbours_that_trade_some_blocks_are_one() {
    let before = [site("a::f", (100, 800)).called_by(&["a::run"]), site("a::run", (10, 80))];
    let after = [site("a::f", (60, 480)).called_by(&["a::run"]), site("a::run", (50, 400))];
    assert_innocent(&compared(before, after));
}

#[test]
fn strangers_that_trade_blocks_are_both_shown() {
    let before = [site("a::f", (100, 800)).called_by(&["a::run"]), site("a::g", (10, 80))];
    let after = [site("a::f", (60, 480)).called_by(&["a::run"]), site("a::g", (50, 400))];
    assert_eq!(blocks(before, after), ["+40 a::g (more blocks)", "-40 a::f (fewer blocks)"]);
}

#[test]
fn neighbours_whose_blocks_move_in_total_alone_are_two() {
    let before =
        [site("a::f", (100, 800)).peak((9, 72)).called_by(&["a::run"]), site("a::run", (10, 80))];
    let after = [
        site("a::f", (60, 480)).peak((9, 72)).called_by(&["a::run"]),
        site("a::run", (50, 400)).peak((3, 24)),
    ];
    assert_eq!(blocks(before, after), ["+40 a::run (more blocks)", "-40 a::f (fewer blocks)"]);
}

#[test]
fn inlined_and_grown_is_one_grown_site() {
    let before = [site("a::run", (10, 100)), site("a::read", (50, 400)).called_by(&["a::run"])];
    let after = [site("a::run", (70, 580))];
    assert_eq!(blocks(before, after), ["+10 a::run? (more blocks)"]);
}

#[test]
fn a_caller_that_gained_far_less_than_its_callee_lost_is_another() {
    let before = [site("a::run", (10, 100)), site("a::read", (50, 400)).called_by(&["a::run"])];
    let after = [site("a::run", (20, 180))];
    assert_eq!(
        shown(&compared(before, after), TOTAL_BYTES, 10),
        ["+80 a::run (more blocks)", "-400 a::read (gone)"]
    );
}

#[test]
fn a_whole_path_inlined_and_grown_is_one_grown_site() {
    let before = [
        site("a::leaf", (50, 400)).called_by(&["a::middle", "a::run"]),
        site("a::middle", (70, 560)).called_by(&["a::run"]),
        site("a::run", (1, 8)),
    ];
    assert_eq!(blocks(before, [site("a::run", (130, 1_040))]), ["+9 a::run? (more blocks)"]);
}

#[test]
fn blocks_do_not_skip_a_caller_that_stayed() {
    // `middle` kept its own blocks, so `run` did not gain what `leaf` lost.
    let before = [
        site("a::leaf", (50, 400)).called_by(&["a::middle", "a::run"]),
        site("a::middle", (70, 560)).called_by(&["a::run"]),
        site("a::run", (1, 8)),
    ];
    let after = [site("a::middle", (70, 560)), site("a::run", (60, 480))];
    assert_eq!(blocks(before, after), ["+59 a::run (more blocks)", "-50 a::leaf (gone)"]);
}

#[test]
fn blocks_go_where_their_own_stack_says() {
    // `leaf` reached `middle` from `b`, but most blocks of `middle` came from `c`.
    let before = [
        site("a::leaf", (50, 400)).called_by(&["a::middle", "a::b"]),
        site("a::middle", (70, 560)).called_by(&["a::c"]),
        site("a::b", (1, 8)),
        site("a::c", (2, 16)),
    ];
    assert_innocent(&compared(before, [site("a::b", (51, 408)), site("a::c", (72, 576))]));
}

#[test]
fn functions_inlined_and_grown_in_one_that_never_allocated_are_one_grown_site() {
    let before = [
        site("a::read", (50, 3_200)).called_by(&["a::run"]),
        site("a::write", (70, 700)).called_by(&["a::run"]),
    ];
    let after = [site("a::run", (130, 4_000)).called_by(&["a::main"])];
    assert_eq!(blocks(before, after), ["+10 a::run was a::read? (more blocks)"]);
}
