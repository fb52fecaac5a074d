//! An edit changes what it names and nothing else.

use proptest::prelude::*;
use proptest::sample::Index;
use tripline_budget::{
    BudgetFile, Edit, FieldChange, LimitChange, LimitValue, Metric, RecordedRuler, Ruler,
    SizesFile, Spanned, Tolerance, TypeChange, render_sizes,
};

use crate::generate::{
    amount, limit_value, metric, percent, reason, sizes, text, type_name, type_value, when,
};
use crate::layout::{Layout, has_multi_line_string, laid_out};

/// The lines of `old` that are not in `new`, and of `new` that are not in `old`, if they stand
/// together.
pub(crate) fn difference<'a>(old: &'a str, new: &'a str) -> (Vec<&'a str>, Vec<&'a str>) {
    let lines = |text: &'a str| text.trim_start_matches('\u{feff}').lines().collect();
    let (old, new): (Vec<&str>, Vec<&str>) = (lines(old), lines(new));
    let before = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[before..], &new[before..]);
    let after = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    (old[..old.len() - after].to_vec(), new[..new.len() - after].to_vec())
}

pub(crate) fn edited(text: &str, edit: impl FnOnce(&mut Edit)) -> String {
    let mut edits = Edit::new("budget.toml", text).unwrap();
    edit(&mut edits);
    edits.finish()
}

fn tolerance_change() -> impl Strategy<Value = FieldChange<Tolerance>> {
    prop_oneof![
        Just(FieldChange::Keep),
        Just(FieldChange::Remove),
        percent().prop_map(|percent| FieldChange::Set(Tolerance::Percent(percent))),
    ]
}

pub(crate) fn limit_change() -> impl Strategy<Value = LimitChange> {
    (prop::option::of(amount()), tolerance_change(), prop::option::of(reason()))
        .prop_map(|(max, tolerance, reason)| LimitChange { max, tolerance, reason })
}

/// `change` on the model. A `max` above the ceiling becomes the ceiling.
pub(crate) fn change_value(value: &mut LimitValue, change: &mut LimitChange) {
    if let (Some(max), Some(ceiling)) = (&mut change.max, value.ceiling) {
        *max = ceiling.min(*max);
    }
    value.max = change.max.unwrap_or(value.max);
    match change.tolerance {
        FieldChange::Keep => {}
        FieldChange::Set(tolerance) => value.tolerance = Some(tolerance),
        FieldChange::Remove => value.tolerance = None,
    }
    if let Some(reason) = &change.reason {
        value.reason = Some(reason.clone());
    }
}

/// A limit of the base or of a `when`; of growth or not.
pub(crate) fn pick(
    layout: &Layout,
    growth: bool,
    index: Index,
) -> Option<(Option<String>, Metric)> {
    let base = layout.budget.base.limits.keys().map(|metric| (None, metric.clone()));
    let whens = layout.budget.whens.iter().flat_map(|(when, section)| {
        section.limits.keys().map(|metric| (Some(when.clone()), metric.clone()))
    });
    let all = base.chain(whens).filter(|(_, metric)| metric.is_growth() == growth);
    let all: Vec<_> = all.collect();
    (!all.is_empty()).then(|| all[index.index(all.len())].clone())
}

