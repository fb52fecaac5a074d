//! The heaviest stacks of a site by a metric.

use tripline_profile::{AmountUnit, Moment, SiteFigures, SiteMetric, SiteStacks};

use crate::{Six, profile};

const F: &str = "0x1: f (app/src/lib.rs:1:1)";
const G: &str = "0x1: g (app/src/lib.rs:9:1)";
const A: &str = "0x2: a (app/src/a.rs:1:1)";
const B: &str = "0x2: b (app/src/b.rs:1:1)";
const C: &str = "0x2: c (app/src/c.rs:1:1)";

const PEAK_BLOCKS: SiteMetric = SiteMetric::new(Moment::Peak, AmountUnit::Blocks);
const TOTAL_BYTES: SiteMetric = SiteMetric::new(Moment::Total, AmountUnit::Bytes);

fn stacks(points: &[(&[&str], Six)], metric: SiteMetric, limit: usize) -> Vec<SiteStacks> {
    profile(points).stacks(&["app::g", "app::f", "app::h"], metric, limit).unwrap()
}

/// Returns the callers of the site in the stacks that are kept.
fn callers(site: &SiteStacks) -> Vec<&str> {
    site.heaviest.iter().map(|stack| &stack.frames[1][..1]).collect()
}

#[test]
fn another_figure_ranks_otherwise() {
    let points: [(&[&str], Six); 3] = [
        (&[F, A], [9, 1, 1, 1, 0, 0]),
        (&[F, B], [8, 1, 2, 2, 0, 0]),
        (&[F, C], [7, 1, 3, 3, 0, 0]),
    ];
    assert_eq!(callers(&stacks(&points, TOTAL_BYTES, 2)[1]), ["a", "b"]);
    assert_eq!(callers(&stacks(&points, PEAK_BLOCKS, 2)[1]), ["c", "b"]);
}

#[test]
fn equal_stacks_are_ranked_by_the_other_figures_and_then_by_text() {
    let points: [(&[&str], Six); 3] = [
        (&[F, C], [8, 1, 2, 2, 0, 0]),
        (&[F, B], [9, 1, 2, 2, 0, 0]),
        (&[F, A], [8, 1, 2, 2, 0, 0]),
    ];
    assert_eq!(callers(&stacks(&points, PEAK_BLOCKS, 9)[1]), ["b", "a", "c"]);
}

#[test]
fn what_is_not_kept_is_counted_and_summed() {
    let points: [(&[&str], Six); 4] = [
        (&[F, A], [10, 1, 1, 1, 0, 0]),
        (&[F, B], [20, 2, 2, 2, 0, 0]),
        (&[G, C], [5, 1, 0, 0, 5, 1]),
        (&[F, C], [40, 4, 4, 4, 0, 0]),
    ];
    for limit in 0..5 {
        let sites = stacks(&points, TOTAL_BYTES, limit);
        assert_eq!(sites[1].heaviest.len(), limit.min(3));
        assert_eq!(sites[1].others, 3 - limit.min(3));
        let kept: SiteFigures = sites[1].heaviest.iter().map(|stack| stack.figures).sum();
        let all = kept + sites[1].others_figures;
        assert_eq!((all.total.bytes, all.total.blocks, all.peak.bytes), (70, 7, 7));
        // Another site, and one that is not there.
        assert_eq!(sites[0].heaviest.len() + sites[0].others, 1);
        assert_eq!(sites[2], SiteStacks::default());
    }
}

#[test]
fn the_parts_of_a_split_site_have_stacks_of_their_own() {
    let wrapper = "0x1: alloc (app/src/w.rs:1:1)";
    let callers = [A, B, C, "0x2: d (app/src/d.rs:1:1)"];
    let stacks = callers.map(|caller| [wrapper, caller]);
    let points = stacks.each_ref().map(|stack| (stack.as_slice(), [8, 1, 8, 1, 0, 0]));
    // The split sites are found even if the breakdown was not read before.
    let keys = ["app::b::b (through app::w::alloc)", "app::w::alloc"];
    let sites = profile(&points).stacks(&keys, TOTAL_BYTES, 9).unwrap();
    assert_eq!(sites[0].heaviest.len(), 1);
    assert_eq!(sites[0].heaviest[0].frames, ["alloc (app/src/w.rs:1:1)", "b (app/src/b.rs:1:1)"]);
    assert_eq!(sites[1], SiteStacks::default());
}
