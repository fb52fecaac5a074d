//! The result of a configuration: kinds of events, and the tables over them.

use std::fmt;

use crate::config::{self, ConfigError};
use crate::feature::Feature;

/// Kinds of events, and the tables that are kept of them.
#[derive(Clone, Debug)]
pub struct Pipeline {
    pub schemas: Vec<Schema>,
    pub tables: Vec<TableSpec>,
}

/// A kind of event.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    pub name: String,
    /// The fields, sorted by name. This is also the order of an event's values.
    pub fields: Vec<Field>,
}

/// A field of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub name: String,
    pub kind: FieldKind,
}

/// The type of a field's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldKind {
    Str,
    F64,
    I64,
}

/// The index of a schema in its pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventKind(pub(crate) usize);

/// The features that are kept for each value of a key.
#[derive(Clone, Debug)]
pub struct TableSpec {
    pub name: String,
    pub event: EventKind,
    /// The position of the key, a string, in the event's values.
    pub key: usize,
    pub features: Vec<Feature>,
}

impl Pipeline {
    /// Reads a configuration. `file` is its name in problems.
    pub fn parse(file: &str, text: &str) -> Result<Self, ConfigError> {
        config::parse(file, text)
    }

    /// Returns the fraud team's pipeline, which this crate carries.
    pub fn fraud_team() -> Result<Self, ConfigError> {
        Self::parse("fraud-team.toml", include_str!("../fraud-team.toml"))
    }

    /// Returns the kind of event of that name.
    #[must_use]
    pub fn event(&self, name: &str) -> Option<EventKind> {
        self.schemas.iter().position(|schema| schema.name == name).map(EventKind)
    }

    /// Returns the schema of a kind of this pipeline.
    #[must_use]
    pub fn schema(&self, kind: EventKind) -> &Schema {
        &self.schemas[kind.0]
    }

    /// Returns the field that tells a table's entities apart.
    #[must_use]
    pub fn key(&self, table: &TableSpec) -> &str {
        &self.schema(table.event).fields[table.key].name
    }
}

impl Schema {
    /// Returns the position of a field in an event's values.
    #[must_use]
    pub fn position(&self, field: &str) -> Option<usize> {
        self.fields.iter().position(|known| known.name == field)
    }
}

impl fmt::Display for FieldKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Str => "str",
            Self::F64 => "f64",
            Self::I64 => "i64",
        })
    }
}
