//! Events that are the same in every run.

use workload_agg::{Event, Value};

use crate::mix::FIELDS;

/// An event's time and values.
pub(crate) struct Happened {
    at: u64,
    values: Vec<Value>,
}

impl Happened {
    pub(crate) fn event(&self) -> Event<'_> {
        Event { at: self.at, values: &self.values }
    }

    pub(crate) fn later(self, milliseconds: u64) -> Self {
        Self { at: self.at + milliseconds, ..self }
    }
}

/// Makes events so many milliseconds apart, each string one of so many.
pub(crate) fn stream(events: u64, step: u64, strings: u64) -> Vec<Happened> {
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        // A step of xorshift64 (Marsaglia 2003).
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random >> 11
    };
    let values = |next: &mut dyn FnMut() -> u64| {
        let value = |(index, _): (usize, &&str)| match index {
            0..=2 => Value::F64((next() % 1_000_000) as f64 / 1_000.0),
            3..=5 => Value::I64((next() % 3) as i64),
            _ => Value::Str(format!("s{}", next() % strings).into()),
        };
        FIELDS.iter().enumerate().map(value).collect()
    };
    (0..events)
        .map(|index| Happened { at: 1_700_000_000_000 + index * step, values: values(&mut next) })
        .collect()
}
