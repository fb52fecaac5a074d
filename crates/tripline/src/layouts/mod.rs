//! The types of `sizes!`: the lines that limit them, their layouts in memory, and the call sites that store them.
//!
//! `lines` reads `sizes.toml`. `read` asks the debug information of this very executable, in order: `executable` reads
//! the file that runs and finds where the linker put a function that lies in memory now; `witness` finds that function
//! in the debug information, which names the type that it was made for; `types` walks the type, and `wrapped` goes down through wrappers. So a type is found by
//! what it is: no re-export, alias or generic argument can lead to another. `stored_types` joins the types that grew with
//! the call sites that grew.
//!
//! Layouts are read on a breach or on demand, never else: the file is read whole. They are read on Linux alone: macOS
//! and Windows leave debug information beside the executable.
//!
//! Deliberately absent: loading split debug information, layouts of types that nobody listed, and texts.

#[cfg(target_os = "linux")]
mod executable;
pub(crate) mod lines;
mod problem;
pub(crate) mod read;
pub(crate) mod stored_types;
#[cfg(target_os = "linux")]
mod types;
#[cfg(target_os = "linux")]
mod witness;
#[cfg(target_os = "linux")]
mod wrapped;

pub(crate) use problem::LayoutProblem;
