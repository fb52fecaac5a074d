//! Changes that would make a type smaller.
//!
//! The compiler chooses layouts as it likes, so what a change makes of a type is a bound: "at most".
//! The bounds rest on what holds for every choice it has:
//!
//! - A type's size is a multiple of its alignment, and so is each field's of its own.
//! - Fields in the order of falling alignment leave no padding between them, and fields in any other
//!   order that it picks leave, behind a tag, less than one alignment.
//! - Behind a tag of their own, variants are laid out one by one: where one goes, the rest stay
//!   where they are or move forward.
//! - With a niche the rest fit around the variant that it lies in, which says nothing of where they
//!   would be without it: they are counted anew, behind a tag.

use super::model::{Enum, Field, Layout, Shape, Tag, Variant};
use super::padding::padding;
use crate::values::format_count;

/// Returns the sentences below a layout; none if nothing is certain to be smaller.
pub(super) fn sentences(layout: &Layout, limit: Option<u64>) -> Vec<String> {
    match &layout.shape {
        Shape::Struct(fields) => struct_sentences(layout, fields),
        Shape::Enum(all) => enum_sentences(layout, all, limit),
        Shape::Union(_) | Shape::Array { .. } | Shape::Scalar => Vec::new(),
    }
}

fn struct_sentences(layout: &Layout, fields: &[Field]) -> Vec<String> {
    let padding = padding(fields, layout.size);
    if padding == 0 || overlap(fields) {
        return Vec::new();
    }
    let mut sentences = vec![format!("{} of it are padding", bytes(padding))];
    let content = fields.iter().fold(0_u64, |sum, field| sum.saturating_add(field.size));
    let smallest = round_up(content, layout.align);
    // rustc orders fields so that this cannot be, unless it must not order them.
    if smallest < layout.size {
        sentences.push(format!(
            "ordered by alignment its fields would take {}: they stand as declared (`repr(C)`, or a last field that may be unsized)",
            bytes(smallest)
        ));
    }
    sentences
}

fn overlap(fields: &[Field]) -> bool {
    let mut sorted: Vec<_> = fields.iter().collect();
    sorted.sort_by_key(|field| field.offset);
    sorted.windows(2).any(|pair| pair[1].offset < pair[0].end())
}

/// A size after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SizeBound {
    Exactly(u64),
    AtMost(u64),
}

impl SizeBound {
    const fn bytes(self) -> u64 {
        match self {
            Self::Exactly(bytes) | Self::AtMost(bytes) => bytes,
        }
    }
}

fn enum_sentences(layout: &Layout, all: &Enum, limit: Option<u64>) -> Vec<String> {
    // A coroutine's states are nobody's variants to take out or box.
    if all.variants.len() < 2 || is_coroutine(layout) || !all.shared.is_empty() {
        return Vec::new();
    }
    let oversized = oversized(all, limit);
    let (without, boxed) = match all.niche() {
        None => (tagged_without(layout, all, &oversized), tagged_boxed(layout, all, &oversized)),
        Some(niche) if oversized.contains(&niche) => {
            (niche_without(layout, all, &oversized), niche_boxed(layout, all, &oversized))
        }
        // The others fit around it: taking one of them out changes nothing.
        Some(_) => return Vec::new(),
    };
    let names: Vec<_> = oversized.iter().map(|variant| format!("`{}`", variant.name)).collect();
    let names = names.join(", ");
    let say = |lead: String, size: SizeBound, verb: [&str; 2]| {
        (size.bytes() < layout.size).then(|| sentence(&lead, size, verb, limit))
    };
    let mut sentences = Vec::new();
    sentences.extend(say(format!("without {names} it"), without, ["is", "is at most"]));
    sentences.extend(say(format!("boxing {names}"), boxed, ["makes it", "makes it at most"]));
    sentences
}

fn sentence(
    lead: &str,
    size: SizeBound,
    [exactly, at_most]: [&str; 2],
    limit: Option<u64>,
) -> String {
    let verb = match size {
        SizeBound::Exactly(_) => exactly,
        SizeBound::AtMost(_) => at_most,
    };
    let fits = match limit {
        Some(limit) if size.bytes() <= limit => format!(", within its {}", bytes(limit)),
        _ => String::new(),
    };
    format!("{lead} {verb} {}{fits}", bytes(size.bytes()))
}

/// Returns the variants that alone keep the enum above its limit; without a limit the largest.
fn oversized(all: &Enum, limit: Option<u64>) -> Vec<&Variant> {
    let sorted = all.by_size();
    let over = |limit| sorted.iter().filter(|variant| variant.end() > limit).count();
    let count = limit.map_or(1, |limit| over(limit).max(1));
    sorted.into_iter().take(count).collect()
}

