//! Names chosen by a part of them: the argument FILTER.

use similar::get_close_matches;
use tripline_budget::shell_word;

use crate::output::{few_lines, harmless};

/// A text that chosen names contain; without one, every name is chosen.
#[derive(Clone, Debug, Default)]
pub struct Filter(Option<String>);

/// The most names that are suggested where none matches.
const SUGGESTED: usize = 5;
/// The least likeness of a suggested name; 1 is equal.
const LIKENESS: f32 = 0.5;

impl Filter {
    /// Returns a filter; `None` and a blank text match everything.
    #[must_use]
    pub fn new(text: Option<&str>) -> Self {
        Self(text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned))
    }

    #[must_use]
    pub fn matches(&self, name: &str) -> bool {
        self.0.as_ref().is_none_or(|text| name.contains(text.as_str()))
    }

    /// Returns `true` if `name` is the whole text, not only contains it.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.0.as_deref() == Some(name)
    }

    /// Returns the text as a person types it behind a command, with a space before it.
    pub(crate) fn typed(&self) -> String {
        self.0.as_ref().map_or_else(String::new, |text| format!(" {}", shell_word(text)))
    }

    /// Returns the error for a filter that matches none of `names`.
    pub(crate) fn matches_nothing(&self, names: &[String]) -> anyhow::Error {
        let text = self.0.as_deref().unwrap_or_default();
        let candidates: Vec<&str> = names.iter().map(String::as_str).collect();
        let near = get_close_matches(text, &candidates, SUGGESTED, LIKENESS);
        let lead = if near.is_empty() { "there are" } else { "the nearest are" };
        let is_near = |name: &&String| near.contains(&name.as_str());
        let others = names.iter().filter(|name| !is_near(name)).map(String::as_str);
        let ordered: Vec<_> = near.iter().copied().chain(others).map(harmless).collect();
        let most = if near.is_empty() { SUGGESTED } else { near.len() };
        let shown = few_lines(&ordered, most);
        anyhow::anyhow!("nothing matches `{text}`: {lead}\n\n{shown}")
    }
}

#[cfg(test)]
mod tests {
    use crate::filter::Filter;

    #[test]
    fn a_filter_is_a_part_of_a_name() {
        let filter = Filter::new(Some("sql::wal"));
        assert!(filter.matches("sql::wal_insert"));
        assert!(!filter.matches("sql::mvcc"));
        assert!(Filter::new(Some("sql::wal")).is("sql::wal"));
        assert!(!Filter::new(Some("sql")).is("sql::wal"));
        assert!(Filter::new(Some(" ")).matches("anything"));
    }

    #[test]
    fn the_nearest_names_are_shown() {
        let names = ["sql::wal_insert_heavy", "sql::mvcc_insert_heavy", "net::sizes"];
        let names = names.map(str::to_owned);
        let near = Filter::new(Some("sql::wal_insrt")).matches_nothing(&names);
        assert_eq!(
            near.to_string(),
            "nothing matches `sql::wal_insrt`: the nearest are\n\n  sql::wal_insert_heavy\n  \
             sql::mvcc_insert_heavy\n  and 1 more"
        );
        let far = Filter::new(Some("zzz")).matches_nothing(&names);
        assert_eq!(
            far.to_string(),
            "nothing matches `zzz`: there are\n\n  sql::wal_insert_heavy\n  \
             sql::mvcc_insert_heavy\n  net::sizes"
        );
    }
}
