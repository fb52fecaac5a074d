//! Properties of a comparison of any two breakdowns.

use proptest::prelude::*;
use proptest::sample::Index;
use tripline_profile::{Amount, Breakdown, Site, SiteFigures, SiteMetric, compare};

use crate::build::{breakdown, shown};

fn function() -> impl Strategy<Value = String> {
    "[ab](::[mn]){0,2}::[fghij]"
}

/// A function, or its part in a wrapper.
fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        5 => function(),
        1 => "[ab](::[mn])?::[fghij] \\(through (c::[gh], )?c::[fg]\\)",
    ]
}

fn small() -> impl Strategy<Value = Amount> {
    (0_u64..40, 0_u64..40).prop_map(|(blocks, size)| Amount { blocks, bytes: blocks * size })
}

fn any_amount() -> impl Strategy<Value = Amount> {
    let figure = || prop_oneof![4 => 0_u64..200, 1 => any::<u64>()];
    prop_oneof![
        3 => small(),
        1 => (figure(), figure()).prop_map(|(blocks, bytes)| Amount { blocks, bytes }),
    ]
}

fn figures(amount: impl Strategy<Value = Amount> + Clone) -> impl Strategy<Value = SiteFigures> {
    (amount.clone(), amount.clone(), amount).prop_map(|(total, peak, end)| SiteFigures {
        total,
        peak,
        end,
    })
}

prop_compose! {
    fn site()(
        callers in prop::collection::vec(function(), 0..3),
        inside in prop::collection::vec("(alloc|core)::[xy]", 0..2),
        figures in figures(any_amount().boxed()),
    ) -> Site {
        Site { key: String::new(), callers, inside, place: None, figures }
    }
}

/// Any sites with keys of their own, perhaps folded. The totals are the file's and may be any.
fn any_breakdown() -> impl Strategy<Value = Breakdown> {
    breakdown_of(key().boxed())
}

fn breakdown_of(key: BoxedStrategy<String>) -> impl Strategy<Value = Breakdown> {
    let sites = prop::collection::btree_map(key, site(), 0..20);
    (sites, any::<bool>()).prop_map(|(sites, fold)| {
        let sites = sites.into_iter().map(|(key, site)| Site { key, ..site });
        let whole = breakdown(sites);
        if fold { whole.folded() } else { whole }
    })
}

/// Sites with figures of their own, in modules and with callers, like those of a program.
fn program() -> impl Strategy<Value = Breakdown> {
    let total = 1_u64..100_000;
    prop::collection::btree_map(total, (1_u64..300, 0_u64..9, 0_u64..9, 0_u8..4, 0_u8..4), 2..40)
        .prop_map(|sites| {
            breakdown(sites.into_iter().enumerate().map(
                |(at, (blocks, (size, peak, end, module, caller)))| {
                    let amount = |blocks: u64| Amount { blocks, bytes: blocks * size };
                    Site {
                        key: format!("app::m{module}::f{at}"),
                        callers: vec![format!("app::c{caller}"), "app::main".to_owned()],
                        inside: vec!["alloc::vec::Vec::push".to_owned()],
                        place: None,
                        figures: SiteFigures {
                            total: amount(blocks),
                            peak: amount(blocks * peak / 10),
                            end: amount(blocks * end / 20),
                        },
                    }
                },
            ))
        })
}

fn renamed(breakdown: &Breakdown, which: impl Fn(usize) -> bool, to: &str) -> Breakdown {
    let mut renamed = breakdown.clone();
    for (at, site) in renamed.sites.iter_mut().enumerate().filter(|(at, _)| which(*at)) {
        site.key = format!("{to}::renamed{at}");
    }
    renamed
}

/// The kind of a site's growth: more blocks, or larger ones.
fn plant(site: &mut Site, of: u64, bigger: bool) {
    let total = &mut site.figures.total;
    let size = (total.bytes / total.blocks).max(1);
    let bytes = of / 20 + size;
    if bigger {
        total.bytes += bytes.div_ceil(total.blocks) * total.blocks;
    } else {
        total.blocks += bytes.div_ceil(size);
        total.bytes += bytes.div_ceil(size) * size;
    }
}

