//! Reading any file ends in a breakdown that adds up or in an error.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use tripline_profile::{GroupBy, SiteFigures};

use crate::{PROFILE, read};

/// Real profiles, cut small so that ten thousand cases take seconds.
static SAMPLES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let real = |name: &str| std::fs::read(data.join(name)).unwrap();
    let cut = |name: &str, points: usize| {
        let mut value: serde_json::Value = serde_json::from_slice(&real(name)).unwrap();
        let kept = value["pps"].as_array().unwrap()[..points].to_vec();
        value["pps"] = kept.into();
        for frame in value["ftbl"].as_array_mut().unwrap().iter_mut().skip(90) {
            *frame = "0x1: a::f (a.rs:1)".into();
        }
        value.to_string().into_bytes()
    };
    vec![
        PROFILE.into(),
        cut("sql-wal.json", 3),
        cut("sql-mvcc.json", 3),
        cut("valgrind-full.json", 4),
        real("valgrind-copy.json"),
    ]
});

const PIECES: [&str; 34] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    "\\u",
    "\\ud800",
    ":",
    ",",
    "0",
    "-1",
    "1e9",
    "18446744073709551615",
    "99999999999999999999",
    "null",
    "true",
    "\"tb\":",
    "\"fs\":[",
    "\"ftbl\":",
    "\"pps\":[",
    "\"mode\":",
    "\"dhatFileVersion\":2",
    "<",
    ">",
    "::",
    " as ",
    "{closure#0}",
    "{async_fn#0}",
    " (a/src/b.rs:1:1)",
    "0x",
    "\u{0}",
    "é\u{1F600}",
    "$LT$",
];

#[derive(Clone, Debug)]
enum Mutation {
    Insert(Index, &'static str),
    Remove(Index, usize),
    Set(Index, u8),
    Repeat(Index, usize),
    Cut(Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        (any::<Index>(), select(&PIECES[..])).prop_map(|(at, piece)| Mutation::Insert(at, piece)),
        (any::<Index>(), 1_usize..40).prop_map(|(at, count)| Mutation::Remove(at, count)),
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Mutation::Set(at, byte)),
        (any::<Index>(), 1_usize..200).prop_map(|(at, count)| Mutation::Repeat(at, count)),
        any::<Index>().prop_map(Mutation::Cut),
    ]
}

fn mutate(bytes: &mut Vec<u8>, mutation: &Mutation) {
    if bytes.is_empty() {
        return;
    }
    let length = bytes.len();
    match mutation {
        Mutation::Insert(at, piece) => {
            drop(bytes.splice(at.index(length)..at.index(length), piece.bytes()));
        }
        Mutation::Remove(at, count) => {
            let start = at.index(length);
            bytes.drain(start..(start + count).min(length));
        }
        Mutation::Set(at, byte) => bytes[at.index(length)] = *byte,
        Mutation::Repeat(at, count) => {
            let start = at.index(length);
            let again = bytes[start..(start + count).min(length)].to_vec();
            drop(bytes.splice(start..start, again));
        }
        Mutation::Cut(at) => bytes.truncate(at.index(length)),
    }
}

/// Checks that a breakdown adds up, if the file can be read.
fn end(sample: usize, mutations: &[Mutation]) -> Result<(), TestCaseError> {
    let mut bytes = SAMPLES[sample].clone();
    for mutation in mutations {
        mutate(&mut bytes, mutation);
    }
    if let Ok(breakdown) = read(&bytes) {
        let sum: SiteFigures = breakdown.sites.iter().map(|site| site.figures).sum();
        prop_assert_eq!(sum, breakdown.totals);
        let groups = breakdown.groups(GroupBy::Module);
        let grouped: SiteFigures = groups.iter().map(|group| group.figures).sum();
        prop_assert_eq!(grouped, breakdown.totals);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        // Two tests have as many each, and run side by side.
        cases: 5_000,
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn reading_what_dhat_writes_ends(
        sample in 0..3_usize, mutations in prop::collection::vec(mutation(), 1..4)
    ) {
        end(sample, &mutations)?;
    }

    #[test]
    fn reading_what_valgrind_writes_ends(
        sample in 3..5_usize, mutations in prop::collection::vec(mutation(), 1..4)
    ) {
        end(sample, &mutations)?;
    }
}
