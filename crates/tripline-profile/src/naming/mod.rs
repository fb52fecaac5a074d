//! The name of each frame of a stack: the path of its function.
//!
//! 1. `interner`: a number for each name.
//! 2. `frame_facts`: the facts about a frame that no stack changes.
//! 3. `enclosing`: the function around a closure or a future, which is another frame of the stack.
//! 4. `frame_namer`: the name of a frame, from both.
//!
//! Each imports only from those before it. Knows no figures and no sites.

mod enclosing;
mod frame_facts;
mod frame_namer;
mod interner;

pub(crate) use frame_namer::FrameNamer;
pub(crate) use interner::NameId;
