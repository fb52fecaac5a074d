//! The value of an event's field.

/// A value: 24 bytes, and a string's own bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    F64(f64),
    I64(i64),
    Str(Box<str>),
}