fn rest<'a>(all: &'a Enum, oversized: &[&Variant]) -> Vec<&'a Variant> {
    all.variants.iter().filter(|variant| !oversized.contains(variant)).collect()
}

fn tagged_without(layout: &Layout, all: &Enum, oversized: &[&Variant]) -> SizeBound {
    let rest = rest(all, oversized);
    SizeBound::AtMost(round_up(tagged_end(all, &rest), layout.align))
}

fn tagged_boxed(layout: &Layout, all: &Enum, oversized: &[&Variant]) -> SizeBound {
    let align = layout.align.max(layout.pointer);
    let tag = all.tag.as_ref().map_or(0, Tag::end);
    let pointer = round_up(tag, layout.pointer).saturating_add(layout.pointer);
    // Under `repr(C)` a pointer's alignment may move what stands behind the tag.
    let moved = align - layout.align;
    let end = tagged_end(all, &rest(all, oversized)).saturating_add(moved).max(pointer);
    SizeBound::AtMost(round_up(end, align))
}

fn tagged_end(all: &Enum, rest: &[&Variant]) -> u64 {
    let tag = all.tag.as_ref().map_or(0, Tag::end);
    rest.iter().map(|variant| variant.end()).fold(tag, u64::max)
}

fn niche_without(layout: &Layout, all: &Enum, oversized: &[&Variant]) -> SizeBound {
    let rest = rest(all, oversized);
    let content = rest.iter().map(|variant| variant.content()).max().unwrap_or(0);
    match content {
        // Without it nothing is left that the enum would be for.
        0 => SizeBound::Exactly(layout.size),
        _ => SizeBound::AtMost(behind_a_tag(rest.len(), content, layout.align)),
    }
}

fn niche_boxed(layout: &Layout, all: &Enum, oversized: &[&Variant]) -> SizeBound {
    let rest = rest(all, oversized);
    let content = rest.iter().map(|variant| variant.content()).max().unwrap_or(0);
    // A box is never null: that is the one value that a variant without fields needs.
    if let ([_], 1, 0) = (oversized, rest.len(), content)
        && layout.align <= layout.pointer
    {
        return SizeBound::Exactly(layout.pointer);
    }
    let align = layout.align.max(layout.pointer);
    SizeBound::AtMost(behind_a_tag(all.variants.len(), content.max(layout.pointer), align))
}

/// Returns the most bytes that `count` variants take, of which the largest holds `content` bytes.
fn behind_a_tag(count: usize, content: u64, align: u64) -> u64 {
    round_up(round_up(tag_for(count), align).saturating_add(content), align)
}

const fn tag_for(count: usize) -> u64 {
    match count {
        0..=0x100 => 1,
        0x101..=0x1_0000 => 2,
        _ => 4,
    }
}

fn is_coroutine(layout: &Layout) -> bool {
    let last = layout.name.rsplit("::").next().unwrap_or_default();
    last.starts_with('{')
}

/// Returns the next multiple of `align`, which may be any number, because debug information states it.
pub(super) fn round_up(bytes: u64, align: u64) -> u64 {
    bytes.checked_next_multiple_of(align.max(1)).unwrap_or(u64::MAX)
}

fn bytes(bytes: u64) -> String {
    format!("{} B", format_count(bytes))
}

#[cfg(test)]
mod tests {
    use super::super::model::tests::{an_enum, field, of, variant};
    use super::*;

    #[test]
    fn an_order_is_blamed_only_where_it_is_to_blame() {
        let fixed = [field("a", "u8", 0, 1), field("b", "u64", 8, 8), field("c", "u8", 16, 1)];
        assert_eq!(
            sentences(&of("Row", 24, 8, Shape::Struct(fixed.to_vec())), None),
            [
                "14 B of it are padding",
                "ordered by alignment its fields would take 16 B: they stand as declared \
                 (`repr(C)`, or a last field that may be unsized)"
            ]
        );
        let ordered = [field("b", "u64", 0, 8), field("a", "u8", 8, 1), field("c", "u8", 9, 1)];
        assert_eq!(
            sentences(&of("Row", 16, 8, Shape::Struct(ordered.to_vec())), None),
            ["6 B of it are padding"]
        );
        let full = [field("a", "u64", 0, 8)];
        assert!(sentences(&of("Row", 8, 8, Shape::Struct(full.to_vec())), None).is_empty());
        let union = [field("a", "u8", 0, 1), field("b", "u64", 0, 8)];
        assert!(sentences(&of("U", 16, 8, Shape::Union(union.to_vec())), None).is_empty());
    }

