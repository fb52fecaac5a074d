//! A workload whose limits are proven.

use tripline_budget::{Limit, WorkloadDescription};

use crate::commands::prove::proof::Proof;
use crate::workspace::Home;

/// A workload that holds its budget, and what came of each of its limits.
#[derive(Debug)]
pub(super) struct Case<'a> {
    pub(super) home: Home<'a>,
    pub(super) registered: &'a WorkloadDescription,
    pub(super) limits: Vec<Limit>,
    pub(super) proofs: Vec<Proof>,
}
