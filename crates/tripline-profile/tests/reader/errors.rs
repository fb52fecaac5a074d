//! The exact text of the error for every file that cannot be read.

use std::path::Path;

use tripline_profile::{Error, Profile, ProfileFault};

use crate::{PROFILE, failure, read};

/// Returns the error after one replacement in a good profile.
fn with(old: &str, new: &str) -> String {
    assert!(PROFILE.contains(old), "{old}");
    failure(&PROFILE.replacen(old, new, 1))
}

#[test]
fn the_profile_that_is_taken_apart_is_good() {
    assert_eq!(read(PROFILE.as_bytes()).unwrap().totals.total.bytes, 30);
}

#[test]
fn each_fault_has_its_place_and_its_words() {
    let read = "failed to read x.json: ";
    for (old, new, expected) in [
        ("\"tb\":10", "\"tb\":1.5", "at byte 77: expected a whole number, found `.`"),
        ("\"tb\":10", "\"tb\":-1", "at byte 76: expected a whole number, found `-`"),
        (
            "\"tb\":10",
            "\"tb\":18446744073709551616",
            "at byte 76: a number is larger than 18446744073709551615",
        ),
        (
            "\"tb\":10",
            "\"tb\":18446744073709551615",
            "at byte 149: the sum so far is larger than 18446744073709551615",
        ),
        ("\"tb\":10", "\"tb\":10,\"tb\":10", "at byte 79: `tb` stands twice in one object"),
        ("\"tb\":10,", "", "at byte 120: the object that ends here has no `tb`"),
        (",\"fs\":[1,2]", "", "at byte 117: the object that ends here has no `fs`"),
        ("[1,2]", "[1,3]", "at byte 126: frame 3 does not exist: `ftbl` holds 3"),
        ("[1,2]", "[1,]", "at byte 126: expected another element after the comma, found `]`"),
        ("[1,2]", "[1 2]", "at byte 126: expected a comma or the end of the list, found `2`"),
        (
            "Version\":2",
            "Version\":1",
            "at byte 19: version 1 of the DHAT format, where only 2 is known",
        ),
        (
            "rust-heap",
            "copy",
            "at byte 28: a profile of mode `copy` counts no heap blocks; heap profiles say `rust-heap` (dhat-rs) or `heap` (valgrind)",
        ),
        (
            "\"bklt\":true",
            "\"bklt\":false",
            "at byte 47: a heap profile without the lifetimes of its blocks (`bklt` is false) has no peak and no end",
        ),
        ("\"bklt\":true,", "", "at byte 237: the object that ends here has no `bklt`"),
        (
            "\"cmd\":\"x\"",
            "\"cmd\":\"x\",\"cmd\":\"y\"",
            "at byte 62: `cmd` stands twice in one object",
        ),
        ("\"cmd\":\"x\"", "\"cmd\":\"\\x\"", "at byte 60: expected an escape, found `x`"),
        (
            "\"cmd\":\"x\"",
            "\"cmd\":\"\n\"",
            "at byte 59: expected the rest of a string, found `\\n`",
        ),
        ("\"cmd\":\"x\"", "\"cmd\":7", "at byte 58: expected a string, found `7`"),
    ] {
        assert_eq!(with(old, new), format!("{read}{expected}"), "{old} → {new}");
    }
}

#[test]
fn other_files_are_named_for_what_they_are_not() {
    for (text, expected) in [
        (
            "",
            "at byte 0: the file ends where the object of a DHAT profile should follow: was the program killed while it wrote?",
        ),
        ("<html>", "at byte 0: expected the object of a DHAT profile, found `<`"),
        ("[1, 2]", "at byte 0: expected the object of a DHAT profile, found `[`"),
        (
            "{\"name\": \"x\", \"version\": 2}",
            "not a DHAT profile: its outermost object has no `dhatFileVersion`",
        ),
        ("\u{feff}\u{feff}{}", "at byte 3: expected the object of a DHAT profile, found `\\xef`"),
        (
            "\u{feff}",
            "at byte 3: the file ends where the object of a DHAT profile should follow: was the program killed while it wrote?",
        ),
        ("\u{fed0}{}", "at byte 2: expected a whole byte-order mark, found `\\x90`"),
        ("{} {}", "at byte 3: expected the end of the file, found `{`"),
    ] {
        assert_eq!(failure(text), format!("failed to read x.json: {expected}"), "{text}");
    }
}

#[test]
fn modes_that_count_no_blocks_are_refused() {
    for (name, mode) in [("valgrind-copy.json", "copy"), ("valgrind-ad-hoc.json", "ad-hoc")] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
        let error = Profile::open(&path).unwrap_err();
        assert!(error.to_string().contains(&format!("mode `{mode}` counts no heap")));
        let Error::Profile { file, fault: ProfileFault::Mode { .. } } = error else {
            panic!("{error:?}")
        };
        assert!(file.ends_with(name));
    }
}

#[test]
fn an_absent_file_is_named() {
    let error = Profile::open(Path::new("nowhere/dhat-heap.json")).unwrap_err();
    assert!(error.to_string().starts_with("failed to read nowhere/dhat-heap.json: "));
    assert!(matches!(error, Error::Io { .. }));
}

#[test]
fn a_file_that_ends_early_says_so_wherever_it_ends() {
    for length in 0..PROFILE.len() - 1 {
        let text = failure(&PROFILE[..length]);
        assert!(
            text.contains(&format!("at byte {length}: the file ends where ")),
            "{length}: {text}"
        );
    }
}

#[test]
fn nesting_and_strings_have_limits() {
    let nested = |depth| format!("{{\"x\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
    assert!(failure(&nested(64)).ends_with("no `dhatFileVersion`"));
    assert_eq!(
        failure(&nested(65)),
        "failed to read x.json: at byte 69: the nesting is larger than 64"
    );
    assert!(failure(&nested(100_000)).ends_with("at byte 69: the nesting is larger than 64"));
    let long = |length| format!("{{\"x\":\"{}\"}}", "x".repeat(length));
    assert!(failure(&long(1 << 20)).ends_with("no `dhatFileVersion`"));
    assert_eq!(
        failure(&long(2 << 20)),
        "failed to read x.json: at byte 6: a string is larger than 1048576"
    );
}
