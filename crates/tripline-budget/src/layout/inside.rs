//! The type within a wrapper: where the bytes are.
//!
//! A wrapper is a type with one field that has a size: a newtype, a cell, an enum of one variant. Its own rows say no
//! more than its size.
//!
//! Deliberately absent: finding it, which takes debug information.

use serde::{Deserialize, Serialize};

use super::model::Layout;

/// A type within a wrapper, however deep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inside {
    /// The fields that lead to it: `inner.value`.
    pub path: String,
    pub layout: Layout,
}

impl Inside {
    /// Returns the size that it had when the wrapper had `was`; `None` if it was not in there.
    pub(super) fn was(&self, wrapper: &Layout, was: u64) -> Option<u64> {
        was.checked_sub(wrapper.size.checked_sub(self.layout.size)?)
    }
}
