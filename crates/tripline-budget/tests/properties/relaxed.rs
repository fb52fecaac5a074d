//! Every line that allows more than it did is found, and nothing else.

use proptest::prelude::*;
use proptest::sample::Index;
use tripline_budget::relaxed::{BudgetTree, Relaxation, RelaxationKind, relaxed};
use tripline_budget::{BudgetFile, Limit, LimitValue, Metric, Spanned, render, render_sizes};

use crate::generate::{budget, limit_value, metric, sizes};

/// As many as there may be, and the largest first: what rounding hides of one shows of many.
const ENTITIES: [u64; 5] = [u64::MAX, 1_000_000, 1_000, 7, 1];

fn tree(files: &[(&str, &str)]) -> BudgetTree {
    let mut tree = BudgetTree::default();
    for (path, text) in files {
        tree.add("budgets", path, text).unwrap();
    }
    tree
}

fn between(old: &BudgetFile, new: &BudgetFile) -> Vec<Relaxation> {
    let of = |file: &BudgetFile| tree(&[("s/a.toml", &render(file))]);
    relaxed(&of(old), &of(new))
}

fn with(metric: &Metric, value: &LimitValue) -> BudgetFile {
    let mut budget = BudgetFile::default();
    budget.entity = Some("row".to_owned().into());
    budget.base.limits.insert(metric.clone(), Spanned::from(value.clone()));
    budget
}

fn allowed(metric: &Metric, value: &LimitValue, entities: u64) -> u128 {
    let LimitValue { max, tolerance, ceiling, reason } = value.clone();
    let (metric, when, line) = (metric.clone(), None, 1);
    Limit { metric, max, tolerance, ceiling, reason, when, line }.allowed(entities)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_relaxed_against_itself(budget in budget(), sizes in sizes()) {
        let (budget, sizes) = (render(&budget), render_sizes(&sizes));
        let same = || tree(&[("s/a.toml", budget.as_str()), ("s/sizes.toml", &sizes)]);
        prop_assert_eq!(relaxed(&same(), &same()), []);
    }

    #[test]
    fn what_is_not_found_allows_no_more(
        metric in metric(),
        old in limit_value(),
        new in limit_value(),
        same_max in any::<bool>(),
    ) {
        let mut new = new;
        if same_max {
            new.max = new.ceiling.map_or(old.max, |ceiling| ceiling.min(old.max));
        }
        let found = between(&with(&metric, &old), &with(&metric, &new));
        let entities = if metric.per_entity { &ENTITIES[..] } else { &ENTITIES[4..] };
        let more = entities.iter().any(|entities| {
            allowed(&metric, &new, *entities) > allowed(&metric, &old, *entities)
        });
        prop_assert!(!more || !found.is_empty(), "{old:?} {new:?}");
        // A total allows what it allows; of many entities the exact share decides, not any one count.
        let looser = old.ceiling.is_some_and(|old| new.ceiling.is_none_or(|new| new > old));
        if !metric.per_entity && !more && !looser && new.max <= old.max {
            prop_assert_eq!(found, []);
        }
    }

    #[test]
    fn a_line_that_is_gone_is_found(budget in budget(), index in any::<Index>()) {
        let keys: Vec<Metric> = budget.base.limits.keys().cloned().collect();
        if keys.is_empty() {
            return Ok(());
        }
        let gone = &keys[index.index(keys.len())];
        let mut new = budget.clone();
        new.base.limits.remove(gone);
        new.reasons = tripline_budget::Reasons::default();
        let found = between(&budget, &new);
        let removed: Vec<_> = found.iter().map(|line| (line.key.clone(), line.kind)).collect();
        prop_assert_eq!(removed, [(gone.to_string(), RelaxationKind::Removed)]);
        prop_assert!(found.iter().all(|line| line.reason.is_none()));
    }
}
