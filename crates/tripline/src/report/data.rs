//! The breakdown as the script reads it: JSON within an element of the page.
//!
//! It is made of arrays, `[columns, modules, sites]`, because the order of an object's keys depends on which of
//! serde_json's features another crate switched on. A site is `[module, name, figures]`, in the order
//! of the table's rows, from which the script takes everything else.

use serde_json::{Value, json};

use crate::report::html::visible;
use crate::report::sites::SiteTable;

pub(super) fn data(sites: &SiteTable) -> String {
    let mut modules: Vec<&str> = Vec::new();
    let mut rows = Vec::new();
    for row in &sites.rows {
        let module = modules.iter().position(|module| *module == row.module);
        let module = module.unwrap_or_else(|| {
            modules.push(&row.module);
            modules.len() - 1
        });
        rows.push(json!([module, visible(&row.site.key), row.figures]));
    }
    let columns: Vec<Value> =
        sites.columns.iter().map(|column| json!([column.label, column.is_bytes()])).collect();
    let modules: Vec<_> = modules.into_iter().map(visible).collect();
    in_script(&json!([columns, modules, rows]).to_string())
}

/// Escapes JSON for a `<script>`: outside its strings, JSON has none of these characters.
fn in_script(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                safe.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::in_script;

    #[test]
    fn no_string_ends_the_element() {
        let hostile = ["</script><!--", "&lt;", "\u{2028}\u{2029}", "\"\\'", "größe"];
        let json = serde_json::json!(hostile).to_string();
        let safe = in_script(&json);
        assert!(!safe.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{safe}");
        let read: Vec<String> = serde_json::from_str(&safe).expect("JSON");
        assert_eq!(read, hostile);
    }
}
