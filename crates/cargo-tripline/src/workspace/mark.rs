//! The search for the mark of a suite in an executable.
//!
//! Any other test binary may do anything when it is started, whatever its arguments say: sleep, or write to a database.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use tripline_budget::protocol::suite_mark;

/// The size of the part of an executable that is read at once.
const PART: usize = 1 << 20;

/// Returns `true` if a suite stands in `executable`.
pub(super) fn is_suite(executable: &Path) -> io::Result<bool> {
    bears(File::open(executable)?, &suite_mark::searched())
}

/// Returns `true` if `mark` stands in what `from` holds.
fn bears(mut from: impl Read, mark: &[u8]) -> io::Result<bool> {
    let finder = memchr::memmem::Finder::new(mark);
    let mut part = Vec::with_capacity(PART + mark.len());
    loop {
        // The mark may begin at the end of one part.
        part.drain(..part.len().saturating_sub(mark.len() - 1));
        if from.by_ref().take(PART as u64).read_to_end(&mut part)? == 0 {
            return Ok(false);
        }
        if finder.find(&part).is_some() {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_found_wherever_it_stands_and_only_whole() {
        let mark = b"0123456789";
        for before in [0, 1, PART - 10, PART - 9, PART - 1, PART, 2 * PART - 5] {
            let mut bytes = vec![b'.'; before];
            bytes.extend(mark);
            assert!(bears(&bytes[..], mark).unwrap(), "{before}");
            assert!(!bears(&bytes[..bytes.len() - 1], mark).unwrap(), "{before}");
            bytes.extend([b'.'; 100]);
            assert!(bears(&bytes[..], mark).unwrap(), "{before}");
        }
    }

    #[test]
    fn the_program_that_searches_bears_none() {
        assert!(!is_suite(&std::env::current_exe().unwrap()).unwrap());
    }
}
