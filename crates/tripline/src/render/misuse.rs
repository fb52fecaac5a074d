//! Misuses of a workload's probe, a sentence each.

use tripline_budget::{MetricKind, format_count};

use crate::error::{Misuse, ProbeCall, SizesMisuse};

/// Says that the list of sizes differs from process to process.
pub(super) const SAME_SIZES: &str = "the sizes must be the same in every process";

pub(super) fn misuse(misuse: &Misuse) -> String {
    match misuse {
        Misuse::NeverMeasured => {
            "the workload never called `probe.measure`, so there is no region to measure".to_owned()
        }
        Misuse::Twice(ProbeCall::Measure) => {
            "`probe.measure` was called twice; a workload has one region".to_owned()
        }
        Misuse::Twice(call) => format!("{} was called twice", call_text(call)),
        Misuse::Name { call, error } => format!("{}: {error}", call_text(call)),
        Misuse::PhaseOutsideRegion { name } => {
            format!("`probe.phase(\"{name}\")` was called outside the region")
        }
        Misuse::NoEntities { name } => format!(
            "`probe.entities(\"{name}\", 0)`: a per-entity figure needs at least one entity"
        ),
        Misuse::DiskAfterRegion { label } => {
            format!("`probe.disk(\"{label}\", …)` was called after the region")
        }
        Misuse::DiskUnreadable { label, path, source } => {
            let key = MetricKind::DiskBytes.entry().key_of(label);
            format!("failed to measure `{key}`: {}: {source}", path.display())
        }
        Misuse::Sizes(misuse) => format!("`probe.scale`: {}", sizes(misuse)),
        Misuse::OtherCount { entity, declared, size } => format!(
            "`probe.scale` gave a size of {}, but `probe.entities` declared {} of `{entity}`: a size is how many \
             entities there are",
            format_count(*size),
            format_count(*declared)
        ),
        Misuse::PlantWithoutEntities(metric) => format!(
            "nothing can be planted for `{metric}`: call `probe.entities` before the region"
        ),
    }
}

fn call_text(call: &ProbeCall) -> String {
    match call {
        ProbeCall::Measure => "`probe.measure`".to_owned(),
        ProbeCall::Settle => "`probe.settle`".to_owned(),
        ProbeCall::Entities => "`probe.entities`".to_owned(),
        ProbeCall::Phase(name) => format!("`probe.phase(\"{name}\")`"),
        ProbeCall::Report(name) => format!("`probe.report(\"{name}\", …)`"),
        ProbeCall::Disk(label) => format!("`probe.disk(\"{label}\", …)`"),
    }
}

fn sizes(misuse: &SizesMisuse) -> String {
    match *misuse {
        SizesMisuse::AfterRegion => {
            "it was called after the region began, and says how large that is".to_owned()
        }
        SizesMisuse::Twice => "it was called twice; a workload has one list of sizes".to_owned(),
        SizesMisuse::TooFew { given, fewest } => {
            let were = if given == 1 { "size was" } else { "sizes were" };
            format!("{given} {were} given, and a line takes {fewest} at least")
        }
        SizesMisuse::Zero => "a size is 0, and nothing grows from nothing".to_owned(),
        SizesMisuse::NotAscending { before, after } => {
            format!(
                "{} follows {}, and sizes must ascend",
                format_count(after),
                format_count(before)
            )
        }
        SizesMisuse::NotDoubling { first, size } => format!(
            "{} is not {} times a power of two; such sizes find a container that doubles as full at each, so that \
             its steps lie on a line",
            format_count(size),
            format_count(first)
        ),
        SizesMisuse::Lacks(size) => format!(
            "the first meter was given a size of {}, and this one is not: {SAME_SIZES}",
            format_count(size)
        ),
    }
}
