//! Changes that cost nothing blame nobody.

use tripline_profile::Site;

use crate::build::{Detail, TOTAL_BLOCKS, assert_innocent, compared, shown, site};

fn sites() -> Vec<Site> {
    vec![
        site("db::page::read", (100, 6_400))
            .peak((10, 640))
            .called_by(&["db::query::run", "suite::insert"])
            .through(&["alloc::vec::Vec::with_capacity"])
            .at("src/page.rs", 10),
        site("db::query::run", (7, 70)).peak((7, 70)).end((1, 10)).called_by(&["suite::insert"]),
        site("suite::insert", (3, 96)).end((3, 96)),
    ]
}

fn changed(change: impl Fn(&mut Site)) -> Vec<Site> {
    let mut sites = sites();
    sites.iter_mut().for_each(change);
    sites
}

fn rename(site: &mut Site, from: &str, to: &str) {
    let path = std::iter::once(&mut site.key).chain(&mut site.callers);
    path.for_each(|key| *key = key.replace(from, to));
}

#[test]
fn nothing_changed() {
    assert_innocent(&compared(sites(), sites()));
}

#[test]
fn a_renamed_function() {
    let after = changed(|site| rename(site, "db::page::read", "db::page::load"));
    let comparison = compared(sites(), after);
    assert_innocent(&comparison);
    let renamed: Vec<_> =
        comparison.changes.iter().filter_map(|change| change.renamed_from()).collect();
    assert_eq!(renamed, ["db::page::read"]);
}

#[test]
fn a_function_in_another_module() {
    assert_innocent(&compared(
        sites(),
        changed(|site| rename(site, "db::page", "db::storage::cache")),
    ));
}

#[test]
fn everything_renamed_at_once() {
    assert_innocent(&compared(
        sites(),
        changed(|site| {
            rename(site, "db::", "engine::");
            rename(site, "suite::", "tests::budgets::");
            site.place = None;
        }),
    ));
}

#[test]
fn moved_lines() {
    assert_innocent(&compared(
        sites(),
        changed(|site| {
            if let Some(place) = &mut site.place {
                place.line += 1_000;
                place.file = "src/other.rs".to_owned();
            }
        }),
    ));
}

#[test]
fn another_test_name() {
    assert_innocent(&compared(
        sites(),
        changed(|site| rename(site, "suite::insert", "suite::insert_heavy")),
    ));
}

#[test]
fn recursion_one_deeper() {
    assert_innocent(&compared(
        sites(),
        changed(|site| {
            if site.key == "db::page::read" {
                site.callers.insert(1, "db::query::run".to_owned());
            }
        }),
    ));
}

#[test]
fn another_way_through_std() {
    assert_innocent(&compared(
        sites(),
        changed(|site| site.inside = vec!["alloc::raw_vec::grow".to_owned()]),
    ));
}

#[test]
fn sites_of_equal_figures_that_all_have_other_names() {
    let named =
        |name: &str| (0..20).map(|at| site(&format!("{name}{at}::f"), (1, 24))).collect::<Vec<_>>();
    assert_innocent(&compared(named("old"), named("new")));
}

#[test]
fn the_nearest_that_is_not_innocent() {
    let after = changed(|site| {
        rename(site, "db::page::read", "db::page::load");
        site.figures.total.blocks += u64::from(site.key == "db::page::load");
    });
    assert_eq!(
        shown(&compared(sites(), after), TOTAL_BLOCKS, 10),
        ["+1 db::page::load was db::page::read? (more blocks)"]
    );
}
