//! What a person reads: limits as rows, workloads as groups of them, all in one table.

mod bar;
mod dependencies;
mod group;
mod harmless;
mod limits;
mod row;
mod table;
#[cfg(test)]
pub(crate) mod testing;
mod types;
mod unmeasured;

pub(crate) use group::{Group, Owner, Word};
pub(crate) use harmless::harmless;
pub(crate) use limits::Judged;
pub(crate) use row::{Kind, Row};
pub(crate) use table::{paint_error, table};
pub(crate) use types::judged_types;
pub(crate) use unmeasured::{skipped, unrecorded};
