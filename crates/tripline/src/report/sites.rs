//! The breakdown as rows: each call site with every figure that is known of it.
//!
//! One meter may have run, or two. The first gives the figures at the exit, the second those at the region's end. A site
//! that only one of them saw has zeros for the other.

use std::collections::BTreeMap;

use tripline_profile::{AmountUnit, Breakdown, GroupBy, Moment, Site, SiteFigures, SiteMetric};

/// A breakdown as a table: a row for each site, a column for each figure.
#[derive(Clone, Debug, Default)]
pub struct SiteTable {
    pub(super) columns: Vec<SiteColumn>,
    /// The largest in total bytes first.
    pub(super) rows: Vec<SiteTableRow>,
    /// A sum for each column.
    pub(super) totals: Vec<u64>,
    /// The column that the page begins with.
    pub(super) chosen: usize,
}

/// A figure that every site has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SiteColumn {
    pub(super) label: &'static str,
    site_metric: SiteMetric,
    /// True if it is the second meter's.
    is_second_meters: bool,
}

#[derive(Clone, Debug)]
pub(super) struct SiteTableRow {
    pub(super) site: Site,
    pub(super) module: String,
    /// One for each column.
    pub(super) figures: Vec<u64>,
}

/// All columns; those of the second meter are left out where there is none.
const COLUMNS: [SiteColumn; 8] = [
    SiteColumn::new("total blocks", Moment::Total, AmountUnit::Blocks),
    SiteColumn::new("total bytes", Moment::Total, AmountUnit::Bytes),
    SiteColumn::new("peak blocks", Moment::Peak, AmountUnit::Blocks),
    SiteColumn::new("peak bytes", Moment::Peak, AmountUnit::Bytes),
    SiteColumn::new("live blocks", Moment::End, AmountUnit::Blocks).second_meters(),
    SiteColumn::new("live bytes", Moment::End, AmountUnit::Bytes).second_meters(),
    SiteColumn::new("leaked blocks", Moment::End, AmountUnit::Blocks),
    SiteColumn::new("leaked bytes", Moment::End, AmountUnit::Bytes),
];

impl SiteColumn {
    const fn new(label: &'static str, moment: Moment, unit: AmountUnit) -> Self {
        Self { label, site_metric: SiteMetric::new(moment, unit), is_second_meters: false }
    }

    const fn second_meters(self) -> Self {
        Self { is_second_meters: true, ..self }
    }

    pub(super) fn is_bytes(self) -> bool {
        self.site_metric.unit == AmountUnit::Bytes
    }

    fn of(self, at_exit: &SiteFigures, at_region_end: &SiteFigures) -> u64 {
        self.site_metric.of(if self.is_second_meters { at_region_end } else { at_exit })
    }
}

impl SiteTable {
    /// Makes the table. Blocks that are left `at_exit` leaked. Blocks that are left `at_region_end` were live.
    #[must_use]
    pub fn of(at_exit: &Breakdown, at_region_end: Option<&Breakdown>) -> Self {
        let columns: Vec<_> = COLUMNS
            .into_iter()
            .filter(|column| at_region_end.is_some() || !column.is_second_meters)
            .collect();
        let figures = |at_exit: &SiteFigures, at_region_end: &SiteFigures| -> Vec<u64> {
            columns.iter().map(|column| column.of(at_exit, at_region_end)).collect()
        };
        let none = SiteFigures::default();
        let rows = sites_of_both(at_exit, at_region_end).into_iter().map(
            |SiteInBoth { site, at_exit, at_region_end }| SiteTableRow {
                module: module(site),
                figures: figures(&at_exit, &at_region_end),
                site: site.clone(),
            },
        );
        let mut rows: Vec<_> = rows.collect();
        rows.sort_by(|a, b| {
            b.figures[1].cmp(&a.figures[1]).then_with(|| a.site.key.cmp(&b.site.key))
        });
        let totals = figures(
            &at_exit.totals,
            at_region_end.map_or(&none, |at_region_end| &at_region_end.totals),
        );
        Self { columns, rows, totals, chosen: 1 }
    }

