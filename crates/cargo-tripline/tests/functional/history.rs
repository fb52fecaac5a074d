//! `history`: what moved when and why, through merges, renames and files that nobody could read.

use crate::repository::Repository;

const INSERT: &str = "budgets/sql/insert.toml";
const HEAVY: &str = "budgets/sql/insert_heavy.toml";
const SIZES: &str = "budgets/sql/sizes.toml";
const DEFAULTS: &str = "budgets/tripline.toml";

fn repository() -> Repository {
    let repository = Repository::new();
    repository.commit("Begin");
    repository.write(
        INSERT,
        "[limits]\ntotal_blocks = 1_000\n\nmax_bytes = { max = \"64 KiB\", tolerance = \"3%\" }\n\n\
         leaked_blocks = 0\n",
    );
    repository.write(SIZES, "[types]\n\"Row<'_>\" = 24\n");
    repository.commit("Budget inserting");
    let raised = "total_blocks = { max = 1_200, reason = \"each row has a version\" }";
    repository.replace(INSERT, "total_blocks = 1_000", raised);
    repository.commit("Version rows");
    repository
}

/// Adds the commits after the release.
fn go_on(repository: &Repository) {
    repository.git(&["checkout", "--quiet", "-b", "pages"]);
    repository.replace(INSERT, "64 KiB", "62 KiB");
    repository.commit("Share a page");
    repository.replace(INSERT, "62 KiB", "60 KiB");
    repository.commit("Share two pages");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.git(&["merge", "--quiet", "--no-ff", "--message", "Merge pages", "pages"]);
    repository.rename(INSERT, HEAVY);
    repository.replace(HEAVY, "leaked_blocks = 0\n", "[reasons]\nleaked_blocks = \"one cache\"\n");
    repository.write(DEFAULTS, "schema = 1\n[reasons]\n\"sql::insert\" = \"a light one comes\"\n");
    repository.commit("Rename it");
    repository.replace(HEAVY, "1_200", "one thousand");
    repository.commit("Break it");
    repository.replace(HEAVY, "one thousand", "1_500");
    repository.replace(HEAVY, "each row has a version", "<b>\\u001b[31mtwo\\u202e & \\\"three\\\"");
    repository.commit("Mend it \u{1b}[31m & <raise> it");
    repository.remove(SIZES);
    repository.append(HEAVY, "\n[when.'cfg(windows)'.limits]\nmax_bytes = 50_000\n");
    repository.commit("Measure on Windows");
}

#[test]
fn limits_are_followed_commit_by_commit() {
    let repository = repository();
    let mut text = repository.run(&["history"]);
    repository.git(&["tag", "v0.1.0"]);
    go_on(&repository);
    // What is not committed is no history.
    repository.replace(HEAVY, "60 KiB", "59 KiB");
    text.push_str(&repository.run(&["history"]));
    text.push_str(&repository.run(&["history", "sql::insert", "--json"]));
    text.push_str(&repository.run(&["history", "sql::inzert"]));
    insta::assert_snapshot!(text);
}

#[test]
fn limits_are_drawn() {
    let repository = repository();
    repository.git(&["tag", "v0.1.0"]);
    go_on(&repository);
    let printed = repository.run(&["history", "--svg", "plots/limits.svg"]);
    assert!(printed.contains("exit 0"), "{printed}");
    let svg = repository.read("plots/limits.svg");
    assert!(!svg.contains('\u{1b}') && !svg.contains("<b>"));
    insta::assert_snapshot!(svg);
}

#[test]
fn without_history_there_is_nothing_to_show() {
    let repository = Repository::new();
    let mut text = repository.run(&["history"]);
    repository.commit("Begin");
    text.push_str(&repository.run(&["history"]));
    std::fs::remove_dir_all(repository.path(".git")).unwrap();
    text.push_str(&repository.run(&["history"]));
    insta::assert_snapshot!(text);
}
