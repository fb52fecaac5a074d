//! The files that people and tools write: budgets, sizes of types, defaults.
//!
//! [`BudgetFile`], [`SizesFile`] and [`ConfigFile`] are the parsed files, read section by section: limits
//! (`section`, `limit`), lines of growth, [`Coherence`], settings, [`Reasons`] and the [`RecordedRuler`]. [`Config`] is
//! the defaults alone, taken from a [`ConfigFile`]. `resolve` picks the lines that apply to one build and yields a
//! [`Budget`]. `render` writes the canonical text; `load` reads a file from disk.
//!
//! Deliberately absent: verdicts, and changes of a file's text, which are `edit`'s.

pub(crate) mod budget_file;
pub(crate) mod coherence;
pub(crate) mod config_file;
pub(crate) mod growth;
pub(crate) mod limit;
pub(crate) mod load;
pub(crate) mod orphan;
pub(crate) mod reasons;
pub(crate) mod recorded_ruler;
#[cfg(feature = "tool")]
pub(crate) mod render;
pub(crate) mod resolve;
pub(crate) mod section;
pub(crate) mod settings;
pub(crate) mod sizes_file;

pub use budget_file::BudgetFile;
pub use coherence::{Coherence, CoherenceValue};
pub use config_file::{Config, ConfigFile};
pub use limit::{Limit, LimitValue};
pub use orphan::{OrphanFile, budget_files, orphan_file};
pub use reasons::{BudgetReasonKey, Reasons};
pub use recorded_ruler::{FEATURES_OF_DEPENDENCIES, RecordedRuler, RulerChange};
#[cfg(feature = "tool")]
pub use render::{render, render_sizes};
pub use resolve::{Budget, BudgetEntity};
pub use section::Section;
pub use sizes_file::{Sizes, SizesFile, TypeLimit, TypeValue};
