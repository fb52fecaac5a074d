//! Walks a type as debug information describes it.
//!
//! rustc describes an enum as a structure with a variant part: a discriminant, and a variant each
//! with its value of it; the variant whose value is absent holds the niche. An enum without fields
//! is an enumeration.

use gimli::{AttributeValue, DwTag, UnitOffset, constants};
use tripline_budget::layout::{Enum, Field, Layout, Shape, Tag, Variant};

use crate::layouts::executable::{Dwarf, Slice};
use crate::layouts::problem::LayoutProblem;

pub(super) type CompilationUnit<'a> = gimli::Unit<Slice<'a>>;
pub(super) type DebugEntry<'a> = gimli::DebuggingInformationEntry<Slice<'a>>;
type TypeAttribute<'a> = AttributeValue<Slice<'a>>;

/// The depth to which types may refer to types; deeper it must be a circle.
const DEPTH: u32 = 64;

/// The types of one unit.
#[derive(Clone, Copy)]
pub(super) struct TypeWalk<'a, 'data> {
    dwarf: &'a Dwarf<'data>,
    unit: &'a CompilationUnit<'data>,
    depth: u32,
}

impl<'a, 'data> TypeWalk<'a, 'data> {
    pub(super) fn new(dwarf: &'a Dwarf<'data>, unit: &'a CompilationUnit<'data>) -> Self {
        Self { dwarf, unit, depth: 0 }
    }

    /// Returns the layout of the type that an attribute refers to.
    pub(super) fn layout(
        &self,
        ty: &TypeAttribute<'data>,
        align: u64,
    ) -> Result<Layout, LayoutProblem> {
        self.follow(ty, |types, entry| {
            let inside = types.inside(entry, align)?;
            Ok(Layout { inside: inside.map(Box::new), ..types.own_layout(entry, align)? })
        })
    }

    /// Returns the layout of an entry, whatever it wraps.
    pub(super) fn own_layout(
        &self,
        entry: &DebugEntry<'data>,
        align: u64,
    ) -> Result<Layout, LayoutProblem> {
        Ok(Layout {
            name: self.path(entry)?,
            size: self.size(entry)?,
            align,
            pointer: self.pointer(),
            shape: self.shape(entry)?,
            inside: None,
        })
    }

