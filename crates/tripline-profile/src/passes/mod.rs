//! The passes over a profile's program points. Each shows every stack to one of these, which keeps what it needs.
//!
//! 1. `sites`: the first pass. It sums each site, and finds out which sites are split. The others need that.
//!    `site_description` describes a site by its heaviest stack.
//! 2. `stacks`: the heaviest stacks of some sites.
//! 3. `program_points`: every program point by the text of its stack.
//! 4. `functions`: every program point by the names of its functions.
//!
//! Deliberately absent: the file. `profile` reads it and shows the stacks.

mod functions;
mod program_points;
mod site_description;
mod sites;
mod stacks;

pub(crate) use functions::FunctionNames;
pub use program_points::ProgramPoint;
pub(crate) use program_points::ProgramPointCollector;
pub(crate) use sites::{SiteCollector, SitePass};
pub(crate) use stacks::HeaviestStacks;
pub use stacks::{SiteStacks, Stack};
