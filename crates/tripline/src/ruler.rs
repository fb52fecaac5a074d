//! What this binary measures with: toolchain, target, profile; and every cfg that `when` may ask for.

use tripline_budget::Ruler;

use crate::registry::Suite;

/// The ruler, as captured when tripline and the suite were compiled.
pub(crate) fn ruler(suite: &Suite) -> Ruler {
    let assertions = if suite.debug_assertions { ", debug-assertions" } else { "" };
    Ruler {
        rustc: env!("TRIPLINE_RUSTC").to_owned(),
        target: env!("TRIPLINE_TARGET").to_owned(),
        profile: format!("opt {}{assertions}", env!("TRIPLINE_OPT_LEVEL")),
    }
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
