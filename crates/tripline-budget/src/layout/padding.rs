//! Padding between fields.

use super::model::Field;

/// A part of a type: a field, or bytes that hold nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LayoutPart<'a> {
    Field(&'a Field),
    Padding { offset: u64, size: u64 },
}

/// Returns fields and padding from `start` to `end`, in offset order.
pub(super) fn parts(fields: &[Field], start: u64, end: u64) -> Vec<LayoutPart<'_>> {
    let mut sorted: Vec<_> = fields.iter().collect();
    sorted.sort_by_key(|field| (field.offset, field.size));
    let mut parts = Vec::new();
    let mut at = start;
    for field in sorted {
        parts.extend(gap(at, field.offset));
        parts.push(LayoutPart::Field(field));
        at = at.max(field.end());
    }
    parts.extend(gap(at, end));
    parts
}

/// Returns the bytes of padding in a type of `size` bytes.
pub(super) fn padding(fields: &[Field], size: u64) -> u64 {
    let sizes = parts(fields, 0, size).into_iter().map(|part| match part {
        LayoutPart::Padding { size, .. } => size,
        LayoutPart::Field(_) => 0,
    });
    sizes.sum()
}

fn gap(from: u64, to: u64) -> Option<LayoutPart<'static>> {
    (from < to).then(|| LayoutPart::Padding { offset: from, size: to - from })
}

#[cfg(test)]
mod tests {
    use super::super::model::tests::field;
    use super::*;

    #[test]
    fn padding_is_between_and_behind() {
        let fields = [field("b", "u64", 8, 8), field("a", "u8", 0, 1), field("c", "u8", 16, 1)];
        assert_eq!(
            parts(&fields, 0, 24),
            [
                LayoutPart::Field(&fields[1]),
                LayoutPart::Padding { offset: 1, size: 7 },
                LayoutPart::Field(&fields[0]),
                LayoutPart::Field(&fields[2]),
                LayoutPart::Padding { offset: 17, size: 7 },
            ]
        );
        assert_eq!(padding(&fields, 24), 14);
        assert_eq!(padding(&fields, 17), 7);
    }

    #[test]
    fn fields_without_a_gap_have_none() {
        let fields = [field("a", "u64", 0, 8), field("nothing", "()", 8, 0)];
        assert_eq!(padding(&fields, 8), 0);
        assert_eq!(padding(&[], 0), 0);
        assert_eq!(padding(&[], 16), 16);
    }

    /// As in a union, or in debug information that is wrong.
    #[test]
    fn fields_may_overlap_or_reach_beyond() {
        let fields = [field("a", "u64", 0, 8), field("b", "u8", 4, 1), field("c", "u8", 30, 9)];
        assert_eq!(padding(&fields, 16), 22);
    }
}
