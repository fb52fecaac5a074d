//! Relaxations: limits that allow more after a change to budget files, or are gone.
//!
//! In order of use: a [`BudgetTree`] holds the files of one moment, parsed; [`relaxed()`] compares two of
//! them and yields a [`Relaxation`] for every line that was
//!
//! - *raised*: its `max` or `size` is larger;
//! - *widened*: it allows more by its tolerance, or its ceiling is higher or gone; a coherence's `within`;
//! - *changed*: a type's `align`, a coherence's `equals`, what the file's `entity` is;
//! - *removed*, by itself or with its file;
//! - *renamed*, with its file. The new file's lines are then held to the old one's;
//! - *switched off*: `breakdown = false`.
//!
//! Each either has a new reason, which accepts it, or has none. A reason is new if no line of its key had
//! it before: the line's own, and where a line is gone or has no place for one, that of `[reasons]`.
//!
//! A new line under a `when` is compared with the base's line that it replaces. A removed one is compared with the
//! base's line that applies instead. No cfg is evaluated: a base's line that moved under a `when` is gone, and other
//! `when`s do not matter.
//!
//! Deliberately absent: git, files, and verdicts on measurements. `engine`, `timeout` and `slack`
//! limit nothing, and `env` is part of the workload, as its source is.

mod compare;
mod defaults;
mod describe;
mod limits;
mod pairs;
mod relaxation;
mod renamed;
mod settings;
mod stated_limit;
mod tree;
mod types;

pub use compare::relaxed;
pub use relaxation::{Relaxation, RelaxationKind, Remedy};
pub use renamed::pair_renamed;
pub use stated_limit::StatedLimit;
pub use tree::{BudgetTree, ParsedFile, TreeFile};
