//! The edits, each of which either succeeds or leaves the text as it was.

use std::fmt;

use super::change::{ChangedFields, LimitChange, TypeChange};
use super::field::{self, NewValue};
use super::line;
use super::locate::{LocatedLine, SectionKind, SectionPath, limits, types};
use super::text::EditedText;
use crate::error::{Error, Problems};
use crate::files::render::{limit_line, type_line};
use crate::files::{BudgetFile, LimitValue, SizesFile, TypeValue};
use crate::metrics::Metric;
use crate::runs::Ruler;
use crate::text::toml::{TomlEntry, entries, parse_document};

/// A file's text under edit. An edit that fails leaves it as it was.
#[derive(Clone, Debug)]
pub struct Edit {
    pub(super) file: String,
    pub(super) text: EditedText,
}

impl Edit {
    /// Starts on a budget or sizes file's text, which should be one that parses as such; `file`
    /// is how errors name it.
    ///
    /// # Errors
    ///
    /// If it is not TOML.
    pub fn new(file: &str, text: &str) -> Result<Self, Problems> {
        parse_document(file, text)?;
        Ok(Self { file: file.to_owned(), text: EditedText::new(text) })
    }

    /// Returns the edited text.
    #[must_use]
    pub fn finish(self) -> String {
        self.text.into_string()
    }

    /// Changes a limit that stands in `[limits]`, or under the `when` key as the file spells it.
    /// A number stays a number, and a size one of the same unit where it is a whole number of it.
    ///
    /// # Errors
    ///
    /// If there is no such limit, the new `max` is above its ceiling, or the result would not
    /// parse, as with a blank reason.
    pub fn set_limit(
        &mut self,
        when: Option<&str>,
        metric: &Metric,
        change: &LimitChange,
    ) -> Result<(), Error> {
        if let Some(of) = metric.growth_metric() {
            return self.set_growth(when, of, metric, change);
        }
        let place = SectionPath { when, kind: SectionKind::Limits };
        self.set(place, &metric.to_string(), change.fields(metric))
    }

    /// Says why a limit stands where it does.
    ///
    /// # Errors
    ///
    /// If there is no such limit, or the reason is blank.
    pub fn set_reason(
        &mut self,
        when: Option<&str>,
        metric: &Metric,
        reason: &str,
    ) -> Result<(), Error> {
        let change = LimitChange { reason: Some(reason.to_owned()), ..LimitChange::default() };
        self.set_limit(when, metric, &change)
    }

    /// Changes a type's limit that stands in `[types]`, or under the `when` key.
    ///
    /// # Errors
    ///
    /// If there is no such type, the new `size` is above its ceiling, or the result would not
    /// parse.
    pub fn set_type(
        &mut self,
        when: Option<&str>,
        name: &str,
        change: &TypeChange,
    ) -> Result<(), Error> {
        let place = SectionPath { when, kind: SectionKind::Types };
        self.set(place, name, change.fields())
    }

    /// Adds a limit at its place in the order, a blank line around it; where the section has no
    /// header yet, with one.
    ///
    /// # Errors
    ///
    /// If the metric has a limit there already, `max` is above the ceiling, or the result would
    /// not parse, as with a limit per entity before [`set_entity`](Self::set_entity).
    pub fn add_limit(
        &mut self,
        when: Option<&str>,
        metric: &Metric,
        value: &LimitValue,
    ) -> Result<(), Error> {
        if let Some(of) = metric.growth_metric() {
            return self.add_growth(when, of, metric, value);
        }
        check_ceiling(&metric.to_string(), value.max, value.ceiling)?;
        let place = SectionPath { when, kind: SectionKind::Limits };
        self.add(place, metric, &limit_line(metric, value), limits)
    }

