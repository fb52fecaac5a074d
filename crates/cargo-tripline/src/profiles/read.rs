//! Profiles from files.

use std::path::Path;

use tripline_profile::{Breakdown, Profile, ProfileError, SiteMetric, SiteStacks};

use crate::output::{Step, shown};
use crate::system::interrupt;

/// A profile that was opened and its sites.
#[derive(Debug)]
pub(crate) struct OpenedProfile {
    /// As it was given.
    pub(crate) file: String,
    pub(crate) command: String,
    pub(crate) profile: Profile,
    pub(crate) breakdown: Breakdown,
}

/// Reads a profile by its sites.
pub(crate) fn open(path: &Path) -> anyhow::Result<OpenedProfile> {
    let file = path.display().to_string();
    let _step = Step::begin(format!("reading {}", shown(&file)));
    let mut profile = Profile::open(path).map_err(harmless)?;
    interrupt::check()?;
    let breakdown = breakdown(&mut profile)?;
    let command = profile.header().command.clone();
    Ok(OpenedProfile { file, command, profile, breakdown })
}

/// What each site took.
pub(crate) fn breakdown(profile: &mut Profile) -> anyhow::Result<Breakdown> {
    let breakdown = profile.breakdown().map_err(harmless)?;
    interrupt::check()?;
    Ok(breakdown)
}

/// The heaviest stacks of some sites by the figure that is asked for, at most `limit` of each.
pub(crate) fn stacks(
    profile: &mut Profile,
    keys: &[&str],
    question: SiteMetric,
    limit: usize,
) -> anyhow::Result<Vec<SiteStacks>> {
    let _step = Step::begin("reading stacks".to_owned());
    let stacks = profile.stacks(keys, question, limit).map_err(harmless)?;
    interrupt::check()?;
    Ok(stacks)
}

/// An error quotes the file that it is about.
pub(super) fn harmless(error: ProfileError) -> anyhow::Error {
    anyhow::anyhow!("{}", shown(&format!("{:#}", anyhow::Error::from(error))))
}
