//! Times a region, and writes the time to a file.

use std::fs::File;
use std::io::{Cursor, Write as _};
use std::time::Instant;

/// The variable that names a file. Each region appends a line to it: its name and its nanoseconds. Without the
/// variable nothing is written.
pub const TIMES: &str = "SUITE_TIMES";

/// Longer than any line.
const LINE: usize = 64;

/// Times one region. It opens the file before, and writes the line from the stack, so that a region allocates the
/// same with and without it.
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
            // In one write, because regions of other processes append to the same file.
            let length = usize::try_from(line.position()).expect("a line is short");
            file.write_all(&line.get_ref()[..length]).expect("the file of times can be written");
        }
    }
}
