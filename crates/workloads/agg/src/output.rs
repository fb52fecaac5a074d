//! The value of a feature.

use crate::value::Value;

/// A feature's value at a moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Output {
    /// No value: not enough has happened.
    #[default]
    None,
    Number(f64),
    Flag(bool),
    Text(Box<str>),
    List(Vec<Output>),
}

impl Output {
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::None | Self::Flag(_) | Self::Text(_) | Self::List(_) => None,
        }
    }

    pub(crate) fn list<T: Into<Self>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl From<f64> for Output {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<u64> for Output {
    fn from(count: u64) -> Self {
        Self::Number(count as f64)
    }
}

impl From<&Value> for Output {
    fn from(value: &Value) -> Self {
        match value {
            Value::F64(number) => Self::Number(*number),
            Value::I64(number) => Self::Number(*number as f64),
            Value::Str(text) => Self::Text(text.clone()),
        }
    }
}

impl<T: Into<Self>> From<Option<T>> for Output {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}