/// A call tree: each site is called by one before it.
fn call_tree() -> impl Strategy<Value = Breakdown> {
    (program(), prop::collection::vec(any::<Index>(), 40)).prop_map(|(mut program, parents)| {
        for (at, parent) in (1..program.sites.len()).zip(parents) {
            let parent = &program.sites[parent.index(at)];
            let above = parent.callers.iter().take(3);
            let callers = std::iter::once(&parent.key).chain(above).cloned().collect();
            program.sites[at].callers = callers;
        }
        program
    })
}

/// Inlines some functions into their callers: their blocks go to the nearest caller that is not inlined.
fn inlined(breakdown: &Breakdown, which: impl Fn(usize) -> bool) -> Breakdown {
    let mut inlined = breakdown.clone();
    for at in (1..inlined.sites.len()).filter(|at| which(*at)).rev() {
        let site = inlined.sites.remove(at);
        let caller = inlined.sites.iter_mut().find(|caller| caller.key == site.callers[0]);
        caller.expect("called by one before it").figures += site.figures;
        for other in &mut inlined.sites {
            other.callers.retain(|key| *key != site.key);
        }
    }
    inlined
}

fn sum_of(mut breakdown: Breakdown) -> Breakdown {
    breakdown.totals = breakdown.sites.iter().map(|site| site.figures).sum();
    breakdown
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn lines_and_others_add_up_exactly(
        before in any_breakdown(), after in any_breakdown(), at_most in 0_usize..9,
    ) {
        let comparison = compare(&before, &after);
        for metric in SiteMetric::ALL {
            let grown = comparison.grown_sites(metric, at_most);
            let whole = i128::from(metric.of(&after.totals)) - i128::from(metric.of(&before.totals));
            let lines: i128 = grown.lines.iter().map(|line| line.delta).sum();
            prop_assert_eq!(lines + grown.others.delta, whole);
            prop_assert!(grown.lines.len() <= at_most);
            prop_assert!(grown.lines.iter().all(|line| line.delta != 0 && !line.classes.is_empty()));
            let sites = grown.lines.iter().flat_map(|line| line.change.was.iter().chain(&line.change.now));
            prop_assert!(sites.into_iter().all(|site| site.folded_sites().is_none()));
            prop_assert!(grown.lines.first().is_none_or(|line| line.delta > 0));
        }
    }

    #[test]
    fn every_site_is_in_exactly_one_change(
        before in breakdown_of(function().boxed()), after in breakdown_of(function().boxed()),
    ) {
        let comparison = compare(&before, &after);
        let keys = |sites: Vec<&Site>| {
            let taking = sites.into_iter().filter(|site| site.figures != SiteFigures::default());
            let mut keys: Vec<_> = taking
                .filter(|site| site.folded_sites().is_none())
                .map(|site| site.key.clone())
                .collect();
            keys.sort();
            keys
        };
        let was = comparison.changes.iter().flat_map(|change| &change.was).collect();
        let now = comparison.changes.iter().flat_map(|change| &change.now).collect();
        prop_assert_eq!(keys(was), keys(before.sites.iter().collect()));
        prop_assert_eq!(keys(now), keys(after.sites.iter().collect()));
    }

    #[test]
    fn the_order_of_the_sites_changes_nothing(
        (before, shuffled) in any_breakdown().prop_flat_map(|breakdown| {
            let sites = Just(breakdown.sites.clone()).prop_shuffle();
            let totals = breakdown.totals;
            (Just(breakdown), sites.prop_map(move |sites| Breakdown { totals, sites }))
        }),
        after in any_breakdown(),
    ) {
        prop_assert_eq!(compare(&before, &after).changes, compare(&shuffled, &after).changes);
        prop_assert_eq!(compare(&after, &before).changes, compare(&after, &shuffled).changes);
        prop_assert_eq!(before.folded(), shuffled.folded());
    }

    #[test]
    fn a_breakdown_compared_with_itself_blames_nobody(same in any_breakdown()) {
        let comparison = compare(&same, &same);
        for metric in SiteMetric::ALL {
            prop_assert_eq!(shown(&comparison, metric, 9), [""; 0]);
        }
    }

    #[test]
    fn folding_keeps_the_sums(program in program()) {
        let folded = program.folded();
        let sum: SiteFigures = folded.sites.iter().map(|site| site.figures).sum();
        prop_assert_eq!(sum, program.totals);
        let comparison = compare(&folded, &program);
        for metric in SiteMetric::ALL {
            prop_assert_eq!(shown(&comparison, metric, 9), [""; 0]);
        }
    }

    #[test]
    fn everything_renamed_blames_nobody(before in program(), fold in any::<bool>()) {
        let after = renamed(&before, |_| true, "other");
        let before = if fold { before.folded() } else { before };
        let comparison = compare(&before, &after);
        for metric in SiteMetric::ALL {
            prop_assert_eq!(shown(&comparison, metric, 9), [""; 0]);
        }
    }

    #[test]
    fn a_planted_growth_leads_whatever_else_was_renamed(
        before in program(), guilty in any::<Index>(), half in any::<u64>(), bigger in any::<bool>(),
    ) {
        let guilty = guilty.index(before.sites.len());
        let mut after = renamed(&before, |at| at != guilty && half >> (at % 64) & 1 == 1, "other");
        plant(&mut after.sites[guilty], before.totals.total.bytes, bigger);
        let (after, key) = (sum_of(after.clone()), &after.sites[guilty].key);
        let comparison = compare(&before, &after);
        let grown = comparison.grown_sites(crate::build::TOTAL_BYTES, 5);
        prop_assert_eq!(grown.lines[0].change.name(), key);
        prop_assert_eq!(grown.lines[0].delta, grown.delta);
    }

    /// The site is renamed within its module, and half of the others too. It is one grown site, not a gone and a new one.
    #[test]
    fn a_site_renamed_and_grown_leads_as_one(
        before in program(), guilty in any::<Index>(), half in any::<u64>(), bigger in any::<bool>(),
    ) {
        let guilty = guilty.index(before.sites.len());
        let mut after = renamed(&before, |at| at != guilty && half >> (at % 64) & 1 == 1, "other");
        plant(&mut after.sites[guilty], before.totals.total.bytes, bigger);
        let key = before.sites[guilty].key.replace("::f", "::renamed");
        after.sites[guilty].key.clone_from(&key);
        let comparison = compare(&before, &sum_of(after));
        let grown = comparison.grown_sites(crate::build::TOTAL_BYTES, 5);
        prop_assert_eq!(grown.lines.len(), 1);
        prop_assert_eq!(grown.lines[0].change.name(), key);
        prop_assert_eq!(grown.lines[0].delta, grown.delta);
    }

    #[test]
    fn functions_inlined_or_not_blame_nobody(tree in call_tree(), which in any::<u64>()) {
        let inlined = inlined(&tree, |at| which >> at & 1 == 1);
        for comparison in [compare(&tree, &inlined), compare(&inlined, &tree)] {
            for metric in SiteMetric::ALL {
                prop_assert_eq!(shown(&comparison, metric, 9), [""; 0]);
            }
        }
    }

    #[test]
    fn a_planted_growth_leads_whatever_was_inlined(
        tree in call_tree(), which in any::<u64>(), guilty in any::<Index>(), bigger in any::<bool>(),
    ) {
        let mut after = inlined(&tree, |at| which >> at & 1 == 1);
        let guilty = guilty.index(after.sites.len());
        plant(&mut after.sites[guilty], tree.totals.total.bytes, bigger);
        let (after, key) = (sum_of(after.clone()), after.sites[guilty].key.clone());
        let comparison = compare(&tree, &after);
        let grown = comparison.grown_sites(crate::build::TOTAL_BYTES, 5);
        let blamed = grown.lines[0].change;
        prop_assert!(blamed.now.iter().any(|site| site.key == key), "{:?}", shown(&comparison, crate::build::TOTAL_BYTES, 5));
    }
}
