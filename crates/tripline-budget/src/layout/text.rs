//! A layout as a person reads it.

use super::inside::Inside;
use super::model::{Enum, Field, Layout, Shape};
use super::padding::{LayoutPart, parts};
use super::smaller::sentences;
use super::table::LayoutTable;
use crate::values::format_count;

impl Layout {
    /// Formats fields or variants with offset, size and padding, and changes that make it smaller. `written` is the
    /// type as its owner spells it, `limit` its line, if it is held to one.
    ///
    /// Indented by two, every line ended.
    #[must_use]
    pub fn text(&self, written: &str, limit: Option<u64>) -> String {
        let mut text = format!("  {}: {}\n", self.named(written), self.summary());
        self.parts_text(limit, &mut text);
        if let Some(Inside { path, layout }) = self.inside.as_deref() {
            let (name, summary) = (&layout.name, layout.summary());
            text.push_str(&format!("    its bytes are in `{path}`, {name}: {summary}\n"));
            layout.parts_text(None, &mut text);
        }
        text
    }

    /// Adds the rows, and changes that make it smaller.
    fn parts_text(&self, limit: Option<u64>, text: &mut String) {
        let mut table = LayoutTable::default();
        match &self.shape {
            Shape::Struct(fields) => rows(&mut table, "", &parts(fields, 0, self.size)),
            Shape::Union(fields) => {
                let fields: Vec<_> = fields.iter().map(LayoutPart::Field).collect();
                rows(&mut table, "", &fields);
            }
            Shape::Enum(all) => variants(&mut table, all, self.size),
            Shape::Array { .. } | Shape::Scalar => return,
        }
        table.print(text);
        for sentence in sentences(self, limit) {
            text.push_str(&format!("    {sentence}\n"));
        }
    }

    /// Returns a re-export's own name, or an alias with the type that it stands for.
    fn named(&self, written: &str) -> String {
        // Debug information knows no lifetimes.
        match self.name.strip_suffix(written.replace("'static ", "").as_str()) {
            Some(path) if path.is_empty() || path.ends_with("::") => self.name.clone(),
            _ => format!("{written} = {}", self.name),
        }
    }

    fn summary(&self) -> String {
        let mut summary = format!("{} B, aligned to {}", format_count(self.size), self.align);
        match &self.shape {
            Shape::Union(_) => summary.push_str("; its fields share their bytes"),
            Shape::Enum(all) => summary.push_str(&told_apart(all)),
            Shape::Array { element, element_size, count } => summary.push_str(&format!(
                "; {} × {element} of {} B",
                format_count(*count),
                format_count(*element_size)
            )),
            Shape::Struct(_) | Shape::Scalar => {}
        }
        summary
    }
}

fn told_apart(all: &Enum) -> String {
    match (&all.tag, all.niche()) {
        (None, _) => String::new(),
        (Some(tag), None) => format!("; tag of {} B at {}", tag.size, tag.offset),
        (Some(tag), Some(niche)) => {
            let (size, offset) = (tag.size, tag.offset);
            format!("; no tag: a niche of {size} B in `{}`, at {offset}", niche.name)
        }
    }
}

