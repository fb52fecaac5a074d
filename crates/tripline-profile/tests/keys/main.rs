//! The sites that the blocks of stacks are credited to.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod builds;
mod made_up;
mod samples;
mod spellings;
mod stacks;
mod wrappers;

use std::io::Cursor;

use tripline_profile::{Breakdown, Profile, Site};

/// The figures `tb`, `tbk`, `gb`, `gbk`, `eb` and `ebk`.
type Six = [u64; 6];

/// Makes a profile of stacks, the innermost frame first.
fn profile(stacks: &[(&[&str], Six)]) -> Profile<Cursor<String>> {
    let mut frames = vec!["[root]"];
    let mut points = Vec::new();
    for (stack, [tb, tbk, gb, gbk, eb, ebk]) in stacks {
        let first = frames.len();
        frames.extend_from_slice(stack);
        let places: Vec<usize> = (first..frames.len()).collect();
        points.push(serde_json::json!({
            "tb": tb, "tbk": tbk, "gb": gb, "gbk": gbk, "eb": eb, "ebk": ebk, "fs": places
        }));
    }
    let profile = serde_json::json!({
        "dhatFileVersion": 2, "mode": "rust-heap", "bklt": true, "cmd": "x", "pps": points, "ftbl": frames
    });
    Profile::from_reader("made-up.json", Cursor::new(profile.to_string())).unwrap()
}

/// Returns the breakdown of stacks of one block each, the innermost frame first.
fn breakdown(stacks: &[&[&str]]) -> Breakdown {
    let sized = stacks.iter().zip((0..=100).rev());
    let points: Vec<_> = sized.map(|(stack, bytes)| (*stack, [bytes, 1, bytes, 1, 0, 0])).collect();
    profile(&points).breakdown().unwrap()
}

/// Returns the only site of one stack.
fn site(stack: &[&str]) -> Site {
    let mut breakdown = breakdown(&[stack]);
    assert_eq!(breakdown.sites.len(), 1);
    breakdown.sites.remove(0)
}
