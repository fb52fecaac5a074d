//! A workload's test as data: what the macros registered, what the binary was built with, where its files are.

pub(crate) mod paths;
pub(crate) mod registry;
pub(crate) mod ruler;
