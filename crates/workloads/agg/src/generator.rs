//! Generates payments: the same ones in every run.

use std::fmt::Write;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::event::Event;
use crate::pipeline::{EventKind, FieldKind, Pipeline};
use crate::value::Value;

const SEED: u64 = 0xCAFE_BABE;

/// A Monday's midnight, 2026-01-05 UTC: hours and days of the week count up from 0, and few windows of a whole
/// number of minutes end in a run of some thousand events.
const START: u64 = 1_767_571_200_000;

/// An endless stream of payments, a millisecond apart, by 100 000 users at most.
#[derive(Debug)]
pub struct Generator {
    kind: EventKind,
    random: StdRng,
    /// The position of the user, who is drawn first. The other fields are drawn by name.
    user: usize,
    at: u64,
    values: Vec<Value>,
}

/// A pipeline without the events or fields of payments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GeneratorError {
    #[error("there is no event `Txn` to generate")]
    NoTxn,
    #[error("the event `Txn` has no field `user_id` of str, which generated events have")]
    NoUser,
}

impl Generator {
    pub fn new(pipeline: &Pipeline) -> Result<Self, GeneratorError> {
        let kind = pipeline.event("Txn").ok_or(GeneratorError::NoTxn)?;
        let schema = pipeline.schema(kind);
        let user = schema.position("user_id").ok_or(GeneratorError::NoUser)?;
        if schema.fields[user].kind != FieldKind::Str {
            return Err(GeneratorError::NoUser);
        }
        let values = schema.fields.iter().map(|field| match field.kind {
            FieldKind::Str => Value::Str(Box::default()),
            FieldKind::F64 => Value::F64(0.0),
            FieldKind::I64 => Value::I64(0),
        });
        let values = values.collect();
        Ok(Self { kind, random: StdRng::seed_from_u64(SEED), user, at: START, values })
    }

    /// Returns the kind of event that it makes.
    #[must_use]
    pub fn kind(&self) -> EventKind {
        self.kind
    }

    /// Returns the next payment. It overwrites the one before.
    pub fn next_event(&mut self) -> Event<'_> {
        let at = self.at;
        self.at += 1;
        let user = self.random.gen_range(0..100_000_u64);
        for (place, value) in self.values.iter_mut().enumerate() {
            match value {
                Value::Str(text) if place == self.user => {
                    rewrite(text, format_args!("k{user:08}"));
                }
                Value::Str(text) => {
                    let number = self.random.gen_range(0..1_000_u64);
                    rewrite(text, format_args!("s{number}"));
                }
                Value::F64(number) => *number = self.random.gen_range(0.0..1_000.0_f64),
                Value::I64(number) => *number = self.random.gen_range(0..1_000_000_i64),
            }
        }
        Event { at, values: &self.values }
    }
}

/// Rewrites a text, in the same allocation if the length is the same.
fn rewrite(text: &mut Box<str>, new: std::fmt::Arguments<'_>) {
    let mut buffer = std::mem::take(text).into_string();
    buffer.clear();
    // Writing to a string cannot fail.
    let _ = buffer.write_fmt(new);
    *text = buffer.into_boxed_str();
}
