//! Sites within stacks.

mod split;

pub(crate) use split::{LAYERS, Split, WAYS, Way, Wrappers};
