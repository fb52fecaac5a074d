//! `layouts.json`: the layouts of a suite's types.

use serde::{Deserialize, Serialize};

use super::model::Layout;
use crate::runs::file_format::published;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layouts {
    pub schema: u32,
    /// The run that wrote this.
    pub run: String,
    pub suite: String,
    pub types: Vec<DebugLayout>,
}

/// A type of `sizes!`, and what debug information says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DebugLayout {
    /// As written in `sizes!`, white space normalised.
    pub name: String,
    pub file: String,
    pub line: u32,
    /// Or why it is not known.
    pub layout: Result<Layout, String>,
}

published!(Layouts, LAYOUTS);

#[cfg(test)]
mod tests {
    use super::super::model::tests::{an_enum, field, of, variant};
    use super::*;
    use crate::layout::Shape;
    use crate::runs::SCHEMA;

    fn layouts() -> Layouts {
        let some = variant("Some", None, &[field("0", "Box<u8>", 0, 8)]);
        let none = variant("None", Some("0"), &[]);
        let option = of("Option<Box<u8>>", 8, 8, Shape::Enum(an_enum(Some((0, 8)), &[none, some])));
        let array = Shape::Array { element: "u8".into(), element_size: 1, count: 4 };
        let all = [
            Ok(option),
            Ok(of("[u8; 4]", 4, 1, array)),
            Ok(of("u64", 8, 8, Shape::Scalar)),
            Err("no debug information for this type".to_owned()),
        ];
        let explained =
            |layout| DebugLayout { name: "T".into(), file: "a.rs".into(), line: 1, layout };
        Layouts {
            schema: SCHEMA,
            run: "r1".into(),
            suite: "sql".into(),
            types: all.map(explained).to_vec(),
        }
    }

    #[test]
    fn what_was_written_is_read() {
        assert_eq!(Layouts::from_json(&layouts().to_json()).unwrap(), layouts());
    }

    #[test]
    fn an_unknown_field_is_refused() {
        let text = layouts().to_json().replace("\"align\"", "\"alignment\"");
        let error = Layouts::from_json(&text).unwrap_err().to_string();
        assert!(
            error.starts_with("it is not what this tripline writes: unknown field `alignment`"),
            "{error}"
        );
    }
}
