//! Adds to a Cargo.toml and changes no line of it.

use anyhow::{anyhow, bail};
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

/// A Cargo.toml with additions.
#[derive(Debug)]
pub(super) struct Manifest<'a> {
    shown: &'a str,
    text: &'a str,
    document: DocumentMut,
    is_changed: bool,
}

impl<'a> Manifest<'a> {
    pub(super) fn parse(shown: &'a str, text: &'a str) -> anyhow::Result<Self> {
        let document = text.parse().map_err(|error| anyhow!("failed to parse {shown}: {error}"))?;
        Ok(Self { shown, text, document, is_changed: false })
    }

    /// Returns the item at a path of keys.
    pub(super) fn get(&self, keys: &[&str]) -> Option<&Item> {
        keys.iter().try_fold(self.document.as_item(), |item, key| item.get(key))
    }

    /// Adds a dependency for tests.
    pub(super) fn depend(&mut self, dependency: &Dependency) -> anyhow::Result<()> {
        let tests = self.document.entry("dev-dependencies").or_insert_with(new_table);
        let tests = tests
            .as_table_like_mut()
            .ok_or_else(|| anyhow!("{}: `dev-dependencies` is not a table", self.shown))?;
        if tests.contains_key("tripline") {
            bail!(
                "{}: `tripline` is a dependency already, but not one that every test can name: make \
                 it a plain `[dev-dependencies] tripline = …`",
                self.shown
            );
        }
        let was_sorted = is_sorted(tests);
        self.is_changed = true;
        tests.insert("tripline", dependency.item());
        if was_sorted {
            tests.sort_values();
        }
        Ok(())
    }

    /// Declares a test unless it is declared, for a package that does not discover its own.
    pub(super) fn declare_test(&mut self, name: &str, path: &str) -> anyhow::Result<()> {
        let tests = self
            .document
            .entry("test")
            .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()))
            .as_array_of_tables_mut()
            .ok_or_else(|| anyhow!("{}: `test` is not written as `[[test]]`", self.shown))?;
        if tests.iter().any(|test| test.get("name").and_then(Item::as_str) == Some(name)) {
            return Ok(());
        }
        self.is_changed = true;
        let mut test = Table::new();
        test.insert("name", value(name));
        test.insert("path", value(path));
        tests.push(test);
        Ok(())
    }

    /// Sets a key of a table, and makes the tables above it.
    pub(super) fn set(&mut self, tables: &[&str], key: &str, new: Value) -> anyhow::Result<()> {
        let mut table: &mut dyn TableLike = self.document.as_table_mut();
        for name in tables {
            let next = table.entry(name).or_insert_with(|| {
                let mut table = Table::new();
                table.set_implicit(true);
                Item::Table(table)
            });
            table = next
                .as_table_like_mut()
                .ok_or_else(|| anyhow!("{}: `{name}` is not a table", self.shown))?;
        }
        self.is_changed = true;
        table.insert(key, Item::Value(new));
        Ok(())
    }

    /// Returns the new text.
    ///
    /// # Errors
    ///
    /// If an existing line would change.
    pub(super) fn finish(self) -> anyhow::Result<String> {
        // Printed anew, the text could differ.
        if !self.is_changed {
            return Ok(self.text.to_owned());
        }
        let text = self.document.to_string();
        let text = if self.text.contains("\r\n") {
            text.replace("\r\n", "\n").replace('\n', "\r\n")
        } else {
            text
        };
        let mut now = text.lines();
        if !self.text.lines().all(|line| now.any(|kept| kept == line)) {
            bail!(
                "{} cannot be added to without changing lines of it: its tables are written in an \
                 unusual way. Add `tripline` to its dev-dependencies by hand and run this again",
                self.shown
            );
        }
        Ok(text)
    }
}

fn new_table() -> Item {
    Item::Table(Table::new())
}

fn is_sorted(table: &dyn TableLike) -> bool {
    table.iter().map(|(key, _)| key.to_owned()).is_sorted()
}

/// The source of a tripline dependency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Dependency {
    /// Inherited from the workspace.
    Inherited,
    Path(String),
    Version(&'static str),
}

