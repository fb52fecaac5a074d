//! Reads the resident set of this process without touching the heap.

use std::fs::File;
use std::io;

/// `/proc/self/status`, held open: one system call a reading, a few µs.
#[derive(Debug)]
pub(crate) struct Status {
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux has it"))]
    file: File,
}

/// One reading of the resident set, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rss {
    /// Resident now (`VmRSS`).
    pub(crate) now: u64,
    /// Resident at the highest since the process began (`VmHWM`).
    pub(crate) highest: u64,
}

impl Status {
    pub(crate) fn open() -> io::Result<Self> {
        if cfg!(target_os = "linux") {
            File::open("/proc/self/status").map(|file| Self { file })
        } else {
            let why = "the resident set is read from /proc/self/status, which only Linux has";
            Err(io::Error::new(io::ErrorKind::Unsupported, why))
        }
    }

    pub(crate) fn read(&self) -> io::Result<Rss> {
        let mut buffer = [0; 4096];
        let length = self.read_at_start(&mut buffer)?;
        let text = str::from_utf8(&buffer[..length]).map_err(io::Error::other)?;
        let bytes = |key| kib(text, key).map(|kib| kib * 1024);
        match (bytes("VmRSS:"), bytes("VmHWM:")) {
            (Some(now), Some(highest)) => Ok(Rss { now, highest }),
            _ => Err(io::Error::other("no VmRSS or VmHWM in /proc/self/status")),
        }
    }

    #[cfg(target_os = "linux")]
    fn read_at_start(&self, buffer: &mut [u8]) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(&self.file, buffer, 0)
    }

    #[cfg(not(target_os = "linux"))]
    fn read_at_start(&self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Returns the number of a line such as `VmRSS:\t    1234 kB`; the kernel's kB are KiB.
fn kib(text: &str, key: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(key))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_kernel_is_read() {
        assert_eq!(kib("VmHWM:\t    9 kB\nVmRSS:\t 1234 kB\n", "VmRSS:"), Some(1_234));
        assert_eq!(kib("VmHWM:\t    9 kB\n", "VmRSS:"), None);
    }

    #[test]
    fn memory_that_is_written_to_is_seen() {
        let status = Status::open().expect("Linux has the file");
        let before = status.read().expect("it can be read");
        let block = vec![1_u8; 32 << 20];
        let after = status.read().expect("it can be read");
        assert!(after.now >= before.now + (block.len() as u64) / 2);
        assert!(after.highest >= after.now);
    }
}
