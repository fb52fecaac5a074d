//! Lets one command at a time work on a workspace: each runs its tests and reads their files.

use std::fs::{self, File, TryLockError};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::Context as _;

use tripline_budget::protocol::file_names;

use crate::output::Step;
use crate::system::interrupt;

const PAUSE: Duration = Duration::from_millis(50);

/// A lock on a workspace, until it is dropped or the process ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Waits until no other command works on the workspace at `root` in this target folder.
    pub(crate) fn wait(target: &Path, root: &Path) -> anyhow::Result<Self> {
        let mut hasher = DefaultHasher::new();
        root.hash(&mut hasher);
        let folder = file_names::output_folder(target).join("locks");
        let path = folder.join(format!("{:016x}", hasher.finish()));
        let file = fs::create_dir_all(&folder).and_then(|()| File::create(&path));
        let file = file.with_context(|| format!("failed to create {}", path.display()))?;
        let _step =
            Step::begin("waiting for another tripline command on this workspace".to_owned());
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) => interrupt::check()?,
                Err(TryLockError::Error(error)) => {
                    return Err(error)
                        .with_context(|| format!("failed to lock {}", path.display()));
                }
            }
            thread::sleep(PAUSE);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_second_waits_for_the_first_and_another_workspace_does_not() {
        let target = tempfile::tempdir().unwrap();
        let [target, root] = [target.path().to_owned(), "/workspace".into()];
        let first = Lock::wait(&target, &root).unwrap();
        Lock::wait(&target, Path::new("/other")).unwrap();
        let (sender, receiver) = mpsc::channel();
        let second = thread::spawn(move || {
            let lock = Lock::wait(&target, &root).unwrap();
            sender.send(()).unwrap();
            drop(lock);
        });
        assert!(receiver.recv_timeout(PAUSE * 4).is_err());
        drop(first);
        second.join().unwrap();
        assert_eq!(receiver.recv(), Ok(()));
    }
}
