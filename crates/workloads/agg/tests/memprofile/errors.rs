//! Requests that the command refuses, and its errors.

use crate::command::Place;

#[test]
fn a_configuration_s_problems_are_told_with_file_and_line() {
    let place = Place::new();
    place.write("bad.toml", "tables = []\n[events.Txn]\nuser_id = \"text\"\n");
    let said = place.failure("--config bad.toml", 1);
    let expected =
        "error: bad.toml:3:11: unknown variant `text`, expected one of `str`, `f64`, `i64`\n";
    assert_eq!(said, expected);
    assert_eq!(place.files(), ["bad.toml"]);
}

#[test]
fn events_that_cannot_be_generated_are_an_error() {
    let place = Place::new();
    place.write("none.toml", "tables = []\n[events.Login]\nuser_id = \"str\"\n");
    let said = place.failure("--config none.toml", 1);
    assert_eq!(said, "error: there is no event `Txn` to generate\n");
    assert_eq!(place.files(), ["none.toml"]);
}

#[test]
fn files_that_are_not_there_are_named() {
    let place = Place::new();
    let said = place.failure("--config no.toml", 1);
    assert_eq!(said, "error: failed to read no.toml: No such file or directory (os error 2)\n");
    let said = place.failure("--events 1 --check", 1);
    let expected = "error: failed to read memory-profile-fraud-team.md: No such file or directory (os error 2)\n";
    assert_eq!(said, expected);
    // So many events that it would not end if it began.
    let said = place.failure("--events 1000000000000 --output no/report.md", 1);
    assert_eq!(
        said,
        "error: failed to write no/report.md: No such file or directory (os error 2)\n"
    );
    assert_eq!(place.files(), [""; 0]);
}

#[test]
fn flags_that_contradict_each_other_are_refused() {
    let place = Place::new();
    for args in [
        "--json --top 3",
        "--json --check",
        "--process --check",
        "--serve --output x",
        "--serve --check",
        "--rate 5",
        "--events 0",
        "--serve nowhere",
    ] {
        let said = place.failure(args, 2);
        assert!(said.starts_with("error: "), "{said}");
    }
    let said = place.failure("--check --output -", 1);
    assert_eq!(said, "error: --check compares with a file, not with standard output\n");
}
