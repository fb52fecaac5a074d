//! Reads DHAT profiles, names their allocation sites, and says what changed between two profiles.
//!
//! A profile is a list of stacks with the blocks and bytes that were allocated through each. From it comes a
//! [`Breakdown`]: the blocks and bytes of each site, which is the function of the program that asked for them. Two
//! breakdowns make a [`Comparison`], which knows the sites that grew.
//!
//! The stages, in order:
//!
//! 1. `dhat_file` reads the file: its header, its frames, its program points.
//! 2. `frame` reads each frame's text: function, source file, crate. `function` reads the name of a function.
//! 3. `naming` names the frames of a stack: some names need the stack.
//! 4. `site` finds the site of a stack, and the sites that are to be split by their callers.
//! 5. `passes` sums up sites, stacks and program points while `profile` goes through the file.
//! 6. `breakdown` holds the result, folds small sites, groups sites, writes and reads its text.
//! 7. `compare` pairs the sites of two breakdowns and ranks the growth. `stored_types` finds types that grew in
//!    sites that grew.
//!
//! Each room of this crate imports only from rooms below it:
//!
//! ```text
//! profile
//! passes
//! site
//! naming
//! dhat_file
//! frame
//! function
//! stored_types
//! compare
//! breakdown
//! figures
//! rust_path
//! error
//! ```
//!
//! Deliberately absent: budgets, limits and verdicts; processes and terminals; writing a profile; demangling, which the
//! program that wrote the profile has done. Nothing here prints, and no file can make it panic.

mod breakdown;
mod compare;
mod dhat_file;
mod error;
mod figures;
mod frame;
mod function;
mod naming;
mod passes;
mod profile;
mod rust_path;
mod site;
mod stored_types;

pub use breakdown::{Breakdown, Group, GroupBy, Place, Site};
pub use compare::{
    Change, ChangeClass, ChangedSite, Comparison, GrownSites, OtherChanges, Pairing, Ratio,
    SmallSites, compare,
};
pub use dhat_file::ProfileHeader;
pub use error::{BreakdownFault, Error, ProfileFault};
pub use figures::{Amount, AmountUnit, Moment, SiteFigures, SiteMetric};
pub use passes::{ProgramPoint, SiteStacks, Stack};
pub use profile::Profile;
pub use stored_types::{GrownType, StorageForm, TypeInSites};

/// The README's example, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
