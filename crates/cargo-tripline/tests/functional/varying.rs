//! A workload that takes `step` bytes more in each run than in the one before.

pub(crate) fn varying(name: &str, step: usize) -> String {
    format!(
        "
#[tripline::test]
fn {name}(probe: &Probe) {{
    let before = std::fs::read(\"{name}.runs\").unwrap_or_default();
    std::fs::write(\"{name}.runs\", [before.as_slice(), b\"x\"].concat()).unwrap();
    let bytes = 1_000 + {step} * before.len();
    probe.measure(|| Vec::<u8>::with_capacity(bytes));
}}
"
    )
}
