//! Reading files, and the errors for files that cannot be read.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod errors;
mod never_panics;
mod sums;

use std::io::Cursor;

use tripline_profile::{Breakdown, Error, Profile};

fn read(text: &[u8]) -> Result<Breakdown, Error> {
    Profile::from_reader("x.json", Cursor::new(text))?.breakdown()
}

/// Returns the text of the error for a file that cannot be read.
fn failure(text: &str) -> String {
    read(text.as_bytes()).unwrap_err().to_string()
}

/// A profile of two program points, which tests change.
const PROFILE: &str = r#"{"dhatFileVersion":2,"mode":"rust-heap","bklt":true,"cmd":"x","pps":[
{"tb":10,"tbk":1,"gb":10,"gbk":1,"eb":0,"ebk":0,"fs":[1,2]},
{"tb":20,"tbk":2,"gb":5,"gbk":1,"eb":5,"ebk":1,"fs":[2]}
],"ftbl":["[root]","0x1: a::f (a.rs:1)","0x2: a::g (a.rs:2)"]}"#;
