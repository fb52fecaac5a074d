//! The edits.

use std::fmt;

use super::change::{LimitChange, NewFields, TypeChange};
use super::error::EditError;
use super::field::{self, NewField};
use super::line;
use super::locate::{Kind, Located, Place, limits, types};
use super::text::Text;
use crate::read::{Entry, entries, parse_document};
use crate::render::{limit_line, type_line};
use crate::{BudgetFile, LimitValue, Metric, Problems, Ruler, SizesFile, TypeValue};

/// A file's text under edit. An edit that fails leaves it as it was.
#[derive(Clone, Debug)]
pub struct Edit {
    file: String,
    text: Text,
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
        Ok(Self { file: file.to_owned(), text: Text::new(text) })
    }

    /// The text as edited.
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
    ) -> Result<(), EditError> {
        let place = Place { when, kind: Kind::Limits };
        self.set(place, &metric.to_string(), change.fields(metric.unit()))
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
    ) -> Result<(), EditError> {
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
    ) -> Result<(), EditError> {
        let place = Place { when, kind: Kind::Types };
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
    ) -> Result<(), EditError> {
        check_ceiling(&metric.to_string(), value.max, value.ceiling)?;
        let place = Place { when, kind: Kind::Limits };
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
    ) -> Result<(), EditError> {
        check_ceiling(name, value.size, value.ceiling)?;
        let place = Place { when, kind: Kind::Types };
        self.add(place, &name.to_owned(), &type_line(name, value), |table, _| types(table))
    }

    /// States what per-entity limits divide by.
    ///
    /// # Errors
    ///
    /// If the name is blank.
    pub fn set_entity(&mut self, name: &str) -> Result<(), EditError> {
        let document = parse_document(&self.file, self.text.as_str())?;
        let splice = line::set_entity(&self.text, &document, name);
        let text = self.text.with(&splice);
        self.accept(text, Kind::Limits)
    }

    /// States what the figures were measured with, every part of it.
    ///
    /// # Errors
    ///
    /// Never of a file that parses.
    pub fn set_recorded(&mut self, ruler: &Ruler) -> Result<(), EditError> {
        let parts = [
            ("rustc", &ruler.rustc, None),
            ("target", &ruler.target, Some("rustc")),
            ("profile", &ruler.profile, Some("target")),
        ];
        let mut text = self.text.clone();
        for (part, value, above) in parts {
            let document = parse_document(&self.file, text.as_str())?;
            let splice = line::set_recorded(&text, &document, part, value, above);
            text = text.with(&splice);
        }
        self.text = text;
        Ok(())
    }

    /// Applies the fields one by one, each to the text as the one before left it.
    fn set(&mut self, place: Place<'_>, key: &str, fields: NewFields) -> Result<(), EditError> {
        let mut text = self.text.clone();
        for (name, new) in fields {
            let document = parse_document(&self.file, text.as_str())?;
            let not_there =
                || EditError::NotThere { key: key.to_owned(), section: place.to_string() };
            let line = place.find(&document, text.as_str(), key).ok_or_else(not_there)?;
            if let NewField::Amount(amount) = new {
                let is_max = name == place.kind.fields()[0];
                check_ceiling(key, amount, ceiling(&line).filter(|_| is_max))?;
            }
            if let Some(splice) = field::change(&text, &line, place.kind, name, &new) {
                text = text.with(&splice);
            }
        }
        self.accept(text, place.kind)
    }

    fn add<K: Ord + fmt::Display>(
        &mut self,
        place: Place<'_>,
        key: &K,
        line: &str,
        lines: impl for<'d> Fn(&'d toml_edit::Table, &str) -> Vec<Located<'d, K>>,
    ) -> Result<(), EditError> {
        let text = self.text.as_str();
        let document = parse_document(&self.file, text)?;
        let lines = place.table(&document).map(|table| lines(table, text)).unwrap_or_default();
        if lines.iter().any(|other| other.key == *key) {
            let (key, section) = (key.to_string(), place.to_string());
            return Err(EditError::AlreadyThere { key, section });
        }
        let splice = line::insert(&self.text, &document, place, &lines, key, line);
        let text = self.text.with(&splice);
        self.accept(text, place.kind)
    }

    /// Takes an edited text if it reads as what it should be: a reason may be blank, a number too
    /// large, a limit per entity where no entity is named.
    fn accept(&mut self, text: Text, kind: Kind) -> Result<(), EditError> {
        match kind {
            Kind::Limits => BudgetFile::parse(&self.file, text.as_str()).map(drop)?,
            Kind::Types => SizesFile::parse(&self.file, text.as_str()).map(drop)?,
        }
        self.text = text;
        Ok(())
    }
}

fn check_ceiling(key: &str, value: u64, ceiling: Option<u64>) -> Result<(), EditError> {
    match ceiling.filter(|ceiling| value > *ceiling) {
        Some(ceiling) => Err(EditError::AboveCeiling { key: key.to_owned(), value, ceiling }),
        None => Ok(()),
    }
}

fn ceiling(line: &Entry<'_>) -> Option<u64> {
    let fields = entries(line.item.as_table_like()?);
    let ceiling = fields.iter().find(|field| field.name == "ceiling")?;
    match ceiling.item.as_str() {
        Some(size) => crate::parse_size(size).ok(),
        None => u64::try_from(ceiling.item.as_integer()?).ok(),
    }
}
