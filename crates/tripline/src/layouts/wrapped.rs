//! Goes down through wrappers to the type that holds the bytes.
//!
//! A wrapper has one field with a size: a newtype, a `ManuallyDrop`, an enum of one variant. std's own types, whose
//! fields nobody can change, are passed also where one field takes most of the bytes, as in a lock. The end is a type
//! that somebody wrote: the insides of a `Vec` are of no use.

use gimli::constants;
use tripline_budget::layout::{Inside, Shape};

use crate::layouts::problem::LayoutProblem;
use crate::layouts::types::{DebugEntry, TypeWalk};

/// The crates whose types are std's.
const STD: [&str; 4] = ["alloc", "core", "hashbrown", "std"];

impl<'data> TypeWalk<'_, 'data> {
    /// Returns the type within a wrapper that holds its bytes; `None` if the type is no wrapper. `align` is the
    /// wrapper's.
    pub(super) fn inside(
        &self,
        wrapper: &DebugEntry<'data>,
        align: u64,
    ) -> Result<Option<Inside>, LayoutProblem> {
        let Some(member) = self.wrapped_member(wrapper)? else { return Ok(None) };
        let field = self.name(&member)?;
        self.follow(&self.ty(&member)?, |types, entry| {
            let stated = entry.attr(constants::DW_AT_alignment);
            let align = stated.and_then(gimli::Attribute::udata_value).unwrap_or(align);
            if let Some(mut deeper) = types.inside(entry, align)? {
                deeper.path = format!("{field}.{}", deeper.path);
                return Ok(Some(deeper));
            }
            let layout = types.own_layout(entry, align)?;
            Ok(is_end(&layout.name, &layout.shape).then_some(Inside { path: field, layout }))
        })
    }

    /// Returns the field that a type wraps.
    fn wrapped_member(
        &self,
        entry: &DebugEntry<'data>,
    ) -> Result<Option<DebugEntry<'data>>, LayoutProblem> {
        let is_struct = entry.tag() == constants::DW_TAG_structure_type;
        if !is_struct && entry.tag() != constants::DW_TAG_union_type {
            return Ok(None);
        }
        let parts = self.children(entry.offset(), constants::DW_TAG_variant_part)?;
        let mut members = self.children(entry.offset(), constants::DW_TAG_member)?;
        for part in &parts {
            for variant in self.children(part.offset(), constants::DW_TAG_variant)? {
                members.extend(self.children(variant.offset(), constants::DW_TAG_member)?);
            }
        }
        let mut sized = Vec::new();
        for member in members {
            let size = self.size_of(&self.ty(&member)?)?;
            sized.extend((size > 0).then_some((size, member)));
        }
        if sized.len() == 1 {
            return Ok(sized.pop().map(|(_, member)| member));
        }
        let whole = self.size(entry)?;
        let takes_most = |(size, _): &(u64, DebugEntry<'data>)| size.saturating_mul(2) > whole;
        let most = sized.into_iter().find(takes_most).map(|(_, member)| member);
        let is_stds = is_struct && parts.is_empty() && most.is_some() && is_std(&self.path(entry)?);
        Ok(most.filter(|_| is_stds))
    }
}

/// Returns `true` if a type's parts say more than the row of its wrapper.
fn is_end(name: &str, shape: &Shape) -> bool {
    let is_written = !name.starts_with(['&', '*', '[']) && !is_std(name);
    is_written && matches!(shape, Shape::Struct(_) | Shape::Union(_) | Shape::Enum(_))
}

fn is_std(path: &str) -> bool {
    path.split_once("::").is_some_and(|(first, _)| STD.contains(&first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_a_type_that_somebody_wrote() {
        let parts = Shape::Struct(Vec::new());
        for name in ["pager::Slots", "(u8, u32)", "core_of::Row"] {
            assert!(is_end(name, &parts), "{name}");
        }
        for name in ["alloc::vec::Vec<pager::Slots>", "&str", "*const u8", "[u8; 4]"] {
            assert!(!is_end(name, &parts), "{name}");
        }
        assert!(!is_end("pager::Id", &Shape::Scalar));
    }
}