    /// Has the page begin with this figure.
    pub(super) fn choose(&mut self, site_metric: SiteMetric) {
        let wanted = |column: &SiteColumn| {
            column.site_metric == site_metric
                && column.is_second_meters == (site_metric.moment == Moment::End)
        };
        if let Some(at) = self.columns.iter().position(wanted) {
            self.chosen = at;
        }
    }
}

/// A site with its figures by both meters, zeros where one did not see it.
struct SiteInBoth<'a> {
    site: &'a Site,
    at_exit: SiteFigures,
    at_region_end: SiteFigures,
}

/// Returns every site of either breakdown once, with its figures in both.
fn sites_of_both<'a>(
    at_exit: &'a Breakdown,
    at_region_end: Option<&'a Breakdown>,
) -> Vec<SiteInBoth<'a>> {
    let mut sites: BTreeMap<&str, SiteInBoth<'_>> = BTreeMap::new();
    let none = SiteFigures::default();
    for site in &at_exit.sites {
        sites.insert(&site.key, SiteInBoth { site, at_exit: site.figures, at_region_end: none });
    }
    for site in at_region_end.into_iter().flat_map(|at_region_end| &at_region_end.sites) {
        let unseen = SiteInBoth { site, at_exit: none, at_region_end: none };
        sites.entry(&site.key).or_insert(unseen).at_region_end = site.figures;
    }
    sites.into_values().collect()
}

/// Returns the module of a site: the group that a breakdown of this site alone has.
fn module(site: &Site) -> String {
    let alone = Breakdown { totals: site.figures, sites: vec![site.clone()] };
    alone.groups(GroupBy::Module).into_iter().map(|group| group.name).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use tripline_profile::Amount;

    use super::*;

    fn breakdown(sites: &[(&str, u64, u64)]) -> Breakdown {
        let site = |&(key, total, end): &(&str, u64, u64)| {
            let amount = |bytes: u64| Amount { blocks: bytes.min(1), bytes };
            let figures =
                SiteFigures { total: amount(total), end: amount(end), ..SiteFigures::default() };
            Site { key: key.to_owned(), ..Site::folded(0, figures) }
        };
        let sites: Vec<_> = sites.iter().map(site).collect();
        Breakdown { totals: sites.iter().map(|site| site.figures).sum(), sites }
    }

    fn shown(sites: &SiteTable) -> Vec<(&str, &str, &[u64])> {
        let rows = sites.rows.iter();
        rows.map(|row| (row.site.key.as_str(), row.module.as_str(), &*row.figures)).collect()
    }

    #[test]
    fn one_meter_knows_what_leaked_and_not_what_lived() {
        let sites = SiteTable::of(&breakdown(&[("a::b::f", 10, 0), ("a::G::g", 20, 8)]), None);
        assert_eq!(
            shown(&sites),
            [
                ("a::G::g", "a", [1, 20, 0, 0, 1, 8].as_slice()),
                ("a::b::f", "a::b", &[1, 10, 0, 0, 0, 0])
            ]
        );
        assert_eq!(sites.totals, [2, 30, 0, 0, 1, 8]);
        assert_eq!(sites.columns.last().map(|column| column.label), Some("leaked bytes"));
    }

    #[test]
    fn two_meters_are_joined_by_site() {
        let at_exit = breakdown(&[("a::f", 10, 1)]);
        let at_region_end = breakdown(&[("a::f", 10, 6), ("a::late", 2, 2)]);
        let sites = SiteTable::of(&at_exit, Some(&at_region_end));
        assert_eq!(
            shown(&sites),
            [
                ("a::f", "a", [1, 10, 0, 0, 1, 6, 1, 1].as_slice()),
                ("a::late", "a", &[0, 0, 0, 0, 1, 2, 0, 0])
            ]
        );
    }

    #[test]
    fn a_question_of_the_end_chooses_what_lived_if_it_is_known() {
        let at_exit = breakdown(&[("a::f", 10, 1)]);
        let live_bytes = SiteMetric::new(Moment::End, AmountUnit::Bytes);
        let chosen = |mut sites: SiteTable| {
            sites.choose(live_bytes);
            sites.columns[sites.chosen].label
        };
        assert_eq!(chosen(SiteTable::of(&at_exit, Some(&at_exit))), "live bytes");
        assert_eq!(chosen(SiteTable::of(&at_exit, None)), "total bytes");
    }
}
