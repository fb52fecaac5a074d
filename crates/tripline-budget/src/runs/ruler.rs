//! The ruler: what figures were measured with.

use serde::{Deserialize, Serialize};

/// The ruler, part by part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruler {
    pub rustc: String,
    pub target: String,
    /// [`BuildProfile`](crate::BuildProfile) of the suite's package.
    pub profile: String,
    /// The features of the suite's package that are on; `none` if none is.
    pub features: String,
    /// The allocator that `tripline::Alloc` takes its memory from.
    pub allocator: String,
    /// [`DependencyDigest`](crate::DependencyDigest); empty where there is no lock file.
    pub dependencies: String,
}

impl Ruler {
    /// Returns each part by its key in `[ruler]`, in the file's order. An empty one is not known.
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
