//! The build that a file's limits are of, where this one is another.
//!
//! A toolchain or a dependency that moved has taken the place of the older one. A release build has not: it stands
//! beside the debug build, and a limit that is moved to its figures trips in the other. So the limits of another build
//! are left alone, unless they stand under a `when` that is this build's alone.

use tripline_budget::{
    BuildProfile, Cfgs, Error, FEATURES_OF_DEPENDENCIES, RecordedRuler, RulerChange,
};

use crate::workspace::SuiteHome;

/// The recorded build, which is not this one.
#[derive(Clone, Debug)]
pub(super) struct AnotherBuild {
    /// The parts that tell the two apart.
    changes: Vec<RulerChange>,
    /// The cfgs of the recorded build, unless they are another target's.
    cfgs: Option<Cfgs>,
}

impl AnotherBuild {
    /// Returns `None` if what is recorded is of this build, as far as is known.
    pub(super) fn of(home: SuiteHome<'_>, recorded: &RecordedRuler) -> Option<Self> {
        let changes: Vec<_> = recorded
            .changes(&home.suite.ruler)
            .into_iter()
            // Where the whole workspace is built, nothing but its manifests gives a dependency other features.
            .filter(|change| {
                change.is_of_another_build()
                    || (change.part == FEATURES_OF_DEPENDENCIES && !home.is_whole())
            })
            .collect();
        let cfgs = recorded_cfgs(home, recorded, &changes);
        (!changes.is_empty()).then_some(Self { changes, cfgs })
    }

    /// Returns `true` if a `when` that holds in this build does not hold in the recorded one. What another target has
    /// is not known; a `when` is then taken for what it says.
    pub(super) fn is_own(&self, when: &str) -> bool {
        let holds = self.cfgs.as_ref().map(|cfgs| cfgs.evaluate(when));
        holds.is_none_or(|holds| matches!(holds, Ok(false)))
    }

    /// Says that limits of the other build stay as they are, and what can be done.
    pub(super) fn refusal(&self) -> String {
        let parts: Vec<_> = self
            .changes
            .iter()
            .map(|RulerChange { part, recorded, now }| format!("{part} {recorded}, not {now}"))
            .collect();
        format!(
            "its limits are of another build, and none is moved to this one's figures: {}\n{}",
            parts.join("; "),
            self.ways()
        )
    }

    fn ways(&self) -> String {
        let moved = "`--ruler --reason \"...\"` moves them for good";
        match self.when() {
            Some(when) => format!("`--when '{when}'` records this build's beside them; {moved}"),
            None => format!("`--when 'cfg(…)'` records this build's beside them; {moved}"),
        }
    }

    /// Returns a cfg that tells this build from the other one, if a known one does.
    pub(super) fn when(&self) -> Option<String> {
        self.changes.iter().find_map(RulerChange::own_cfg)
    }
}

/// Returns the cfgs that the recorded build had: this one's, with what the record says of debug assertions and features.
fn recorded_cfgs(
    home: SuiteHome<'_>,
    recorded: &RecordedRuler,
    changes: &[RulerChange],
) -> Option<Cfgs> {
    if changes.iter().any(|change| change.part == "target") {
        return None;
    }
    let text = |part| recorded.0.get(part).map(String::as_str);
    let profile = text("profile").and_then(BuildProfile::read);
    let features: Option<Vec<&str>> = text("features").map(|text| text.split(", ").collect());
    let as_recorded = |captured: &String| {
        let cfg = captured.trim_start_matches('!');
        let feature = cfg.strip_prefix("feature=\"").and_then(|cfg| cfg.strip_suffix('"'));
        let on = match (cfg, feature, &features) {
            ("debug_assertions", ..) => profile.as_ref().map(|profile| profile.debug_assertions),
            (_, Some(feature), Some(features)) => Some(features.contains(&feature)),
            _ => None,
        };
        match on {
            Some(true) => cfg.to_owned(),
            Some(false) => format!("!{cfg}"),
            None => captured.clone(),
        }
    };
    Cfgs::parse(&home.suite.cfgs.iter().map(as_recorded).collect::<Vec<_>>()).ok()
}

/// Returns the key of a `when` from what a person typed: `not(debug_assertions)`, or a whole `cfg(…)`.
pub(crate) fn when_key(text: &str) -> Result<String, String> {
    let text = text.trim();
    let is_whole = text.starts_with("cfg(") && text.ends_with(')');
    let key = if is_whole { text.to_owned() } else { format!("cfg({text})") };
    match Cfgs::default().evaluate(&key) {
        // Of a cfg that is spelled well, only the tests know if they have it.
        Err(error @ (Error::NotCfg | Error::MalformedCfg(_))) => Err(error.to_string()),
        _ => Ok(key),
    }
}
