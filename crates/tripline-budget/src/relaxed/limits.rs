//! Limits and coherences of one workload, before and now.

use std::collections::BTreeMap;

use super::describe;
use super::pairs::{LinePair, LinesByWhen, pairs};
use super::relaxation::{ABSENT, PLACEHOLDER, Relaxation, RelaxationKind, Remedy, new_reason};
use crate::builds::when::SpannedLines;
use crate::files::growth::GrowthLimits;
use crate::files::render::{growth_line, limit_line};
use crate::files::{BudgetFile, BudgetReasonKey, CoherenceValue, LimitValue, Section};
use crate::metrics::Metric;
use crate::text::spanned::line_of;
use crate::values::Tolerance;

/// Returns every limit and coherence of `old` that `new` relaxes, whatever the two files are called.
pub(super) fn compare(name: &str, old: &BudgetFile, new: &BudgetFile) -> Vec<Relaxation> {
    let mut found = Vec::new();
    let (before, now) = (limits(old), limits(new));
    for pair in pairs(&before, &now) {
        if let Some(kind) = limit(pair.key, &pair.old.value, pair.new.map(|new| &new.value)) {
            found.push(relaxed_limit(name, [old, new], &before, &pair, kind));
        }
    }
    let (before, now) = (coherences(old), coherences(new));
    for pair in pairs(&before, &now) {
        if let Some(kind) = coherence(&pair.old.value, pair.new.map(|new| &new.value)) {
            found.push(relaxed_coherence(name, [old, new], &pair, kind));
        }
    }
    found
}

pub(super) fn limits(file: &BudgetFile) -> LinesByWhen<'_, Metric, LimitValue> {
    layers(file, |section| &section.limits)
}

pub(super) fn coherences(file: &BudgetFile) -> LinesByWhen<'_, Metric, CoherenceValue> {
    layers(file, |section| &section.coherence)
}

fn layers<T>(
    file: &BudgetFile,
    of: fn(&Section) -> &SpannedLines<Metric, T>,
) -> LinesByWhen<'_, Metric, T> {
    let whens = file.whens.iter().map(|(when, section)| (when.as_str(), of(&section.value)));
    LinesByWhen { base: of(&file.base), whens: whens.collect::<BTreeMap<_, _>>() }
}

fn limit(metric: &Metric, old: &LimitValue, new: Option<&LimitValue>) -> Option<RelaxationKind> {
    let Some(new) = new else {
        return Some(RelaxationKind::Removed);
    };
    if new.max > old.max {
        return Some(RelaxationKind::Raised);
    }
    let wider = most_allowed(new, metric.per_entity) > most_allowed(old, metric.per_entity)
        || is_loosened(old.ceiling, new.ceiling);
    wider.then_some(RelaxationKind::Widened)
}

/// Returns `true` if a ceiling is higher than it was, or gone.
pub(super) fn is_loosened(old: Option<u64>, new: Option<u64>) -> bool {
    old.is_some_and(|old| new.is_none_or(|new| new > old))
}

/// Returns the most that a limit allows, so that two can be compared: the total where nothing is divided, or
/// millionths of one entity's share where the entities are many. If one such number is larger than another of the same
/// kind, its limit allows at least as much for any number of entities, since rounding down keeps the order.
fn most_allowed(limit: &LimitValue, per_entity: bool) -> u128 {
    const MILLION: u128 = 1_000_000;
    let (max, unit) = (u128::from(limit.max), if per_entity { MILLION } else { 1 });
    let allowed = match limit.tolerance {
        None => max * unit,
        Some(Tolerance::Absolute(amount)) => (max + u128::from(amount)) * unit,
        Some(Tolerance::Percent(percent)) if per_entity => {
            max.saturating_mul(MILLION + u128::from(percent.parts_per_million()))
        }
        Some(Tolerance::Percent(percent)) => max.saturating_add(percent.of(max)),
    };
    limit.ceiling.map_or(allowed, |ceiling| allowed.min(u128::from(ceiling) * unit))
}

fn coherence(old: &CoherenceValue, new: Option<&CoherenceValue>) -> Option<RelaxationKind> {
    match new {
        None => Some(RelaxationKind::Removed),
        Some(new) if new.equals != old.equals => Some(RelaxationKind::Changed),
        Some(new) => (new.within > old.within).then_some(RelaxationKind::Widened),
    }
}

