//! Layouts of types in memory, as data and as text.
//!
//! In order of use: a [`Layout`] is what debug information says of one type ([`Shape`], [`Field`],
//! [`Variant`]), and of the type [`Inside`] a wrapper; `padding` finds what lies between fields; `smaller` computes changes that would make it smaller, and
//! claims only what holds for every layout the compiler may choose; [`Layout::text`] shows it all;
//! [`Layout::growth`] says what made a type larger, as far as that is certain without its old layout.
//! [`Layouts`] is the file through which a test binary hands its layouts to a tool.
//!
//! Deliberately absent: debug information. Its reader fills in these types.

mod growth_cause;
mod inside;
mod layouts;
mod model;
mod padding;
mod smaller;
mod table;
mod text;

pub use growth_cause::GrownLayout;
pub use inside::Inside;
pub use layouts::{DebugLayout, Layouts};
pub use model::{Enum, Field, Layout, Shape, Tag, Variant};
