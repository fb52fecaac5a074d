//! A zoo of regressions. Each workload runs as it was or, where `ZOO=regressed` is set, as somebody made it.
//!
//! `explain.rs` builds it, records what each workload was, runs it as it has become, and looks at whom the
//! failure blames. So nothing of it is kept in `budgets/`, and it is no test of its own.

use tripline::Probe;

tripline::suite!();

mod background;
mod guilty;
mod guilty_async;
mod innocent;

/// Whether the regression is in.
fn regressed() -> bool {
    std::env::var_os("ZOO").is_some_and(|state| state == "regressed")
}

/// Measures `workload` among other work, so that blame is not a matter of course. What it returns is live.
fn measure<T>(probe: &Probe, workload: impl FnOnce(bool) -> T) {
    let regressed = regressed();
    let kept = probe.measure(|| (background::work(), workload(regressed)));
    drop(kept);
}
