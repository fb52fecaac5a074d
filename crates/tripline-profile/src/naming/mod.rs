//! Names of frames.

mod namer;

pub(crate) use namer::{Key, Namer};
