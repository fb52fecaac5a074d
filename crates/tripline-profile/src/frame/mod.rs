//! Frames.

mod known_modules;
mod origin;
mod role;
pub(crate) mod std_files;
mod table;

pub(crate) use known_modules::{Evidence, crate_of, mentions};
pub(crate) use origin::{Origin, join};
pub(crate) use role::{Role, role};
pub(crate) use table::{Frame, FrameTable};
