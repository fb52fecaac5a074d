//! What the operating system knows of this process: threads, descriptors, resident memory.
//!
//! Linux only; elsewhere each question answers `None`, and a limit on it says so and is no breach.

pub(crate) use platform::*;

#[cfg(target_os = "linux")]
mod platform {
    use std::fs::File;
    use std::io::Read;
    use std::time::{Duration, Instant};

    /// How long a joined thread may still be listed: 1 to 2 of 5 000 reads saw one.
    const PATIENCE: Duration = Duration::from_millis(100);

    pub(crate) fn threads() -> Option<u64> {
        entries("/proc/self/task")
    }

    /// The number of threads once it is down to `expected`, or what it is after 100 ms.
    pub(crate) fn settled_threads(expected: u64) -> Option<u64> {
        let start = Instant::now();
        loop {
            let now = threads()?;
            if now <= expected || start.elapsed() > PATIENCE {
                return Some(now);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Open descriptors, without the one that counts them.
    pub(crate) fn descriptors() -> Option<u64> {
        entries("/proc/self/fd").map(|count| count.saturating_sub(1))
    }

    fn entries(folder: &str) -> Option<u64> {
        Some(std::fs::read_dir(folder).ok()?.count() as u64)
    }

    /// `VmRSS`, in bytes.
    pub(crate) fn rss() -> Option<u64> {
        status_bytes("VmRSS:")
    }

    /// `VmHWM`, the highest `VmRSS` so far, in bytes.
    pub(crate) fn rss_peak() -> Option<u64> {
        status_bytes("VmHWM:")
    }

    /// A line of `/proc/self/status`, read without allocating: reading must not move the figure.
    fn status_bytes(key: &str) -> Option<u64> {
        let mut buffer = [0; 4096];
        let mut file = File::open("/proc/self/status").ok()?;
        let mut filled = 0;
        while let Ok(count @ 1..) = file.read(&mut buffer[filled..]) {
            filled += count;
        }
        let text = str::from_utf8(&buffer[..filled]).ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix(key))?;
        let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(kibibytes * 1024)
    }

    /// Lets the kernel kill this process when the thread that started it ends.
    ///
    /// A parent that died before the call is noticed by its id.
    pub(crate) fn die_with_parent(parent: u32) {
        use rustix::process::{Signal, getppid, set_parent_process_death_signal};
        let asked = set_parent_process_death_signal(Some(Signal::KILL)).is_ok();
        let parent_now = getppid().map(|pid| pid.as_raw_nonzero().get().cast_unsigned());
        if asked && parent_now != Some(parent) {
            std::process::exit(1);
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        /// Other tests of this process open and close a file now and then.
        #[test]
        fn opened_files_are_descriptors() {
            let before = descriptors().expect("Linux");
            let files: Vec<_> =
                (0..50).map(|_| File::open("/dev/null").expect("readable")).collect();
            assert!(descriptors().expect("Linux") > before + 40);
            drop(files);
            assert!(descriptors().expect("Linux") < before + 40);
        }

        /// The kernel sums up threads' pages in batches, so the two may be some pages apart.
        #[test]
        fn the_peak_is_no_less_than_now() {
            let now = rss().expect("Linux");
            assert!(rss_peak().expect("Linux") + (1 << 20) >= now);
        }

        #[test]
        fn an_unknown_line_is_none() {
            assert_eq!(status_bytes("VmNothing:"), None);
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod platform {
    pub(crate) fn threads() -> Option<u64> {
        None
    }

    pub(crate) fn settled_threads(_expected: u64) -> Option<u64> {
        None
    }

    pub(crate) fn descriptors() -> Option<u64> {
        None
    }

    pub(crate) fn rss() -> Option<u64> {
        None
    }

    pub(crate) fn rss_peak() -> Option<u64> {
        None
    }

    pub(crate) fn die_with_parent(_parent: u32) {}
}
