//! The layout of one type.

use serde::{Deserialize, Serialize};

use super::inside::Inside;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// With its whole path, as debug information spells it.
    pub name: String,
    pub size: u64,
    pub align: u64,
    /// The size of a pointer on the type's target, which is what a box costs.
    pub pointer: u64,
    pub shape: Shape,
    /// The type that holds the bytes, if this one only wraps it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<Box<Inside>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Tuples and closures too; in offset order.
    Struct(Vec<Field>),
    Union(Vec<Field>),
    Enum(Enum),
    Array {
        element: String,
        element_size: u64,
        count: u64,
    },
    /// A number, a pointer: nothing that has parts.
    Scalar,
}

/// A field, and of which type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub name: String,
    #[serde(rename = "type")]
    pub ty: String,
    /// From the beginning of the type, for a variant's fields too.
    pub offset: u64,
    pub size: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enum {
    /// Absent where there is nothing to tell apart.
    pub tag: Option<Tag>,
    /// The fields that every variant has; only the states of a coroutine have any.
    pub shared: Vec<Field>,
    /// In the order of their declaration.
    pub variants: Vec<Variant>,
}

/// The bytes from which the variant is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tag {
    pub offset: u64,
    pub size: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    pub name: String,
    /// The tag's value, in decimal; `None` for the one variant that a niche lies in, which has
    /// every other value.
    pub value: Option<String>,
    /// In offset order.
    pub fields: Vec<Field>,
}

impl Field {
    /// One past its last byte.
    #[must_use]
    pub const fn end(&self) -> u64 {
        self.offset.saturating_add(self.size)
    }
}

impl Tag {
    /// One past its last byte.
    #[must_use]
    pub const fn end(&self) -> u64 {
        self.offset.saturating_add(self.size)
    }
}

impl Variant {
    /// One past the last byte of its last field; 0 if it has none.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.fields.iter().map(Field::end).max().unwrap_or(0)
    }

    /// From its first field to the end of its last, with the padding in between.
    #[must_use]
    pub fn payload(&self) -> u64 {
        let start = self.fields.iter().map(|field| field.offset).min().unwrap_or(0);
        self.end() - start
    }

    /// The sizes of its fields, without padding.
    #[must_use]
    pub fn content(&self) -> u64 {
        self.fields.iter().fold(0, |sum, field| sum.saturating_add(field.size))
    }
}

impl Enum {
    /// The variant in whose unused values the others are told apart; `None` for an enum that has a
    /// tag of its own, or nothing to tell apart.
    #[must_use]
    pub fn niche(&self) -> Option<&Variant> {
        let tag = self.tag.as_ref()?;
        let overlaps = |field: &Field| field.offset < tag.end() && tag.offset < field.end();
        self.variants
            .iter()
            .find(|variant| variant.value.is_none() && variant.fields.iter().any(overlaps))
    }

    /// Largest first: by where they end, then by what they hold, then as declared.
    #[must_use]
    pub fn by_size(&self) -> Vec<&Variant> {
        let mut variants: Vec<_> = self.variants.iter().collect();
        variants.sort_by_key(|variant| std::cmp::Reverse((variant.end(), variant.content())));
        variants
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::layout) fn field(name: &str, ty: &str, offset: u64, size: u64) -> Field {
        Field { name: name.into(), ty: ty.into(), offset, size }
    }

    pub(in crate::layout) fn variant(name: &str, value: Option<&str>, fields: &[Field]) -> Variant {
        Variant { name: name.into(), value: value.map(Into::into), fields: fields.to_vec() }
    }

    pub(in crate::layout) fn of(name: &str, size: u64, align: u64, shape: Shape) -> Layout {
        Layout { name: name.into(), size, align, pointer: 8, shape, inside: None }
    }

    pub(in crate::layout) fn an_enum(tag: Option<(u64, u64)>, variants: &[Variant]) -> Enum {
        let tag = tag.map(|(offset, size)| Tag { offset, size });
        Enum { tag, shared: Vec::new(), variants: variants.to_vec() }
    }

    #[test]
    fn a_niche_lies_in_a_field_and_a_tag_does_not() {
        let some = variant("Some", None, &[field("0", "Box<u8>", 0, 8)]);
        let none = variant("None", Some("0"), &[]);
        assert_eq!(an_enum(Some((0, 8)), &[none.clone(), some.clone()]).niche(), Some(&some));
        let tagged = variant("Some", Some("1"), &[field("0", "u64", 8, 8)]);
        assert_eq!(an_enum(Some((0, 8)), &[none, tagged]).niche(), None);
        assert_eq!(an_enum(None, &[some]).niche(), None);
    }

    #[test]
    fn the_largest_variant_ends_last() {
        let small = variant("Small", Some("0"), &[field("0", "u8", 1, 1)]);
        let late = variant("Late", Some("1"), &[field("0", "u64", 8, 8)]);
        let full = variant("Full", Some("2"), &[field("0", "u8", 1, 1), field("1", "u64", 8, 8)]);
        let unit = variant("Unit", Some("3"), &[]);
        let all = an_enum(Some((0, 1)), &[unit, small, late, full.clone()]);
        let names: Vec<_> = all.by_size().iter().map(|variant| variant.name.as_str()).collect();
        assert_eq!(names, ["Full", "Late", "Small", "Unit"]);
        assert_eq!((full.payload(), full.content(), full.end()), (15, 9, 16));
    }

    #[test]
    fn nonsense_does_not_overflow() {
        let wild = variant("Wild", None, &[field("0", "?", u64::MAX, u64::MAX)]);
        assert_eq!((wild.end(), wild.payload()), (u64::MAX, 0));
    }
}
