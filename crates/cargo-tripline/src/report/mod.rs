//! What a person reads: limits as rows, workloads as groups of them, all in one table.

mod bar;
mod group;
mod limits;
mod table;
mod types;
mod unmeasured;

pub(crate) use group::{Group, Row, Word};
pub(crate) use limits::Judged;
pub(crate) use table::{paint_error, table};
pub(crate) use types::judged_types;
pub(crate) use unmeasured::{skipped, unrecorded};
