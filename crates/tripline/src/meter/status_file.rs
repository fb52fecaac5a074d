//! Reads a size from `/proc/<pid>/status`, however long the file is, and allocates nothing.
//!
//! The file outgrows any buffer: its line `Groups:` lists every group of the process, and stands above the sizes.

use std::io::{ErrorKind, Read};

use crate::error::UnreadCause;

/// The bytes that are read at once.
const CHUNK: usize = 1024;

/// The most bytes of a line that are kept. A size has 20 digits at most.
const LINE: usize = 64;

/// Returns the size, in bytes, of the line that begins with `key`: `VmRSS:     2048 kB`.
pub(super) fn size_in(mut file: impl Read, key: &'static str) -> Result<u64, UnreadCause> {
    let mut chunk = [0; CHUNK];
    let mut line = LineStart::default();
    loop {
        let filled = match file.read(&mut chunk) {
            Ok(0) => break,
            Ok(filled) => filled,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(UnreadCause::Io(error)),
        };
        for &byte in &chunk[..filled] {
            if byte != b'\n' {
                line.push(byte);
            } else if let Some(value) = line.value(key) {
                return size(value).ok_or(UnreadCause::NoSize(key));
            } else {
                line = LineStart::default();
            }
        }
    }
    Err(UnreadCause::NoLine(key))
}

fn size(value: &[u8]) -> Option<u64> {
    let kibibytes = str::from_utf8(value).ok()?.trim().strip_suffix("kB")?.trim();
    kibibytes.parse::<u64>().ok()?.checked_mul(1024)
}

/// The first bytes of a line.
struct LineStart {
    bytes: [u8; LINE],
    length: usize,
}

impl Default for LineStart {
    fn default() -> Self {
        Self { bytes: [0; LINE], length: 0 }
    }
}

impl LineStart {
    fn push(&mut self, byte: u8) {
        if let Some(free) = self.bytes.get_mut(self.length) {
            *free = byte;
            self.length += 1;
        }
    }

    /// Returns what follows `key` if the line begins with it.
    fn value(&self, key: &str) -> Option<&[u8]> {
        self.bytes[..self.length].strip_prefix(key.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    fn status(groups: usize) -> String {
        let groups: String = (0..groups).map(|group| format!("{} ", 100_000 + group)).collect();
        format!(
            "Name:\texe\nGroups:\t{groups}\nVmHWM:\t    4096 kB\nVmRSS:\t    2048 kB\nThreads:\t1\n"
        )
    }

    /// 65 536 groups are Linux's most.
    #[test]
    fn a_size_is_found_however_many_groups_a_process_has() {
        for groups in [0, 1, 450, 600, 701, 65_536] {
            let status = status(groups);
            assert!(matches!(size_in(status.as_bytes(), "VmRSS:"), Ok(2_097_152)), "{groups}");
            assert!(matches!(size_in(status.as_bytes(), "VmHWM:"), Ok(4_194_304)), "{groups}");
        }
    }

    #[test]
    fn a_size_is_found_wherever_a_chunk_ends() {
        for padding in 0..2 * CHUNK {
            let status = format!("Groups:\t{}\nVmRSS:\t 2048 kB\n", "1".repeat(padding));
            assert!(matches!(size_in(status.as_bytes(), "VmRSS:"), Ok(2_097_152)), "{padding}");
        }
    }

    #[test]
    fn a_line_that_is_not_there_is_told_from_one_without_a_size() {
        let status = status(3);
        let none = size_in(status.as_bytes(), "VmSwap:");
        assert!(matches!(none, Err(UnreadCause::NoLine("VmSwap:"))));
        // A name is no line: it may hold any bytes but a newline.
        let named = "Name:\tVmRSS: 1 kB\nVmRSS:\t 2048 kB\n";
        assert!(matches!(size_in(named.as_bytes(), "VmRSS:"), Ok(2_097_152)));
        for value in
            ["", "2048", "kB", "-1 kB", "2048 MB", "18446744073709551615 kB", "\u{fffd} kB"]
        {
            let status = format!("VmRSS:\t{value}\n");
            let read = size_in(status.as_bytes(), "VmRSS:");
            assert!(matches!(read, Err(UnreadCause::NoSize("VmRSS:"))), "{value}: {read:?}");
        }
        // Cut short before the line ends: its number may be cut too.
        assert!(matches!(size_in(&b"VmRSS:\t 20"[..], "VmRSS:"), Err(UnreadCause::NoLine(_))));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_an_error() {
        let folder = File::open("/proc/self").expect("Linux");
        assert!(matches!(size_in(folder, "VmRSS:"), Err(UnreadCause::Io(_))));
    }
}