impl Dependency {
    fn item(&self) -> Item {
        let only = |key: &str, value: Value| {
            let mut table = InlineTable::new();
            table.insert(key, value);
            table
        };
        match self {
            Self::Inherited => {
                let mut table = only("workspace", true.into());
                table.set_dotted(true);
                value(table)
            }
            Self::Path(path) => value(only("path", path.as_str().into())),
            Self::Version(version) => value(*version),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depending(text: &str, dependency: &Dependency) -> String {
        let mut manifest = Manifest::parse("Cargo.toml", text).unwrap();
        match manifest.depend(dependency).and_then(|()| manifest.finish()) {
            Ok(text) => text,
            Err(error) => format!("error: {error}"),
        }
    }

    const VERSION: Dependency = Dependency::Version("0.1.0");

    #[test]
    fn a_dependency_is_written_in_each_form() {
        let text = "[package]\nname = \"a\" # a comment\n";
        let path = Dependency::Path("../tripline".to_owned());
        insta::assert_snapshot!(depending(text, &VERSION), @r#"
        [package]
        name = "a" # a comment

        [dev-dependencies]
        tripline = "0.1.0"
        "#);
        assert!(depending(text, &path).ends_with("tripline = { path = \"../tripline\" }\n"));
        assert!(depending(text, &Dependency::Inherited).ends_with("tripline.workspace = true\n"));
    }

    #[test]
    fn order_comments_and_what_stands_below_stay() {
        let sorted =
            "[dev-dependencies]\n# for files\ntempfile = \"3\" # 3\nurl = \"2\"\n\n[lints]\n";
        insta::assert_snapshot!(depending(sorted, &VERSION), @r#"
        [dev-dependencies]
        # for files
        tempfile = "3" # 3
        tripline = "0.1.0"
        url = "2"

        [lints]
        "#);
        let unsorted = "[dev-dependencies]\nurl = \"2\"\ntempfile.workspace = true\n\n[lints]\n";
        insta::assert_snapshot!(depending(unsorted, &VERSION), @r#"
        [dev-dependencies]
        url = "2"
        tempfile.workspace = true
        tripline = "0.1.0"

        [lints]
        "#);
        let tables = "[dev-dependencies.url]\nversion = \"2\"\n\n[lints]\n";
        let added = depending(tables, &VERSION);
        assert!(added.contains("[dev-dependencies]\ntripline = \"0.1.0\"\n"), "{added}");
    }

    #[test]
    fn carriage_returns_stay() {
        let text = "[package]\r\nname = \"a\"\r\n";
        let expected =
            "[package]\r\nname = \"a\"\r\n\r\n[dev-dependencies]\r\ntripline = \"0.1.0\"\r\n";
        assert_eq!(depending(text, &VERSION), expected);
    }

    #[test]
    fn what_is_only_read_stays_to_the_byte() {
        let text = "[package]\r\nname = \"a\"\n";
        assert_eq!(Manifest::parse("Cargo.toml", text).unwrap().finish().unwrap(), text);
    }

    #[test]
    fn what_would_change_another_line_is_refused() {
        let inline = "dev-dependencies = { url = \"2\" }\n";
        assert!(depending(inline, &VERSION).starts_with("error: Cargo.toml cannot be added to"));
        let there = "[dev-dependencies]\ntripline = { version = \"1\", optional = true }\n";
        assert!(
            depending(there, &VERSION).starts_with("error: Cargo.toml: `tripline` is a depend")
        );
    }

    #[test]
    fn a_test_is_declared_once() {
        let declared = |text: &str| {
            let mut manifest = Manifest::parse("Cargo.toml", text).unwrap();
            manifest.declare_test("budgets", "tests/budgets.rs").unwrap();
            manifest.finish().unwrap()
        };
        let once = declared("[package]\nautotests = false\n\n[[test]]\nname = \"other\"\n");
        assert!(once.ends_with("\n[[test]]\nname = \"budgets\"\npath = \"tests/budgets.rs\"\n"));
        assert_eq!(declared(&once), once);
    }

    #[test]
    fn keys_are_set_in_tables_that_may_not_be_there() {
        let set = |text: &str| {
            let mut manifest = Manifest::parse("Cargo.toml", text).unwrap();
            manifest.set(&["profile", "dev"], "opt-level", 1.into()).unwrap();
            manifest.finish().unwrap()
        };
        assert_eq!(set("[package]\n"), "[package]\n\n[profile.dev]\nopt-level = 1\n");
        let there = "[profile.dev]\ndebug = 1 # lines\n";
        assert_eq!(set(there), "[profile.dev]\ndebug = 1 # lines\nopt-level = 1\n");
    }
}
