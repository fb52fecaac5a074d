//! The frames of a profile, each read from its text.
//!
//! 1. `source_modules`: the modules that a source file's path stands for.
//! 2. `std_files`: the list of std's own source files.
//! 3. `origin`: the crate and the modules of a source file, as far as its path tells them.
//! 4. `table`: a frame, and the table that a profile keeps of them.
//! 5. `known_modules`: the modules that the whole table mentions, which complete a path that was cut.
//! 6. `role`: the part that a frame can have in a stack.
//!
//! Each imports only from those before it. Knows no stack: what a frame's neighbours tell is found in `naming`.

mod known_modules;
mod origin;
mod role;
mod source_modules;
pub(crate) mod std_files;
mod table;

pub(crate) use known_modules::KnownModules;
pub(crate) use origin::SourceOrigin;
pub(crate) use role::FrameRole;
pub(crate) use table::{Frame, FrameTable};