    fn op() -> Enum {
        let variants = [
            variant("Count", Some("0"), &[field("0", "u64", 8, 8)]),
            variant("Window", Some("1"), &[field("0", "[u64; 22]", 8, 176)]),
            variant("Seasonal", Some("2"), &[field("0", "[u64; 75]", 8, 600)]),
            variant("Off", Some("3"), &[]),
        ];
        an_enum(Some((0, 1)), &variants)
    }

    #[test]
    fn a_fat_variant_is_boxed_or_gone() {
        let op = of("Op", 608, 8, Shape::Enum(op()));
        assert_eq!(
            sentences(&op, None),
            ["without `Seasonal` it is at most 184 B", "boxing `Seasonal` makes it at most 184 B"]
        );
        assert_eq!(
            sentences(&op, Some(80)),
            [
                "without `Seasonal`, `Window` it is at most 16 B, within its 80 B",
                "boxing `Seasonal`, `Window` makes it at most 16 B, within its 80 B"
            ]
        );
        assert_eq!(
            sentences(&op, Some(600))[0],
            "without `Seasonal` it is at most 184 B, within its 600 B"
        );
    }

    #[test]
    fn nothing_is_said_that_is_not_smaller() {
        let even = [
            variant("A", Some("0"), &[field("0", "u64", 8, 8)]),
            variant("B", Some("1"), &[field("0", "u64", 8, 8)]),
        ];
        assert!(
            sentences(&of("E", 16, 8, Shape::Enum(an_enum(Some((0, 8)), &even))), None).is_empty()
        );
        let one = [variant("A", None, &[field("0", "[u64; 9]", 0, 72)])];
        assert!(sentences(&of("E", 72, 8, Shape::Enum(an_enum(None, &one))), None).is_empty());
    }

    #[test]
    fn a_pointer_may_widen_a_narrow_enum() {
        let narrow = [
            variant("A", Some("0"), &[field("0", "[u32; 3]", 4, 12)]),
            variant("B", Some("1"), &[field("0", "[u32; 100]", 4, 400)]),
        ];
        // Under `repr(C)`, `A` would be at 8 to 20.
        assert_eq!(
            sentences(&of("E", 404, 4, Shape::Enum(an_enum(Some((0, 4)), &narrow))), None),
            ["without `B` it is at most 16 B", "boxing `B` makes it at most 24 B"]
        );
    }

    #[test]
    fn a_niche_gives_way_to_a_tag_or_a_null() {
        let some = variant("Some", None, &[field("0", "Page", 0, 64)]);
        let none = variant("None", Some("2"), &[]);
        let option = of("Option<Page>", 64, 8, Shape::Enum(an_enum(Some((0, 1)), &[none, some])));
        assert_eq!(sentences(&option, None), ["boxing `Some` makes it 8 B"]);
        let page = variant("Page", None, &[field("0", "Page", 0, 64)]);
        let id = variant("Id", Some("2"), &[field("0", "u64", 8, 8), field("1", "u8", 16, 1)]);
        let three = [page, id, variant("Gone", Some("3"), &[])];
        assert_eq!(
            sentences(&of("E", 64, 8, Shape::Enum(an_enum(Some((0, 1)), &three))), Some(24)),
            [
                "without `Page` it is at most 24 B, within its 24 B",
                "boxing `Page` makes it at most 24 B, within its 24 B"
            ]
        );
    }

    #[test]
    fn a_coroutine_is_left_alone() {
        let layout = of("net::serve::{async_fn_env#0}", 608, 8, Shape::Enum(op()));
        assert!(sentences(&layout, None).is_empty());
    }

    #[test]
    fn nonsense_does_not_overflow() {
        let wild = variant("Wild", None, &[field("0", "?", u64::MAX, u64::MAX)]);
        let mild = variant("Mild", Some("0"), &[field("0", "?", 1, u64::MAX)]);
        for align in [0, 3, u64::MAX] {
            let all = an_enum(Some((u64::MAX, 8)), &[wild.clone(), mild.clone()]);
            let _ = sentences(&of("E", u64::MAX, align, Shape::Enum(all)), Some(0));
            let fields = vec![field("a", "?", 3, u64::MAX), field("b", "?", u64::MAX, 9)];
            let _ = sentences(&of("S", u64::MAX, align, Shape::Struct(fields)), None);
        }
    }
}
