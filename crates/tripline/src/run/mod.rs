//! A run: its folder, what it publishes, and what a tool asks of it.
//!
//! It knows no workload and no figures, only files and variables that several processes share.

mod folder;
pub(crate) mod request;
mod starter;

pub(crate) use folder::{
    PublishedFolder, Run, id, meter_folder, publish_description, publish_for_suite,
    published_descriptions,
};
pub(crate) use starter::starter;
