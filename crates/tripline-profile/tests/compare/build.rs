//! Makes breakdowns, and shows comparisons as short lines.

use tripline_profile::{
    Amount, AmountUnit, Breakdown, Comparison, Moment, Place, Site, SiteFigures, SiteMetric,
    compare,
};

pub(crate) const TOTAL_BLOCKS: SiteMetric = SiteMetric::new(Moment::Total, AmountUnit::Blocks);
pub(crate) const TOTAL_BYTES: SiteMetric = SiteMetric::new(Moment::Total, AmountUnit::Bytes);
pub(crate) const PEAK_BLOCKS: SiteMetric = SiteMetric::new(Moment::Peak, AmountUnit::Blocks);
pub(crate) const PEAK_BYTES: SiteMetric = SiteMetric::new(Moment::Peak, AmountUnit::Bytes);
pub(crate) const END_BYTES: SiteMetric = SiteMetric::new(Moment::End, AmountUnit::Bytes);

/// The blocks and bytes of a moment.
pub(crate) type Pair = (u64, u64);

fn amount((blocks, bytes): Pair) -> Amount {
    Amount { blocks, bytes }
}

/// Makes a site that has blocks in total only.
pub(crate) fn site(key: &str, total: Pair) -> Site {
    let figures = SiteFigures { total: amount(total), ..SiteFigures::default() };
    Site { key: key.to_owned(), callers: Vec::new(), inside: Vec::new(), place: None, figures }
}

/// The details of a site beyond its total.
pub(crate) trait Detail {
    fn peak(self, peak: Pair) -> Self;
    fn end(self, end: Pair) -> Self;
    fn called_by(self, callers: &[&str]) -> Self;
    fn through(self, inside: &[&str]) -> Self;
    fn at(self, file: &str, line: u32) -> Self;
}

impl Detail for Site {
    fn peak(mut self, peak: Pair) -> Self {
        self.figures.peak = amount(peak);
        self
    }

    fn end(mut self, end: Pair) -> Self {
        self.figures.end = amount(end);
        self
    }

    fn called_by(mut self, callers: &[&str]) -> Self {
        self.callers = callers.iter().map(|&caller| caller.to_owned()).collect();
        self
    }

    fn through(mut self, inside: &[&str]) -> Self {
        self.inside = inside.iter().map(|&function| function.to_owned()).collect();
        self
    }

    fn at(mut self, file: &str, line: u32) -> Self {
        self.place = Some(Place { file: file.to_owned(), line });
        self
    }
}

/// Makes a breakdown whose totals are the sums of its sites.
pub(crate) fn breakdown(sites: impl IntoIterator<Item = Site>) -> Breakdown {
    let sites: Vec<_> = sites.into_iter().collect();
    Breakdown { totals: sites.iter().map(|site| site.figures).sum(), sites }
}

pub(crate) fn compared(
    before: impl IntoIterator<Item = Site>,
    after: impl IntoIterator<Item = Site>,
) -> Comparison {
    compare(&breakdown(before), &breakdown(after))
}

/// Shows each line: `+10 a::f (new site)`, with ` was a::g` if the site was renamed and `?` if that is doubtful. At
/// the end stand the others, unless they add up to 0.
pub(crate) fn shown(comparison: &Comparison, metric: SiteMetric, at_most: usize) -> Vec<String> {
    let grown = comparison.grown_sites(metric, at_most);
    let mut shown: Vec<_> = grown
        .lines
        .iter()
        .map(|line| {
            let doubt = if line.change.is_certain() { "" } else { "?" };
            let was =
                line.change.renamed_from().map(|was| format!(" was {was}")).unwrap_or_default();
            let classes: Vec<_> = line.classes.iter().map(ToString::to_string).collect();
            let name = line.change.name();
            format!("{:+} {name}{was}{doubt} ({})", line.delta, classes.join("; "))
        })
        .collect();
    if grown.others.delta != 0 {
        shown.push(format!("{:+} others", grown.others.delta));
    }
    shown
}

/// Shows the change of total blocks in at most ten lines.
pub(crate) fn blocks(
    before: impl IntoIterator<Item = Site>,
    after: impl IntoIterator<Item = Site>,
) -> Vec<String> {
    shown(&compared(before, after), TOTAL_BLOCKS, 10)
}

/// Fails if a site is blamed by any metric.
#[track_caller]
pub(crate) fn assert_innocent(comparison: &Comparison) {
    for metric in SiteMetric::ALL {
        assert_eq!(shown(comparison, metric, 10), [""; 0], "{metric:?}");
    }
}
