//! The lines of a file that apply to one build.
//!
//! [`Cfgs`] are the cfgs of one build, and evaluate the expression of a `when`; `when` puts the lines of every matching
//! `when` in the place of the base's.

pub(crate) mod cfg;
pub(crate) mod when;

pub use cfg::Cfgs;
