//! Makes a breakdown short enough to keep: the sites that are small at every moment become one line.
//!
//! The share is deliberately no parameter. To compare with a folded breakdown one has to know how large a site that
//! is missing from it may have been.
//!
//! The small parts of a split site have a line of their own, so that the parts can be joined again with none missing.

use std::collections::BTreeMap;

use crate::breakdown::part_key::{SMALL_THROUGH, wrappers};
use crate::breakdown::site::{Breakdown, Site, sort_heaviest_first};
use crate::figures::{SiteFigures, SiteMetric};

impl Breakdown {
    /// The beginning of the key of a line of small sites: `other (187 sites)`, or
    /// `other (12 sites through yaml::malloc)` for the parts of a split site.
    pub const FOLDED: &'static str = "other";

    /// A site has a line of its own if it takes at least this share of the blocks or of the bytes at some moment.
    pub const FOLDED_BELOW_PERCENT: u64 = 1;

    /// Returns the breakdown with all small sites in one line, and the same sums. The largest in total bytes is first.
    #[must_use]
    pub fn folded(&self) -> Self {
        let (small, mut sites): (Vec<_>, Vec<_>) =
            self.sites.iter().cloned().partition(|site| self.is_small(site));
        let mut lines: BTreeMap<_, Vec<&Site>> = BTreeMap::new();
        for site in &small {
            lines.entry(wrappers(&site.key)).or_default().push(site);
        }
        sites.extend(lines.into_iter().map(|(wrappers, small)| line(&small, wrappers)));
        debug_assert_eq!(sum(&sites), sum(&self.sites), "folding keeps the sums");
        sort_heaviest_first(&mut sites);
        Self { totals: self.totals, sites }
    }

    fn is_small(&self, site: &Site) -> bool {
        site.folded_sites().is_some()
            || SiteMetric::ALL
                .iter()
                .all(|metric| metric.of(&site.figures) <= self.most_folded(*metric))
    }

    /// Returns the largest figure that a site may have and still be folded.
    pub(crate) fn most_folded(&self, metric: SiteMetric) -> u64 {
        let below = u128::from(metric.of(&self.totals)) * u128::from(Self::FOLDED_BELOW_PERCENT);
        u64::try_from(below.saturating_sub(1) / 100).unwrap_or(u64::MAX)
    }
}

impl Site {
    /// Makes the line of `sites` small sites.
    #[must_use]
    pub fn folded(sites: usize, figures: SiteFigures) -> Self {
        Self {
            key: format!("{} ({})", Breakdown::FOLDED, counted(sites)),
            callers: Vec::new(),
            inside: Vec::new(),
            place: None,
            figures,
        }
    }

    /// Returns how many small sites this line stands for. `None` if it is a site.
    ///
    /// No function's path holds a blank, so no site is mistaken for a line.
    #[must_use]
    pub fn folded_sites(&self) -> Option<usize> {
        let rest = self.key.strip_prefix(Breakdown::FOLDED)?.strip_prefix(" (")?;
        let counted = rest.strip_suffix(')')?;
        let counted = counted.split_once(SMALL_THROUGH).map_or(counted, |(counted, _)| counted);
        let count = counted.strip_suffix(" sites").or_else(|| counted.strip_suffix(" site"))?;
        count.parse().ok()
    }
}

fn counted(sites: usize) -> String {
    format!("{sites} {}", if sites == 1 { "site" } else { "sites" })
}

/// Makes the line of small sites, or of small parts with these wrappers.
fn line(small: &[&Site], wrappers: Option<&str>) -> Site {
    let stand_for = small.iter().map(|site| site.folded_sites().unwrap_or(1));
    let sites = stand_for.fold(0, usize::saturating_add);
    let line = Site::folded(sites, small.iter().map(|site| site.figures).sum());
    let key =
        |wrappers| format!("{} ({}{SMALL_THROUGH}{wrappers})", Breakdown::FOLDED, counted(sites));
    Site { key: wrappers.map_or(line.key.clone(), key), ..line }
}

