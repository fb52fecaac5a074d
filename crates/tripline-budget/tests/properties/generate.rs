//! Generators of budget files as models.

use std::collections::BTreeMap;
use std::time::Duration;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use tripline_budget::{
    BudgetFile, BudgetReasonKey, CATALOGUE, CatalogueEntry, CoherenceValue, Engine, Form,
    GrowthMetric, LimitValue, Metric, MetricKind, Percent, Quantity, Reasons, RecordedRuler,
    Section, SizesFile, Spanned, Tolerance, TypeValue,
};

/// The largest number that TOML can hold.
const MOST: u64 = i64::MAX as u64;

fn name() -> impl Strategy<Value = String> {
    "[A-Za-z0-9_-]{1,8}"
}

fn reported() -> impl Strategy<Value = Metric> {
    name().prop_map(|name| Metric::total(Quantity::reported(name)))
}

fn rows(wanted: impl Fn(&CatalogueEntry) -> bool) -> Vec<MetricKind> {
    CATALOGUE.iter().filter(|entry| wanted(entry)).map(|entry| entry.kind).collect()
}

pub(crate) fn metric() -> impl Strategy<Value = Metric> {
    let with = |form: Form| rows(move |entry| entry.label.is_none() && entry.forms.contains(&form));
    let alone = rows(|entry| entry.label.is_none() && !entry.forms.contains(&Form::PerEntity));
    prop_oneof![
        4 => (select(with(Form::PerEntity)).prop_map(Quantity::Region), any::<bool>()),
        2 => ((name(), select(with(Form::Phase))).prop_map(|(name, kind)| Quantity::Phase { name, kind }), any::<bool>()),
        1 => (select(alone).prop_map(Quantity::Region), Just(false)),
        2 => (name().prop_map(Quantity::disk), any::<bool>()),
        1 => (name().prop_map(Quantity::reported), Just(false)),
    ]
    .prop_map(|(quantity, per_entity)| Metric { quantity, per_entity })
}

/// Small, large and at the edges.
pub(crate) fn amount() -> impl Strategy<Value = u64> {
    prop_oneof![0..2000_u64, (0..2000_u64).prop_map(|kib| kib * 1024), 0..=MOST, Just(MOST)]
}

pub(crate) fn percent() -> impl Strategy<Value = Percent> {
    prop_oneof![0..2_000_000_u64, any::<u64>()].prop_map(Percent::from_parts_per_million)
}

pub(crate) fn tolerance() -> impl Strategy<Value = Tolerance> {
    prop_oneof![percent().prop_map(Tolerance::Percent), amount().prop_map(Tolerance::Absolute)]
}

/// Any characters, control characters and line breaks among them.
pub(crate) fn text() -> impl Strategy<Value = String> {
    "(?s).{0,8}"
}

/// Any text that says something.
pub(crate) fn reason() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z ]{1,12}", text()].prop_filter("blank", |text| !text.trim().is_empty())
}

pub(crate) fn limit_value() -> impl Strategy<Value = LimitValue> {
    (amount(), option::of(tolerance()), option::of(amount()), option::of(reason())).prop_map(
        |(max, tolerance, ceiling, reason)| {
            let ceiling = ceiling.map(|ceiling| ceiling.max(max));
            LimitValue { max, tolerance, ceiling, reason }
        },
    )
}

fn limits() -> impl Strategy<Value = BTreeMap<Metric, Spanned<LimitValue>>> {
    let limits = vec((metric(), limit_value()), 0..6);
    (limits, btree_map(grown(), growth_line(), 0..3)).prop_map(|(limits, growth)| {
        let parts = growth.into_iter().flat_map(|(of, line)| {
            line.into_iter().map(move |(per_entity, value)| (of.part(per_entity), value))
        });
        let limits = limits.into_iter().chain(parts);
        limits.map(|(metric, value)| (metric, Spanned::from(value))).collect()
    })
}

pub(crate) fn grown() -> impl Strategy<Value = GrowthMetric> {
    (select(rows(|entry| entry.forms.contains(&Form::Growth))), name())
        .prop_map(|(kind, name)| GrowthMetric { kind, label: kind.entry().label.map(|_| name) })
}

/// Both limits of a line or one, with one tolerance and one reason.
fn growth_line() -> impl Strategy<Value = Vec<(bool, LimitValue)>> {
    let parts = select(vec![vec![false], vec![true], vec![false, true]]);
    let shared = (option::of(percent().prop_map(Tolerance::Percent)), option::of(reason()));
    (parts, shared, amount(), amount()).prop_map(|(parts, (tolerance, reason), fixed, each)| {
        let max = |per_entity| if per_entity { each } else { fixed };
        let limit = |per_entity| LimitValue {
            max: max(per_entity),
            tolerance,
            ceiling: None,
            reason: reason.clone(),
        };
        parts.into_iter().map(|per_entity| (per_entity, limit(per_entity))).collect()
    })
}

