//! From a suite's types and their limits to what is to stand in `sizes.toml`. Pure.

use tripline_budget::{Sizes, TypeFinding, TypeLayout, TypeLimit, TypeVerdict, judge_types};

use crate::report::above_ceiling;
use crate::update::plan::Why;
use crate::update::request::Request;

/// A type's limit that is to stand anew, or otherwise than it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SetType {
    pub(super) name: String,
    pub(super) when: Option<String>,
    pub(super) old: Option<TypeLimit>,
    /// `None` where it stays.
    pub(super) size: Option<u64>,
    pub(super) align: Option<u64>,
    pub(super) reason: Option<String>,
    pub(super) why: Why,
}

/// What is to become of the file. One refusal, and it is left alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TypesPlan {
    pub(super) sets: Vec<SetType>,
    pub(super) refusals: Vec<String>,
}

pub(super) fn plan_types(sizes: &Sizes, types: &[TypeLayout], request: &Request) -> TypesPlan {
    let mut plan = TypesPlan::default();
    for finding in judge_types(sizes, types) {
        let Some(layout) = &finding.layout else { continue };
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
            TypeVerdict::Missing => plan.sets.push(set(size, None, None, Why::Recorded)),
            TypeVerdict::Loose => plan.sets.push(set(size, None, None, Why::Lowered)),
            TypeVerdict::Over | TypeVerdict::Misaligned if request.raises_type(&finding.name) => {
                match refusal(&finding, layout) {
                    Some(refusal) => plan.refusals.push(refusal),
                    None => {
                        let size = size.filter(|_| finding.verdict == TypeVerdict::Over);
                        let align = finding.is_misaligned().then_some(layout.align);
                        plan.sets.push(set(size, align, request.reason.clone(), Why::Raised));
                    }
                }
            }
            _ => {}
        }
    }
    plan
}

fn refusal(finding: &TypeFinding, layout: &TypeLayout) -> Option<String> {
    let ceiling = finding.limit.as_ref()?.ceiling?;
    (layout.size > ceiling).then(|| {
        let name = &finding.name;
        let above = above_ceiling(name);
        format!("`{name}` has {} B, above its ceiling of {ceiling} B: {above}", layout.size)
    })
}
