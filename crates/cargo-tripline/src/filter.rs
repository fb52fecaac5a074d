//! FILTER: a part of `suite::path`.

use similar::get_close_matches;

use crate::output::harmless;

/// What a command is about: everything, or the names that hold a text.
#[derive(Clone, Debug, Default)]
pub struct Filter(Option<String>);

/// How many names are suggested where none matches.
const SUGGESTED: usize = 5;
/// From which likeness on a name is suggested: 1 is equal.
const LIKENESS: f32 = 0.5;

impl Filter {
    /// `None` and a blank text match everything.
    #[must_use]
    pub fn new(text: Option<&str>) -> Self {
        Self(text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned))
    }

    #[must_use]
    pub fn matches(&self, name: &str) -> bool {
        self.0.as_ref().is_none_or(|text| name.contains(text.as_str()))
    }

    /// Whether it is this very name, not a part of it.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.0.as_deref() == Some(name)
    }

    /// As it is typed behind a command, with a space before it.
    pub(crate) fn typed(&self) -> String {
        self.0.as_ref().map_or_else(String::new, |text| format!(" {text}"))
    }

    /// The error for a filter that matches none of `names`.
    pub(crate) fn matches_nothing(&self, names: &[String]) -> anyhow::Error {
        let text = self.0.as_deref().unwrap_or_default();
        let candidates: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut shown = get_close_matches(text, &candidates, SUGGESTED, LIKENESS);
        let lead = if shown.is_empty() { "there are" } else { "the nearest are" };
        if shown.is_empty() {
            shown = candidates.iter().take(SUGGESTED).copied().collect();
        }
        let more = match names.len() - shown.len() {
            0 => String::new(),
            more => format!("\n  and {more} more"),
        };
        let shown: Vec<_> = shown.into_iter().map(harmless).collect();
        anyhow::anyhow!("nothing matches `{text}`: {lead}\n\n  {}{more}", shown.join("\n  "))
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
