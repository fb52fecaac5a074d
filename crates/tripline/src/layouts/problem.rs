//! Why a type's layout is not known.

/// Each with what is missing; none is a reason to fail a test for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(target_os = "linux"),
    expect(dead_code, reason = "elsewhere nothing is read, so nothing can be wrong with it")
)]
pub(super) enum Problem {
    /// None at all, or none that names types.
    NoDebugInfo,
    /// In files beside the executable.
    Split,
    #[cfg_attr(target_os = "linux", expect(dead_code, reason = "of other systems"))]
    Platform,
    Unreadable(String),
}

impl Problem {
    pub(super) fn text(&self, package: &str) -> String {
        match self {
            Self::NoDebugInfo => format!(
                "no debug information for this type: compile the test package with `debug = \"full\"`. \
                 In the workspace's Cargo.toml, for the profile that tests are built with:\n\n    \
                 [profile.dev.package.{package}]\n    debug = \"full\""
            ),
            Self::Split => "its debug information lies in files beside the executable: \
                 build with `split-debuginfo = \"off\"`"
                .to_owned(),
            Self::Platform => {
                "type layouts are read on Linux alone, where debug information is in the executable"
                    .to_owned()
            }
            Self::Unreadable(what) => format!("its debug information cannot be read: {what}"),
        }
    }
}

#[cfg(target_os = "linux")]
impl From<gimli::Error> for Problem {
    fn from(error: gimli::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

#[cfg(target_os = "linux")]
impl From<object::Error> for Problem {
    fn from(error: object::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::Problem;

    #[test]
    fn what_is_missing_is_named_with_its_remedy() {
        assert_eq!(
            Problem::NoDebugInfo.text("tests"),
            "no debug information for this type: compile the test package with `debug = \"full\"`. \
             In the workspace's Cargo.toml, for the profile that tests are built with:\n\n    \
             [profile.dev.package.tests]\n    debug = \"full\""
        );
        assert_eq!(
            Problem::Split.text("tests"),
            "its debug information lies in files beside the executable: build with \
             `split-debuginfo = \"off\"`"
        );
        assert_eq!(
            Problem::Unreadable("an array without a length".to_owned()).text("tests"),
            "its debug information cannot be read: an array without a length"
        );
    }
}
