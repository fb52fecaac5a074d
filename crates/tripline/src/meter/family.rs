//! The ancestors and the descendants of a process, by `/proc/<pid>/stat`.
//!
//! There is no list of descendants that grows with them, and a group or a session is left by whoever likes. So they are
//! looked up until none is left. A meter adopts its orphans (`process::adopt_orphans`), so none of them is missed.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

/// The most looks for descendants. One that starts others faster than this ends with its memory.
const LOOKS: u32 = 200;

/// A process as `/proc/<pid>/stat` states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stat {
    parent: u32,
    /// True if it has ended and its parent has not asked yet.
    has_ended: bool,
}

/// Returns `true` if `ancestor` is this process's parent, or the parent's, and so on.
pub(super) fn has_ancestor(ancestor: u32) -> bool {
    let parent = |process: &u32| stat(*process).map(|stat| stat.parent);
    std::iter::successors(Some(std::process::id()), parent).skip(1).any(|found| found == ancestor)
}

/// Kills every descendant of `process`.
pub(super) fn kill_descendants(process: u32) {
    for _ in 0..LOOKS {
        let descendants = descendants(process);
        if descendants.is_empty() {
            return;
        }
        for pid in descendants.into_iter().filter_map(|id| Pid::from_raw(id.cast_signed())) {
            // It may have ended meanwhile.
            let _ = kill_process(pid, Signal::KILL);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Returns every descendant that has not ended.
fn descendants(process: u32) -> Vec<u32> {
    let all = all();
    let is_descendant = |id: u32| {
        let parent = |id: &u32| all.get(id).map(|stat| stat.parent);
        // A process that ended between two reads could close a circle.
        let ancestors = std::iter::successors(Some(id), parent).skip(1).take(all.len());
        ancestors.into_iter().any(|found| found == process)
    };
    let alive = all.iter().filter(|(_, stat)| !stat.has_ended).map(|(id, _)| *id);
    alive.filter(|id| is_descendant(*id)).collect()
}

fn all() -> BTreeMap<u32, Stat> {
    let Ok(processes) = fs::read_dir("/proc") else { return BTreeMap::new() };
    let id = |entry: fs::DirEntry| entry.file_name().to_str()?.parse::<u32>().ok();
    let ids = processes.filter_map(Result::ok).filter_map(id);
    ids.filter_map(|id| Some((id, stat(id)?))).collect()
}

fn stat(process: u32) -> Option<Stat> {
    parse(&fs::read_to_string(format!("/proc/{process}/stat")).ok()?)
}

/// Parses `1234 (name) S 1 …`. The name may hold anything, also `) R 1`.
fn parse(text: &str) -> Option<Stat> {
    let (_, rest) = text.rsplit_once(") ")?;
    let mut fields = rest.split(' ');
    let has_ended = matches!(fields.next()?, "Z" | "X" | "x");
    Some(Stat { parent: fields.next()?.parse().ok()?, has_ended })
}

#[cfg(test)]
mod tests {
    use std::process::{Child, Command, Stdio};
    use std::time::Instant;

    use super::*;

    #[test]
    fn a_name_deceives_nobody() {
        let stat = |parent, has_ended| Some(Stat { parent, has_ended });
        assert_eq!(parse("12 (cat) S 3 12 12 0"), stat(3, false));
        assert_eq!(parse("12 (a) R 1 (b) Z 3 12"), stat(3, true));
        assert_eq!(parse("12 (cat"), None);
    }

    #[test]
    fn an_ancestor_is_known_and_a_child_is_none() -> std::io::Result<()> {
        let parent = stat(std::process::id()).expect("this process").parent;
        assert!(has_ancestor(parent));
        let mut child = waiting("exec cat")?;
        assert!(!has_ancestor(child.id()));
        drop(child.stdin.take());
        child.wait().map(drop)
    }

    fn waiting(script: &str) -> std::io::Result<Child> {
        let mut shell = Command::new("sh");
        shell.args(["-c", script]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()
    }

    #[test]
    fn children_and_grandchildren_are_killed_and_nobody_else() -> std::io::Result<()> {
        let mut other = waiting("exec cat")?;
        let mut family = waiting("sh -c 'sleep 600; true' & cat; true")?;
        let started = Instant::now();
        while descendants(family.id()).len() < 3 && started.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(1));
        }
        assert_eq!(descendants(family.id()).len(), 3);
        kill_descendants(family.id());
        assert!(descendants(family.id()).is_empty());
        assert!(other.try_wait()?.is_none());
        for child in [&mut other, &mut family] {
            drop(child.stdin.take());
            child.wait()?;
        }
        Ok(())
    }
}
