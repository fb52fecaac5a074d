//! Asks the operating system for this process's threads, descriptors and resident memory; and has it end a child with
//! its parent, and wake the parent when the child ends.
//!
//! Linux only. Elsewhere each figure is `None`, and a limit on it says so and is no breach; and nobody is woken.

pub(crate) use platform::*;

#[cfg(target_os = "linux")]
mod platform {
    use std::fs::File;
    use std::io::Read;
    use std::process::Child;
    use std::time::{Duration, Instant};

    /// The time that a joined thread may still be listed: 1 to 2 of 5 000 reads saw one.
    const PATIENCE: Duration = Duration::from_millis(100);

    pub(crate) fn threads() -> Option<u64> {
        entries("/proc/self/task")
    }

    /// Returns the number of threads once it is down to `expected`, or what it is after 100 ms.
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

    /// Counts open descriptors, without the one that counts them.
    pub(crate) fn descriptors() -> Option<u64> {
        entries("/proc/self/fd").map(|count| count.saturating_sub(1))
    }

    fn entries(folder: &str) -> Option<u64> {
        Some(std::fs::read_dir(folder).ok()?.count() as u64)
    }

    /// Returns `VmRSS`, in bytes.
    pub(crate) fn rss() -> Option<u64> {
        status_bytes("VmRSS:")
    }

    /// Returns `VmHWM`, the highest `VmRSS` so far, in bytes.
    pub(crate) fn rss_peak() -> Option<u64> {
        status_bytes("VmHWM:")
    }

    /// Reads a line of `/proc/self/status` without allocating: reading must not move the figure.
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

    /// Sleeps until the child has ended, `at_most` is over, or for less. Returns `false`, without sleeping, where the
    /// kernel cannot wait for a process (before Linux 5.3, or where a sandbox forbids it).
    pub(crate) fn sleep_until_end(child: &Child, at_most: Duration) -> bool {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        use rustix::io::Errno;
        use rustix::process::{Pid, PidfdFlags, pidfd_open};
        let open = |pid| pidfd_open(pid, PidfdFlags::empty()).ok();
        let Some(child) = Pid::from_raw(child.id().cast_signed()).and_then(open) else {
            return false;
        };
        // A wait of centuries, which no `timespec` holds, is one without an end.
        let at_most = Timespec::try_from(at_most).ok();
        let woken = poll(&mut [PollFd::new(&child, PollFlags::IN)], at_most.as_ref());
        matches!(woken, Ok(_) | Err(Errno::INTR))
    }

    #[cfg(test)]
    mod tests {
        use std::process::{Command, Stdio};

        use super::*;

        #[test]
        fn a_child_is_slept_for_until_it_ends_or_time_is_over() -> std::io::Result<()> {
            let mut cat = Command::new("cat").stdin(Stdio::piped()).spawn()?;
            let start = Instant::now();
            assert!(sleep_until_end(&cat, Duration::from_millis(20)));
            assert!(start.elapsed() >= Duration::from_millis(20));
            assert!(cat.try_wait()?.is_none(), "it reads until its input is closed");
            drop(cat.stdin.take());
            assert!(sleep_until_end(&cat, Duration::MAX));
            assert!(cat.try_wait()?.is_some());
            Ok(())
        }

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
    use std::process::Child;
    use std::time::Duration;

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

    pub(crate) fn sleep_until_end(_child: &Child, _at_most: Duration) -> bool {
        false
    }
}