fn coherence() -> impl Strategy<Value = Spanned<CoherenceValue>> {
    (metric(), percent())
        .prop_map(|(equals, within)| Spanned::from(CoherenceValue { equals, within }))
}

fn section() -> impl Strategy<Value = Section> {
    (limits(), btree_map(reported(), coherence(), 0..3))
        .prop_map(|(limits, coherence)| Section { limits, coherence })
}

/// The text of a `when` key.
pub(crate) fn when() -> impl Strategy<Value = String> {
    select(vec![
        "cfg(unix)",
        "cfg(windows)",
        "cfg(target_pointer_width = \"32\")",
        "cfg(not(debug_assertions))",
        "cfg(all(unix, any(feature = \"it's\", feature = \"y\")))",
    ])
    .prop_map(str::to_owned)
}

fn recorded() -> impl Strategy<Value = RecordedRuler> {
    let parts = ["rustc", "target", "profile", "features", "allocator", "dependencies"];
    btree_map(select(parts.to_vec()), text(), 0..=parts.len()).prop_map(RecordedRuler)
}

fn budget_reason() -> impl Strategy<Value = BudgetReasonKey> {
    prop_oneof![
        Just(BudgetReasonKey::Entity),
        Just(BudgetReasonKey::Breakdown),
        metric().prop_map(BudgetReasonKey::Line),
        (grown(), any::<bool>()).prop_map(|(of, part)| BudgetReasonKey::Line(of.part(part))),
    ]
}

fn reasons<K: Ord + std::fmt::Debug>(
    key: impl Strategy<Value = K>,
) -> impl Strategy<Value = Reasons<K>> {
    btree_map(key, reason().prop_map(Spanned::from), 0..3).prop_map(Reasons)
}

fn spanned<T: Clone + std::fmt::Debug + 'static>(
    value: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Option<Spanned<T>>> {
    option::of(value.prop_map(Spanned::from))
}

/// Names of variables: anything but `=` and the character that ends a name in the system.
fn variable_name() -> impl Strategy<Value = String> {
    "[^=\0]{1,8}"
}

/// Budget files that parse: one with per-entity limits has an entity.
pub(crate) fn budget() -> impl Strategy<Value = BudgetFile> {
    let settings = (
        spanned(reason()),
        spanned(select(vec![Engine::Dhat, Engine::Count])),
        spanned((1..=u64::MAX).prop_map(Duration::from_millis)),
        spanned(any::<bool>()),
        spanned(percent()),
        spanned(vec(variable_name(), 0..3)),
    );
    let whens = btree_map(when(), section().prop_map(Spanned::from), 0..3);
    let tables = (reasons(budget_reason()), recorded());
    (settings, section(), whens, tables).prop_map(|(settings, base, whens, (reasons, recorded))| {
        let mut budget = BudgetFile::default();
        let env;
        (budget.entity, budget.engine, budget.timeout, budget.breakdown, budget.slack, env) =
            settings;
        budget.env = env;
        (budget.base, budget.whens) = (base, whens);
        (budget.reasons, budget.ruler) = (reasons, recorded);
        if budget.entity.is_none() && needs_entity(&budget) {
            budget.entity = Some(Spanned::from("row".to_owned()));
        }
        budget
    })
}

fn needs_entity(budget: &BudgetFile) -> bool {
    let sections = budget.whens.values().map(|when| &when.value);
    sections.chain([&budget.base]).any(|section| {
        section.limits.keys().any(Metric::counts_entities)
            || section.coherence.values().any(|line| line.equals.per_entity)
    })
}

pub(crate) fn type_value() -> impl Strategy<Value = TypeValue> {
    let align = (0..63_u32).prop_map(|power| 1_u64 << power);
    (amount(), option::of(align), option::of(amount()), option::of(reason())).prop_map(
        |(size, align, ceiling, reason)| {
            let ceiling = ceiling.map(|ceiling| ceiling.max(size));
            TypeValue { size, align, ceiling, reason }
        },
    )
}

pub(crate) fn type_name() -> impl Strategy<Value = String> {
    let name = prop_oneof!["[a-z]{1,4}::[A-Z][a-z]{0,4}", "Box<dyn [A-Z]>", text()];
    name.prop_filter("blank", |name| !name.trim().is_empty())
}

pub(crate) fn sizes() -> impl Strategy<Value = SizesFile> {
    let types = || btree_map(type_name(), type_value().prop_map(Spanned::from), 0..5);
    let whens = btree_map(when(), types().prop_map(Spanned::from), 0..3);
    let tables = (reasons(type_name()), recorded());
    (types(), whens, tables).prop_map(|(types, whens, (reasons, recorded))| {
        let mut sizes = SizesFile::default();
        (sizes.types, sizes.whens) = (types, whens);
        (sizes.reasons, sizes.ruler) = (reasons, recorded);
        sizes
    })
}
