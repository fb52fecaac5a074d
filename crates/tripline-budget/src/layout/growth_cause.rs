//! The cause of a type's growth, as far as its layout now shows it.
//!
//! The old layout is not recorded, only its size. So a field is named only if, of all fields, it alone explains the
//! growth: without it the type would be as large as it was. A field of a type that is known to have grown comes first.
//! If no field or several explain it, the text names the cause of the present size.
//!
//! Sizes without a field are those of `smaller`: fields in the order that leaves least padding.

use super::model::{Enum, Field, Layout, Shape, Tag, Variant};
use super::padding::padding;
use super::smaller::round_up;
use crate::values::format_count;

/// Variants beyond these are not named.
const NAMED: usize = 3;

/// Another type that grew.
#[derive(Clone, Copy, Debug)]
pub struct GrownLayout<'a> {
    pub layout: &'a Layout,
    /// The growth in bytes.
    pub growth: u64,
}

/// Fields that stand side by side, and what else the type's size depends on.
#[derive(Clone, Copy)]
struct FieldGroup<'a> {
    all: &'a [Field],
    /// Bytes beside them: a tag.
    beside: u64,
    /// The bytes that the type needs without any of them: other variants do not shrink.
    floor: u64,
}

impl Layout {
    /// Returns how many values of the other type lie in it, as fields or elements of them; of an enum, in one variant.
    #[must_use]
    pub fn holds(&self, other: &Self) -> u64 {
        let in_fields = |fields: &[Field]| {
            fields.iter().fold(0, |sum: u64, field| sum.saturating_add(other.times_in(field)))
        };
        match &self.shape {
            Shape::Struct(fields) => in_fields(fields),
            Shape::Union(fields) => {
                fields.iter().map(|field| other.times_in(field)).max().unwrap_or(0)
            }
            Shape::Enum(all) => {
                let variants = all.variants.iter().map(|variant| in_fields(&variant.fields));
                in_fields(&all.shared).saturating_add(variants.max().unwrap_or(0))
            }
            Shape::Array { element, element_size, count } => {
                if other.is(element, *element_size) {
                    *count
                } else {
                    0
                }
            }
            Shape::Scalar => 0,
        }
    }

