//! The rooms of each crate and the arrows between them, held to `architecture.toml`.
//!
//! A room is a file or a folder at the top of a crate's `src`. The table lists each crate's rooms from the top
//! down, and with each room the rooms below it that it may import, each with the reason. So no arrow runs back
//! up, and there can be no circle.
//!
//! Deliberately absent: the order within a room, and what unit tests import.

mod imports;
mod rooms;

use std::path::Path;

pub(crate) use rooms::{Room, rooms};

/// More rooms than this, and a newcomer does not find the right one by reading their names.
const ROOMS: usize = 14;

/// Returns every offence of the crates that `architecture.toml` lists, and the number of checks made.
pub(crate) fn check(root: &Path) -> (Vec<String>, usize) {
    let table = rooms(root);
    let mut offences = Vec::new();
    let mut checked = 0;
    for (name, table) in &table {
        let source = root.join("crates").join(name).join("src");
        let found = imports::of_crate(&source);
        checked += found.rooms.len() + found.arrows.len();
        if found.rooms.len() > ROOMS {
            let count = found.rooms.len();
            offences.push(format!(
                "{name} has {count} rooms, more than {ROOMS}: which belong together?"
            ));
        }
        offences.extend(missing(name, table, &found));
        offences.extend(unused(name, table, &found));
    }
    (offences, checked)
}

/// Rooms and arrows of the sources that the table does not allow.
fn missing(name: &str, table: &[Room], found: &imports::Crate) -> Vec<String> {
    let at = |room: &str| table.iter().position(|known| known.name == room);
    let rooms = found.rooms.iter().filter(|room| at(room).is_none());
    let rooms =
        rooms.map(|room| format!("{name}/src/{room} is no room of tests/tidy/architecture.toml"));
    let arrows = found.arrows.iter().filter_map(|((from, to), file)| {
        let (above, below) = (at(from)?, at(to)?);
        let arrow = format!("{name}/src/{file} imports `{to}`");
        if above > below {
            return Some(format!(
                "{arrow}, which stands above `{from}`: return data, or move the code"
            ));
        }
        let allowed = table[above].imports.iter().any(|import| import.room == *to);
        (!allowed)
            .then(|| format!("{arrow}, which tests/tidy/architecture.toml does not allow `{from}`"))
    });
    rooms.chain(arrows).collect()
}

/// Rooms and arrows of the table that are not there, and arrows that it lets run back up.
fn unused(name: &str, table: &[Room], found: &imports::Crate) -> Vec<String> {
    let mut offences = Vec::new();
    for (above, room) in table.iter().enumerate() {
        if !found.rooms.contains(&room.name) {
            offences.push(format!(
                "tests/tidy/architecture.toml has {name}'s `{}`, which is not there",
                room.name
            ));
            continue;
        }
        for import in &room.imports {
            let arrow = format!(
                "tests/tidy/architecture.toml lets {name}'s `{}` import `{}`",
                room.name, import.room
            );
            let below = table.iter().position(|known| known.name == import.room);
            let offence = match below {
                None => "which it does not list",
                Some(below) if below <= above => "which stands above it",
                Some(_) if import.reason.is_empty() => "without a reason",
                Some(_) if !found.has_arrow(&room.name, &import.room) => "and no file does",
                Some(_) => continue,
            };
            offences.push(format!("{arrow}, {offence}"));
        }
    }
    offences
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = r#"
[a]
[a.page]
judge = "lays out the verdict"
units = "names them"

[a.judge]
figures = "holds them to limits"
page = "shows it"

[a.figures]
units = ""
files = "reads them"

[a.units]

[a.gone]
"#;

    fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a folder");
        for (path, text) in files {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        dir
    }

    fn offences(table: &str, files: &[(&str, &str)]) -> String {
        let dir = tree(&[&[("tests/tidy/architecture.toml", table)], files].concat());
        check(dir.path()).0.join("\n")
    }

    #[test]
    fn every_offence_is_listed() {
        let files = [
            ("crates/a/src/lib.rs", "mod page; pub use units::Bytes;"),
            ("crates/a/src/page/mod.rs", "use crate::{figures::Figure, judge};"),
            (
                "crates/a/src/judge.rs",
                "use super::figures::{self, X}; fn f() { g!(crate::page::draw()) }",
            ),
            ("crates/a/src/figures.rs", "fn f(x: crate::Bytes) {}"),
            ("crates/a/src/units.rs", "mod inner { use super::super::page; }"),
            ("crates/a/src/unknown.rs", ""),
        ];
        insta::assert_snapshot!(offences(TABLE, &files), @r"
        a/src/unknown is no room of tests/tidy/architecture.toml
        a/src/judge.rs imports `page`, which stands above `judge`: return data, or move the code
        a/src/page/mod.rs imports `figures`, which tests/tidy/architecture.toml does not allow `page`
        a/src/units.rs imports `page`, which stands above `units`: return data, or move the code
        tests/tidy/architecture.toml lets a's `page` import `units`, and no file does
        tests/tidy/architecture.toml lets a's `judge` import `page`, which stands above it
        tests/tidy/architecture.toml lets a's `figures` import `units`, without a reason
        tests/tidy/architecture.toml lets a's `figures` import `files`, which it does not list
        tests/tidy/architecture.toml has a's `gone`, which is not there
        ");
    }

    #[test]
    fn allowed_arrows_are_no_offence() {
        let table = "[a.page]\nunits = 'prints them'\n[a.units]\n";
        let page =
            "use crate::units; use std::fmt; use super::units as u; mod m { use super::own; }";
        let units = "use other::crate_name; macro_rules! m { () => { $crate::page::x } }\n\
                     #[cfg(test)]\nmod tests { use crate::page; }\n#[cfg(test)]\nmod testing;";
        let files = [
            ("crates/a/src/lib.rs", "pub mod page; pub mod units;"),
            ("crates/a/src/page.rs", page),
            ("crates/a/src/units/mod.rs", units),
            ("crates/a/src/units/testing.rs", "use crate::page;"),
        ];
        assert_eq!(offences(table, &files), "");
    }

    #[test]
    fn fifteen_rooms_are_too_many() {
        let names: Vec<_> = (0..=ROOMS).map(|room| format!("room_{room}")).collect();
        let table: String = names.iter().map(|name| format!("[a.{name}]\n")).collect();
        let files: Vec<_> =
            names.iter().map(|name| (format!("crates/a/src/{name}.rs"), "")).collect();
        let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        assert_eq!(
            offences(&table, &files),
            "a has 15 rooms, more than 14: which belong together?"
        );
        let table = table.replace("[a.room_14]\n", "");
        assert_eq!(offences(&table, &files[..ROOMS]), "");
    }
}
