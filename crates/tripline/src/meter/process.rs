//! Asks the operating system for this process's threads, descriptors and resident memory; and has it end a child with
//! its parent, and wake the parent when the child ends.
//!
//! Linux only. Elsewhere each figure is `None`, and a limit on it says so and is no breach; and nobody is woken. On
//! Linux a figure that cannot be read is an error, never `None`.

pub(crate) use platform::*;

#[cfg(target_os = "linux")]
mod platform {
    use std::fs::File;
    use std::process::Child;
    use std::time::{Duration, Instant};

    use crate::error::{SystemFigure, UnreadCause, UnreadFigure};
    use crate::meter::family;
    use crate::meter::status_file::size_in;

    /// The time that a joined thread may still be listed: 1 to 2 of 5 000 reads saw one.
    const PATIENCE: Duration = Duration::from_millis(100);

    pub(crate) fn threads() -> Result<Option<u64>, UnreadFigure> {
        entries("/proc/self/task")
            .map(Some)
            .map_err(unread(SystemFigure::Threads, "/proc/self/task"))
    }

    /// Returns the number of threads once it is down to `expected`, or what it is after 100 ms.
    pub(crate) fn settled_threads(expected: u64) -> Result<Option<u64>, UnreadFigure> {
        let start = Instant::now();
        loop {
            let threads = threads()?;
            if threads.is_none_or(|now| now <= expected) || start.elapsed() > PATIENCE {
                return Ok(threads);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Counts open descriptors, without the one that counts them.
    pub(crate) fn descriptors() -> Result<Option<u64>, UnreadFigure> {
        let file = "/proc/self/fd";
        let count = entries(file).map_err(unread(SystemFigure::Descriptors, file))?;
        Ok(Some(count.saturating_sub(1)))
    }

    fn entries(folder: &str) -> Result<u64, UnreadCause> {
        let mut count = 0;
        for entry in std::fs::read_dir(folder)? {
            entry?;
            count += 1;
        }
        Ok(count)
    }

    /// Returns `VmRSS`, in bytes.
    pub(crate) fn rss() -> Result<Option<u64>, UnreadFigure> {
        status(SystemFigure::ResidentMemory, "VmRSS:")
    }

    /// Returns `VmHWM`, the highest `VmRSS` so far, in bytes.
    pub(crate) fn rss_peak() -> Result<Option<u64>, UnreadFigure> {
        status(SystemFigure::PeakOfResidentMemory, "VmHWM:")
    }

    fn unread(
        figure: SystemFigure,
        file: &'static str,
    ) -> impl FnOnce(UnreadCause) -> UnreadFigure {
        move |cause| UnreadFigure { figure, file, cause }
    }

    /// Reads a size in `/proc/self/status` without allocating: reading must not move the figure.
    fn status(figure: SystemFigure, key: &'static str) -> Result<Option<u64>, UnreadFigure> {
        let file = "/proc/self/status";
        let open = File::open(file).map_err(UnreadCause::Io);
        open.and_then(|status| size_in(status, key)).map(Some).map_err(unread(figure, file))
    }

    /// Lets the kernel kill this process when the thread that started it ends.
    ///
    /// A judge that died before the call is noticed: it is no ancestor any more. It need not be the parent, because
    /// libtest itself starts a process for each test under `-Zpanic-abort-tests`.
    pub(crate) fn die_with(judge: u32) {
        use rustix::process::{Signal, set_parent_process_death_signal};
        let asked = set_parent_process_death_signal(Some(Signal::KILL)).is_ok();
        if asked && !family::has_ancestor(judge) {
            eprintln!("the test that started this process is gone");
            std::process::exit(1);
        }
    }

    /// Makes this process the parent of every descendant whose own parent ends, so that [`kill_family`] finds them all.
    pub(crate) fn adopt_orphans() {
        // Before Linux 3.4 there is no such thing; then an orphan is not found.
        let _ = rustix::process::set_child_subreaper(rustix::process::Pid::from_raw(1));
    }

    /// Kills a child and all that it started.
    pub(crate) fn kill_family(child: &mut Child) -> std::io::Result<()> {
        family::kill_descendants(child.id());
        child.kill()
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

        fn count(figure: Result<Option<u64>, UnreadFigure>) -> u64 {
            figure.expect("readable").expect("Linux")
        }

        /// Other tests of this process open and close a file now and then.
        #[test]
        fn opened_files_are_descriptors() {
            let before = count(descriptors());
            let files: Vec<_> =
                (0..50).map(|_| File::open("/dev/null").expect("readable")).collect();
            assert!(count(descriptors()) > before + 40);
            drop(files);
            assert!(count(descriptors()) < before + 40);
        }

        /// The kernel sums up threads' pages in batches, so the two may be some pages apart.
        #[test]
        fn the_peak_is_no_less_than_now() {
            let now = count(rss());
            assert!(count(rss_peak()) + (1 << 20) >= now);
        }

        #[test]
        fn what_cannot_be_read_is_an_error() {
            let unread = status(SystemFigure::ResidentMemory, "VmNothing:");
            let UnreadFigure { file, cause, .. } = unread.expect_err("there is no such line");
            assert!(matches!(cause, UnreadCause::NoLine("VmNothing:")), "{file}: {cause:?}");
            assert!(matches!(entries("/proc/self/no-task"), Err(UnreadCause::Io(_))));
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod platform {
    use std::process::Child;
    use std::time::Duration;

    use crate::error::UnreadFigure;

    pub(crate) fn threads() -> Result<Option<u64>, UnreadFigure> {
        Ok(None)
    }

    pub(crate) fn settled_threads(_expected: u64) -> Result<Option<u64>, UnreadFigure> {
        Ok(None)
    }

    pub(crate) fn descriptors() -> Result<Option<u64>, UnreadFigure> {
        Ok(None)
    }

    pub(crate) fn rss() -> Result<Option<u64>, UnreadFigure> {
        Ok(None)
    }

    pub(crate) fn rss_peak() -> Result<Option<u64>, UnreadFigure> {
        Ok(None)
    }

    pub(crate) fn die_with(_judge: u32) {}

    pub(crate) fn adopt_orphans() {}

    pub(crate) fn kill_family(child: &mut Child) -> std::io::Result<()> {
        child.kill()
    }

    pub(crate) fn sleep_until_end(_child: &Child, _at_most: Duration) -> bool {
        false
    }
}
