//! Breakdowns in a few words.

use tripline_profile::{
    Amount, AmountUnit, Breakdown, Comparison, Moment, Place, Site, SiteFigures, SiteMetric,
    compare,
};

pub(crate) const TOTAL_BLOCKS: SiteMetric = SiteMetric::new(Moment::Total, AmountUnit::Blocks);
pub(crate) const TOTAL_BYTES: SiteMetric = SiteMetric::new(Moment::Total, AmountUnit::Bytes);
pub(crate) const PEAK_BLOCKS: SiteMetric = SiteMetric::new(Moment::Peak, AmountUnit::Blocks);
pub(crate) const PEAK_BYTES: SiteMetric = SiteMetric::new(Moment::Peak, AmountUnit::Bytes);
pub(crate) const END_BYTES: SiteMetric = SiteMetric::new(Moment::End, AmountUnit::Bytes);

/// `(blocks, bytes)` of a moment.
pub(crate) type Pair = (u64, u64);

fn amount((blocks, bytes): Pair) -> Amount {
    Amount { blocks, bytes }
}

/// A site that allocates in total only.
pub(crate) fn site(key: &str, total: Pair) -> Site {
    let figures = SiteFigures { total: amount(total), ..SiteFigures::default() };
    Site { key: key.to_owned(), callers: Vec::new(), inside: Vec::new(), place: None, figures }
}

/// What a test says of a site beyond its total.
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

/// A breakdown whose totals are the sums of its sites.
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

/// Each line in a few words: `+10 a::f (new site)`, ` was a::g` where it was renamed, `?` where it is
/// doubtful. At the end the others, if they add up to something.
pub(crate) fn told(comparison: &Comparison, metric: SiteMetric, at_most: usize) -> Vec<String> {
    let grown = comparison.grown_sites(metric, at_most);
    let mut told: Vec<_> = grown
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
        told.push(format!("{:+} others", grown.others.delta));
    }
    told
}

/// What is told of the total blocks, in at most ten lines.
pub(crate) fn blocks(
    before: impl IntoIterator<Item = Site>,
    after: impl IntoIterator<Item = Site>,
) -> Vec<String> {
    told(&compared(before, after), TOTAL_BLOCKS, 10)
}

/// Fails if anybody is blamed for anything.
#[track_caller]
pub(crate) fn assert_innocent(comparison: &Comparison) {
    for metric in SiteMetric::ALL {
        assert_eq!(told(comparison, metric, 10), [""; 0], "{metric:?}");
    }
}
