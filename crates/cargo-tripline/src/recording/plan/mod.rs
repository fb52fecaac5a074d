//! Plans the limits of a file from a workload's figures and its budget. Reads no file.

mod add;
mod beside;
mod fresh;
mod growth;
#[cfg(test)]
mod growth_tests;
mod record;
mod revise;
mod set_limit;
#[cfg(test)]
mod testing;

pub(super) use beside::{beside, is_moved};
pub(super) use record::record;
pub(super) use revise::revise;
pub(super) use set_limit::{ChangeCause, LimitsPlan, SetLimit};
