//! What is computed of which events: the outcome of a configuration.

use std::fmt;

use crate::config::{self, ConfigError};
use crate::feature::Feature;

/// Events and the tables that are kept of them.
#[derive(Clone, Debug)]
pub struct Pipeline {
    pub schemas: Vec<Schema>,
    pub tables: Vec<TableSpec>,
}

/// A kind of event.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    pub name: String,
    /// By name, which is also the order of an event's values.
    pub fields: Vec<Field>,
}

/// A field of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub name: String,
    pub kind: FieldKind,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldKind {
    Str,
    F64,
    I64,
}

/// A schema of a pipeline, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventKind(pub(crate) usize);

/// What is kept for each value of a key.
#[derive(Clone, Debug)]
pub struct TableSpec {
    pub name: String,
    pub event: EventKind,
    /// Where the key stands in the event's values: a string.
    pub key: usize,
    pub features: Vec<Feature>,
}

impl Pipeline {
    /// Reads a configuration; `file` is what its problems are told with.
    pub fn parse(file: &str, text: &str) -> Result<Self, ConfigError> {
        config::parse(file, text)
    }

    /// The fraud team's, which this crate carries.
    pub fn fraud_team() -> Result<Self, ConfigError> {
        Self::parse("fraud-team.toml", include_str!("../fraud-team.toml"))
    }

    /// The kind of event of that name.
    #[must_use]
    pub fn event(&self, name: &str) -> Option<EventKind> {
        self.schemas.iter().position(|schema| schema.name == name).map(EventKind)
    }

    /// The schema of a kind of this pipeline.
    #[must_use]
    pub fn schema(&self, kind: EventKind) -> &Schema {
        &self.schemas[kind.0]
    }

    /// The field that a table's entities are told apart by.
    #[must_use]
    pub fn key(&self, table: &TableSpec) -> &str {
        &self.schema(table.event).fields[table.key].name
    }
}

impl Schema {
    /// Where a field stands in an event's values.
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
