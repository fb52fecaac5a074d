//! The types of `sizes!` that grew, joined with what a breached workload stores of them.
//!
//! A type's line in `sizes.toml` says how large it was; the call sites that grew say how many are stored
//! (`tripline-profile`); its layout now says which field it was, if that is certain.
//!
//! Layouts are read once a site fits some type, not before. Deliberately absent: an error where `sizes.toml` cannot be
//! read or a layout is not known. The suite's own test reports the one, and without the other less is said.

use std::cell::LazyCell;

use tripline_budget::layout::{GrownLayout, Layout};
use tripline_profile::{AmountUnit, Comparison, GrownType, SiteMetric, StorageForm, TypeInSites};

use crate::case::TestCase;
use crate::layouts::lines::{self, GrownSizedType};
use crate::layouts::read;

/// The number of control bytes that hashbrown reads at once; a table has as many more than buckets.
const GROUP: u64 = if cfg!(target_feature = "sse2") { 16 } else { size_of::<usize>() as u64 };

/// The part of a figure's growth that types account for.
#[derive(Clone, Debug)]
pub(crate) struct StoredTypes {
    pub(crate) site_metric: SiteMetric,
    /// After less before, of the whole: no less than all types together.
    pub(crate) delta: i128,
    /// At least one.
    pub(crate) types: Vec<StoredType>,
}

/// A type that grew, where it is stored.
#[derive(Clone, Debug)]
pub(crate) struct StoredType {
    /// As written in `sizes!`.
    pub(crate) name: &'static str,
    pub(crate) before: u64,
    pub(crate) now: u64,
    /// The fields that made it larger, or that make it so large.
    pub(crate) cause: Option<String>,
    pub(crate) form: StorageForm,
    pub(crate) count: u128,
    pub(crate) bytes: u128,
    pub(crate) sites: Vec<String>,
}

impl StoredTypes {
    /// Returns `None` where no type grew, or none of them is what a site stores. Types explain bytes, never blocks.
    pub(crate) fn find(
        case: &TestCase,
        site_metric: SiteMetric,
        comparison: &Comparison,
    ) -> Option<Self> {
        let sized = lines::grown(case.suite, &case.paths);
        if sized.is_empty() || site_metric.unit != AmountUnit::Bytes {
            return None;
        }
        let read = LazyCell::new(|| {
            read::layouts(&sized.iter().map(|grown| grown.ty).collect::<Vec<_>>())
        });
        let layout = |at: usize| -> Option<&Layout> { read.get(at)?.layout.as_ref().ok() };
        let holds = |outer, inner| {
            layout(outer).zip(layout(inner)).map_or(0, |(outer, inner)| outer.holds(inner))
        };
        let grown: Vec<_> = sized.iter().map(grown_type).collect();
        let stored = comparison.stored_types(site_metric.moment, &grown, GROUP, holds);
        let others = || -> Vec<GrownLayout<'_>> {
            let growths = grown.iter().map(GrownType::growth).enumerate();
            let grown = growths
                .filter_map(|(at, growth)| Some(GrownLayout { layout: layout(at)?, growth }));
            grown.collect()
        };
        let named = |found: TypeInSites<'_>| {
            let GrownSizedType { ty, before } = sized[found.ty];
            StoredType {
                name: ty.name,
                before,
                now: ty.size as u64,
                cause: layout(found.ty).and_then(|layout| layout.growth(before, &others())),
                form: found.form,
                count: found.count,
                bytes: found.bytes,
                sites: found.sites.iter().map(|&site| site.to_owned()).collect(),
            }
        };
        let types: Vec<_> = stored.into_iter().map(named).collect();
        let delta = comparison.delta(site_metric);
        (!types.is_empty()).then_some(Self { site_metric, delta, types })
    }
}

fn grown_type(grown: &GrownSizedType) -> GrownType {
    GrownType { was: grown.before, now: grown.ty.size as u64, align: grown.ty.align as u64 }
}
