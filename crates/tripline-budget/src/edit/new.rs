//! Files that do not exist yet.

use crate::error::Problems;
use crate::files::{
    BudgetFile, LimitValue, RecordedRuler, SizesFile, TypeValue, render, render_sizes,
};
use crate::metrics::Metric;
use crate::runs::Ruler;
use crate::text::Spanned;

/// Returns the text of a new budget file, which will be called `file`.
///
/// # Errors
///
/// If it would not parse, as with a blank reason or a limit per entity without an entity.
pub fn new_budget(
    file: &str,
    entity: Option<&str>,
    limits: impl IntoIterator<Item = (Metric, LimitValue)>,
    ruler: &Ruler,
) -> Result<String, Problems> {
    let mut budget = BudgetFile {
        entity: entity.map(|entity| Spanned::from(entity.to_owned())),
        ruler: RecordedRuler::from(ruler),
        ..BudgetFile::default()
    };
    for (metric, value) in limits {
        budget.base.limits.insert(metric, Spanned::from(value));
    }
    let text = render(&budget);
    BudgetFile::parse(file, &text)?;
    Ok(text)
}

/// Returns the text of a new sizes file, which will be called `file`.
///
/// # Errors
///
/// If it would not parse, as with a blank reason.
pub fn new_sizes(
    file: &str,
    types: impl IntoIterator<Item = (String, TypeValue)>,
    ruler: &Ruler,
) -> Result<String, Problems> {
    let mut sizes = SizesFile { ruler: RecordedRuler::from(ruler), ..SizesFile::default() };
    for (name, value) in types {
        sizes.types.insert(name, Spanned::from(value));
    }
    let text = render_sizes(&sizes);
    SizesFile::parse(file, &text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ruler() -> Ruler {
        Ruler {
            rustc: "1.95.0".into(),
            target: "x86_64-unknown-linux-gnu".into(),
            profile: "opt 1".into(),
            ..Ruler::default()
        }
    }

    #[test]
    fn a_new_file_is_canonical() {
        let limits = [
            ("live_bytes_per_entity".parse().unwrap(), LimitValue::exact(12)),
            ("total_blocks".parse().unwrap(), LimitValue::exact(323_224)),
        ];
        assert_eq!(
            new_budget("budgets/sql/insert.toml", Some("row"), limits, &ruler()).unwrap(),
            r#"entity = "row"

[limits]
total_blocks = 323_224

live_bytes_per_entity = 12

[ruler]
rustc = "1.95.0"
target = "x86_64-unknown-linux-gnu"
profile = "opt 1"
"#
        );
        let types = [("turso::Value".to_owned(), TypeValue::of_size(32))];
        assert_eq!(
            new_sizes("budgets/sql/sizes.toml", types, &ruler()).unwrap(),
            r#"[types]
"turso::Value" = 32

[ruler]
rustc = "1.95.0"
target = "x86_64-unknown-linux-gnu"
profile = "opt 1"
"#
        );
    }

    #[test]
    fn what_would_not_parse_is_refused() {
        let per_entity = [("live_bytes_per_entity".parse().unwrap(), LimitValue::exact(12))];
        assert!(new_budget("budget.toml", None, per_entity, &ruler()).is_err());
        let blank = TypeValue { reason: Some(String::new()), ..TypeValue::of_size(32) };
        assert!(new_sizes("sizes.toml", [("T".to_owned(), blank)], &ruler()).is_err());
    }
}