fn sum(sites: &[Site]) -> SiteFigures {
    sites.iter().map(|site| site.figures).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Amount;

    fn site(key: &str, total: u64, peak: u64) -> Site {
        let figures = SiteFigures {
            total: Amount { blocks: total, bytes: total },
            peak: Amount { blocks: peak, bytes: peak },
            end: Amount::default(),
        };
        Site { key: key.to_owned(), ..Site::folded(0, figures) }
    }

    fn breakdown(sites: Vec<Site>) -> Breakdown {
        Breakdown { totals: sum(&sites), sites }
    }

    fn keys(breakdown: &Breakdown) -> Vec<&str> {
        breakdown.sites.iter().map(|site| site.key.as_str()).collect()
    }

    #[test]
    fn sites_under_one_percent_are_folded_into_a_line_that_counts_them() {
        let all = breakdown(vec![site("a", 9, 0), site("b", 982, 100), site("c", 9, 0)]);
        let folded = all.folded();
        assert_eq!(keys(&folded), ["b", "other (2 sites)"]);
        assert_eq!(folded.sites[1].figures.total, Amount { blocks: 18, bytes: 18 });
        assert_eq!(folded.totals, sum(&folded.sites));
        assert_eq!(folded.sites[1].folded_sites(), Some(2));
    }

    #[test]
    fn one_percent_is_no_longer_small() {
        let all = breakdown(vec![site("a", 10, 0), site("b", 981, 100), site("c", 9, 0)]);
        assert_eq!(keys(&all.folded()), ["b", "a", "other (1 site)"]);
        assert_eq!(all.folded().sites[2].folded_sites(), Some(1));
    }

    #[test]
    fn what_is_large_at_one_moment_alone_stays() {
        let all = breakdown(vec![site("a", 1, 1), site("b", 999, 99)]);
        assert_eq!(keys(&all.folded()), ["b", "a"]);
        let all = breakdown(vec![site("a", 1, 0), site("b", 999, 100)]);
        assert_eq!(keys(&all.folded()), ["b", "other (1 site)"]);
    }

    #[test]
    fn what_is_large_in_blocks_alone_stays() {
        let mut small = site("a", 1, 0);
        small.figures.total.blocks = 50;
        let all = breakdown(vec![small, site("b", 999, 100)]);
        assert_eq!(keys(&all.folded()), ["b", "a"]);
    }

    #[test]
    fn the_largest_in_total_bytes_comes_first_and_then_the_key_decides() {
        let all = breakdown(vec![site("b", 30, 0), site("a", 30, 0), site("c", 40, 0)]);
        assert_eq!(keys(&all.folded()), ["c", "a", "b"]);
    }

    #[test]
    fn folding_again_changes_nothing() {
        let all = breakdown(vec![site("a", 9, 0), site("b", 982, 100), site("c", 9, 0)]);
        assert_eq!(all.folded().folded(), all.folded());
        assert_eq!(keys(&Breakdown::default().folded()), [""; 0]);
    }

    #[test]
    fn small_parts_of_a_split_site_have_a_line_of_their_own() {
        let part = |caller: &str, blocks| site(&format!("{caller} (through w)"), blocks, 0);
        let all = breakdown(vec![
            site("a", 9, 0),
            part("b", 970),
            part("c", 9),
            part("d", 9),
            site("e", 3, 100),
        ]);
        let folded = all.folded();
        let expected = ["b (through w)", "other (2 sites through w)", "other (1 site)", "e"];
        assert_eq!(keys(&folded), expected);
        assert_eq!(folded.sites[1].folded_sites(), Some(2));
        assert_eq!(folded.folded(), folded);
    }

    #[test]
    fn a_function_that_is_called_other_is_a_site() {
        for key in [
            "other",
            "other (through w)",
            "other::f",
            "others",
            "other (x sites)",
            "other (2 sites",
        ] {
            assert_eq!(site(key, 1, 1).folded_sites(), None, "{key}");
        }
    }
}