    /// Calls `f` with the entry that an attribute refers to, and the types of the unit it is in.
    pub(super) fn follow<T>(
        &self,
        ty: &TypeAttribute<'data>,
        f: impl FnOnce(TypeWalk<'_, 'data>, &DebugEntry<'data>) -> Result<T, LayoutProblem>,
    ) -> Result<T, LayoutProblem> {
        let depth = self.depth + 1;
        if depth > DEPTH {
            return Err(unexpected("a type that refers to itself"));
        }
        match ty {
            AttributeValue::UnitRef(offset) => {
                f(TypeWalk { depth, ..*self }, &self.unit.entry(*offset)?)
            }
            // Units that were optimised as one share their types.
            AttributeValue::DebugInfoRef(target) => {
                let mut headers = self.dwarf.units();
                while let Some(header) = headers.next()? {
                    if let Some(offset) = target.to_unit_offset(&header) {
                        let unit = self.dwarf.unit(header)?;
                        let entry = unit.entry(offset)?;
                        return f(TypeWalk { dwarf: self.dwarf, unit: &unit, depth }, &entry);
                    }
                }
                Err(unexpected("a reference to a type that is not there"))
            }
            _ => Err(unexpected("a type of another kind of reference")),
        }
    }

    fn shape(&self, entry: &DebugEntry<'data>) -> Result<Shape, LayoutProblem> {
        match entry.tag() {
            constants::DW_TAG_structure_type => self.structure(entry.offset()),
            constants::DW_TAG_union_type => Ok(Shape::Union(self.fields(entry.offset(), 0)?)),
            constants::DW_TAG_enumeration_type => self.enumeration(entry),
            constants::DW_TAG_array_type => self.array(entry),
            constants::DW_TAG_base_type
            | constants::DW_TAG_pointer_type
            | constants::DW_TAG_reference_type
            | constants::DW_TAG_subroutine_type => Ok(Shape::Scalar),
            other => Err(unexpected(&format!("a type described by {other}"))),
        }
    }

    fn structure(&self, offset: UnitOffset) -> Result<Shape, LayoutProblem> {
        let fields = self.fields(offset, 0)?;
        match self.children(offset, constants::DW_TAG_variant_part)?.first() {
            Some(part) => self.tagged(part, fields).map(Shape::Enum),
            None => Ok(Shape::Struct(fields)),
        }
    }

    fn tagged(&self, part: &DebugEntry<'data>, shared: Vec<Field>) -> Result<Enum, LayoutProblem> {
        let tag = match part.attr_value(constants::DW_AT_discr) {
            Some(AttributeValue::UnitRef(offset)) => Some(self.tag(&self.unit.entry(offset)?)?),
            _ => None,
        };
        let mut variants = Vec::new();
        for variant in self.children(part.offset(), constants::DW_TAG_variant)? {
            let value = variant.attr_value(constants::DW_AT_discr_value);
            let value = value.map(|value| number(&value, tag.as_ref().map_or(8, |tag| tag.size)));
            for member in self.children(variant.offset(), constants::DW_TAG_member)? {
                let fields = self.follow(&self.ty(&member)?, |types, entry| {
                    types.fields(entry.offset(), location(&member))
                })?;
                variants.push(Variant { name: self.name(&member)?, value: value.clone(), fields });
            }
        }
        Ok(Enum { tag, shared, variants })
    }

    fn tag(&self, member: &DebugEntry<'data>) -> Result<Tag, LayoutProblem> {
        Ok(Tag { offset: location(member), size: self.size_of(&self.ty(member)?)? })
    }

    fn enumeration(&self, entry: &DebugEntry<'data>) -> Result<Shape, LayoutProblem> {
        let size = self.size(entry)?;
        let mut variants = Vec::new();
        for item in self.children(entry.offset(), constants::DW_TAG_enumerator)? {
            let value = item.attr_value(constants::DW_AT_const_value);
            let value = value.map(|value| match value {
                AttributeValue::Sdata(value) => value.to_string(),
                other => number(&other, size),
            });
            variants.push(Variant { name: self.name(&item)?, value, fields: Vec::new() });
        }
        Ok(Shape::Enum(Enum { tag: Some(Tag { offset: 0, size }), shared: Vec::new(), variants }))
    }

    fn array(&self, entry: &DebugEntry<'data>) -> Result<Shape, LayoutProblem> {
        let element = self.ty(entry)?;
        Ok(Shape::Array {
            element: self.name_of(&element)?,
            element_size: self.size_of(&element)?,
            count: self.count(entry)?,
        })
    }

    fn count(&self, array: &DebugEntry<'data>) -> Result<u64, LayoutProblem> {
        let ranges = self.children(array.offset(), constants::DW_TAG_subrange_type)?;
        let of = |range: &DebugEntry<'data>| {
            let number = |name| range.attr(name).and_then(gimli::Attribute::udata_value);
            let bound = || number(constants::DW_AT_upper_bound)?.checked_add(1);
            number(constants::DW_AT_count).or_else(bound)
        };
        ranges.first().and_then(of).ok_or_else(|| unexpected("an array without a length"))
    }

    /// Returns the fields of a structure that begins at `base`, in offset order.
    fn fields(&self, structure: UnitOffset, base: u64) -> Result<Vec<Field>, LayoutProblem> {
        let mut fields = Vec::new();
        for member in self.children(structure, constants::DW_TAG_member)? {
            let ty = self.ty(&member)?;
            fields.push(Field {
                name: self.name(&member)?,
                ty: self.name_of(&ty)?,
                offset: base.saturating_add(location(&member)),
                size: self.size_of(&ty)?,
            });
        }
        fields.sort_by_key(|field| (field.offset, field.size));
        Ok(fields)
    }

