//! The breakdown as rows: each call site with every figure that is known of it.
//!
//! Two meters may have run, and each saw all of the sites; what lived at the region's end is the second
//! one's. A site that only one of them saw has zeros for the other.

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
    is_of_live: bool,
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
    SiteColumn::new("live blocks", Moment::End, AmountUnit::Blocks).of_live(),
    SiteColumn::new("live bytes", Moment::End, AmountUnit::Bytes).of_live(),
    SiteColumn::new("leaked blocks", Moment::End, AmountUnit::Blocks),
    SiteColumn::new("leaked bytes", Moment::End, AmountUnit::Bytes),
];

impl SiteColumn {
    const fn new(label: &'static str, moment: Moment, unit: AmountUnit) -> Self {
        Self { label, site_metric: SiteMetric::new(moment, unit), is_of_live: false }
    }

    const fn of_live(self) -> Self {
        Self { is_of_live: true, ..self }
    }

    pub(super) fn is_bytes(self) -> bool {
        self.site_metric.unit == AmountUnit::Bytes
    }

    fn of(self, now: &SiteFigures, live: &SiteFigures) -> u64 {
        self.site_metric.of(if self.is_of_live { live } else { now })
    }
}

impl SiteTable {
    /// Makes the table. Blocks that are left in `now` leaked; blocks that are left in `live` lived at the region's end.
    #[must_use]
    pub fn of(now: &Breakdown, live: Option<&Breakdown>) -> Self {
        let columns: Vec<_> =
            COLUMNS.into_iter().filter(|column| live.is_some() || !column.is_of_live).collect();
        let figures = |now: &SiteFigures, live: &SiteFigures| -> Vec<u64> {
            columns.iter().map(|column| column.of(now, live)).collect()
        };
        let none = SiteFigures::default();
        let rows = sites_of_both(now, live).into_iter().map(|SiteInBoth { site, now, live }| {
            SiteTableRow { module: module(site), figures: figures(&now, &live), site: site.clone() }
        });
        let mut rows: Vec<_> = rows.collect();
        rows.sort_by(|a, b| {
            b.figures[1].cmp(&a.figures[1]).then_with(|| a.site.key.cmp(&b.site.key))
        });
        let totals = figures(&now.totals, live.map_or(&none, |live| &live.totals));
        Self { columns, rows, totals, chosen: 1 }
    }

    /// Has the page begin with this figure.
    pub(super) fn choose(&mut self, site_metric: SiteMetric) {
        let wanted = |column: &SiteColumn| {
            column.site_metric == site_metric
                && column.is_of_live == (site_metric.moment == Moment::End)
        };
        if let Some(at) = self.columns.iter().position(wanted) {
            self.chosen = at;
        }
    }
}

/// A site with its figures by both meters, zeros where one did not see it.
struct SiteInBoth<'a> {
    site: &'a Site,
    now: SiteFigures,
    live: SiteFigures,
}

/// Returns every site of either breakdown once, with its figures in both.
fn sites_of_both<'a>(now: &'a Breakdown, live: Option<&'a Breakdown>) -> Vec<SiteInBoth<'a>> {
    let mut sites: BTreeMap<&str, SiteInBoth<'_>> = BTreeMap::new();
    let none = SiteFigures::default();
    for site in &now.sites {
        sites.insert(&site.key, SiteInBoth { site, now: site.figures, live: none });
    }
    for site in live.into_iter().flat_map(|live| &live.sites) {
        let unseen = SiteInBoth { site, now: none, live: none };
        sites.entry(&site.key).or_insert(unseen).live = site.figures;
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
        let now = breakdown(&[("a::f", 10, 1)]);
        let live = breakdown(&[("a::f", 10, 6), ("a::late", 2, 2)]);
        let sites = SiteTable::of(&now, Some(&live));
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
        let now = breakdown(&[("a::f", 10, 1)]);
        let live = SiteMetric::new(Moment::End, AmountUnit::Bytes);
        let chosen = |mut sites: SiteTable| {
            sites.choose(live);
            sites.columns[sites.chosen].label
        };
        assert_eq!(chosen(SiteTable::of(&now, Some(&now))), "live bytes");
        assert_eq!(chosen(SiteTable::of(&now, None)), "total bytes");
    }
}
