//! TODO

pub(crate) mod cfg;
pub(crate) mod when;

pub use cfg::{CfgError, Cfgs};