    /// Returns the cause of its growth beyond `was` in a few words; `None` if nothing can be said. `grown` are the
    /// types that grew, too.
    #[must_use]
    pub fn growth(&self, was: u64, grown: &[GrownLayout<'_>]) -> Option<String> {
        let inside = || {
            let inside = self.inside.as_deref()?;
            let cause = inside.layout.growth(inside.was(self, was)?, grown)?;
            Some(format!("{cause} in `{}`", inside.path))
        };
        self.own_growth(was, grown).or_else(inside)
    }

    /// Returns the cause as far as its own fields or variants show it.
    fn own_growth(&self, was: u64, grown: &[GrownLayout<'_>]) -> Option<String> {
        match &self.shape {
            Shape::Struct(all) => {
                let field = self.field(was, grown, FieldGroup { all, beside: 0, floor: 0 }, "");
                field.or_else(|| padded(padding(all, self.size)))
            }
            Shape::Enum(all) if all.shared.is_empty() => self.variant(was, grown, all),
            _ => None,
        }
    }

    /// Returns how many values of this type a field is; debug information calls a field's type by its last name.
    fn times_in(&self, field: &Field) -> u64 {
        if self.is(&field.ty, field.size) {
            return 1;
        }
        let array = field.ty.strip_prefix('[').and_then(|ty| ty.strip_suffix(']'));
        let Some((element, count)) = array.and_then(|array| array.rsplit_once("; ")) else {
            return 0;
        };
        let count: u64 = count.parse().unwrap_or(0);
        let fits = self.size.checked_mul(count) == Some(field.size);
        if fits && self.is(element, self.size) { count } else { 0 }
    }

    fn is(&self, ty: &str, size: u64) -> bool {
        let path = self.name.strip_suffix(ty);
        self.size == size && path.is_some_and(|path| path.is_empty() || path.ends_with("::"))
    }

    /// Blames a variant if it alone needs all of the size; a field in it if the variant may have been there.
    fn variant(&self, was: u64, grown: &[GrownLayout<'_>], all: &Enum) -> Option<String> {
        let needed = |variant: &Variant| round_up(variant.end(), self.align);
        let (largest, others): (Vec<&Variant>, Vec<_>) =
            all.by_size().into_iter().partition(|variant| needed(variant) >= self.size);
        let [only] = largest.as_slice() else { return several(&largest) };
        let tag = all.tag.as_ref().filter(|_| all.niche().is_none());
        let beside = tag.map_or(0, |tag| tag.size);
        let floor = others.iter().map(|variant| needed(variant)).max();
        let floor = floor.unwrap_or(0).max(round_up(tag.map_or(0, Tag::end), self.align));
        // Around a niche others fit as they can: where they would lie without it nobody knows.
        let alone = all.niche().is_none() || others.iter().all(|variant| variant.content() == 0);
        let fields = FieldGroup { all: &only.fields, beside, floor };
        let field = (floor < was && alone)
            .then(|| self.field(was, grown, fields, &format!("{}.", only.name)));
        let whole = || format!("largest variant `{}`, {}", only.name, bytes(only.payload()));
        field.flatten().or_else(|| Some(whole()))
    }

    fn field(
        &self,
        was: u64,
        grown: &[GrownLayout<'_>],
        fields: FieldGroup<'_>,
        of: &str,
    ) -> Option<String> {
        let growth = self.size.checked_sub(was)?;
        let more = |field: &Field| {
            let within =
                |other: &GrownLayout<'_>| other.layout.times_in(field).saturating_mul(other.growth);
            grown.iter().map(within).max().unwrap_or(0)
        };
        let inner: Vec<_> = fields.all.iter().filter(|field| more(field) > 0).collect();
        if let [field] = inner.as_slice() {
            let all = more(field) == growth;
            return all.then(|| format!("`{of}{}` {} more", field.name, bytes(growth)));
        }
        if !inner.is_empty() {
            return None;
        }
        let mut candidates = fields.all.iter().filter(|field| self.was_without(was, fields, field));
        let field = candidates.next().filter(|_| candidates.next().is_none())?;
        let rest = growth.checked_sub(field.size)?;
        let padding = padded(rest).map_or_else(String::new, |padding| format!(", {padding}"));
        Some(format!("`{of}{}` {}{padding}", field.name, bytes(field.size)))
    }

    /// Returns `true` if the type would have its old size without the field. Sizes say so only where fields leave no padding
    /// between them, which those that stand as declared may, and if its alignment can have been the same.
    fn was_without(&self, was: u64, fields: FieldGroup<'_>, field: &Field) -> bool {
        let content = |sum: u64, field: &Field| sum.saturating_add(field.size);
        let content = fields.all.iter().fold(fields.beside, content);
        let size = |content: u64| round_up(content, self.align).max(fields.floor);
        let without = size(content.saturating_sub(field.size));
        size(content) == self.size && without == was && was.is_multiple_of(self.align)
    }
}

fn several(largest: &[&Variant]) -> Option<String> {
    let mut names: Vec<_> =
        largest.iter().take(NAMED).map(|variant| format!("`{}`", variant.name)).collect();
    names.extend((largest.len() > NAMED).then(|| "…".to_owned()));
    (!names.is_empty()).then(|| format!("largest variants {}", names.join(", ")))
}

fn padded(padding: u64) -> Option<String> {
    (padding > 0).then(|| format!("{} padding", bytes(padding)))
}

fn bytes(bytes: u64) -> String {
    format!("{} B", format_count(bytes))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::inside::Inside;
    use super::super::model::tests::{an_enum, field, of, variant};
    use super::*;

    fn cause(layout: &Layout, was: u64) -> String {
        layout.growth(was, &[]).unwrap_or_default()
    }

    fn a_struct(name: &str, size: u64, fields: &[Field]) -> Layout {
        of(name, size, 8, Shape::Struct(fields.to_vec()))
    }

    fn op() -> Layout {
        a_struct(
            "agg::Op",
            88,
            &[field("values", "[u64; 10]", 0, 80), field("flag", "bool", 80, 1)],
        )
    }

    #[test]
    fn the_one_field_that_explains_it_is_named() {
        assert_eq!(cause(&op(), 80), "`flag` 1 B, 7 B padding");
        let full = [field("values", "[u64; 9]", 0, 72), field("seed", "u64", 72, 8)];
        assert_eq!(cause(&a_struct("Op", 80, &full), 72), "`seed` 8 B");
    }

    #[test]
    fn the_field_of_a_wrapped_type_is_named_with_its_wrapper() {
        let wrapped = |size, inside: Layout| Layout {
            inside: Some(Box::new(Inside { path: "inner.0".to_owned(), layout: inside })),
            ..a_struct("agg::Outer", size, &[field("inner", "Cell<Op>", 0, 88)])
        };
        assert_eq!(cause(&wrapped(88, op()), 80), "`flag` 1 B, 7 B padding in `inner.0`");
        // The wrapper's own alignment is no growth of what it holds.
        assert_eq!(cause(&wrapped(128, op()), 120), "40 B padding");
        assert_eq!(cause(&wrapped(88, of("u64", 88, 8, Shape::Scalar)), 80), "");
    }

    #[test]
    fn where_no_field_or_several_explain_it_none_is_named() {
        assert_eq!(cause(&op(), 72), "7 B padding", "not by 16 B");
        let same = [field("id", "u64", 0, 8), field("of", "u64", 8, 8)];
        assert_eq!(cause(&a_struct("Row", 16, &same), 8), "", "either");
        // A flag was added, or an id beside a flag that was there.
        let either =
            [field("id", "u64", 0, 8), field("of", "u64", 8, 8), field("flag", "bool", 16, 1)];
        assert_eq!(cause(&a_struct("Row", 24, &either), 16), "7 B padding");
        let two = [field("v", "[u64; 9]", 0, 72), field("a", "u8", 72, 1), field("b", "u8", 73, 1)];
        assert_eq!(cause(&a_struct("Row", 80, &two), 72), "6 B padding", "both, or another");
        // Behind the ids one or the other half, or the last.
        let halves = [
            field("ids", "[u64; 3]", 0, 24),
            field("a", "u32", 24, 4),
            field("b", "u32", 28, 4),
            field("c", "u8", 32, 1),
        ];
        assert_eq!(cause(&a_struct("Row", 40, &halves), 32), "7 B padding");
    }

    #[test]
    fn of_fields_that_stand_as_declared_none_is_named() {
        let declared = [
            field("flag", "bool", 0, 1),
            field("values", "[u64; 10]", 8, 80),
            field("last", "[u16; 3]", 88, 6),
        ];
        assert_eq!(cause(&a_struct("Op", 96, &declared), 88), "9 B padding");
    }

    #[test]
    fn after_another_alignment_none_is_named() {
        let fields = [field("ids", "[u64; 2]", 0, 16), field("n", "u32", 16, 4)];
        assert_eq!(cause(&a_struct("Row", 24, &fields), 16), "`n` 4 B, 4 B padding");
        assert_eq!(cause(&a_struct("Row", 24, &fields), 4), "4 B padding", "`n` was all");
    }

    #[test]
    fn a_field_of_a_type_that_grew_comes_first() {
        let slot = [field("op", "Op", 0, 88), field("id", "u64", 88, 8)];
        let slot = a_struct("Slot", 96, &slot);
        assert_eq!(cause(&slot, 88), "`id` 8 B", "as far as it is known");
        let op = op();
        let with = |was| slot.growth(was, &[GrownLayout { layout: &op, growth: 8 }]);
        assert_eq!(with(88).as_deref(), Some("`op` 8 B more"));
        assert_eq!(with(80), None, "it explains 8 B of 16 B");
        let ops = a_struct("Ops", 176, &[field("ops", "[Op; 2]", 0, 176)]);
        assert_eq!(
            ops.growth(160, &[GrownLayout { layout: &op, growth: 8 }]).as_deref(),
            Some("`ops` 16 B more")
        );
    }

    fn step(fields: &[Field], size: u64) -> Layout {
        let count = variant("Count", Some("0"), &[field("0", "u64", 8, 8)]);
        let seasonal = variant("Seasonal", Some("1"), fields);
        of("Step", size, 8, Shape::Enum(an_enum(Some((0, 1)), &[count, seasonal])))
    }

    #[test]
    fn a_variant_that_needs_the_size_alone_is_named_or_a_field_in_it() {
        let fields = [field("trend", "[u64; 4]", 8, 32), field("seed", "u64", 40, 8)];
        let step = |size| step(&fields, size);
        assert_eq!(cause(&step(48), 40), "`Seasonal.seed` 8 B");
        assert_eq!(cause(&step(48), 16), "largest variant `Seasonal`, 40 B", "or all of it");
        assert_eq!(cause(&step(48), 32), "largest variant `Seasonal`, 40 B");
    }

    #[test]
    fn variants_that_need_the_size_are_all_named() {
        let variants: Vec<_> = ["A", "B", "C", "D"]
            .map(|name| variant(name, Some("0"), &[field("0", "u64", 8, 8)]))
            .to_vec();
        let of =
            |variants: &[Variant]| of("E", 16, 8, Shape::Enum(an_enum(Some((0, 1)), variants)));
        assert_eq!(cause(&of(&variants[..2]), 8), "largest variants `A`, `B`");
        assert_eq!(cause(&of(&variants), 8), "largest variants `A`, `B`, `C`, …");
    }

    #[test]
    fn around_a_niche_no_field_is_named_unless_it_is_all_there_is() {
        let page = variant(
            "Page",
            None,
            &[field("rows", "[u64; 4]", 0, 32), field("id", "Box<u8>", 32, 8)],
        );
        let of = |other: Variant| {
            of("E", 40, 8, Shape::Enum(an_enum(Some((32, 8)), &[page.clone(), other])))
        };
        assert_eq!(cause(&of(variant("None", Some("0"), &[])), 32), "`Page.id` 8 B");
        let other = variant("Id", Some("0"), &[field("0", "u64", 0, 8)]);
        assert_eq!(cause(&of(other), 32), "largest variant `Page`, 40 B");
    }

    #[test]
    fn a_type_holds_another_by_name_and_size() {
        let op = op();
        let holds = |ty: &str, size| a_struct("Slot", 200, &[field("a", ty, 0, size)]).holds(&op);
        assert_eq!([holds("Op", 88), holds("[Op; 2]", 176)], [1, 2]);
        for (ty, size) in [("Op", 80), ("p", 88), ("[Op; 2]", 170), ("Box<Op>", 88)] {
            assert_eq!(holds(ty, size), 0, "{ty}");
        }
        let array = |element: &str| {
            let element = element.into();
            of("[_; 2]", 176, 8, Shape::Array { element, element_size: 88, count: 2 }).holds(&op)
        };
        assert_eq!([array("Op"), array("Row")], [2, 0]);
        let some = variant("Some", None, &[field("0", "Op", 0, 88)]);
        let more = variant("More", None, &[field("0", "Op", 0, 88), field("1", "Op", 88, 88)]);
        let all = an_enum(None, &[some, more]);
        assert_eq!(of("E", 176, 8, Shape::Enum(all)).holds(&op), 2);
        let union = [field("a", "Op", 0, 88), field("b", "Op", 0, 88)];
        assert_eq!(of("U", 88, 8, Shape::Union(union.to_vec())).holds(&op), 1);
        assert_eq!([of("u64", 8, 8, Shape::Scalar).holds(&op), op.holds(&op)], [0, 0]);
    }

    #[test]
    fn nothing_is_said_of_what_has_no_fields_and_nonsense_does_not_overflow() {
        assert_eq!(cause(&of("u64", 8, 8, Shape::Scalar), 4), "");
        assert_eq!(cause(&of("U", 8, 8, Shape::Union(vec![field("a", "u8", 0, 1)])), 4), "");
        let wild = [field("a", "[T; 99]", u64::MAX, u64::MAX), field("b", "T", 3, u64::MAX)];
        for (align, was) in [(0, 0), (3, u64::MAX), (u64::MAX, 5)] {
            let t = of("T", u64::MAX, align, Shape::Struct(wild.to_vec()));
            let _ = t.growth(was, &[GrownLayout { layout: &t, growth: u64::MAX }]);
            let all = an_enum(
                Some((u64::MAX, 8)),
                &[variant("A", None, &wild), variant("B", None, &wild)],
            );
            let _ = cause(&of("E", u64::MAX, align, Shape::Enum(all)), was);
        }
    }

    /// As the compiler lays them out: by falling alignment, each `(align, size)`.
    fn laid_out(fields: &[(u64, u64)]) -> Layout {
        let mut sorted: Vec<_> = fields.iter().enumerate().collect();
        sorted.sort_by_key(|(_, (align, _))| std::cmp::Reverse(*align));
        let mut end = 0;
        let fields_of = |(at, (_, size)): (usize, &(u64, u64))| {
            end += size;
            field(&format!("f{at}"), "T", end - size, *size)
        };
        let all: Vec<_> = sorted.into_iter().map(fields_of).collect();
        let align = fields.iter().map(|(align, _)| *align).max().unwrap_or(1);
        of("S", end.next_multiple_of(align), align, Shape::Struct(all))
    }

    proptest! {
        #[test]
        fn a_field_that_is_named_is_the_one_that_was_added(
            fields in prop::collection::vec((0_u32..4, 1_u64..4), 1..7),
            added in any::<prop::sample::Index>(),
        ) {
            let mut fields: Vec<_> =
                fields.into_iter().map(|(shift, times)| (1 << shift, times << shift)).collect();
            let now = laid_out(&fields);
            let added = added.index(fields.len());
            let size = fields.remove(added).1;
            let was = laid_out(&fields).size;
            if let Some(named) = now.growth(was, &[]).filter(|cause| cause.starts_with('`')) {
                prop_assert!(named.starts_with(&format!("`f{added}` {size} B")), "{}", named);
            }
        }
    }
}
