//! The ruler: what figures were measured with.

use serde::{Deserialize, Serialize};

/// What figures were measured with, part by part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruler {
    pub rustc: String,
    pub target: String,
    /// Opt level and debug assertions.
    pub profile: String,
    /// Of the suite's package, those that are on; `none` if none is.
    pub features: String,
    /// What `tripline::Alloc` takes its memory from.
    pub allocator: String,
    /// [`Dependencies::digest`](crate::runs::Dependencies::digest); empty where there is no lock file.
    pub dependencies: String,
}

impl Ruler {
    /// Each part by its key in `[ruler]`, in the file's order. An empty one is not known.
    #[must_use]
    pub fn parts(&self) -> [(&'static str, &str); 6] {
        [
            ("rustc", &self.rustc),
            ("target", &self.target),
            ("profile", &self.profile),
            ("features", &self.features),
            ("allocator", &self.allocator),
            ("dependencies", &self.dependencies),
        ]
    }
}
