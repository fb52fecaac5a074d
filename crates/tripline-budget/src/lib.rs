//! Budgets as data: the files that hold them, what a measurement is, and whether it holds.
//!
//! In order of use: [`Config`] and [`BudgetFile`] are parsed from text, every problem shown at
//! its place ([`Problems`]); [`BudgetFile::resolve`] picks what applies under the [`Cfgs`] of a
//! build and yields a [`Budget`]; [`judge`] compares it with the [`Figures`] of a run;
//! `Edit`, of the feature `tool`, changes a file's text, line by line, where a limit moves. [`SizesFile`] and
//! [`judge_types`] are the same for the sizes of types.
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
//! Deliberately absent: dhat, processes, environment variables, terminal output. All that is read
//! from outside are files' texts: budgets, in `load`, and git's, for [`commit_of`]; nothing here writes.

#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test may panic"))]
#![cfg_attr(not(feature = "tool"), expect(dead_code, reason = "edits and comparisons use it"))]

mod catalogue;
mod cfg;
mod coherence;
mod commit;
mod config;
mod dependencies;
mod display_scale;
#[cfg(feature = "tool")]
mod edit;
mod error;
mod figures_at_size;
mod file;
mod growth;
mod invariants;
mod judge;
mod judge_types;
pub mod layout;
mod least_squares;
mod limit;
mod load;
mod measurement;
mod merge;
mod metric;
mod metric_key;
mod percent;
pub mod protocol;
mod quantity;
mod read;
mod reasons;
mod recorded;
#[cfg(feature = "tool")]
pub mod relaxed;
#[cfg(feature = "tool")]
mod render;
mod resolve;
mod section;
mod settings;
mod size;
mod sizes;
mod spanned;
mod suggest;
mod superlinear;
mod tolerance;
mod verdict;

pub use catalogue::{
    CATALOGUE, CatalogueEntry, DefaultLimit, Form, MetricKind, Platforms, Source,
    default_heap_keys, known_metrics,
};
pub use cfg::{CfgError, Cfgs};
pub use coherence::{Coherence, CoherenceValue};
pub use commit::commit_of;
pub use config::{Config, ConfigFile};
pub use dependencies::Dependencies;
pub use display_scale::DisplayScale;
#[cfg(feature = "tool")]
pub use edit::{Edit, EditError, FieldChange, LimitChange, TypeChange, new_budget, new_sizes};
pub use error::{Problem, Problems};
pub use figures_at_size::{FiguresAtSize, SizePoint};
pub use file::BudgetFile;
pub use growth::GrowthMetric;
pub use invariants::invariants;
pub use judge::{Judgement, judge};
pub use judge_types::{TypeFinding, TypeVerdict, judge_types};
pub use limit::{Limit, LimitValue};
pub use load::LoadError;
pub use measurement::{
    Blocks, BreakdownStatus, Entities, Figures, Measurement, Outcome, PendingSnapshot, ReadError,
    Ruler, SCHEMA, SuiteDescription, Target, TypeLayout, WorkloadDescription,
};
pub use metric::{Metric, Quantity};
pub use metric_key::{MetricError, NameError, check_name};
pub use percent::{Percent, PercentError};
pub use quantity::{ByteScale, Unit, format_count, format_toml_integer};
pub use reasons::{BudgetReasonKey, Reasons};
pub use recorded::{RecordedRuler, RulerChange};
#[cfg(feature = "tool")]
pub use render::{render, render_sizes};
pub use resolve::{Budget, BudgetEntity};
pub use section::Section;
pub use settings::Engine;
pub use size::{SizeError, parse_size};
pub use sizes::{Sizes, SizesFile, TypeLimit, TypeValue};
pub use spanned::Spanned;
pub use superlinear::{SuperlinearGrowth, excess_over_line, is_at_most_linear};
pub use tolerance::Tolerance;
pub use verdict::{CoherenceFinding, CoherenceVerdict, Finding, Verdict};

/// The README's example, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
