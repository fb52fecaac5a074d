//! The table of rooms, as `architecture.toml` states it.

use std::path::Path;

use toml_edit::{Document, Item};

/// A room and the rooms that it may import.
pub(crate) struct Room {
    pub(crate) name: String,
    pub(crate) imports: Vec<Import>,
}

/// An allowed arrow.
pub(crate) struct Import {
    pub(crate) room: String,
    pub(crate) reason: String,
}

/// Reads the table: each crate's name and its rooms from the top down.
///
/// # Panics
/// If the file is missing or is not such a table.
pub(crate) fn rooms(root: &Path) -> Vec<(String, Vec<Room>)> {
    let text =
        std::fs::read_to_string(root.join("tests/tidy/architecture.toml")).expect("the table");
    let document = Document::parse(text).expect("valid TOML");
    let rooms = |item: &Item| item.as_table().expect("a table").iter().map(room).collect();
    document.iter().map(|(name, item)| (name.to_owned(), rooms(item))).collect()
}

fn room((name, item): (&str, &Item)) -> Room {
    let imports = item.as_table_like().expect("a room's imports");
    let import = |(room, reason): (&str, &Item)| Import {
        room: room.to_owned(),
        reason: reason.as_str().expect("a reason").to_owned(),
    };
    Room { name: name.to_owned(), imports: imports.iter().map(import).collect() }
}
