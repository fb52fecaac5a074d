//! Standard output and error, coloured where a person wants it.

use std::io::Write as _;

/// Writes to standard output, without styles if they are not wanted or would not be understood.
///
/// A reader that closes its end early, such as `head`, is no error.
pub fn print(text: &str) {
    let _ = anstream::stdout().write_all(text.as_bytes());
}

/// Writes to standard error like [`print()`].
pub(crate) fn print_to_stderr(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}
