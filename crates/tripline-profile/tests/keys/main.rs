//! Which site the blocks of real stacks are credited to.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod made_up;
mod samples;

use std::io::Cursor;

use tripline_profile::{Breakdown, Profile, Site};

/// The breakdown of stacks of one block each, innermost frame first.
fn breakdown(stacks: &[&[&str]]) -> Breakdown {
    let mut frames = vec!["[root]"];
    let mut points = Vec::new();
    for (index, stack) in stacks.iter().enumerate() {
        let first = frames.len();
        frames.extend_from_slice(stack);
        let places: Vec<usize> = (first..frames.len()).collect();
        let bytes = 100 - index;
        points.push(serde_json::json!({
            "tb": bytes, "tbk": 1, "gb": bytes, "gbk": 1, "eb": 0, "ebk": 0, "fs": places
        }));
    }
    let profile = serde_json::json!({
        "dhatFileVersion": 2, "mode": "rust-heap", "bklt": true, "cmd": "x", "pps": points, "ftbl": frames
    });
    let reader = Cursor::new(profile.to_string());
    Profile::from_reader("made-up.json", reader).unwrap().breakdown().unwrap()
}

/// The only site of one stack.
fn site(stack: &[&str]) -> Site {
    let mut breakdown = breakdown(&[stack]);
    assert_eq!(breakdown.sites.len(), 1);
    breakdown.sites.remove(0)
}
