//! The rows to show, and the sums of all others.

use std::cmp::Reverse;
use std::collections::HashMap;

use tripline_profile::{
    Breakdown, GroupBy, Profile, Site, SiteFigures, SiteMetric, SiteStacks, Stack,
};

use crate::commands::analyze::args::AnalyzeArgs;
use crate::profiles::{SitePattern, stacks};

/// The shown part of a profile. Rows, others and unmatched add up to the totals.
#[derive(Debug)]
pub(super) struct AnalyzedProfile {
    pub(super) totals: SiteFigures,
    /// The number of sites in the whole profile.
    pub(super) sites: usize,
    pub(super) rows: Vec<AnalyzedRow>,
    /// The rows that match, after the first N.
    pub(super) others: RestOfSites,
    /// The sites that the filter leaves out.
    pub(super) unmatched: RestOfSites,
}

/// A site, or a module.
#[derive(Debug)]
pub(super) struct AnalyzedRow {
    pub(super) name: String,
    pub(super) figures: SiteFigures,
    /// One site, or a module's.
    pub(super) sites: Vec<Site>,
    /// The heaviest stacks.
    pub(super) stacks: Vec<Stack>,
    pub(super) more_stacks: RestOfSites,
}

/// Sites, or modules, that no row shows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RestOfSites {
    pub(super) count: usize,
    pub(super) figures: SiteFigures,
}

/// The most stacks of a row.
const STACKS: usize = 3;

impl AnalyzedProfile {
    pub(super) fn of(breakdown: &Breakdown, args: &AnalyzeArgs, pattern: &SitePattern) -> Self {
        let (matching, unmatched): (Vec<Site>, Vec<Site>) =
            breakdown.sites.iter().cloned().partition(|site| pattern.matches(site));
        let mut rows = match args.modules {
            true => modules(matching),
            false => {
                matching.into_iter().map(|site| AnalyzedRow::new(site.key.clone(), site)).collect()
            }
        };
        sort(&mut rows, args.sort_by.0);
        let others = rows.split_off(args.top.min(rows.len()));
        Self {
            totals: breakdown.totals,
            sites: breakdown.sites.len(),
            rows,
            others: others.iter().map(|row| row.figures).collect(),
            unmatched: unmatched.iter().map(|site| site.figures).collect(),
        }
    }

    /// Adds the heaviest stacks of every row, by the given figure.
    pub(super) fn add_stacks(
        &mut self,
        profile: &mut Profile,
        question: SiteMetric,
    ) -> anyhow::Result<()> {
        let shown = self.rows.iter().flat_map(|row| &row.sites);
        let keys: Vec<&str> = shown.map(|site| site.key.as_str()).collect();
        let read = stacks(profile, &keys, question, STACKS)?;
        let mut of_site = read.into_iter();
        for row in &mut self.rows {
            row.keep(of_site.by_ref().take(row.sites.len()).collect(), question);
        }
        Ok(())
    }
}

impl AnalyzedRow {
    fn new(name: String, site: Site) -> Self {
        let (stacks, more_stacks) = (Vec::new(), RestOfSites::default());
        Self { name, figures: site.figures, sites: vec![site], stacks, more_stacks }
    }

    /// Keeps the heaviest stacks, and none without the given figure.
    fn keep(&mut self, sites: Vec<SiteStacks>, question: SiteMetric) {
        let mut stacks = Vec::new();
        for site in sites {
            self.more_stacks.count += site.others;
            self.more_stacks.figures += site.others_figures;
            stacks.extend(site.heaviest);
        }
        stacks.sort_by_key(|stack| Reverse(question.of(&stack.figures)));
        let heavy = stacks.iter().take(STACKS).filter(|stack| question.of(&stack.figures) > 0);
        for stack in stacks.split_off(heavy.count()) {
            self.more_stacks.count += 1;
            self.more_stacks.figures += stack.figures;
        }
        self.stacks = stacks;
    }
}

impl FromIterator<SiteFigures> for RestOfSites {
    fn from_iter<I: IntoIterator<Item = SiteFigures>>(figures: I) -> Self {
        let add =
            |rest: Self, figures| Self { count: rest.count + 1, figures: rest.figures + figures };
        figures.into_iter().fold(Self::default(), add)
    }
}

/// Groups sites by module, as the profile's own grouping does.
fn modules(sites: Vec<Site>) -> Vec<AnalyzedRow> {
    let mut rows: Vec<AnalyzedRow> = Vec::new();
    let mut at: HashMap<String, usize> = HashMap::new();
    for site in sites {
        let name = module(&site);
        match at.get(&name) {
            Some(&at) => {
                rows[at].figures += site.figures;
                rows[at].sites.push(site);
            }
            None => {
                at.insert(name.clone(), rows.len());
                rows.push(AnalyzedRow::new(name, site));
            }
        }
    }
    rows
}

fn module(site: &Site) -> String {
    let alone = Breakdown { totals: site.figures, sites: vec![site.clone()] };
    alone.groups(GroupBy::Module).pop().map_or_else(String::new, |group| group.name)
}

fn sort(rows: &mut [AnalyzedRow], question: SiteMetric) {
    rows.sort_by(|a, b| {
        let order =
            |row: &AnalyzedRow| Reverse((question.of(&row.figures), row.figures.total.bytes));
        order(a).cmp(&order(b)).then_with(|| a.name.cmp(&b.name))
    });
}
