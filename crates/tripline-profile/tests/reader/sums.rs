//! The totals are the sums of the file, from dhat-rs and from valgrind.

use std::io::Cursor;
use std::path::Path;

use tripline_profile::{Amount, Profile, SiteFigures};

use crate::{PROFILE, read};

fn figures(value: &serde_json::Value) -> SiteFigures {
    let points = value["pps"].as_array().unwrap();
    let sum = |key: &str| points.iter().map(|point| point[key].as_u64().unwrap()).sum();
    let amount = |blocks, bytes| Amount { blocks: sum(blocks), bytes: sum(bytes) };
    SiteFigures { total: amount("tbk", "tb"), peak: amount("gbk", "gb"), end: amount("ebk", "eb") }
}

#[test]
fn totals_are_the_sums_of_the_file_and_of_the_sites() {
    for name in ["sql-wal.json", "sql-mvcc.json", "valgrind-full.json"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut profile = Profile::open(&path).unwrap();
        let breakdown = profile.breakdown().unwrap();
        assert_eq!(breakdown.totals, figures(&value), "{name}");
        assert_eq!(
            breakdown.sites.iter().map(|site| site.figures).sum::<SiteFigures>(),
            breakdown.totals
        );
        assert_eq!(profile.header().program_points, value["pps"].as_array().unwrap().len() as u64);
        assert_eq!(profile.header().command, value["cmd"].as_str().unwrap());
        assert_eq!(profile.header().mode, value["mode"].as_str().unwrap());
    }
}

#[test]
fn a_profile_can_be_read_again_and_in_any_order() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sql-wal.json");
    let mut profile = Profile::open(&path).unwrap();
    let first = profile.breakdown().unwrap();
    assert_eq!(first, profile.breakdown().unwrap());
    let mut value: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    value["pps"].as_array_mut().unwrap().reverse();
    assert_eq!(first, read(value.to_string().as_bytes()).unwrap());
}

#[test]
fn the_frame_table_may_come_first() {
    let (head, table) = PROFILE.split_once(",\"ftbl\":").unwrap();
    let table = table.strip_suffix('}').unwrap();
    let swapped = format!("{{\"ftbl\":{table},{}}}", &head[1..]);
    assert_eq!(read(PROFILE.as_bytes()).unwrap(), read(swapped.as_bytes()).unwrap());
}

#[test]
fn escapes_are_read_and_unknown_keys_passed_over() {
    let text = PROFILE.replacen(
        "\"cmd\":\"x\"",
        r#""cmd":"\u0061\n\"\ud83d\ude00","new":[{"x":[-1.5e9,null,false,"]"]},{}]"#,
        1,
    );
    let profile = Profile::from_reader("x.json", Cursor::new(text)).unwrap();
    assert_eq!(profile.header().command, "a\n\"\u{1F600}");
}

#[test]
fn stacks_that_differ_in_addresses_alone_are_one_point() {
    let text = PROFILE
        .replace(
            "\"fs\":[2]}\n",
            "\"fs\":[3]},\n{\"tb\":7,\"tbk\":1,\"gb\":0,\"gbk\":0,\"eb\":0,\"ebk\":0,\"fs\":[2]}\n",
        )
        .replace("(a.rs:2)\"]", "(a.rs:2)\",\"0x3: a::g (a.rs:2)\"]");
    let mut profile = Profile::from_reader("x.json", Cursor::new(text.as_bytes())).unwrap();
    let points = profile.points().unwrap();
    let shown: Vec<_> = points
        .iter()
        .map(|(stack, point)| (stack.as_str(), point.site.as_str(), point.figures.total.bytes))
        .collect();
    assert_eq!(
        shown,
        [("a::f (a.rs:1)\na::g (a.rs:2)", "a::f", 10), ("a::g (a.rs:2)", "a::g", 27)]
    );
}

/// An editor or a shell on Windows puts it there.
#[test]
fn a_byte_order_mark_changes_nothing() {
    let marked = format!("\u{feff}{PROFILE}");
    assert_eq!(read(marked.as_bytes()).unwrap(), read(PROFILE.as_bytes()).unwrap());
}
