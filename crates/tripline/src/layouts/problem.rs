//! Reasons why a type's layout is not known.

/// A reason why a type's layout is not known. None fails a test.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(target_os = "linux"),
    expect(dead_code, reason = "elsewhere nothing is read, so nothing can be wrong with it")
)]
pub(crate) enum LayoutProblem {
    /// There is no debug information, or none that names types.
    NoDebugInfo,
    /// The debug information is in files beside the executable.
    Split,
    /// This is not Linux.
    #[cfg_attr(target_os = "linux", expect(dead_code, reason = "of other systems"))]
    Platform,
    Unreadable(String),
}

#[cfg(target_os = "linux")]
impl From<gimli::Error> for LayoutProblem {
    fn from(error: gimli::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

#[cfg(target_os = "linux")]
impl From<object::Error> for LayoutProblem {
    fn from(error: object::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}
