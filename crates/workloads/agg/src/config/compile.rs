//! Resolves names of events, fields and operators.

use std::collections::BTreeSet;

use toml::Spanned;

use super::operators::{self, OPERATORS};
use super::parameters::Parameters;
use super::problem::Problems;
use super::raw::{RawFeature, RawPipeline, RawTable};
use crate::feature::Feature;
use crate::pipeline::{EventKind, Field, FieldKind, Pipeline, Schema, TableSpec};

/// Compiles all that can be compiled. The result is of use only if no problem was found.
pub(super) fn pipeline(raw: RawPipeline, problems: &mut Problems) -> Pipeline {
    let schema = |(name, fields)| Schema { name, fields: fields_of(fields) };
    let schemas: Vec<Schema> = raw.events.into_iter().map(schema).collect();
    no_name_twice(raw.tables.iter().map(|table| &table.name), "table", problems);
    let tables = raw.tables.into_iter().filter_map(|raw| table(raw, &schemas, problems)).collect();
    Pipeline { schemas, tables }
}

fn fields_of(fields: impl IntoIterator<Item = (String, FieldKind)>) -> Vec<Field> {
    fields.into_iter().map(|(name, kind)| Field { name, kind }).collect()
}

fn table(raw: RawTable, schemas: &[Schema], problems: &mut Problems) -> Option<TableSpec> {
    no_name_twice(raw.features.iter().map(|feature| &feature.name), "feature", problems);
    if raw.features.is_empty() {
        problems.add(raw.name.span(), "a table needs at least one feature".into());
    }
    let name = raw.event.get_ref();
    let Some(event) = schemas.iter().position(|schema| schema.name == *name) else {
        let known = schemas.iter().map(|schema| schema.name.as_str());
        problems.unknown(raw.event.span(), "event", name, known);
        return None;
    };
    let schema = &schemas[event];
    let key = key(&raw.key, schema, problems);
    let features = raw.features.into_iter().filter_map(|raw| feature(raw, schema, problems));
    let features = features.collect();
    let name = raw.name.into_inner();
    Some(TableSpec { name, event: EventKind(event), key: key?, features })
}

fn key(key: &Spanned<String>, schema: &Schema, problems: &mut Problems) -> Option<usize> {
    let name = key.get_ref();
    let place = schema.position(name);
    match place.map(|place| schema.fields[place].kind) {
        Some(FieldKind::Str) => place,
        Some(kind) => {
            let problem = format!("a key must be a field of str, but `{name}` is {kind}");
            problems.add(key.span(), problem);
            None
        }
        None => {
            let known = schema.fields.iter().map(|field| field.name.as_str());
            problems.unknown(key.span(), &format!("field of {}", schema.name), name, known);
            None
        }
    }
}

fn feature(raw: RawFeature, schema: &Schema, problems: &mut Problems) -> Option<Feature> {
    let name = raw.name.get_ref().clone();
    let Some(operator) = operators::find(raw.op.get_ref()) else {
        let known = OPERATORS.iter().map(|operator| operator.name);
        problems.unknown(raw.op.span(), "operator", raw.op.get_ref(), known);
        return None;
    };
    let mut with = Parameters { raw, schema, problems };
    // Each is tried whatever the others gave, so that all problems are reported.
    let op = (operator.build)(&mut with);
    let input = with.input(operator.takes);
    let window = with.window(operator.window);
    with.finish(operator);
    Some(Feature { name, op: op?, input: input?, window })
}

fn no_name_twice<'a>(
    names: impl Iterator<Item = &'a Spanned<String>>,
    what: &str,
    problems: &mut Problems,
) {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name.get_ref()) {
            let problem = format!("a second {what} of the name `{}`", name.get_ref());
            problems.add(name.span(), problem);
        }
    }
}
