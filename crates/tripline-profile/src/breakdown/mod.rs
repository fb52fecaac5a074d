//! A breakdown: the blocks and bytes of each site of a profile.
//!
//! 1. `site`: the data.
//! 2. `part_key`: the keys of the parts of a split site.
//! 3. `small_sites`: a breakdown whose small sites are one line.
//! 4. `groups`: the sites by crate or by module.
//! 5. `text`: the text that a snapshot keeps.
//!
//! Each imports only from those before it. Knows no file and no stack.

mod groups;
pub(crate) mod part_key;
mod site;
mod small_sites;
mod text;

pub use groups::{Group, GroupBy};
pub(crate) use site::sort_heaviest_first;
pub use site::{Breakdown, Place, Site};