fn rows(table: &mut LayoutTable, indent: &str, parts: &[LayoutPart<'_>]) {
    for part in parts {
        match part {
            LayoutPart::Field(Field { name, ty, offset, size }) => {
                table.row(Some(*offset), Some(*size), &format!("{indent}{name}"), ty);
            }
            LayoutPart::Padding { offset, size } => {
                table.row(Some(*offset), Some(*size), &format!("{indent}(padding)"), "");
            }
        }
    }
}

/// The fields of the largest, with all padding that it leaves, and a line for each of the others.
fn variants(table: &mut LayoutTable, all: &Enum, size: u64) {
    for field in &all.shared {
        table.row(Some(field.offset), Some(field.size), &field.name, &field.ty);
    }
    let sorted = all.by_size();
    let largest = sorted.first().filter(|variant| variant.end() > 0);
    for variant in &sorted {
        let is_largest = largest == Some(variant) && sorted.len() > 1;
        let start = variant.fields.iter().map(|field| field.offset).min();
        let payload = Some(variant.payload());
        table.row(start, payload, &variant.name, if is_largest { "← largest" } else { "" });
        if Some(variant) == largest {
            rows(table, "  ", &parts(&variant.fields, behind_tag(all), size));
        }
    }
}

/// Returns the start of a variant's own bytes: with a niche all are its own.
fn behind_tag(all: &Enum) -> u64 {
    match (&all.tag, all.niche()) {
        (Some(tag), None) if tag.offset == 0 => tag.end(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::tests::{an_enum, field, of, variant};
    use super::*;

    #[test]
    fn a_struct_shows_its_padding() {
        let fields = [field("deleted", "bool", 0, 1), field("id", "u64", 8, 8)];
        let layout = of("types::Row", 16, 8, Shape::Struct(fields.to_vec()));
        assert_eq!(
            layout.text("Row", Some(8)),
            "  types::Row: 16 B, aligned to 8
    offset  size
         0   1 B   deleted     bool
         1   7 B   (padding)
         8   8 B   id          u64
    7 B of it are padding
"
        );
    }

    #[test]
    fn a_wrapper_shows_what_it_wraps() {
        let fields = [field("deleted", "bool", 0, 1), field("id", "u64", 8, 8)];
        let inside = of("types::Row", 16, 8, Shape::Struct(fields.to_vec()));
        let inner = [field("inner", "core::cell::UnsafeCell<types::Row>", 0, 16)];
        let mut layout = of("types::Cached", 16, 8, Shape::Struct(inner.to_vec()));
        layout.inside = Some(Box::new(Inside { path: "inner.value".to_owned(), layout: inside }));
        assert_eq!(
            layout.text("Cached", Some(8)),
            "  types::Cached: 16 B, aligned to 8
    offset  size
         0  16 B   inner   core::cell::UnsafeCell<types::Row>
    its bytes are in `inner.value`, types::Row: 16 B, aligned to 8
    offset  size
         0   1 B   deleted     bool
         1   7 B   (padding)
         8   8 B   id          u64
    7 B of it are padding
"
        );
    }

    #[test]
    fn a_lifetime_makes_no_other_name() {
        let layout = of("&str", 16, 8, Shape::Scalar);
        assert_eq!(layout.text("&'static str", None), "  &str: 16 B, aligned to 8\n");
    }

    #[test]
    fn another_name_is_shown_beside_its_own() {
        let layout = of("store::page::Page", 8, 8, Shape::Scalar);
        for (written, shown) in [
            ("Page", "store::page::Page"),
            ("page::Page", "store::page::Page"),
            ("store::page::Page", "store::page::Page"),
            ("age", "age = store::page::Page"),
            ("store::Page", "store::Page = store::page::Page"),
        ] {
            assert_eq!(layout.text(written, None), format!("  {shown}: 8 B, aligned to 8\n"));
        }
    }

    #[test]
    fn an_enum_shows_its_largest_variant() {
        let variants = [
            variant("Off", Some("0"), &[]),
            variant("Count", Some("1"), &[field("0", "u64", 8, 8)]),
            variant(
                "Page",
                Some("2"),
                &[field("dirty", "bool", 1, 1), field("data", "[u64; 12]", 8, 96)],
            ),
        ];
        let layout = of("Op", 104, 8, Shape::Enum(an_enum(Some((0, 1)), &variants)));
        assert_eq!(
            layout.text("Op", Some(32)),
            "  Op: 104 B, aligned to 8; tag of 1 B at 0
    offset   size
         1  103 B   Page          ← largest
         1    1 B     dirty       bool
         2    6 B     (padding)
         8   96 B     data        [u64; 12]
         8    8 B   Count
              0 B   Off
    without `Page` it is at most 16 B, within its 32 B
    boxing `Page` makes it at most 16 B, within its 32 B
"
        );
    }

    #[test]
    fn a_niche_is_named() {
        let some = variant("Some", None, &[field("0", "Box<u8>", 0, 8)]);
        let none = variant("None", Some("0"), &[]);
        let layout = of("Option<Box<u8>>", 8, 8, Shape::Enum(an_enum(Some((0, 8)), &[none, some])));
        assert_eq!(
            layout.text(&layout.name, None),
            "  Option<Box<u8>>: 8 B, aligned to 8; no tag: a niche of 8 B in `Some`, at 0
    offset  size
         0   8 B   Some   ← largest
         0   8 B     0    Box<u8>
             0 B   None
"
        );
    }

    #[test]
    fn an_enum_without_fields_has_no_largest() {
        let variants = [variant("A", Some("0"), &[]), variant("B", Some("1"), &[])];
        let layout = of("Kind", 1, 1, Shape::Enum(an_enum(Some((0, 1)), &variants)));
        assert_eq!(
            layout.text(&layout.name, None),
            "  Kind: 1 B, aligned to 1; tag of 1 B at 0
    offset  size
             0 B   A
             0 B   B
"
        );
        let never = of("Never", 0, 1, Shape::Enum(an_enum(None, &[])));
        assert_eq!(never.text("Never", None), "  Never: 0 B, aligned to 1\n    offset  size\n");
    }

    #[test]
    fn unions_arrays_and_scalars_say_what_they_are() {
        let union = [field("a", "u8", 0, 1), field("b", "u64", 0, 8)];
        assert_eq!(
            of("U", 8, 8, Shape::Union(union.to_vec())).text("U", None),
            "  U: 8 B, aligned to 8; its fields share their bytes
    offset  size
         0   1 B   a   u8
         0   8 B   b   u64
"
        );
        let array = Shape::Array { element: "Row".into(), element_size: 24, count: 1_000 };
        assert_eq!(
            of("[Row; 1000]", 24_000, 8, array).text("[Row; 1000]", None),
            "  [Row; 1000]: 24 000 B, aligned to 8; 1 000 × Row of 24 B\n"
        );
        assert_eq!(of("u64", 8, 8, Shape::Scalar).text("u64", None), "  u64: 8 B, aligned to 8\n");
    }
}
