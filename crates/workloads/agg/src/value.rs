//! What a field of an event holds.

/// A value: 24 bytes, and a string's own.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    F64(f64),
    I64(i64),
    Str(Box<str>),
}
