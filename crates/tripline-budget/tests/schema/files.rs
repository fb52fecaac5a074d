//! The budget files of this repository, and files with everything in them.

use std::fs;
use std::path::{Path, PathBuf};

use tripline_budget::{BudgetFile, Config, SizesFile};

use crate::validator::{Schema, repository};

struct Schemas {
    budget: Schema,
    sizes: Schema,
    config: Schema,
}

impl Schemas {
    fn load() -> Self {
        let [budget, sizes, config] = ["budget", "sizes", "tripline"].map(Schema::load);
        Self { budget, sizes, config }
    }

    /// Returns `true` for the parser and for the schema if they take the file, as the kind that its name says.
    fn both(&self, path: &Path, text: &str) -> (bool, bool) {
        let (parsed, schema) = match path.file_name().unwrap().to_str().unwrap() {
            "tripline.toml" => (Config::parse("", text).is_ok(), &self.config),
            "sizes.toml" => (SizesFile::parse("", text).is_ok(), &self.sizes),
            _ => (BudgetFile::parse("", text).is_ok(), &self.budget),
        };
        (parsed, schema.errors(text).is_empty())
    }
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files_below(&path, found),
            false => found.push(path),
        }
    }
}

#[test]
fn every_budget_of_this_repository_is_taken_by_both() {
    let schemas = Schemas::load();
    let mut files = Vec::new();
    files_below(&repository().join("budgets"), &mut files);
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        assert_eq!(schemas.both(file, &text), (true, true), "{}", file.display());
    }
    assert!(files.len() >= 10, "only {} files", files.len());
}

const GOOD: &[(&str, &str)] = &[
    ("a.toml", ""),
    ("a.toml", "#:schema ../docs/schema/budget.json\n[limits]\ntotal_blocks = 323_224"),
    (
        "a.toml",
        "entity = 'row'\nengine = 'dhat'\ntimeout = '500ms'\nbreakdown = false\nslack = '0.5 %'\nenv = ['DATABASE_URL']",
    ),
    (
        "a.toml",
        "[limits]\nmax_bytes = { max = '267 KiB', tolerance = '1 KiB', ceiling = '1.5MiB', reason = 'x' }",
    ),
    ("a.toml", "[limits]\ntotal_blocks = { max = 1, tolerance = 2 }\n[limits.max_bytes]\nmax = 1"),
    (
        "a.toml",
        "entity = 'row'\n[limits]\nphase.set-up_2.live_bytes_per_entity = 1\n\"phase.run\".max_blocks = 1\nphase.\"x.max_bytes\" = 3",
    ),
    (
        "a.toml",
        "[limits]\ndisk_bytes.db-wal = '4 kB'\n\"disk_bytes.db\" = 1\nreported.hits = 1\nreported.cache_bytes = '1 B'",
    ),
    (
        "a.toml",
        "[coherence]\nreported.x = { equals = 'phase.run.max_bytes', within = '5%' }\n\"reported.y\" = { equals = 'reported.z', within = '0%' }",
    ),
    (
        "a.toml",
        "[when.'cfg(all(unix, not(debug_assertions)))'.limits]\nrss_max_bytes = 1\n[when.'cfg(windows)'.coherence]",
    ),
    ("a.toml", "[growth]"),
    (
        "a.toml",
        "entity = 'row'\n[growth]\nlive_bytes = { fixed = '8 KiB', per_entity = 12, tolerance = '3%', reason = 'x' }\ntotal_blocks.per_entity = 1\n\"disk_bytes.db\".fixed = 3\nreported.hits = { fixed = 2 }",
    ),
    (
        "a.toml",
        "entity = 'row'\n[when.'cfg(unix)'.growth.disk_bytes.db]\nper_entity = '2 B'\n[reasons]\ngrowth.live_bytes.fixed = 'x'\n[coherence]\nreported.x = { equals = 'growth.disk_bytes.db.per_entity', within = '5%' }",
    ),
    ("a.toml", "[ruler]\nrustc = '1.95.0'\ntarget = ''\nprofile = 'opt 1'"),
    ("a.toml", "[recorded]\nrustc = '1.95.0'"),
    ("sizes.toml", ""),
    (
        "sizes.toml",
        "[types]\n'Vec<u8>' = 24\n'T' = '1 KiB'\n'U' = { size = 32, align = 8, ceiling = '64 B', reason = 'x' }",
    ),
    ("sizes.toml", "[types.'T']\nsize = 1\n[when.'cfg(unix)'.types]\n'T' = 2\n[ruler]"),
    ("tripline.toml", "schema = 1"),
    (
        "tripline.toml",
        "schema = 1\nengine = 'count'\ntimeout = '2m'\nbreakdown = true\ntolerance = '5%'\nslack = '1%'\nenv = []",
    ),
];

