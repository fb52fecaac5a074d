//! What a pass over all program points collects.

mod functions;
mod program_points;
mod sites;
mod stacks;

pub(crate) use functions::Flames;
pub(crate) use program_points::Points;
pub use program_points::ProgramPoint;
pub(crate) use sites::{Sites, Spot, callers};
pub(crate) use stacks::Heaviest;
pub use stacks::{SiteStacks, Stack};
