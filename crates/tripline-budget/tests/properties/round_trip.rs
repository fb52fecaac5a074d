//! A rendered file reads as the file that was rendered.

use proptest::prelude::*;
use tripline_budget::{
    BudgetFile, Metric, Percent, SizesFile, Tolerance, parse_size, render, render_sizes,
};

use crate::generate::{budget, metric, percent, sizes, tolerance};
use crate::layout::laid_out;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_budget_file(budget in budget()) {
        let text = render(&budget);
        let parsed = BudgetFile::parse("budget.toml", &text);
        prop_assert_eq!(parsed, Ok(budget), "{}", text);
    }

    #[test]
    fn a_budget_file_in_any_layout(layout in laid_out()) {
        let parsed = BudgetFile::parse("budget.toml", &layout.text);
        prop_assert_eq!(parsed, Ok(layout.budget), "{}", layout.text);
    }

    #[test]
    fn a_sizes_file(sizes in sizes()) {
        let text = render_sizes(&sizes);
        prop_assert_eq!(SizesFile::parse("sizes.toml", &text), Ok(sizes), "{}", text);
    }

    #[test]
    fn a_metric(metric in metric()) {
        prop_assert_eq!(metric.to_string().parse::<Metric>(), Ok(metric));
    }

    #[test]
    fn a_percentage(percent in percent()) {
        prop_assert_eq!(percent.to_toml().parse::<Percent>(), Ok(percent));
        prop_assert_eq!(percent.to_string().parse::<Percent>(), Ok(percent));
    }

    #[test]
    fn a_tolerance(metric in metric(), tolerance in tolerance()) {
        let unit = metric.unit();
        let toml = tolerance.to_toml(unit);
        match toml.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            Some(text) => prop_assert_eq!(Tolerance::parse(text, unit), Ok(tolerance)),
            None => {
                let count = toml.replace('_', "").parse().unwrap();
                prop_assert_eq!(Tolerance::Absolute(count), tolerance);
            }
        }
    }

    #[test]
    fn a_size(bytes in any::<u64>()) {
        prop_assert_eq!(parse_size(&format!("{bytes} B")), Ok(bytes));
    }
}
