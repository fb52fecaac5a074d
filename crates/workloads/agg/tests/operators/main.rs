//! Every operator, beside a plain computation over the whole list of events.
#![expect(clippy::unwrap_used, reason = "a test that panics fails")]

mod decay;
mod distinct;
mod frequency;
mod geo;
mod hostile;
mod lines;
mod moments;
mod quantiles;
mod support;
mod times;
mod values;
mod window;
