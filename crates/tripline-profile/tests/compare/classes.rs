//! The classes of a change.

use tripline_profile::{ChangeClass, Ratio, Site, SiteMetric};

use crate::build::{
    Detail, END_BYTES, PEAK_BLOCKS, PEAK_BYTES, TOTAL_BLOCKS, TOTAL_BYTES, compared, site,
};

/// Returns the classes of a site that grew or shrank, beside a site that grew as much.
fn classes(before: Option<Site>, after: Option<Site>, metric: SiteMetric) -> Vec<ChangeClass> {
    // If nothing grew, nothing is shown.
    let beside =
        |blocks| site("z::beside", (blocks, blocks)).peak((blocks, blocks)).end((blocks, blocks));
    let comparison =
        compared(before.into_iter().chain([beside(1)]), after.into_iter().chain([beside(1_000)]));
    let grown = comparison.grown_sites(metric, 10);
    let line = grown.lines.iter().find(|line| line.change.name() != "z::beside");
    line.map_or(Vec::new(), |line| line.classes.clone())
}

fn both(before: Site, after: Site, metric: SiteMetric) -> Vec<ChangeClass> {
    classes(Some(before), Some(after), metric)
}

fn f(total: (u64, u64)) -> Site {
    site("a::f", total)
}

#[test]
fn a_site_that_was_not_there_is_new() {
    assert_eq!(classes(None, Some(f((1, 8))), TOTAL_BLOCKS), [ChangeClass::New]);
    // A site that allocated, but had no block at the peak, is not.
    let grown = both(f((10, 80)), f((12, 96)).peak((2, 16)), PEAK_BLOCKS);
    assert_eq!(grown, [ChangeClass::MoreBlocks]);
}

#[test]
fn a_site_that_is_no_longer_there_is_gone() {
    assert_eq!(classes(Some(f((500, 800))), None, TOTAL_BLOCKS), [ChangeClass::Gone]);
    assert_eq!(both(f((500, 800)), f((1, 1)), TOTAL_BLOCKS), [ChangeClass::FewerBlocks]);
}

#[test]
fn as_many_blocks_each_larger_by_one_ratio_say_so() {
    let before = f((100, 800)).peak((10, 80)).end((1, 8));
    let ratio = Ratio { numerator: 5, denominator: 4 };
    let after = f((100, 1_000)).peak((10, 100)).end((1, 10));
    assert_eq!(
        both(before.clone(), after.clone(), TOTAL_BYTES),
        [ChangeClass::BiggerBlocks(Some(ratio))]
    );
    assert_eq!(both(before.clone(), after, PEAK_BYTES), [ChangeClass::BiggerBlocks(Some(ratio))]);
    assert_eq!(
        ChangeClass::BiggerBlocks(Some(ratio)).to_string(),
        "same blocks, each 1.25 × as large"
    );
    // The last block grew by another ratio.
    let after = f((100, 1_000)).peak((10, 100)).end((1, 11));
    assert_eq!(both(before.clone(), after, TOTAL_BYTES), [ChangeClass::BiggerBlocks(None)]);
    // One block more.
    let after = f((101, 1_010)).peak((10, 100)).end((1, 10));
    assert_eq!(
        both(before, after, TOTAL_BYTES),
        [ChangeClass::MoreBlocks, ChangeClass::BiggerBlocks(None)]
    );
}

#[test]
fn larger_blocks_do_not_explain_a_count() {
    let (before, after) = (f((100, 800)), f((110, 2_000)));
    assert_eq!(both(before, after, TOTAL_BLOCKS), [ChangeClass::MoreBlocks]);
}

#[test]
fn a_growth_at_the_peak_with_equal_totals_is_longer_lived() {
    let (before, after) = (f((100, 800)).peak((1, 8)), f((100, 800)).peak((9, 72)));
    assert_eq!(both(before.clone(), after.clone(), PEAK_BYTES), [ChangeClass::LongerLived]);
    assert_eq!(both(before, after, PEAK_BLOCKS), [ChangeClass::LongerLived]);
    let (before, after) = (f((100, 800)), f((100, 800)).end((1, 8)));
    assert_eq!(both(before, after, END_BYTES), [ChangeClass::LongerLived]);
}

#[test]
fn as_many_more_at_the_peak_as_in_total_are_more_blocks() {
    let before = f((100, 800)).peak((1, 8));
    let after = f((108, 864)).peak((9, 72));
    assert_eq!(both(before.clone(), after, PEAK_BYTES), [ChangeClass::MoreBlocks]);
    // One block more lives than was allocated in addition.
    let after = f((107, 856)).peak((9, 72));
    assert_eq!(
        both(before, after, PEAK_BYTES),
        [ChangeClass::MoreBlocks, ChangeClass::LongerLived]
    );
}

#[test]
fn larger_blocks_at_the_peak_alone_are_longer_lived() {
    let before = f((100, 800)).peak((2, 4));
    let after = f((100, 790)).peak((2, 40));
    assert_eq!(both(before, after, PEAK_BYTES), [ChangeClass::LongerLived]);
}

#[test]
fn what_shrank_is_called_the_opposite() {
    let (before, after) = (f((100, 8_000)).peak((90, 900)), f((100, 4_000)).peak((90, 450)));
    let half = Ratio { numerator: 1, denominator: 2 };
    assert_eq!(both(before.clone(), after, TOTAL_BYTES), [ChangeClass::SmallerBlocks(Some(half))]);
    let after = f((100, 8_000)).peak((1, 10));
    assert_eq!(both(before, after, PEAK_BYTES), [ChangeClass::ShorterLived]);
}

#[test]
fn every_class_has_a_text() {
    let texts = [
        ChangeClass::New,
        ChangeClass::WasSmall,
        ChangeClass::MoreBlocks,
        ChangeClass::BiggerBlocks(None),
        ChangeClass::LongerLived,
        ChangeClass::Gone,
        ChangeClass::IsSmall,
        ChangeClass::FewerBlocks,
        ChangeClass::SmallerBlocks(None),
        ChangeClass::SmallerBlocks(Ratio::new(1, 8)),
        ChangeClass::ShorterLived,
    ]
    .map(|class| class.to_string());
    assert_eq!(
        texts,
        [
            "new site",
            "was under 1 %",
            "more blocks",
            "bigger blocks",
            "longer-lived",
            "gone",
            "is under 1 %",
            "fewer blocks",
            "smaller blocks",
            "same blocks, each 0.13 × as large",
            "shorter-lived",
        ]
    );
}
