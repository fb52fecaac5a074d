//! The site of a stack: the function that its blocks are credited to.
//!
//! 1. `in_stack`: the frame of a stack that is its site, with its callers and what it calls.
//! 2. `call_path`: a site and its nearest callers.
//! 3. `split_sites`: the sites that are split by their callers, found from the call paths of a whole profile.
//! 4. `site_namer`: the site of a stack, or the part of a split site.
//!
//! Each imports only from those before it. Sums no figures: `passes` does.

mod call_path;
mod in_stack;
mod site_namer;
mod split_sites;

pub(crate) use call_path::{CallPath, MOST_WRAPPERS};
pub(crate) use in_stack::{SiteInStack, find_site, std_functions, visit_callers};
pub(crate) use site_namer::SiteNamer;
pub(crate) use split_sites::{PathFigures, SplitSites};
