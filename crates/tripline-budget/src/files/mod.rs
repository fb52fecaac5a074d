//! TODO

pub(crate) mod budget_file;
pub(crate) mod coherence;
pub(crate) mod config_file;
pub(crate) mod growth;
pub(crate) mod limit;
pub(crate) mod load;
pub(crate) mod orphan;
pub(crate) mod reasons;
#[cfg(feature = "tool")]
pub(crate) mod render;
pub(crate) mod resolve;
pub(crate) mod ruler;
pub(crate) mod section;
pub(crate) mod settings;
pub(crate) mod sizes_file;

pub use budget_file::BudgetFile;
pub use coherence::{Coherence, CoherenceValue};
pub use config_file::{Config, ConfigFile};
pub use growth::GrowthMetric;
pub use limit::{Limit, LimitValue};
pub use load::LoadError;
pub use orphan::{OrphanFile, budget_files, orphan_file};
pub use reasons::{BudgetReasonKey, Reasons};
#[cfg(feature = "tool")]
pub use render::{render, render_sizes};
pub use resolve::{Budget, BudgetEntity};
pub use ruler::{RecordedRuler, RulerChange};
pub use section::Section;
pub use settings::Engine;
pub use sizes_file::{Sizes, SizesFile, TypeLimit, TypeValue};
