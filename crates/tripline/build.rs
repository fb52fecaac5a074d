//! Captures what only a build script is told: the compiler, the target, its cfgs.
//!
//! The opt level that it is told is tripline's own, which says nothing of the suite: `suite!` captures that.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // The book is beside the crate in the repository, and not in the published package.
    println!("cargo::rustc-check-cfg=cfg(book)");
    if Path::new("../../docs/src").is_dir() {
        println!("cargo::rustc-cfg=book");
    }
    emit("TRIPLINE_RUSTC", &rustc_version());
    emit("TRIPLINE_TARGET", &variable("TARGET"));
    emit("TRIPLINE_CFGS", &target_cfgs());
}

fn emit(name: &str, value: &str) {
    println!("cargo::rustc-env={name}={value}");
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

/// `1.95.0` of `rustc 1.95.0 (59807616e 2026-04-14)`; nothing if rustc does not say it.
fn rustc_version() -> String {
    let version = Command::new(variable("RUSTC")).arg("--version").output();
    let text = version.map(|output| output.stdout).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    text.split_whitespace().nth(1).unwrap_or_default().to_owned()
}

/// The target's cfgs as rustc prints them, joined by the unit separator, which no value holds.
///
/// Cargo hands them over as `CARGO_CFG_<KEY>`, empty for a bare flag, values joined by commas.
/// Features and `debug_assertions` are those of this crate here, so `suite!` captures them instead.
fn target_cfgs() -> String {
    // Another variable need not be text.
    let text = |(name, value): (OsString, OsString)| {
        Some((name.into_string().ok()?, value.into_string().ok()?))
    };
    let variables: BTreeMap<String, String> = std::env::vars_os().filter_map(text).collect();
    let mut cfgs = Vec::new();
    for (name, values) in variables {
        let Some(key) = name.strip_prefix("CARGO_CFG_") else {
            continue;
        };
        let key = key.to_lowercase();
        match key.as_str() {
            "feature" | "debug_assertions" => {}
            _ if values.is_empty() && !key.starts_with("target_") => cfgs.push(key),
            _ => cfgs.extend(values.split(',').map(|value| format!("{key}=\"{value}\""))),
        }
    }
    cfgs.join("\u{1f}")
}
