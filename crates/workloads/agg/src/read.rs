//! Reads a feature's input. A value of the wrong kind counts as none, and nothing panics.
//!
//! A number that is not finite is no value: one would spoil every sum for good.

use std::borrow::Cow;

use crate::event::Event;
use crate::feature::{Feature, Input};
use crate::geo::{Point, Tile};
use crate::hash::{fingerprint, fingerprint_of_id};
use crate::value::Value;

impl Value {
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::F64(number) => Some(*number),
            Self::I64(number) => Some(*number as f64),
            Self::Str(_) => None,
        }
    }
}

fn field<'a>(event: &Event<'a>, index: usize) -> Option<&'a Value> {
    event.values.get(index).filter(|value| value.number().is_none_or(f64::is_finite))
}

fn point(event: &Event<'_>, lat: usize, lon: usize) -> Option<Point> {
    Some(Point::new(field(event, lat)?.number()?, field(event, lon)?.number()?))
}

impl Feature {
    pub(crate) fn value<'a>(&self, event: &Event<'a>) -> Option<&'a Value> {
        match self.input {
            Input::Field(index) => field(event, index),
            Input::Nothing | Input::Quadkey { .. } | Input::Point { .. } => None,
        }
    }

    pub(crate) fn number(&self, event: &Event<'_>) -> Option<f64> {
        self.value(event)?.number()
    }

    /// Returns the field's truth. Without a field every event is true.
    pub(crate) fn truth(&self, event: &Event<'_>) -> Option<bool> {
        match self.input {
            Input::Nothing => Some(true),
            _ => Some(self.number(event)? != 0.0),
        }
    }

    pub(crate) fn point(&self, event: &Event<'_>) -> Option<Point> {
        match self.input {
            Input::Point { lat, lon } => point(event, lat, lon),
            Input::Nothing | Input::Field(_) | Input::Quadkey { .. } => None,
        }
    }

    fn tile(&self, event: &Event<'_>) -> Option<Tile> {
        match self.input {
            Input::Quadkey { lat, lon, zoom } => Some(Tile::of(point(event, lat, lon)?, zoom)),
            Input::Nothing | Input::Field(_) | Input::Point { .. } => None,
        }
    }

    pub(crate) fn fingerprint(&self, event: &Event<'_>) -> Option<u64> {
        match self.tile(event) {
            Some(tile) => Some(fingerprint_of_id(tile.id())),
            None => self.value(event).map(fingerprint),
        }
    }

    pub(crate) fn text<'a>(&self, event: &Event<'a>) -> Option<Cow<'a, str>> {
        if let Some(tile) = self.tile(event) {
            return Some(tile.quadkey().into());
        }
        Some(match self.value(event)? {
            Value::Str(text) => Cow::Borrowed(text),
            Value::F64(number) => number.to_string().into(),
            Value::I64(number) => number.to_string().into(),
        })
    }

    /// Returns `true` if a window that began at `since` is over. Without a window it never is.
    pub(crate) fn is_over(&self, since: u64, now: u64) -> bool {
        self.window.is_some_and(|window| now.saturating_sub(since) >= window)
    }
}
