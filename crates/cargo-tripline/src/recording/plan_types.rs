//! Plans `sizes.toml` from a suite's types and their limits. Reads no file.

use tripline_budget::{
    DisplayScale, Sizes, TypeFinding, TypeLayout, TypeLimit, TypeVerdict, Unit, judge_types,
};

use crate::recording::plan::ChangeCause;
use crate::recording::request::RecordingRequest;

/// A new or changed limit of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SetType {
    pub(super) name: String,
    pub(super) when: Option<String>,
    pub(super) old: Option<TypeLimit>,
    /// `None` if it stays.
    pub(super) size: Option<u64>,
    pub(super) align: Option<u64>,
    pub(super) reason: Option<String>,
    pub(super) why: ChangeCause,
}

/// The changes of the file. One refusal, and the file stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TypesPlan {
    pub(super) sets: Vec<SetType>,
    pub(super) refusals: Vec<String>,
    /// True if the recorded ruler stays: it is that of the other limits.
    pub(super) keeps_ruler: bool,
}

pub(super) fn plan_types(
    sizes: &Sizes,
    types: &[TypeLayout],
    request: &RecordingRequest,
) -> TypesPlan {
    let mut plan = TypesPlan::default();
    for finding in judge_types(sizes, types) {
        let Some(layout) = &finding.layout else { continue };
        if let Some(when) = &request.when {
            beside(&mut plan, &finding, layout, when);
            continue;
        }
        let set = |size, align, reason, why| SetType {
            name: finding.name.clone(),
            when: finding.limit.as_ref().and_then(|limit| limit.when.clone()),
            old: finding.limit.clone(),
            size,
            align,
            reason,
            why,
        };
        let size = Some(layout.size);
        match finding.verdict {
            TypeVerdict::Missing if !request.leaves_alone() => {
                plan.sets.push(set(size, None, None, ChangeCause::Recorded));
            }
            TypeVerdict::Loose => plan.sets.push(set(size, None, None, ChangeCause::Lowered)),
            TypeVerdict::Over | TypeVerdict::Misaligned if request.raises_type(&finding.name) => {
                match refusal(&finding, layout) {
                    Some(refusal) => plan.refusals.push(refusal),
                    None => {
                        let size = size.filter(|_| finding.verdict == TypeVerdict::Over);
                        let align = finding.is_misaligned().then_some(layout.align);
                        plan.sets.push(set(
                            size,
                            align,
                            request.reason.clone(),
                            ChangeCause::Raised,
                        ));
                    }
                }
            }
            _ => {}
        }
    }
    plan
}

/// Plans the size in this build beside that in another one, under a `when` of its own.
fn beside(plan: &mut TypesPlan, finding: &TypeFinding, layout: &TypeLayout, when: &str) {
    plan.keeps_ruler = true;
    let stands = finding.limit.as_ref().and_then(|limit| limit.when.as_deref());
    match (finding.verdict, stands) {
        (TypeVerdict::Within | TypeVerdict::Orphan, _) => {}
        (_, Some(own)) if own == when => {}
        (_, Some(other)) => plan.refusals.push(format!(
            "`{}` already stands under `{other}`, which holds in this build too",
            finding.name
        )),
        (TypeVerdict::Misaligned, None) => plan.refusals.push(format!(
            "`{}` is aligned otherwise in this build: write its line under `{when}` by hand",
            finding.name
        )),
        (_, None) => plan.sets.push(SetType {
            name: finding.name.clone(),
            when: Some(when.to_owned()),
            old: None,
            size: Some(layout.size),
            align: None,
            reason: None,
            why: ChangeCause::Recorded,
        }),
    }
}

fn refusal(finding: &TypeFinding, layout: &TypeLayout) -> Option<String> {
    let ceiling = finding.limit.as_ref()?.ceiling?;
    (layout.size > ceiling).then(|| {
        format!(
            "`{}` was not raised: {} is above its ceiling of {}",
            finding.name,
            DisplayScale::exact(Unit::Bytes).format(layout.size),
            DisplayScale::exact(Unit::Bytes).format(ceiling)
        )
    })
}

#[cfg(test)]
mod tests {
    use tripline_budget::{Cfgs, SizesFile};

    use super::*;
    use crate::recording::keys::{RaiseKey, split_keys};

    const SIZES: &str = "\
[types]
Same = 8
Loose = 32
Over = 8
Walled = { size = 8, ceiling = 12 }
Aligned = { size = 32, align = 4 }
Gone = 8
";

    fn plan(raise: &str) -> String {
        let sizes = SizesFile::parse("sizes.toml", SIZES).unwrap();
        let sizes = sizes.resolve(&Cfgs::default()).unwrap();
        let types = ["Same", "Loose", "Over", "Walled", "Aligned", "Map<u8, u16>"];
        let sized = |name: &str| TypeLayout {
            name: name.to_owned(),
            size: if name == "Same" { 8 } else { 16 },
            align: 8,
            file: "a.rs".to_owned(),
            line: 1,
        };
        let request = RecordingRequest {
            raise: split_keys(raise).iter().map(|key| RaiseKey::parse(key)).collect(),
            reason: (!raise.is_empty()).then(|| "why not".to_owned()),
            ..RecordingRequest::default()
        };
        let plan = plan_types(&sizes, &types.map(sized), &request);
        let sets = plan.sets.iter().map(|set| {
            let (size, align) = (set.size, set.align);
            format!("{}: size {size:?}, align {align:?}, {}", set.name, set.why.text())
        });
        sets.chain(plan.refusals.iter().cloned()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn types_are_recorded_and_lowered_and_raised_only_if_named() {
        insta::assert_snapshot!(plan(""), @"
        Loose: size Some(16), align None, lowered
        Map<u8, u16>: size Some(16), align None, recorded
        ");
        insta::assert_snapshot!(plan("Over,Aligned"), @"
        Loose: size Some(16), align None, lowered
        Over: size Some(16), align None, raised
        Aligned: size None, align Some(8), raised
        Map<u8, u16>: size Some(16), align None, recorded
        ");
        insta::assert_snapshot!(plan("Walled"), @"
        Loose: size Some(16), align None, lowered
        Map<u8, u16>: size Some(16), align None, recorded
        `Walled` was not raised: 16 B is above its ceiling of 12 B
        ");
    }
}
