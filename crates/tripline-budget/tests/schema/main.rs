//! The JSON schemas in `docs/schema/`, by which an editor checks budget files, against the parser, which
//! decides.
//!
//! The schema takes every file that the parser takes. It refuses every file that the parser refuses, but for what no
//! schema can say: `cases` lists it.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod cases;
mod catalogue;
mod files;
#[path = "../properties/generate.rs"]
mod generate;
mod generated;
mod keys;
mod validator;