    /// Adds a type at its place in the order of names, a blank line around it; where the section
    /// has no header yet, with one.
    ///
    /// # Errors
    ///
    /// If the type has a limit there already, `size` is above the ceiling, or the result would
    /// not parse.
    pub fn add_type(
        &mut self,
        when: Option<&str>,
        name: &str,
        value: &TypeValue,
    ) -> Result<(), Error> {
        check_ceiling(name, value.size, value.ceiling)?;
        let place = SectionPath { when, kind: SectionKind::Types };
        self.add(place, &name.to_owned(), &type_line(name, value), |table, _| types(table))
    }

    /// States what per-entity limits divide by.
    ///
    /// # Errors
    ///
    /// If the name is blank.
    pub fn set_entity(&mut self, name: &str) -> Result<(), Error> {
        let document = parse_document(&self.file, self.text.as_str())?;
        let splice = line::set_entity(&self.text, &document, name);
        let text = self.text.with(&splice);
        self.accept(text, SectionKind::Limits)
    }

    /// States the ruler that the figures were measured with, every part of it, under its newer key.
    ///
    /// # Errors
    ///
    /// Never of a file that parses.
    pub fn set_ruler(&mut self, ruler: &Ruler) -> Result<(), Error> {
        let mut text = self.text.clone();
        let document = parse_document(&self.file, text.as_str())?;
        if let Some(renamed) = line::rename_older_ruler(&document) {
            text = text.with(&renamed);
        }
        let mut above = None;
        for (part, value) in ruler.parts().into_iter().filter(|(_, value)| !value.is_empty()) {
            let document = parse_document(&self.file, text.as_str())?;
            let splice = line::set_ruler(&text, &document, part, value, above);
            text = text.with(&splice);
            above = Some(part);
        }
        self.text = text;
        Ok(())
    }

    /// Applies the fields one by one, each to the text as the one before left it.
    pub(super) fn set(
        &mut self,
        place: SectionPath<'_>,
        key: &str,
        fields: ChangedFields,
    ) -> Result<(), Error> {
        let mut text = self.text.clone();
        for (name, new) in fields {
            let document = parse_document(&self.file, text.as_str())?;
            let not_there = || Error::NotThere { key: key.to_owned(), section: place.to_string() };
            let line = place.find(&document, text.as_str(), key).ok_or_else(not_there)?;
            if let NewValue::Amount(amount) = new {
                let is_max = name == place.kind.fields()[0];
                check_ceiling(key, amount, ceiling(&line).filter(|_| is_max))?;
            }
            if let Some(splice) = field::change(&text, &line, place.kind, name, &new) {
                text = text.with(&splice);
            }
        }
        self.accept(text, place.kind)
    }

    pub(super) fn add<K: Ord + fmt::Display>(
        &mut self,
        place: SectionPath<'_>,
        key: &K,
        line: &str,
        lines: impl for<'d> Fn(&'d toml_edit::Table, &str) -> Vec<LocatedLine<'d, K>>,
    ) -> Result<(), Error> {
        let text = self.text.as_str();
        let document = parse_document(&self.file, text)?;
        let lines = place.table(&document).map(|table| lines(table, text)).unwrap_or_default();
        if lines.iter().any(|other| other.key == *key) {
            let (key, section) = (key.to_string(), place.to_string());
            return Err(Error::AlreadyThere { key, section });
        }
        let splice = line::insert(&self.text, &document, place, &lines, key, line);
        let text = self.text.with(&splice);
        self.accept(text, place.kind)
    }

    /// Takes an edited text if it reads as what it should be: a reason may be blank, a number too
    /// large, a limit per entity where no entity is named.
    fn accept(&mut self, text: EditedText, kind: SectionKind) -> Result<(), Error> {
        match kind {
            SectionKind::Limits | SectionKind::Growth => {
                BudgetFile::parse(&self.file, text.as_str())?;
            }
            SectionKind::Types => SizesFile::parse(&self.file, text.as_str()).map(drop)?,
        }
        self.text = text;
        Ok(())
    }
}

fn check_ceiling(key: &str, value: u64, ceiling: Option<u64>) -> Result<(), Error> {
    match ceiling.filter(|ceiling| value > *ceiling) {
        Some(ceiling) => Err(Error::AboveCeiling { key: key.to_owned(), value, ceiling }),
        None => Ok(()),
    }
}

