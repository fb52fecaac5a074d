//! Edits of `[growth]`: two limits share a line, its tolerance and its reason.

use proptest::prelude::*;
use proptest::sample::Index;
use tripline_budget::{BudgetFile, LimitValue, Section, Spanned};

use crate::edits::{change_value, difference, edited, limit_change, pick};
use crate::generate::{amount, grown, when};
use crate::layout::{has_multi_line_string, laid_out};

fn section<'a>(budget: &'a mut BudgetFile, when: Option<&String>) -> &'a mut Section {
    match when {
        Some(when) => &mut budget.whens.entry(when.clone()).or_default().value,
        None => &mut budget.base,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn set_limit(layout in laid_out(), index in any::<Index>(), mut change in limit_change()) {
        let Some((when, metric)) = pick(&layout, true, index) else { return Ok(()); };
        let mut wanted = layout.budget.clone();
        let limits = &mut section(&mut wanted, when.as_ref()).limits;
        for per_entity in [false, true] {
            let part = metric.growth_metric().unwrap().part(per_entity);
            if let Some(limit) = limits.get_mut(&part) {
                let max = limit.max;
                change_value(&mut limit.value, &mut change);
                if part != metric {
                    limit.value.max = max;
                }
            }
        }
        let text = edited(&layout.text, |edit| {
            edit.set_limit(when.as_deref(), &metric, &change).unwrap();
        });
        prop_assert_eq!(BudgetFile::parse("budget.toml", &text), Ok(wanted), "{}", text);
        if !has_multi_line_string(&layout.text) {
            let (gone, come) = difference(&layout.text, &text);
            prop_assert!(gone.len() <= 1 && come.len() <= 1, "{gone:#?} {come:#?}");
        }
    }

    #[test]
    fn add_limit(
        layout in laid_out(),
        when in prop::option::of(when()),
        (of, per_entity, max) in (grown(), any::<bool>(), amount()),
        index in any::<Index>(),
    ) {
        // Often to a line that is there.
        let (when, of) = match pick(&layout, true, index) {
            Some((when, metric)) if per_entity => (when, metric.growth_metric().unwrap().clone()),
            _ => (when, of),
        };
        let metric = of.part(per_entity);
        let mut wanted = layout.budget.clone();
        wanted.entity.get_or_insert_with(|| "row".to_owned().into());
        let with_entity = edited(&layout.text, |edit| {
            if layout.budget.entity.is_none() {
                edit.set_entity("row").unwrap();
            }
        });
        let limits = &mut section(&mut wanted, when.as_ref()).limits;
        let is_there = limits.contains_key(&metric);
        let shared = limits.get(&of.part(!per_entity)).map(|limit| limit.value.clone());
        let value = LimitValue { max, ..shared.unwrap_or_else(|| LimitValue::exact(max)) };
        limits.insert(metric.clone(), Spanned::from(value));

        let mut edit = tripline_budget::Edit::new("budget.toml", &with_entity).unwrap();
        let added = edit.add_limit(when.as_deref(), &metric, &LimitValue::exact(max));
        prop_assert_eq!(added.is_err(), is_there);
        let text = edit.finish();
        if !is_there {
            prop_assert_eq!(BudgetFile::parse("budget.toml", &text), Ok(wanted), "{}", text);
        }
    }
}
