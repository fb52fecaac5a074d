//! Verdicts on the sizes of a suite's types.

use crate::files::{Sizes, TypeLimit};
use crate::runs::TypeLayout;

/// The verdict on one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeVerdict {
    Within,
    /// Trips: larger than its limit.
    Over,
    /// Holds, but is smaller than its limit, which should be lowered.
    Loose,
    /// Trips: not larger than its limit, but aligned otherwise than it says.
    Misaligned,
    /// Trips: a registered type without a limit.
    Missing,
    /// Trips: a limit on a type that is not registered.
    Orphan,
}

impl TypeVerdict {
    /// Returns `true` if the test fails on it.
    #[must_use]
    pub const fn trips(self) -> bool {
        !matches!(self, Self::Within | Self::Loose)
    }
}

/// A type, its limit and its verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeFinding {
    pub name: String,
    /// `None` for an orphan.
    pub layout: Option<TypeLayout>,
    /// `None` where it is missing.
    pub limit: Option<TypeLimit>,
    pub verdict: TypeVerdict,
}

impl TypeFinding {
    /// Returns `true` if the alignment is not the limit's, which a type over its size can be
    /// at once.
    #[must_use]
    pub fn is_misaligned(&self) -> bool {
        match (&self.layout, &self.limit) {
            (Some(layout), Some(limit)) => misaligned(layout, limit),
            _ => false,
        }
    }
}

/// Compares each of `registered`, in its order, with its limit; then come the limits on types
/// that are not registered.
#[must_use]
pub fn judge_types(sizes: &Sizes, registered: &[TypeLayout]) -> Vec<TypeFinding> {
    let limit = |name: &str| sizes.types.iter().find(|limit| limit.name == name);
    let judged = registered.iter().map(|layout| find(layout, limit(&layout.name)));
    let orphans = sizes
        .types
        .iter()
        .filter(|limit| registered.iter().all(|layout| layout.name != limit.name));
    judged.chain(orphans.map(orphan)).collect()
}

fn find(layout: &TypeLayout, limit: Option<&TypeLimit>) -> TypeFinding {
    let verdict = match limit {
        None => TypeVerdict::Missing,
        Some(limit) if layout.size > limit.size => TypeVerdict::Over,
        Some(limit) if misaligned(layout, limit) => TypeVerdict::Misaligned,
        Some(limit) if layout.size < limit.size => TypeVerdict::Loose,
        Some(_) => TypeVerdict::Within,
    };
    TypeFinding {
        name: layout.name.clone(),
        layout: Some(layout.clone()),
        limit: limit.cloned(),
        verdict,
    }
}

fn orphan(limit: &TypeLimit) -> TypeFinding {
    TypeFinding {
        name: limit.name.clone(),
        layout: None,
        limit: Some(limit.clone()),
        verdict: TypeVerdict::Orphan,
    }
}

fn misaligned(layout: &TypeLayout, limit: &TypeLimit) -> bool {
    limit.align.is_some_and(|align| align != layout.align)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builds::Cfgs;
    use crate::files::SizesFile;

    fn layout(name: &str, size: u64, align: u64) -> TypeLayout {
        TypeLayout { name: name.into(), size, align, file: "tests/sql.rs".into(), line: 1 }
    }

    fn verdicts(text: &str, registered: &[TypeLayout]) -> Vec<(String, TypeVerdict)> {
        let sizes = SizesFile::parse("sizes.toml", text).unwrap();
        let findings = judge_types(&sizes.resolve(&Cfgs::default()).unwrap(), registered);
        findings.into_iter().map(|finding| (finding.name, finding.verdict)).collect()
    }

    #[test]
    fn a_size_is_a_maximum_and_an_alignment_exact() {
        let text = "[types]\n'T' = { size = 32, align = 8 }";
        for (layout, verdict) in [
            (layout("T", 32, 8), TypeVerdict::Within),
            (layout("T", 33, 8), TypeVerdict::Over),
            (layout("T", 31, 8), TypeVerdict::Loose),
            (layout("T", 32, 16), TypeVerdict::Misaligned),
            (layout("T", 31, 4), TypeVerdict::Misaligned),
            (layout("T", 33, 4), TypeVerdict::Over),
        ] {
            assert_eq!(verdicts(text, &[layout]), [("T".to_owned(), verdict)]);
        }
    }

    #[test]
    fn types_and_limits_must_match_both_ways() {
        let found = verdicts("[types]\n'A' = 1\n'B' = 1", &[layout("C", 1, 1), layout("B", 1, 1)]);
        let expected = [
            ("C".to_owned(), TypeVerdict::Missing),
            ("B".to_owned(), TypeVerdict::Within),
            ("A".to_owned(), TypeVerdict::Orphan),
        ];
        assert_eq!(found, expected);
        assert!(TypeVerdict::Missing.trips() && TypeVerdict::Orphan.trips());
        assert!(!TypeVerdict::Within.trips() && !TypeVerdict::Loose.trips());
    }

    #[test]
    fn a_type_can_be_over_and_misaligned_at_once() {
        let sizes = SizesFile::parse("sizes.toml", "[types]\n'T' = { size = 32, align = 8 }");
        let sizes = sizes.unwrap().resolve(&Cfgs::default()).unwrap();
        assert!(judge_types(&sizes, &[layout("T", 64, 64)])[0].is_misaligned());
        assert!(!judge_types(&sizes, &[layout("T", 64, 8)])[0].is_misaligned());
        assert!(!judge_types(&sizes, &[])[0].is_misaligned());
    }
}