    pub(super) fn children(
        &self,
        of: UnitOffset,
        tag: DwTag,
    ) -> Result<Vec<DebugEntry<'data>>, LayoutProblem> {
        let mut tree = self.unit.entries_tree(Some(of))?;
        let mut children = tree.root()?.children();
        let mut found = Vec::new();
        while let Some(child) = children.next()? {
            if child.entry().tag() == tag {
                found.push(child.entry().clone());
            }
        }
        Ok(found)
    }

    pub(super) fn ty(
        &self,
        entry: &DebugEntry<'data>,
    ) -> Result<TypeAttribute<'data>, LayoutProblem> {
        entry.attr_value(constants::DW_AT_type).ok_or_else(|| unexpected("a field without a type"))
    }

    pub(super) fn size_of(&self, ty: &TypeAttribute<'data>) -> Result<u64, LayoutProblem> {
        self.follow(ty, |types, entry| types.size(entry))
    }

    pub(super) fn size(&self, entry: &DebugEntry<'data>) -> Result<u64, LayoutProblem> {
        let size = entry.attr(constants::DW_AT_byte_size).and_then(gimli::Attribute::udata_value);
        match (size, entry.tag()) {
            (Some(size), _) => Ok(size),
            (None, constants::DW_TAG_array_type) => {
                Ok(self.size_of(&self.ty(entry)?)?.saturating_mul(self.count(entry)?))
            }
            (
                None,
                constants::DW_TAG_pointer_type
                | constants::DW_TAG_reference_type
                | constants::DW_TAG_subroutine_type,
            ) => Ok(self.pointer()),
            (None, other) => Err(unexpected(&format!("a {other} without a size"))),
        }
    }

    fn pointer(&self) -> u64 {
        u64::from(self.unit.encoding().address_size)
    }

    fn name_of(&self, ty: &TypeAttribute<'data>) -> Result<String, LayoutProblem> {
        self.follow(ty, |types, entry| types.name(entry))
    }

    /// Returns an entry's own name. Tuples and tuple structs name their fields `__0`, `__1`.
    pub(super) fn name(&self, entry: &DebugEntry<'data>) -> Result<String, LayoutProblem> {
        let Some(name) = entry.attr_value(constants::DW_AT_name) else {
            return self.made_up_name(entry);
        };
        let name = self.dwarf.attr_string(self.unit, name)?.to_string_lossy().into_owned();
        let number = name.strip_prefix("__").filter(|rest| rest.parse::<u32>().is_ok());
        Ok(number.map_or_else(|| name.clone(), str::to_owned))
    }

    /// Makes up the name of an entry that has none: an array, or the pointer in a slice.
    fn made_up_name(&self, entry: &DebugEntry<'data>) -> Result<String, LayoutProblem> {
        let of = |ty: &DebugEntry<'data>| self.name_of(&self.ty(ty)?);
        match entry.tag() {
            constants::DW_TAG_array_type => Ok(format!("[{}; {}]", of(entry)?, self.count(entry)?)),
            constants::DW_TAG_pointer_type => Ok(format!("*{}", of(entry)?)),
            _ => Ok("?".to_owned()),
        }
    }

    /// Returns the name behind the namespaces that the entry stands in.
    pub(super) fn path(&self, entry: &DebugEntry<'data>) -> Result<String, LayoutProblem> {
        let mut modules: Vec<(isize, String)> = Vec::new();
        let mut entries = self.unit.entries();
        while let Some(at) = entries.next_dfs()? {
            modules.retain(|(depth, _)| *depth < at.depth());
            if at.offset() == entry.offset() {
                break;
            }
            if at.tag() == constants::DW_TAG_namespace {
                modules.push((at.depth(), self.name(at)?));
            }
        }
        let mut path: Vec<_> = modules.into_iter().map(|(_, name)| name).collect();
        path.push(self.name(entry)?);
        Ok(path.join("::"))
    }
}

/// Returns the offset of a field; 0 where it is left out.
fn location(member: &DebugEntry<'_>) -> u64 {
    let attr = member.attr(constants::DW_AT_data_member_location);
    attr.and_then(gimli::Attribute::udata_value).unwrap_or(0)
}

/// Formats a tag's value. Tags have no sign, but large ones may be stored as if they had.
fn number(value: &TypeAttribute<'_>, size: u64) -> String {
    let unsigned = |value: i64| match size {
        0..8 => value.cast_unsigned() & ((1 << (size * 8)) - 1),
        _ => value.cast_unsigned(),
    };
    let plain = value.udata_value().or_else(|| value.sdata_value().map(unsigned));
    plain.map_or_else(|| "?".to_owned(), |value| value.to_string())
}

fn unexpected(what: &str) -> LayoutProblem {
    LayoutProblem::Unreadable(what.to_owned())
}