fn ruler() -> impl Strategy<Value = Ruler> {
    (text(), text(), text(), text()).prop_map(|(rustc, target, profile, dependencies)| Ruler {
        rustc,
        target,
        profile,
        dependencies,
        ..Ruler::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn set_limit(layout in laid_out(), index in any::<Index>(), mut change in limit_change()) {
        let Some((when, metric)) = pick(&layout, false, index) else { return Ok(()); };
        let mut wanted = layout.budget.clone();
        let section = match &when {
            Some(when) => &mut wanted.whens.get_mut(when).unwrap().value,
            None => &mut wanted.base,
        };
        change_value(&mut section.limits.get_mut(&metric).unwrap().value, &mut change);

        let text = edited(&layout.text, |edit| {
            edit.set_limit(when.as_deref(), &metric, &change).unwrap();
        });
        prop_assert_eq!(BudgetFile::parse("budget.toml", &text), Ok(wanted), "{}", text);

        if has_multi_line_string(&layout.text) {
            return Ok(());
        }
        // One line, or the lines of the limit's fields where each has its own.
        let (gone, come) = difference(&layout.text, &text);
        let key = metric.to_string();
        let last_part = key.split('.').next_back().unwrap();
        for line in gone.iter().chain(&come) {
            let line = line.trim();
            let own = line.contains(last_part)
                || ["max", "tolerance", "ceiling", "reason"].iter().any(|name| line.starts_with(name));
            prop_assert!(own, "{line} is not of {metric}");
        }
        prop_assert!(gone.len() <= 4 && come.len() <= 4, "{gone:#?} {come:#?}");
    }

    #[test]
    fn add_limit(layout in laid_out(), when in prop::option::of(when()), metric in metric(), value in limit_value()) {
        let mut wanted = layout.budget.clone();
        wanted.entity.get_or_insert_with(|| "row".to_owned().into());
        let with_entity = edited(&layout.text, |edit| {
            if layout.budget.entity.is_none() {
                edit.set_entity("row").unwrap();
            }
        });
        let section = match &when {
            Some(when) => &mut wanted.whens.entry(when.clone()).or_default().value,
            None => &mut wanted.base,
        };
        if section.limits.contains_key(&metric) {
            let mut edit = Edit::new("budget.toml", &with_entity).unwrap();
            prop_assert!(edit.add_limit(when.as_deref(), &metric, &value).is_err());
            prop_assert_eq!(edit.finish(), with_entity);
            return Ok(());
        }
        section.limits.insert(metric.clone(), Spanned::from(value.clone()));

        let text = edited(&with_entity, |edit| {
            edit.add_limit(when.as_deref(), &metric, &value).unwrap();
        });
        prop_assert_eq!(BudgetFile::parse("budget.toml", &text), Ok(wanted), "{}", text);

        let (gone, come) = difference(&with_entity, &text);
        prop_assert_eq!(gone, Vec::<&str>::new());
        let lines: Vec<&str> = come.into_iter().filter(|line| !line.is_empty()).collect();
        let line = format!("{metric} = ");
        prop_assert!(lines.iter().any(|added| added.starts_with(&line)), "{lines:?}");
        prop_assert!(lines.len() <= 2, "{lines:?}");
    }

    #[test]
    fn set_entity(layout in laid_out(), name in reason()) {
        let mut wanted = layout.budget.clone();
        wanted.entity = Some(name.clone().into());
        let text = edited(&layout.text, |edit| edit.set_entity(&name).unwrap());
        prop_assert_eq!(BudgetFile::parse("budget.toml", &text), Ok(wanted), "{}", text);
        let (gone, come) = difference(&layout.text, &text);
        prop_assert!(gone.len() <= 1 && come.len() <= 2, "{gone:#?} {come:#?}");
    }

    #[test]
    fn set_ruler(layout in laid_out(), ruler in ruler()) {
        let mut wanted = layout.budget.clone();
        // A part that is not known now stays.
        wanted.ruler.0.extend(RecordedRuler::from(&ruler).0);
        let text = edited(&layout.text, |edit| edit.set_ruler(&ruler).unwrap());
        prop_assert_eq!(BudgetFile::parse("budget.toml", &text), Ok(wanted), "{}", text);
        let (gone, come) = difference(&layout.text, &text);
        prop_assert!(gone.len() <= 6 && come.len() <= 8, "{gone:#?} {come:#?}");
        // The same again changes nothing.
        prop_assert_eq!(edited(&text, |edit| edit.set_ruler(&ruler).unwrap()), text);
    }

    #[test]
    fn set_type(sizes in sizes(), index in any::<Index>(), size in amount(), why in reason()) {
        if sizes.types.is_empty() {
            return Ok(());
        }
        let mut wanted = sizes.clone();
        let (name, value) = wanted.types.iter_mut().nth(index.index(sizes.types.len())).unwrap();
        let size = value.ceiling.map_or(size, |ceiling| ceiling.min(size));
        (value.value.size, value.value.align, value.value.reason) = (size, Some(8), Some(why.clone()));
        let change = TypeChange { size: Some(size), align: Some(8), reason: Some(why) };

        let old = render_sizes(&sizes);
        let text = edited(&old, |edit| edit.set_type(None, name, &change).unwrap());
        prop_assert_eq!(SizesFile::parse("sizes.toml", &text), Ok(wanted), "{}", text);
        let (gone, come) = difference(&old, &text);
        prop_assert!(gone.len() <= 1 && come.len() <= 1, "{gone:#?} {come:#?}");
    }

    #[test]
    fn add_type(
        sizes in sizes(),
        when in prop::option::of(when()),
        name in type_name(),
        value in type_value(),
    ) {
        let mut wanted = sizes.clone();
        let types = match &when {
            Some(when) => &mut wanted.whens.entry(when.clone()).or_default().value,
            None => &mut wanted.types,
        };
        if types.insert(name.clone(), Spanned::from(value.clone())).is_some() {
            return Ok(());
        }
        let old = render_sizes(&sizes);
        let text = edited(&old, |edit| edit.add_type(when.as_deref(), &name, &value).unwrap());
        prop_assert_eq!(SizesFile::parse("sizes.toml", &text), Ok(wanted), "{}", text);
        prop_assert_eq!(difference(&old, &text).0, Vec::<&str>::new());
        // The order of a rendered file is kept, so that adding and rendering come to the same.
        if sizes.whens.is_empty() && when.is_none() {
            let parsed = SizesFile::parse("sizes.toml", &text).unwrap();
            prop_assert_eq!(render_sizes(&parsed), text);
        }
    }
}
