//! The types of `sizes!` that grew, joined with what a breached workload stores of them.
//!
//! How large a type was says its line in `sizes.toml`; how many are stored say the call sites that grew
//! (`tripline-profile`, `stored`); which field it was says its layout now, if that is certain.
//!
//! Layouts are read once a site fits some type, not before. Deliberately absent: an error where `sizes.toml` cannot be
//! read or a layout is not known. The one is the suite's own test to tell, and without the other less is said.

use std::cell::LazyCell;

use tripline_budget::layout::{DebugLayout, GrownLayout, Layout};
use tripline_profile::{AmountUnit, Comparison, GrownType, SiteMetric, StorageForm};

use crate::case::registry::SizedType;
use crate::judge::Case;
use crate::judge::sizes;

/// hashbrown reads so many control bytes at once, and a table has as many more than buckets.
const GROUP: u64 = if cfg!(target_feature = "sse2") { 16 } else { size_of::<usize>() as u64 };

/// What of a figure's growth types account for.
#[derive(Clone, Debug)]
pub(crate) struct Join {
    pub(crate) question: SiteMetric,
    /// After less before, of the whole: no less than all types together.
    pub(crate) delta: i128,
    /// At least one.
    pub(crate) types: Vec<Joined>,
}

/// A type that grew, where it is stored.
#[derive(Clone, Debug)]
pub(crate) struct Joined {
    /// As written in `sizes!`.
    pub(crate) name: &'static str,
    pub(crate) was: u64,
    pub(crate) now: u64,
    /// What made it larger, or what makes it so large.
    pub(crate) cause: Option<String>,
    pub(crate) form: StorageForm,
    pub(crate) count: u128,
    pub(crate) bytes: u128,
    pub(crate) sites: Vec<String>,
}

impl Join {
    /// `None` where no type grew, or none of them is what a site stores. Types explain bytes, never blocks.
    pub(crate) fn of(case: &Case, question: SiteMetric, comparison: &Comparison) -> Option<Self> {
        let outgrown = sizes::outgrown(case.suite, &case.home);
        if outgrown.is_empty() || question.unit != AmountUnit::Bytes {
            return None;
        }
        let sized: Vec<_> = outgrown.iter().map(|(ty, _)| *ty).collect();
        let explained = LazyCell::new(|| sizes::explained(case.suite, &sized));
        let layout = |ty: usize| explained.get(ty).and_then(known);
        let holds = |outer, inner| {
            layout(outer).zip(layout(inner)).map_or(0, |(outer, inner)| outer.holds(inner))
        };
        let grown: Vec<_> = outgrown.iter().map(grown_type).collect();
        let stored = comparison.stored_types(question.moment, &grown, GROUP, holds);
        let others = || -> Vec<GrownLayout<'_>> {
            let growths = grown.iter().map(GrownType::growth).enumerate();
            growths
                .filter_map(|(ty, growth)| Some(GrownLayout { layout: layout(ty)?, growth }))
                .collect()
        };
        let joined = |found: tripline_profile::TypeInSites<'_>| {
            let GrownType { was, now, .. } = grown[found.ty];
            Joined {
                name: sized[found.ty].name,
                was,
                now,
                cause: layout(found.ty).and_then(|layout| layout.growth(was, &others())),
                form: found.form,
                count: found.count,
                bytes: found.bytes,
                sites: found.sites.iter().map(|&site| site.to_owned()).collect(),
            }
        };
        let types: Vec<_> = stored.into_iter().map(joined).collect();
        let delta = comparison.delta(question);
        (!types.is_empty()).then_some(Self { question, delta, types })
    }
}

fn grown_type((ty, was): &(&SizedType, u64)) -> GrownType {
    GrownType { was: *was, now: ty.size as u64, align: ty.align as u64 }
}

fn known(explained: &DebugLayout) -> Option<&Layout> {
    explained.layout.as_ref().ok()
}
