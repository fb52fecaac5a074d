//! How long a region took, to a file.

use std::fs::File;
use std::io::{Cursor, Write as _};
use std::time::Instant;

/// Names the file that each region appends a line to: its name and the nanoseconds it took. Unset, nothing is
/// written.
pub const TIMES: &str = "SUITE_TIMES";

/// Longer than any line.
const LINE: usize = 64;

/// Times one region. The file is opened before and the line written from the stack, so that a region allocates
/// the same whether it is timed or not.
#[derive(Debug)]
pub(super) struct Clock {
    name: &'static str,
    file: Option<File>,
}

impl Clock {
    pub(super) fn new(name: &'static str) -> Self {
        let file = std::env::var_os(TIMES).map(|path| {
            let file = File::options().append(true).create(true).open(path);
            file.expect("the file of times can be appended to")
        });
        Self { name, file }
    }

    pub(super) fn time(&mut self, region: impl FnOnce()) {
        let start = Instant::now();
        region();
        let nanoseconds = start.elapsed().as_nanos();
        if let Some(file) = &mut self.file {
            let mut line = Cursor::new([0; LINE]);
            writeln!(line, "{} {nanoseconds}", self.name).expect("a line is short");
            // One write: regions of other processes append to the same file.
            let length = usize::try_from(line.position()).expect("a line is short");
            file.write_all(&line.get_ref()[..length]).expect("the file of times can be written");
        }
    }
}
