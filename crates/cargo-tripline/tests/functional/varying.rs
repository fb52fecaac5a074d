//! A suite whose one workload, `varying`, takes `step` bytes more in each run than in the one before.

pub(crate) fn varying(step: usize) -> String {
    format!(
        "
#[tripline::test]
fn varying(probe: &Probe) {{
    let before = std::fs::read(\"runs\").unwrap_or_default();
    std::fs::write(\"runs\", [before.as_slice(), b\"x\"].concat()).unwrap();
    let bytes = 1_000 + {step} * before.len();
    probe.measure(|| Vec::<u8>::with_capacity(bytes));
}}
"
    )
}
