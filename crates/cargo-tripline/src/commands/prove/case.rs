//! A workload whose limits are proven.

use tripline_budget::{Limit, WorkloadDescription};

use crate::commands::prove::proof::Proof;
use crate::workspace::SuiteHome;

/// A workload that holds its budget, with the proof of each of its limits.
#[derive(Debug)]
pub(super) struct ProvenWorkload<'a> {
    pub(super) home: SuiteHome<'a>,
    pub(super) registered: &'a WorkloadDescription,
    pub(super) limits: Vec<Limit>,
    pub(super) proofs: Vec<Proof>,
}
