//! Hashes and hash tables without a random seed: the same events give the same bytes.

use rustc_hash::FxBuildHasher;
use xxhash_rust::xxh3::xxh3_64;

use crate::value::Value;

/// A map of 32 bytes: the hasher has no state.
pub(crate) type Map<K, V> = hashbrown::HashMap<K, V, FxBuildHasher>;
pub(crate) type Set<K> = hashbrown::HashSet<K, FxBuildHasher>;

/// Returns 64 bits that stand for a value. Two values share theirs once in 2^32 distinct ones or so.
pub(crate) fn fingerprint(value: &Value) -> u64 {
    match value {
        // Both zeros are one value.
        Value::F64(number) => xxh3_64(&(number + 0.0).to_le_bytes()),
        Value::I64(number) => xxh3_64(&number.to_le_bytes()),
        Value::Str(text) => xxh3_64(text.as_bytes()),
    }
}

pub(crate) fn fingerprint_of_text(text: &str) -> u64 {
    xxh3_64(text.as_bytes())
}

pub(crate) fn fingerprint_of_id(id: u64) -> u64 {
    xxh3_64(&id.to_le_bytes())
}
