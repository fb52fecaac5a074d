//! The optimisation level that the crate around a macro's call is compiled with.
//!
//! Neither Cargo nor rustc tells it to a crate. But a macro runs in rustc's own process, whose command line says it:
//! of exactly this crate, whatever profile, override, variable or wrapper it comes from.
//!
//! A macro that runs elsewhere, such as in an editor's server, does not know the level. It is then said to be unknown,
//! never guessed.

use std::ffi::OsString;

/// rustc's level without an option.
const DEFAULT: &str = "0";

/// rustc's level for `-O`.
const SHORT_FORM: &str = "3";

/// Returns the level of the crate that is being compiled, in Cargo's words: `0` to `3`, `s` or `z`.
pub(crate) fn of_this_crate() -> Option<String> {
    let arguments = of_process().into_iter().flat_map(in_file).collect::<Vec<_>>();
    level(&arguments)
}

/// Returns the arguments of this process. An executable's own copy of std always knows them, a library's does not.
fn of_process() -> Vec<String> {
    let lossy = |argument: OsString| argument.to_string_lossy().into_owned();
    let known: Vec<_> = std::env::args_os().skip(1).map(lossy).collect();
    if !known.is_empty() {
        return known;
    }
    let line = std::fs::read("/proc/self/cmdline").unwrap_or_default();
    let line = String::from_utf8_lossy(&line);
    line.split_terminator('\0').skip(1).map(str::to_owned).collect()
}

/// Returns the arguments that a file holds, a line each: Cargo writes one where a command line would be too long.
fn in_file(argument: String) -> Vec<String> {
    let text = argument.strip_prefix('@').map(std::fs::read_to_string);
    match text {
        Some(Ok(text)) => text.lines().map(str::to_owned).collect(),
        _ => vec![argument],
    }
}

/// Returns the last level that is asked for; `None` if these are not rustc's arguments.
fn level(arguments: &[String]) -> Option<String> {
    let is_rustc = arguments.iter().any(|argument| argument == "--crate-name");
    let mut level = DEFAULT;
    let mut rest = arguments.iter().map(String::as_str);
    while let Some(argument) = rest.next() {
        let codegen = match argument {
            "-O" => {
                level = SHORT_FORM;
                continue;
            }
            "-C" | "--codegen" => rest.next(),
            _ => argument.strip_prefix("-C").or_else(|| argument.strip_prefix("--codegen=")),
        };
        let option = codegen.and_then(|option| option.split_once('='));
        if let Some(("opt-level" | "opt_level", value)) = option {
            level = value;
        }
    }
    is_rustc.then(|| level.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(options: &str) -> Option<String> {
        let arguments = format!("--crate-name memory --edition=2024 {options}");
        level(&arguments.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn every_spelling_is_read() {
        for (options, expected) in [
            ("", "0"),
            ("-C opt-level=1 -C debuginfo=2", "1"),
            ("-Copt-level=s", "s"),
            ("--codegen opt-level=z", "z"),
            ("--codegen=opt_level=2", "2"),
            ("-O", "3"),
        ] {
            assert_eq!(of(options).as_deref(), Some(expected), "{options}");
        }
    }

    /// Flags from `RUSTFLAGS` stand behind those of the profile.
    #[test]
    fn the_last_one_counts() {
        assert_eq!(of("-C opt-level=1 -C opt-level=3").as_deref(), Some("3"));
        assert_eq!(of("-C opt-level=1 -O").as_deref(), Some("3"));
        assert_eq!(of("-O -C opt-level=1").as_deref(), Some("1"));
    }

    #[test]
    fn other_options_are_none_of_it() {
        assert_eq!(of("--cfg opt-level=3 -C debug-assertions=on").as_deref(), Some("0"));
    }

    #[test]
    fn without_rustc_it_is_not_known() {
        assert_eq!(level(&["-C".to_owned(), "opt-level=3".to_owned()]), None);
        assert_eq!(level(&[]), None);
    }

    #[test]
    fn arguments_in_a_file_are_read() {
        let file = std::env::temp_dir().join(format!("tripline-arguments-{}", std::process::id()));
        std::fs::write(&file, "--crate-name\nmemory\n-C\nopt-level=2\n").expect("a file");
        let arguments = in_file(format!("@{}", file.display()));
        std::fs::remove_file(&file).expect("the file");
        assert_eq!(level(&arguments).as_deref(), Some("2"));
        assert_eq!(in_file("-O".to_owned()), ["-O"]);
    }
}
