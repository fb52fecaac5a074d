//! What this binary measures with: toolchain, target, profile, features, allocator, dependencies; and every cfg that `when` may ask for.

use std::path::Path;
use std::sync::OnceLock;

use tripline_budget::{Dependencies, Ruler};

use crate::registry::Suite;

/// The ruler: what was captured when tripline and the suite were compiled, and the lock file of `workspace`.
pub(crate) fn ruler(suite: &Suite, workspace: &Path) -> Ruler {
    let assertions = if suite.debug_assertions { ", debug-assertions" } else { "" };
    Ruler {
        rustc: env!("TRIPLINE_RUSTC").to_owned(),
        target: env!("TRIPLINE_TARGET").to_owned(),
        profile: format!("opt {}{assertions}", env!("TRIPLINE_OPT_LEVEL")),
        features: features(suite),
        allocator: "system".to_owned(),
        dependencies: dependencies(suite, workspace),
    }
}

fn features(suite: &Suite) -> String {
    let on: Vec<_> = suite.features.iter().filter(|(_, on)| *on).map(|(name, _)| *name).collect();
    if on.is_empty() { "none".to_owned() } else { on.join(", ") }
}

/// Not known where tests run without their sources.
fn dependencies(suite: &Suite, workspace: &Path) -> String {
    static DIGEST: OnceLock<String> = OnceLock::new();
    let read = || {
        let lock = std::fs::read_to_string(workspace.join("Cargo.lock")).ok()?;
        Some(Dependencies::of(&lock, suite.package)?.digest())
    };
    DIGEST.get_or_init(|| read().unwrap_or_default()).clone()
}

/// Every captured cfg as Cargo writes it; `!` marks what is known and off.
pub(crate) fn cfgs(suite: &Suite) -> Vec<String> {
    let flag = |name: String, on: bool| if on { name } else { format!("!{name}") };
    let target = env!("TRIPLINE_CFGS").split('\u{1f}').map(str::to_owned);
    let features = suite.features.iter().map(|(name, on)| flag(format!("feature=\"{name}\""), *on));
    target
        .chain([flag("debug_assertions".to_owned(), suite.debug_assertions)])
        .chain(features)
        .collect()
}