fn relaxed_limit(
    name: &str,
    [old, new]: [&BudgetFile; 2],
    before: &LinesByWhen<'_, Metric, LimitValue>,
    pair: &LinePair<'_, Metric, LimitValue>,
    kind: RelaxationKind,
) -> Relaxation {
    let unit = pair.key.unit();
    let now = pair.new.map(|line| &line.value);
    let known = before.of(pair.key).map(|line| line.reason.as_deref());
    let own = new_reason(now.and_then(|line| line.reason.as_deref()), known);
    let remedy = match now.filter(|_| !pair.gone) {
        Some(line) => Remedy::in_line(&new.file, &reasoned(new, pair, line)),
        None => Remedy::in_reasons(&new.file, &pair.key.to_string()),
    };
    Relaxation {
        old: describe::limit(&pair.old.value, now, unit),
        new: now.map_or(ABSENT.to_owned(), |now| describe::limit(now, Some(&pair.old.value), unit)),
        reason: own.or_else(|| reason_in_table([old, new], pair.key).filter(|_| pair.gone)),
        ..without_texts(name, [old, new], pair, kind, remedy)
    }
}

/// Returns the limit's own line with a place for a reason; the other limit of a line of growth stays in it.
fn reasoned(
    new: &BudgetFile,
    pair: &LinePair<'_, Metric, LimitValue>,
    line: &LimitValue,
) -> String {
    let open =
        |line: &LimitValue| LimitValue { reason: Some(PLACEHOLDER.to_owned()), ..line.clone() };
    let Some(of) = pair.key.growth_metric() else {
        return limit_line(pair.key, &open(line));
    };
    let layers = limits(new);
    let part = |per_entity| {
        let key = of.part(per_entity);
        let own = pair.when.and_then(|_| layers.get(pair.when, &key));
        own.or_else(|| layers.get(None, &key)).map(|line| open(&line.value))
    };
    let [fixed, per_entity] = [part(false), part(true)];
    growth_line(of, GrowthLimits { fixed: fixed.as_ref(), per_entity: per_entity.as_ref() })
}

fn relaxed_coherence(
    name: &str,
    [old, new]: [&BudgetFile; 2],
    pair: &LinePair<'_, Metric, CoherenceValue>,
    kind: RelaxationKind,
) -> Relaxation {
    let remedy = Remedy::in_reasons(&new.file, &pair.key.to_string());
    let now = pair.new.map(|line| &line.value);
    Relaxation {
        old: describe::coherence(&pair.old.value),
        new: now.map_or(ABSENT.to_owned(), describe::coherence),
        reason: reason_in_table([old, new], pair.key),
        ..without_texts(name, [old, new], pair, kind, remedy)
    }
}

/// Returns the new reason that `[reasons]` gives for `metric`.
fn reason_in_table([old, new]: [&BudgetFile; 2], metric: &Metric) -> Option<String> {
    let key = BudgetReasonKey::Line(metric.clone());
    new_reason(new.reasons.get(&key), [old.reasons.get(&key)])
}

