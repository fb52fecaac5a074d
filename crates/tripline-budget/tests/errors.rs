//! Every way in which a file can be wrong: the exact text of the error, and the nearest file that
//! is right.
//!
//! Each case is a file `errors/<kind>/<name>.case` of three parts: the wrong text, what is shown
//! (between the `>>> shown` and `>>> nearest` lines), the right text. After a deliberate change of
//! wording, `BLESS=1` rewrites what is shown.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

use tripline_budget::{BudgetFile, Cfgs, Config, Problems, SizesFile};

const SHOWN: &str = ">>> shown\n";
const NEAREST: &str = ">>> nearest\n";

struct Case {
    path: PathBuf,
    wrong: String,
    shown: String,
    nearest: String,
}

impl Case {
    fn read(path: PathBuf) -> Self {
        let text = fs::read_to_string(&path).unwrap();
        let (wrong, rest) = text.split_once(SHOWN).unwrap_or_else(|| panic!("{}", path.display()));
        let (shown, nearest) =
            rest.split_once(NEAREST).unwrap_or_else(|| panic!("{}", path.display()));
        Self { wrong: wrong.into(), shown: shown.into(), nearest: nearest.into(), path }
    }

    fn bless(&self, shown: &str) {
        let text = format!("{}{SHOWN}{shown}{NEAREST}{}", self.wrong, self.nearest);
        fs::write(&self.path, text).unwrap();
    }
}

/// The build that `when` keys are evaluated for.
fn cfgs() -> Cfgs {
    Cfgs::parse(&[
        "unix",
        "!windows",
        "target_os=\"linux\"",
        "target_pointer_width=\"64\"",
        "debug_assertions",
        "feature=\"mvcc\"",
        "!feature=\"fts\"",
    ])
    .unwrap()
}

fn check_budget(text: &str) -> Result<(), Problems> {
    let file = BudgetFile::parse("budgets/sql/insert.toml", text)?;
    file.resolve(&Config::default(), &cfgs()).map(drop)
}

fn check_sizes(text: &str) -> Result<(), Problems> {
    SizesFile::parse("budgets/sql/sizes.toml", text)?.resolve(&cfgs()).map(drop)
}

fn check_config(text: &str) -> Result<(), Problems> {
    Config::parse("budgets/tripline.toml", text).map(drop)
}

/// The failure of a case.
fn run(case: &Case, check: fn(&str) -> Result<(), Problems>, bless: bool) -> Option<String> {
    let name = case.path.display();
    if let Err(problems) = check(&case.nearest) {
        return Some(format!("{name}: the nearest file is wrong, too:\n{problems}"));
    }
    let Err(problems) = check(&case.wrong) else {
        return Some(format!("{name}: the wrong file is right"));
    };
    let shown = format!("{problems}\n");
    if shown == case.shown {
        return None;
    }
    if bless {
        case.bless(&shown);
        return None;
    }
    Some(format!("{name}: shown is\n{shown}instead of\n{}", case.shown))
}

fn run_all(kind: &str, check: fn(&str) -> Result<(), Problems>, at_least: usize) {
    let bless = match std::env::var("BLESS").as_deref() {
        Ok("1") => true,
        Ok(other) => panic!("BLESS={other}: only `1` means something"),
        Err(_) => false,
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/errors").join(kind);
    let cases: Vec<Case> =
        fs::read_dir(folder).unwrap().map(|entry| Case::read(entry.unwrap().path())).collect();
    let failures: Vec<String> = cases.iter().filter_map(|case| run(case, check, bless)).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    assert!(cases.len() >= at_least, "only {} cases found", cases.len());
}

#[test]
fn budget_files() {
    run_all("budget", check_budget, 60);
}

#[test]
fn sizes_files() {
    run_all("sizes", check_sizes, 10);
}

#[test]
fn defaults() {
    run_all("config", check_config, 8);
}
