//! The mark that `suite!` leaves in a test executable. A tool starts no executable without it.
//!
//! It is a string of bytes and no section: `strip` and `--gc-sections` drop a section that nothing names, and each
//! platform has sections of its own. The suite's own data point at these bytes, so whatever keeps the suite keeps them,
//! in any format of an executable.

/// The bytes. Only the expansion of `suite!` may have them as a value: in a program that names them they are, too.
pub const MARK: [u8; 32] = *b"tripline suite mark \x9b\x1e\xd4\x70\xa3\x5f\xc8\x02\x66\xf1\xbd\x37";

/// Returns the bytes to search for, in a program that must not bear them itself.
#[must_use]
pub fn searched() -> [u8; 32] {
    const HIDDEN: [u8; 32] = complement(MARK);
    complement(std::hint::black_box(HIDDEN))
}

const fn complement(mut bytes: [u8; 32]) -> [u8; 32] {
    let mut at = 0;
    while at < bytes.len() {
        bytes[at] = !bytes[at];
        at += 1;
    }
    bytes
}
