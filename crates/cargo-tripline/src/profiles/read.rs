//! Reads profiles.

use std::path::Path;

use tripline_profile::{Breakdown, Profile, SiteMetric, SiteStacks};

use crate::outcome::Interrupted;
use crate::output::{Step, shown};
use crate::profiles::source;
use crate::system::interrupt;

/// An opened profile and its sites.
#[derive(Debug)]
pub(crate) struct OpenedProfile {
    /// The file as it was given.
    pub(crate) file: String,
    pub(crate) command: String,
    pub(crate) profile: Profile,
    pub(crate) breakdown: Breakdown,
}

/// Reads a profile by its sites.
pub(crate) fn open(path: &Path) -> anyhow::Result<OpenedProfile> {
    let file = path.display().to_string();
    let _step = Step::begin(format!("reading {}", shown(&file)));
    let failed = |error: anyhow::Error| match error.downcast::<Interrupted>() {
        Ok(interrupted) => interrupted.into(),
        Err(error) => anyhow::anyhow!("{}", shown(&format!("failed to read {file}: {error:#}"))),
    };
    let source = source::open(path).map_err(failed)?;
    let mut profile = Profile::from_reader(&file, source).map_err(|error| harmless(&error))?;
    interrupt::check()?;
    let breakdown = breakdown(&mut profile)?;
    let command = profile.header().command.clone();
    Ok(OpenedProfile { file, command, profile, breakdown })
}

/// Returns the breakdown by site.
pub(crate) fn breakdown(profile: &mut Profile) -> anyhow::Result<Breakdown> {
    let breakdown = profile.breakdown().map_err(|error| harmless(&error))?;
    interrupt::check()?;
    Ok(breakdown)
}

/// Returns the heaviest stacks of some sites, at most `limit` of each.
pub(crate) fn stacks(
    profile: &mut Profile,
    keys: &[&str],
    question: SiteMetric,
    limit: usize,
) -> anyhow::Result<Vec<SiteStacks>> {
    let _step = Step::begin("reading stacks".to_owned());
    let stacks = profile.stacks(keys, question, limit).map_err(|error| harmless(&error))?;
    interrupt::check()?;
    Ok(stacks)
}

/// Escapes an error, which quotes its file.
pub(super) fn harmless(error: &tripline_profile::Error) -> anyhow::Error {
    anyhow::anyhow!("{}", shown(&error.to_string()))
}
