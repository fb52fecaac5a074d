//! Thousands of sites, far more than those whose roles are compared.

use tripline_profile::{Site, SiteMetric};

use crate::build::{Detail, TOTAL_BLOCKS, compared, site};

const SITES: u64 = 20_000;

fn sites(name: &str, more: u64) -> impl Iterator<Item = Site> {
    (0..SITES).map(move |n| {
        site(&format!("{name}::m{}::f{n}", n % 97), (n + 1 + more, (n + 1) * 64))
            .peak((n % 5, (n % 5) * 64))
            .called_by(&["a::run", "a::main"])
    })
}

/// A quadratic comparison would take minutes here.
#[test]
fn every_site_renamed_and_grown() {
    let comparison = compared(sites("a", 0), sites("b", 1));
    for metric in SiteMetric::ALL {
        let grown = comparison.grown_sites(metric, 10);
        let lines: i128 = grown.lines.iter().map(|line| line.delta).sum();
        assert_eq!(lines + grown.others.delta, grown.delta);
    }
    assert_eq!(comparison.grown_sites(TOTAL_BLOCKS, 10).delta, SITES.into());
}

#[test]
fn every_site_renamed() {
    let comparison = compared(sites("a", 0), sites("b", 0));
    assert_eq!(comparison.changes.len() as u64, SITES);
    assert_eq!(comparison.grown_sites(TOTAL_BLOCKS, 10).lines, []);
}
