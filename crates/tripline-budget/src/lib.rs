//! Budgets as data: their files, measurements, and verdicts.
//!
//! In order of use: [`ConfigFile`] and [`BudgetFile`] are parsed from text, every problem shown at its place
//! ([`Problems`]); [`BudgetFile::resolve`] picks the lines that apply under the [`Cfgs`] of a build, takes the rest from
//! the defaults ([`Config`]), and yields a [`Budget`]; [`judge`] compares it with the [`Figures`] of a run; `Edit`,
//! of the feature `tool`, changes a file's text, line by line, where a limit moves. [`SizesFile`] and [`judge_types`] are
//! the same for the sizes of types.
//!
//! ```
//! use tripline_budget::{BudgetFile, Cfgs, Config, Figures, judge};
//!
//! let text = "[limits]\ntotal_blocks = 323_224\n";
//! let file = BudgetFile::parse("budgets/sql/insert.toml", text)?;
//! let budget = file.resolve(&Config::default(), &Cfgs::parse(&["unix"])?)?;
//!
//! let mut figures = Figures::default();
//! figures.metrics.insert("total_blocks".into(), 343_224);
//! let judgement = judge(&budget, &figures);
//! assert!(judgement.trips());
//! assert_eq!(judgement.findings[0].over(), Some(20_000));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The rooms, each of which uses only those before it:
//!
//! - `error`: every reason for a refusal, and its text;
//! - `values`: percentages, sizes, tolerances, words of a shell; `protocol`: the names that two processes agree on;
//! - `text`: TOML, with every problem at its place;
//! - `metrics`: the catalogue, and the key of each metric;
//! - `runs`: figures, and the files that a run publishes; `layout`: how a type lies in memory;
//! - `builds`: the cfgs of a build, and which `when` matches;
//! - `files`: the files of budgets, sizes and defaults, and the lines of them that apply;
//! - `checkout`: the workspace that tests run in, and its commit;
//! - `judging`: verdicts;
//! - `edit`: changes of a file's text; `relaxed`: what a change to files allows more than before.
//!
//! Deliberately absent: dhat, terminal output, processes but for git, which [`commit_of`] may ask. The only files that are read are budgets ([`BudgetFile::load`]),
//! manifests ([`workspace_root`]), and git's own, for [`commit_of`]. Nothing here writes a file.

#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test may panic"))]
#![cfg_attr(not(feature = "tool"), expect(dead_code, reason = "edits and comparisons use it"))]

mod builds;
mod checkout;
#[cfg(feature = "tool")]
mod edit;
mod error;
mod files;
mod judging;
pub mod layout;
mod metrics;
pub mod protocol;
#[cfg(feature = "tool")]
pub mod relaxed;
mod runs;
mod text;
mod values;

pub use builds::Cfgs;
pub use checkout::{
    MANIFEST, Manifest, UnknownCommit, budgets_folder, commit_of, is_commit_stated, workspace_root,
    workspace_root_by,
};
#[cfg(feature = "tool")]
pub use edit::{Edit, FieldChange, LimitChange, TypeChange, new_budget, new_sizes};
pub use error::{Error, Problem, Problems};
pub use files::{
    Budget, BudgetEntity, BudgetFile, BudgetReasonKey, Coherence, CoherenceValue, Config,
    ConfigFile, FEATURES_OF_DEPENDENCIES, Limit, LimitValue, OrphanFile, Reasons, RecordedRuler,
    RulerChange, Section, Sizes, SizesFile, TypeLimit, TypeValue, budget_files, orphan_file,
};
#[cfg(feature = "tool")]
pub use files::{render, render_sizes};
pub use judging::{
    CoherenceFinding, CoherenceVerdict, Finding, Judgement, SuperlinearGrowth, TypeFinding,
    TypeVerdict, Verdict, excess_over_line, invariants, is_at_most_linear, judge, judge_types,
};
pub use metrics::{
    CATALOGUE, CatalogueEntry, DefaultLimit, DisplayScale, Form, GrowthMetric, Metric, MetricKind,
    Platforms, Quantity, Source, check_name, default_heap_keys, known_metrics,
};
pub use runs::{
    Blocks, BreakdownStatus, BuildProfile, CargoTarget, Dependencies, DependencyDigest, Engine,
    Entities, Figures, FiguresAtSize, Measurement, NameClash, Outcome, PendingSnapshot, Ruler,
    SCHEMA, SizePoint, SuiteDescription, TypeLayout, WorkloadDescription, name_clashes,
    workload_clashes,
};
pub use text::Spanned;
pub use values::{
    ByteScale, Percent, Tolerance, Unit, format_count, format_toml_integer, parse_size,
    quoted_shell_word, shell_word,
};

/// The README's example, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
