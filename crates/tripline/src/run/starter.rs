//! The process that started this one: two test binaries of one `cargo test` have the same.
//!
//! An id is used again, and in containers often by the same program. So the time of the start belongs to it. Where the
//! system does not tell that, or a runner stands in between, nobody knows, and no two are the same.

/// Returns what no other process has, of the one that started this process; `None` if it is not known.
#[cfg(target_os = "linux")]
pub(crate) fn starter() -> Option<String> {
    let id = std::os::unix::process::parent_id();
    let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    Some(format!("{} {id} {}", boot.trim(), start_time(&stat)?))
}

#[cfg(not(target_os = "linux"))]
pub(crate) const fn starter() -> Option<String> {
    None
}

/// Returns the 22nd field of `/proc/<id>/stat`. The second is the program's name, which may hold anything.
#[cfg(target_os = "linux")]
fn start_time(stat: &str) -> Option<u64> {
    let (_, after_name) = stat.rsplit_once(')')?;
    after_name.split_whitespace().nth(19)?.parse().ok()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_process_has_one_starter_and_a_name_is_no_field() {
        assert!(starter().is_some_and(|id| Some(id) == starter()));
        let fields: Vec<_> = (3..=52).map(|field| field.to_string()).collect();
        let stat = |name: &str| format!("7 ({name}) {}\n", fields.join(" "));
        assert_eq!(start_time(&stat("cargo")), Some(22));
        assert_eq!(start_time(&stat("a) b (c")), Some(22));
        assert_eq!(start_time("7 (cargo) S 1"), None);
    }
}
