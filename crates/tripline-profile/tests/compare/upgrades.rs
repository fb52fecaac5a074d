//! Cases that comparisons of two versions of a library have met in practice.

use tripline_profile::Site;

use crate::build::{
    Detail, PEAK_BLOCKS, PEAK_BYTES, TOTAL_BLOCKS, TOTAL_BYTES, assert_innocent, breakdown,
    compared, shown, site,
};

/// Makes twenty sites of one version. In another version all but every fifth have another name.
fn version(name: &str) -> Vec<Site> {
    let module =
        |at: u64| if at.is_multiple_of(5) { "lib".to_owned() } else { format!("lib::{name}") };
    let one = |at: u64| {
        site(&format!("{}::f{at}", module(at)), (10 + at, (10 + at) * 64))
            .peak((at, at * 64))
            .called_by(&["lib::run", "app::main"])
    };
    (1..=20).map(one).collect()
}

/// A rewrite renames nearly everything. By name alone, the largest growth would be a large site with a new name. The
/// site that grew has its old name.
#[test]
fn in_a_rewrite_only_what_grew_is_blamed() {
    assert_innocent(&compared(version("old"), version("new")));
    let mut after = version("new");
    let small = after.iter_mut().find(|site| site.key == "lib::f5").expect("it kept its name");
    (small.figures.total.blocks, small.figures.total.bytes) = (16, 16 * 64);
    let comparison = compared(version("old"), after);
    assert_eq!(shown(&comparison, TOTAL_BYTES, 10), ["+64 lib::f5 (more blocks)"]);
}

/// A site that was renamed and grew at once keeps its function's module, its callers and its block size.
#[test]
fn in_a_rewrite_what_was_renamed_and_grew_is_one_site() {
    let mut after = version("new");
    let renamed = &mut after[6];
    (renamed.figures.total.blocks, renamed.figures.total.bytes) = (300, 300 * 64);
    let comparison = compared(version("old"), after);
    let line = "+283 lib::new::f7 was lib::old::f7? (more blocks)";
    assert_eq!(shown(&comparison, TOTAL_BLOCKS, 10), [line]);
}

/// A version that allocates less in total breaks a limit on the peak. The sites whose total fell or rose do not
/// explain it.
#[test]
fn a_peak_that_grew_while_total_bytes_fell_is_blamed_on_the_peaks_site() {
    let before = [
        site("lib::read", (900, 90_000)).peak((1, 100)),
        site("lib::cache", (10, 1_000)).peak((2, 200)),
        site("lib::index", (10, 1_000)).peak((9, 900)),
    ];
    let after = [
        site("lib::read", (100, 10_000)).peak((1, 100)),
        site("lib::cache", (9, 900)).peak((9, 900)),
        site("lib::index", (90, 9_000)).peak((9, 900)),
    ];
    let comparison = compared(before, after);
    let peak = ["+700 lib::cache (longer-lived)"];
    assert_eq!(shown(&comparison, PEAK_BYTES, 10), peak);
    assert_eq!(shown(&comparison, PEAK_BLOCKS, 10), ["+7 lib::cache (longer-lived)"]);
    let total = shown(&comparison, TOTAL_BYTES, 10);
    assert_eq!(total[0], "+8000 lib::index (more blocks)");
}

/// A block that is reallocated stays with its first site. Its doubling is blamed on the `with_capacity` that
/// made it, and not on the `push` that made it grow. So that site has more blocks and bigger ones.
#[test]
fn a_buffer_that_doubles_is_blamed_on_the_site_that_made_it() {
    let made = |blocks, bytes| {
        site("lib::Buffer::new", (blocks, bytes)).through(&["alloc::vec::Vec::with_capacity"])
    };
    let push = || site("lib::Buffer::push", (5, 500)).through(&["alloc::vec::Vec::push"]);
    let comparison = compared([made(100, 6_400), push()], [made(300, 44_800), push()]);
    let line = "+38400 lib::Buffer::new (more blocks; bigger blocks)";
    assert_eq!(shown(&comparison, TOTAL_BYTES, 10), [line]);
    let grown = comparison.grown_sites(TOTAL_BYTES, 10);
    assert_eq!(grown.lines[0].inside(), ["alloc::vec::Vec::with_capacity"]);
    // The same number of blocks at twice the size: another capacity, and no reallocation.
    let comparison = compared([made(100, 6_400), push()], [made(100, 12_800), push()]);
    let line = "+6400 lib::Buffer::new (same blocks, each 2 × as large)";
    assert_eq!(shown(&comparison, TOTAL_BYTES, 10), [line]);
}