const BAD: &[(&str, &str)] = &[
    ("a.toml", "limit = 1"),
    ("a.toml", "schema = 1"),
    ("a.toml", "entity = ' '"),
    ("a.toml", "entity = 1"),
    ("a.toml", "engine = 'Dhat'"),
    ("a.toml", "timeout = 120"),
    ("a.toml", "timeout = '00s'"),
    ("a.toml", "env = 'HOME'"),
    ("a.toml", "env = [1]"),
    ("a.toml", "env = ['']"),
    ("a.toml", "env = ['A=1']"),
    ("a.toml", "env = ['TRIPLINE_METER']"),
    ("tripline.toml", "schema = 1\nenv = { A = 1 }"),
    ("a.toml", "slack = '0.00001%'"),
    ("a.toml", "[limits]\ntotal_block = 1"),
    ("a.toml", "[limits]\ntotal_blocks = -1"),
    ("a.toml", "[limits]\ntotal_blocks = '1'"),
    ("a.toml", "[limits]\ntotal_blocks = '1 B'"),
    ("a.toml", "[limits]\ntotal_blocks = [1]"),
    ("a.toml", "[limits]\ntotal_blocks = { max = 1, tolerance = '1 B' }"),
    ("a.toml", "[limits]\ntotal_blocks = { tolerance = '1%' }"),
    ("a.toml", "[limits]\ntotal_blocks = { max = 1, min = 1 }"),
    ("a.toml", "[limits]\nmax_bytes = '1 KB'"),
    ("a.toml", "[limits]\nmax_bytes = '1_ B'"),
    ("a.toml", "[limits]\nmax_bytes = 1.5"),
    ("a.toml", "[limits]\nmax_bytes = { max = 1, tolerance = 3 }"),
    ("a.toml", "[limits]\nmax_bytes = { max = 1, ceiling = -1 }"),
    ("a.toml", "[limits]\nmax_bytes = { max = 1, reason = '' }"),
    ("a.toml", "[limits]\nphase.run.leaked_bytes = 1"),
    ("a.toml", "[limits]\nrss_max_bytes_per_entity = 1"),
    ("a.toml", "[limits]\ndisk_bytes.\"a b\" = 1"),
    ("a.toml", "[limits]\nreported.hits = '1 B'"),
    ("a.toml", "[limits]\n\"reported.kilobytes\" = '1 B'"),
    ("a.toml", "[limits.phase]"),
    ("a.toml", "[coherence]\nmax_bytes = { equals = 'live_bytes', within = '5%' }"),
    ("a.toml", "[coherence]\nreported.x = { equals = 'live', within = '5%' }"),
    ("a.toml", "[coherence]\nreported.x = { equals = 'live_bytes' }"),
    ("a.toml", "[when.unix.limits]"),
    ("a.toml", "[when.'cfg(unix)'.types]"),
    ("a.toml", "[ruler]\nrustc = 1"),
    ("a.toml", "[ruler]\nhost = 'x'"),
    ("a.toml", "[ruler]\n[recorded]"),
    ("a.toml", "[recorded]\nhost = 'x'"),
    ("a.toml", "entity = 'row'\n[growth]\nlive_bytes = 12"),
    ("a.toml", "entity = 'row'\n[growth]\nlive_bytes = { tolerance = '3%' }"),
    ("a.toml", "entity = 'row'\n[growth]\nlive_bytes = { fixed = 1, ceiling = 2 }"),
    ("a.toml", "entity = 'row'\n[growth]\ntotal_blocks = { fixed = '1 B' }"),
    ("a.toml", "entity = 'row'\n[growth]\nlive_bytes_per_entity = { fixed = 1 }"),
    ("a.toml", "entity = 'row'\n[growth]\nphase.run.max_bytes = { fixed = 1 }"),
    ("a.toml", "entity = 'row'\n[limits]\ngrowth.live_bytes.fixed = 1"),
    ("sizes.toml", "[limits]"),
    ("sizes.toml", "[types]\n'T' = -1"),
    ("sizes.toml", "[types]\n'T' = '1 kb'"),
    ("sizes.toml", "[types]\n' ' = 1"),
    ("sizes.toml", "[types]\n'T' = { align = 8 }"),
    ("sizes.toml", "[types]\n'T' = { size = 8, max = 8 }"),
    ("sizes.toml", "[when.'cfg(unix)'.limits]"),
    ("tripline.toml", ""),
    ("tripline.toml", "schema = 2"),
    ("tripline.toml", "schema = 1\ntolerance = 3"),
    ("tripline.toml", "schema = 1\n[limits]"),
];

#[test]
fn good_files_are_taken_by_both_and_bad_ones_by_neither() {
    let schemas = Schemas::load();
    for (file, text) in GOOD {
        assert_eq!(schemas.both(Path::new(file), text), (true, true), "{file}:\n{text}");
    }
    for (file, text) in BAD {
        assert_eq!(schemas.both(Path::new(file), text), (false, false), "{file}:\n{text}");
    }
}
