//! A schema, held against TOML as an editor does it: as the JSON that it stands for.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use toml_edit::{Document, Item, TableLike};

pub(crate) struct Schema(jsonschema::Validator);

impl Schema {
    /// `docs/schema/<name>.json`
    pub(crate) fn load(name: &str) -> Self {
        let file = repository().join("docs/schema").join(name).with_extension("json");
        let schema = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        assert!(jsonschema::meta::is_valid(&schema), "{name}.json is no schema");
        Self(jsonschema::validator_for(&schema).unwrap())
    }

    /// Returns the errors of a file's text. One that is no TOML is refused before any schema is asked.
    pub(crate) fn errors(&self, text: &str) -> Vec<String> {
        match Document::parse(text) {
            Ok(document) => self.errors_of(&table(document.as_table())),
            Err(error) => vec![error.to_string()],
        }
    }

    pub(crate) fn errors_of(&self, value: &Value) -> Vec<String> {
        let shown =
            |error: jsonschema::ValidationError<'_>| format!("{}: {error}", error.instance_path());
        self.0.iter_errors(value).map(shown).collect()
    }
}

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn table(table: &dyn TableLike) -> Value {
    let entry = |(key, item): (&str, &Item)| (key.to_owned(), item_value(item));
    Value::Object(table.iter().map(entry).collect::<Map<_, _>>())
}

fn item_value(item: &Item) -> Value {
    match item {
        Item::None => Value::Null,
        Item::Value(value) => scalar(value),
        Item::Table(inner) => table(inner),
        Item::ArrayOfTables(tables) => tables.iter().map(|inner| table(inner)).collect(),
    }
}

fn scalar(value: &toml_edit::Value) -> Value {
    match value {
        toml_edit::Value::String(text) => text.value().as_str().into(),
        toml_edit::Value::Integer(integer) => (*integer.value()).into(),
        toml_edit::Value::Float(float) => (*float.value()).into(),
        toml_edit::Value::Boolean(boolean) => (*boolean.value()).into(),
        toml_edit::Value::Datetime(datetime) => datetime.to_string().into(),
        toml_edit::Value::Array(array) => array.iter().map(scalar).collect(),
        toml_edit::Value::InlineTable(inner) => table(inner),
    }
}