/// A dependency's type that grew shows in the caller's own `collect`: every block grew by one ratio.
#[test]
fn a_type_that_grew_shows_as_one_ratio_in_the_callers_collect() {
    let rows = |total: u64, peak: u64| {
        site("app::rows", (40, total)).peak((4, peak)).through(&["core::iter::Iterator::collect"])
    };
    let comparison = compared([rows(3_200, 320)], [rows(4_000, 400)]);
    let line = "+800 app::rows (same blocks, each 1.25 × as large)";
    assert_eq!(shown(&comparison, TOTAL_BYTES, 10), [line]);
    let line = "+80 app::rows (same blocks, each 1.25 × as large)";
    assert_eq!(shown(&comparison, PEAK_BYTES, 10), [line]);
    // Longer vectors of the same type do not grow by one ratio.
    let comparison = compared([rows(3_200, 320)], [rows(4_000, 320)]);
    assert_eq!(shown(&comparison, TOTAL_BYTES, 10), ["+800 app::rows (bigger blocks)"]);
}

/// If the change is inside the collection, only the frames below the site show it.
#[test]
fn a_change_inside_a_collection_is_shown_by_the_functions_that_it_calls() {
    let insert = |bytes, inside: &[&str]| site("app::insert", (10, bytes)).through(inside);
    let new = ["hashbrown::map::HashMap::insert", "hashbrown::raw::RawTable::reserve_rehash"];
    let comparison = compared([insert(800, &new[..1])], [insert(1_600, &new)]);
    assert_eq!(comparison.grown_sites(TOTAL_BYTES, 10).lines[0].inside(), new);
    // A site that calls the allocator itself has no such functions.
    let comparison = compared([insert(800, &[])], [insert(1_600, &[])]);
    assert_eq!(comparison.grown_sites(TOTAL_BYTES, 10).lines[0].inside(), [""; 0]);
}

/// A wrapper of the allocator is never to blame: its caller is.
#[test]
fn a_wrapper_is_blamed_by_its_callers() {
    let part = |caller: &str, blocks| {
        site(&format!("yaml::{caller} (through yaml::malloc)"), (blocks, 8 * blocks))
    };
    let parts = |scan| [part("scan", scan), part("load", 50), part("emit", 40), part("dump", 30)];
    let comparison = compared(parts(60), parts(66));
    let line = "+6 yaml::scan (through yaml::malloc) (more blocks)";
    assert_eq!(shown(&comparison, TOTAL_BLOCKS, 10), [line]);
    assert_innocent(&compared(parts(60), parts(60)));
    assert_eq!(breakdown(parts(60)).groups(tripline_profile::GroupBy::Crate)[0].name, "yaml");
}

/// Another optimisation level inlines differently: blocks go from one function to its neighbour.
#[test]
fn neighbours_that_another_optimisation_level_shifts_blocks_between_are_one() {
    let at_one = [
        site("lib::Reader::fill", (40, 4_000)).called_by(&["lib::Reader::read", "app::main"]),
        site("lib::Reader::read", (8, 80)).called_by(&["app::main"]),
    ];
    let at_three = [
        site("lib::Reader::fill", (10, 1_000)).called_by(&["lib::Reader::read", "app::main"]),
        site("lib::Reader::read", (38, 3_080)).called_by(&["app::main"]),
    ];
    assert_innocent(&compared(at_one.clone(), at_three));
    // The blocks moved to another path.
    let elsewhere = [
        site("lib::Reader::fill", (10, 1_000)).called_by(&["lib::Reader::read", "app::main"]),
        site("lib::Writer::new", (38, 3_080)).called_by(&["app::main"]),
    ];
    let shown = shown(&compared(at_one, elsewhere), TOTAL_BLOCKS, 10);
    assert!(shown[0].starts_with("+38 lib::Writer::new"), "{shown:?}");
}