/// Returns the relaxation without its old text, its new text and its reason.
fn without_texts<T>(
    name: &str,
    [old, new]: [&BudgetFile; 2],
    pair: &LinePair<'_, Metric, T>,
    kind: RelaxationKind,
    remedy: Remedy,
) -> Relaxation {
    let (file, span) = pair.new.map_or((old, &pair.old.span), |line| (new, &line.span));
    Relaxation {
        name: name.to_owned(),
        key: pair.key.to_string(),
        when: pair.when.map(str::to_owned),
        kind,
        file: file.file.clone(),
        line: line_of(&file.text, span.start),
        old: String::new(),
        new: String::new(),
        reason: None,
        remedy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the relaxation of a limit whose line was `old` and is `new`.
    fn kind(key: &str, old: &str, new: &str) -> Option<RelaxationKind> {
        let line = |value: &str| {
            let text = format!("entity = 'row'\n[limits]\n{key} = {value}");
            BudgetFile::parse("a.toml", &text).unwrap()
        };
        compare("s::a", &line(old), &line(new)).first().map(|relaxed| relaxed.kind)
    }

    #[test]
    fn what_allows_more_is_relaxed() {
        let (raised, widened) = (Some(RelaxationKind::Raised), Some(RelaxationKind::Widened));
        for (old, new, expected) in [
            ("100", "101", raised),
            ("100", "100", None),
            ("100", "99", None),
            // A band that becomes exact at a higher figure was still raised.
            ("{ max = 100, tolerance = \"10%\" }", "105", raised),
            ("100", "{ max = 100, tolerance = \"0%\" }", None),
            ("100", "{ max = 100, tolerance = \"0.9%\" }", None),
            ("100", "{ max = 100, tolerance = \"1%\" }", widened),
            ("{ max = 100, tolerance = \"3%\" }", "{ max = 100, tolerance = \"2%\" }", None),
            // A percentage and an amount are compared by what they come to.
            ("{ max = 100, tolerance = \"3%\" }", "{ max = 100, tolerance = \"3 B\" }", None),
            ("{ max = 100, tolerance = \"3%\" }", "{ max = 100, tolerance = \"4 B\" }", widened),
            // A lower maximum with a wider band may allow more.
            ("100", "{ max = 99, tolerance = \"2 B\" }", widened),
            ("100", "{ max = 99, tolerance = \"1 B\" }", None),
            ("{ max = 9, ceiling = 9 }", "{ max = 9, ceiling = 10 }", widened),
            ("{ max = 9, ceiling = 9 }", "9", widened),
            ("{ max = 9, ceiling = 10 }", "{ max = 9, ceiling = 9 }", None),
            ("9", "{ max = 9, ceiling = 10 }", None),
            // Beyond its ceiling a band does not reach.
            (
                "{ max = 100, tolerance = \"5%\", ceiling = 102 }",
                "{ max = 100, tolerance = \"9%\", ceiling = 102 }",
                None,
            ),
        ] {
            assert_eq!(kind("max_bytes", old, new), expected, "{old} → {new}");
        }
    }

    #[test]
    fn a_line_of_growth_is_relaxed_by_each_of_its_limits() {
        let file = |line: &str| {
            let text = format!("entity = 'row'\n[growth]\nlive_bytes = {line}");
            BudgetFile::parse("a.toml", &text).unwrap()
        };
        let relaxations = |old: &str, new: &str| {
            let found = compare("s::a", &file(old), &file(new)).into_iter();
            found.map(|line| (line.key, line.kind, line.remedy.line)).collect::<Vec<_>>()
        };
        let line = "live_bytes = { fixed = 10, per_entity = 5, reason = \"...\" }".to_owned();
        assert_eq!(
            relaxations("{ fixed = 9, per_entity = 5 }", "{ fixed = 10, per_entity = 5 }"),
            [("growth.live_bytes.fixed".to_owned(), RelaxationKind::Raised, line)]
        );
        let gone = "growth.live_bytes.per_entity = \"...\"".to_owned();
        assert_eq!(
            relaxations("{ fixed = 9, per_entity = 5 }", "{ fixed = 9 }"),
            [("growth.live_bytes.per_entity".to_owned(), RelaxationKind::Removed, gone)]
        );
        let wide = relaxations("{ per_entity = 5 }", "{ per_entity = 5, tolerance = '3%' }");
        assert_eq!(wide[0].1, RelaxationKind::Widened);
        assert_eq!(relaxations("{ fixed = 9 }", "{ fixed = 8, per_entity = 5 }"), []);
    }

    #[test]
    fn a_limit_per_entity_is_compared_for_many_entities() {
        let key = "live_bytes_per_entity";
        // 0.5 % of one entity's 12 bytes is nothing, but of a thousand entities' it is 60.
        assert_eq!(
            kind(key, "12", "{ max = 12, tolerance = \"0.5%\" }"),
            Some(RelaxationKind::Widened)
        );
        let half_a_byte = "{ max = 100, tolerance = \"0.5%\" }";
        assert_eq!(
            kind(key, half_a_byte, "{ max = 100, tolerance = \"1 B\" }"),
            Some(RelaxationKind::Widened)
        );
        assert_eq!(kind(key, "{ max = 100, tolerance = \"1 B\" }", half_a_byte), None);
        let ceiling = |percent| format!("{{ max = 12, tolerance = \"{percent}%\", ceiling = 12 }}");
        assert_eq!(kind(key, &ceiling(1), &ceiling(9)), None);
    }

    #[test]
    fn the_largest_figures_do_not_overflow() {
        let most = i64::MAX;
        let wide = format!("{{ max = {most}, tolerance = \"1844674407370955%\" }}");
        for key in ["max_bytes", "max_bytes_per_entity"] {
            assert_eq!(kind(key, &most.to_string(), &wide), Some(RelaxationKind::Widened));
            assert_eq!(kind(key, &wide, &wide), None);
        }
    }
}