fn ceiling(line: &TomlEntry<'_>) -> Option<u64> {
    let fields = entries(line.item.as_table_like()?);
    let ceiling = fields.iter().find(|field| field.name == "ceiling")?;
    match ceiling.item.as_str() {
        Some(size) => crate::values::parse_size(size).ok(),
        None => u64::try_from(ceiling.item.as_integer()?).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::FieldChange;
    use crate::values::Tolerance;

    const BUDGET: &str = r#"# what an insert costs
entity = "row"

[limits]
total_blocks = 323_224               # exact

# the page cache
max_bytes = { max = "267 KiB", tolerance = "3%" }

live_bytes_per_entity = { max = 12, ceiling = 64 }

[limits.leaked_blocks]
max = 1  # an Arc
ceiling = 8

[when.'cfg(windows)'.limits]
max_bytes = "1 MiB"

[ruler]
rustc = "1.95.0"
profile = "opt 1"
"#;

    fn metric(key: &str) -> Metric {
        key.parse().unwrap()
    }

    fn max(max: u64) -> LimitChange {
        LimitChange { max: Some(max), ..LimitChange::default() }
    }

    fn edit(text: &str) -> Edit {
        Edit::new("budget.toml", text).unwrap()
    }

    /// The lines that the edit took away, and those that it brought, marked as in a diff.
    fn difference(text: &str, change: impl FnOnce(&mut Edit) -> Result<(), Error>) -> String {
        let mut edit = edit(text);
        change(&mut edit).unwrap();
        let edited = edit.finish();
        let (old, new): (Vec<_>, Vec<_>) = (text.lines().collect(), edited.lines().collect());
        let before = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let (old, new) = (&old[before..], &new[before..]);
        let after = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
        let gone = old[..old.len() - after].iter().map(|line| format!("-{line}\n"));
        gone.chain(new[..new.len() - after].iter().map(|line| format!("+{line}\n"))).collect()
    }

    fn set(when: Option<&str>, key: &str, change: &LimitChange) -> String {
        difference(BUDGET, |edit| edit.set_limit(when, &metric(key), change))
    }

    fn add(key: &str, value: u64) -> String {
        difference(BUDGET, |edit| edit.add_limit(None, &metric(key), &LimitValue::exact(value)))
    }

    #[test]
    fn a_number_is_rewritten_in_its_own_spelling() {
        assert_eq!(
            set(None, "total_blocks", &max(1_000)),
            "-total_blocks = 323_224               # exact\n\
             +total_blocks = 1_000               # exact\n"
        );
        assert_eq!(
            set(None, "max_bytes", &max(280 * 1024)),
            "-max_bytes = { max = \"267 KiB\", tolerance = \"3%\" }\n\
             +max_bytes = { max = \"280 KiB\", tolerance = \"3%\" }\n"
        );
        assert_eq!(
            set(None, "max_bytes", &max(280 * 1024 + 1)),
            "-max_bytes = { max = \"267 KiB\", tolerance = \"3%\" }\n\
             +max_bytes = { max = 286_721, tolerance = \"3%\" }\n"
        );
        assert_eq!(set(None, "leaked_blocks", &max(2)), "-max = 1  # an Arc\n+max = 2  # an Arc\n");
        assert_eq!(
            set(Some("cfg(windows)"), "max_bytes", &max(2 << 20)),
            "-max_bytes = \"1 MiB\"\n+max_bytes = \"2 MiB\"\n"
        );
        assert_eq!(set(None, "total_blocks", &LimitChange::default()), "");
    }

    #[test]
    fn a_field_is_added_at_its_place_and_removed() {
        let reason = LimitChange { reason: Some("wider rows".into()), ..max(12) };
        assert_eq!(
            set(None, "total_blocks", &reason),
            "-total_blocks = 323_224               # exact\n\
             +total_blocks = { max = 12, reason = \"wider rows\" }               # exact\n"
        );
        let band = FieldChange::Set(Tolerance::Percent("5%".parse().unwrap()));
        let band = LimitChange { tolerance: band, ..LimitChange::default() };
        assert_eq!(
            set(None, "live_bytes_per_entity", &band),
            "-live_bytes_per_entity = { max = 12, ceiling = 64 }\n\
             +live_bytes_per_entity = { max = 12, tolerance = \"5%\", ceiling = 64 }\n"
        );
        assert_eq!(set(None, "leaked_blocks", &band), "+tolerance = \"5%\"\n");
        let exact = LimitChange { tolerance: FieldChange::Remove, ..LimitChange::default() };
        assert_eq!(
            set(None, "max_bytes", &exact),
            "-max_bytes = { max = \"267 KiB\", tolerance = \"3%\" }\n\
             +max_bytes = { max = \"267 KiB\" }\n"
        );
        assert_eq!(set(None, "total_blocks", &exact), "");
        assert_eq!(
            difference(BUDGET, |edit| edit.set_reason(None, &metric("leaked_blocks"), "an Arc")),
            "+reason = \"an Arc\"\n"
        );
    }

    #[test]
    fn a_limit_is_added_at_its_place_in_the_order() {
        assert_eq!(add("total_bytes", 9), "+total_bytes = 9\n+\n");
        assert_eq!(add("live_blocks", 9), "+live_blocks = 9\n+\n");
        assert_eq!(add("reported.hits", 9), "+reported.hits = 9\n+\n");
        assert_eq!(
            difference("[limits]\nmax_bytes = 2\n", |edit| {
                edit.add_limit(None, &metric("total_blocks"), &LimitValue::exact(1))
            }),
            "+total_blocks = 1\n+\n"
        );
    }

    #[test]
    fn a_section_is_added_at_its_place() {
        let add = |text: &str, when| {
            let mut edit = edit(text);
            edit.add_limit(when, &metric("max_bytes"), &LimitValue::exact(1)).unwrap();
            edit.finish()
        };
        assert_eq!(add("", None), "[limits]\nmax_bytes = 1\n");
        assert_eq!(
            add("# mine\n[ruler]\nrustc = '1'", None),
            "[limits]\nmax_bytes = 1\n\n# mine\n[ruler]\nrustc = '1'"
        );
        assert_eq!(
            add("[limits.disk_bytes]\ndb = 1\n", None),
            "[limits]\nmax_bytes = 1\n\n[limits.disk_bytes]\ndb = 1\n"
        );
        assert_eq!(
            add("[limits.disk_bytes]\ndb = 1\n\n[limits]\nlive_bytes = 1\n", None),
            "[limits.disk_bytes]\ndb = 1\n\n[limits]\nmax_bytes = 1\n\nlive_bytes = 1\n"
        );
        assert_eq!(
            add("[limits]\nmax_bytes = 2\n\n[ruler]\n", Some("cfg(unix)")),
            "[limits]\nmax_bytes = 2\n\n[when.'cfg(unix)'.limits]\nmax_bytes = 1\n\n[ruler]\n"
        );
        assert_eq!(
            add("[limits]\r\nmax_bytes = 2", Some("cfg(unix)")),
            "[limits]\r\nmax_bytes = 2\r\n\r\n[when.'cfg(unix)'.limits]\r\nmax_bytes = 1\r\n"
        );
    }

    #[test]
    fn entity_and_ruler_are_set() {
        assert_eq!(
            difference(BUDGET, |edit| edit.set_entity("order")),
            "-entity = \"row\"\n+entity = \"order\"\n"
        );
        assert_eq!(
            difference("timeout = '1s'\n", |edit| edit.set_entity("row")),
            "+entity = \"row\"\n"
        );
        assert_eq!(
            difference("[limits]\n", |edit| edit.set_entity("row")),
            "+entity = \"row\"\n+\n"
        );
        let ruler = Ruler {
            rustc: "1.96.0".into(),
            target: "wasm32".into(),
            profile: "opt 1".into(),
            ..Ruler::default()
        };
        assert_eq!(
            difference(BUDGET, |edit| edit.set_ruler(&ruler)),
            "-rustc = \"1.95.0\"\n+rustc = \"1.96.0\"\n+target = \"wasm32\"\n"
        );
        let older = "# mine\n[ recorded ] # by hand\nrustc = '1.96.0'\n\nprofile = 'opt 1'\n";
        assert_eq!(
            difference(older, |edit| edit.set_ruler(&ruler)),
            "-[ recorded ] # by hand\n-rustc = '1.96.0'\n-\n-profile = 'opt 1'\n\
             +[ ruler ] # by hand\n+rustc = \"1.96.0\"\n+target = \"wasm32\"\n+\n+profile = \"opt 1\"\n"
        );
        assert_eq!(
            difference("[limits]\n", |edit| edit.set_ruler(&ruler)),
            "+\n+[ruler]\n+rustc = \"1.96.0\"\n+target = \"wasm32\"\n+profile = \"opt 1\"\n"
        );
    }

    #[test]
    fn types_are_edited_like_limits() {
        let text = "[types]\n\"B\" = 32 # two\n\n\"D\" = { size = \"1 KiB\" }\n";
        let change = TypeChange { size: Some(24), align: Some(8), reason: Some("three".into()) };
        assert_eq!(
            difference(text, |edit| edit.set_type(None, "B", &change)),
            "-\"B\" = 32 # two\n\
             +\"B\" = { size = 24, align = 8, reason = \"three\" } # two\n"
        );
        for (name, added) in
            [("A", "+\"A\" = 1\n+\n"), ("C", "+\"C\" = 1\n+\n"), ("E", "+\n+\"E\" = 1\n")]
        {
            let add = |edit: &mut Edit| edit.add_type(None, name, &TypeValue::of_size(1));
            assert_eq!(difference(text, add), added);
        }
        let when = Some("cfg(unix)");
        assert_eq!(
            difference(text, |edit| edit.add_type(when, "B", &TypeValue::of_size(1))),
            "+\n+[when.'cfg(unix)'.types]\n+\"B\" = 1\n"
        );
    }

    #[test]
    fn a_refused_edit_says_why_and_changes_nothing() {
        let refuse = |change: &dyn Fn(&mut Edit) -> Result<(), Error>| {
            let mut edit = edit(BUDGET);
            let error = change(&mut edit).unwrap_err();
            assert_eq!(edit.finish(), BUDGET);
            error.to_string()
        };
        let exact = LimitValue::exact(1);
        assert_eq!(
            refuse(&|edit| edit.set_limit(None, &metric("max_blocks"), &max(1))),
            "`max_blocks` does not stand in [limits]"
        );
        assert_eq!(
            refuse(&|edit| edit.set_limit(Some("cfg(unix)"), &metric("max_bytes"), &max(1))),
            "`max_bytes` does not stand in [when.'cfg(unix)'.limits]"
        );
        assert_eq!(
            refuse(&|edit| edit.add_limit(None, &metric("leaked_blocks"), &exact)),
            "`leaked_blocks` already stands in [limits]"
        );
        assert_eq!(
            refuse(&|edit| edit.set_limit(None, &metric("live_bytes_per_entity"), &max(65))),
            "`live_bytes_per_entity` has a ceiling of 64, below 65: no tool raises a ceiling"
        );
        assert_eq!(
            refuse(&|edit| edit.set_reason(None, &metric("leaked_blocks"), " ")),
            "error: `reason` must be a string that says why
  --> budget.toml:15:10
   |
15 | reason = \" \"
   |          ^^^ it is blank"
        );
        assert!(
            refuse(&|edit| edit.set_limit(None, &metric("total_blocks"), &max(u64::MAX)))
                .starts_with("error: invalid TOML")
        );
    }
}
