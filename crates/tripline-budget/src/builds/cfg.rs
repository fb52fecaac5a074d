//! The cfgs of a build, and what a `when` key says about them.

use crate::error::Error;

use std::collections::{BTreeMap, BTreeSet};

use cfg_expr::error::Reason;
use cfg_expr::expr::TargetPredicate;
use cfg_expr::targets::Endian;
use cfg_expr::{Expression, ParseError, Predicate};
/// The captured cfgs of a build, each known to be on or off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cfgs {
    flags: BTreeMap<String, bool>,
    /// The cfgs with a value, by key and value.
    values: BTreeMap<(String, String), bool>,
    /// The keys of `values`.
    keys: BTreeSet<String>,
}

/// Keys that a target may leave out altogether: every value of them is then off.
const MAY_BE_ABSENT: [&str; 5] =
    ["target_abi", "target_env", "target_family", "target_feature", "target_has_atomic"];

impl Cfgs {
    /// Reads what [`SuiteDescription::cfgs`](crate::SuiteDescription::cfgs) holds: `unix`, `target_os="linux"`, and
    /// `!feature="x"` for one that is known and off.
    ///
    /// # Errors
    ///
    /// [`Error::BadCapture`] if one is written otherwise.
    pub fn parse<S: AsRef<str>>(captured: &[S]) -> Result<Self, Error> {
        let mut cfgs = Self::default();
        for text in captured.iter().map(AsRef::as_ref) {
            let (cfg, on) = match text.strip_prefix('!') {
                Some(cfg) => (cfg, false),
                None => (text, true),
            };
            cfgs.insert(cfg, on).ok_or_else(|| Error::BadCapture(text.to_owned()))?;
        }
        Ok(cfgs)
    }

    fn insert(&mut self, cfg: &str, on: bool) -> Option<()> {
        match cfg.split_once('=') {
            Some((key, value)) => {
                let value = value.trim().strip_prefix('"')?.strip_suffix('"')?;
                let key = identifier(key.trim())?;
                self.keys.insert(key.clone());
                self.values.insert((key, value.to_owned()), on);
            }
            None => {
                self.flags.insert(identifier(cfg.trim())?, on);
            }
        }
        Some(())
    }

    /// Returns `true` if `expression`, a whole `cfg(…)`, holds in this build.
    ///
    /// # Errors
    ///
    /// If it is malformed or names a cfg that was captured neither on nor off: guessing would
    /// let a limit lapse.
    pub fn evaluate(&self, expression: &str) -> Result<bool, Error> {
        let expression = parse(expression)?;
        let mut failed = None;
        let holds = expression.eval(|predicate| match self.holds(predicate) {
            Ok(holds) => holds,
            Err(error) => {
                failed.get_or_insert(error);
                false
            }
        });
        failed.map_or(Ok(holds), Err)
    }

    fn holds(&self, predicate: &Predicate<'_>) -> Result<bool, Error> {
        match predicate {
            Predicate::Target(TargetPredicate::Family(family)) => Ok(self.family(family.as_str())),
            Predicate::Target(target) => {
                let (key, value) = key_value(target);
                self.value(key, &value)
            }
            Predicate::TargetFeature(feature) => self.value("target_feature", feature),
            Predicate::Feature(feature) => self
                .captured("feature", feature)
                .ok_or_else(|| Error::UnknownFeature((*feature).to_owned())),
            Predicate::Test => self.flag("test"),
            Predicate::DebugAssertions => self.flag("debug_assertions"),
            Predicate::ProcMacro => self.flag("proc_macro"),
            Predicate::Flag("true") => Ok(true),
            Predicate::Flag("false") => Ok(false),
            Predicate::Flag(name) => self.flag(name),
            Predicate::KeyValue { key, val } => self
                .captured(key, val)
                .ok_or_else(|| Error::NotCaptured(format!("{key} = \"{val}\""))),
        }
    }

    fn captured(&self, key: &str, value: &str) -> Option<bool> {
        self.values.get(&(key.to_owned(), value.to_owned())).copied()
    }

    fn flag(&self, name: &str) -> Result<bool, Error> {
        let captured = self.flags.get(name).copied();
        captured.ok_or_else(|| Error::NotCaptured(name.to_owned()))
    }

    /// A key of the target has one value, so that any other than the captured one is off.
    fn value(&self, key: &str, value: &str) -> Result<bool, Error> {
        match self.captured(key, value) {
            Some(on) => Ok(on),
            None if self.keys.contains(key) || MAY_BE_ABSENT.contains(&key) => Ok(false),
            None => Err(Error::NotCaptured(key.to_owned())),
        }
    }

    /// `unix` and `windows` are families and flags at once; either capture decides.
    fn family(&self, family: &str) -> bool {
        self.captured("target_family", family)
            .or_else(|| self.flags.get(family).copied())
            .unwrap_or(false)
    }
}

/// Checks a `when` key without evaluating it, so that it is found on every platform.
pub(crate) fn check_expression(expression: &str) -> Result<(), Error> {
    parse(expression).map(drop)
}

fn parse(expression: &str) -> Result<Expression, Error> {
    let inner = expression
        .strip_prefix("cfg(")
        .and_then(|rest| rest.strip_suffix(')'))
        .ok_or(Error::NotCfg)?;
    // It counts what stands inside a function in a `u8`.
    if inner.matches('(').count() > usize::from(u8::MAX) {
        return Err(Error::MalformedCfg("more than 255 parentheses".to_owned()));
    }
    let malformed = |error: ParseError| Error::MalformedCfg(error.reason.to_string());
    let parsed = Expression::parse(inner).map_err(malformed)?;
    // Of `any(unix), windows` it would evaluate the last alone; only within `not` does it count every root.
    match Expression::parse(&format!("not({inner})")) {
        Ok(_) => Ok(parsed),
        Err(_) => Err(Error::MalformedCfg(Reason::MultipleRootPredicates.to_string())),
    }
}

fn identifier(text: &str) -> Option<String> {
    let valid = |c: char| c.is_alphanumeric() || c == '_';
    (!text.is_empty() && text.chars().all(valid)).then(|| text.to_owned())
}

fn key_value(predicate: &TargetPredicate) -> (&'static str, String) {
    match predicate {
        TargetPredicate::Abi(abi) => ("target_abi", abi.as_str().to_owned()),
        TargetPredicate::Arch(arch) => ("target_arch", arch.as_str().to_owned()),
        TargetPredicate::Endian(Endian::big) => ("target_endian", "big".to_owned()),
        TargetPredicate::Endian(Endian::little) => ("target_endian", "little".to_owned()),
        TargetPredicate::Env(env) => ("target_env", env.as_str().to_owned()),
        TargetPredicate::Family(family) => ("target_family", family.as_str().to_owned()),
        TargetPredicate::HasAtomic(width) => ("target_has_atomic", width.to_string()),
        TargetPredicate::Os(os) => ("target_os", os.as_str().to_owned()),
        TargetPredicate::Panic(panic) => ("panic", panic.as_str().to_owned()),
        TargetPredicate::PointerWidth(bits) => ("target_pointer_width", bits.to_string()),
        TargetPredicate::Vendor(vendor) => ("target_vendor", vendor.as_str().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linux() -> Cfgs {
        let captured = [
            "unix",
            "!windows",
            "target_os=\"linux\"",
            "target_arch=\"x86_64\"",
            "target_pointer_width=\"64\"",
            "target_endian=\"little\"",
            "target_has_atomic=\"64\"",
            "target_has_atomic=\"ptr\"",
            "panic=\"unwind\"",
            "debug_assertions",
            "feature=\"mvcc\"",
            "!feature=\"fts\"",
        ];
        Cfgs::parse(&captured).unwrap()
    }

    #[test]
    fn what_was_captured_decides() {
        let cfgs = linux();
        for (expression, holds) in [
            ("cfg(unix)", true),
            ("cfg(windows)", false),
            ("cfg(target_family = \"unix\")", true),
            ("cfg(target_family = \"wasm\")", false),
            ("cfg(target_os = \"linux\")", true),
            ("cfg(target_os = \"macos\")", false),
            ("cfg(target_pointer_width = \"32\")", false),
            ("cfg(target_endian = \"little\")", true),
            ("cfg(target_has_atomic = \"ptr\")", true),
            ("cfg(target_has_atomic = \"128\")", false),
            ("cfg(target_env = \"musl\")", false),
            ("cfg(target_abi = \"eabihf\")", false),
            ("cfg(target_feature = \"avx2\")", false),
            ("cfg(panic = \"abort\")", false),
            ("cfg(debug_assertions)", true),
            ("cfg(feature = \"mvcc\")", true),
            ("cfg(feature = \"fts\")", false),
            (
                "cfg(all(unix, not(feature = \"fts\"), any(windows, target_arch = \"x86_64\")))",
                true,
            ),
            ("cfg(all())", true),
            ("cfg(any())", false),
            ("cfg(true)", true),
            ("cfg(false)", false),
        ] {
            assert_eq!(cfgs.evaluate(expression), Ok(holds), "{expression}");
        }
    }

    #[test]
    fn what_was_not_captured_is_an_error_even_where_it_could_not_matter() {
        for (expression, message) in [
            ("cfg(feature = \"z\")", "`feature = \"z\"` is not a feature of this package"),
            (
                "cfg(any(unix, tokio_unstable))",
                "the cfg `tokio_unstable` was not captured: `tripline::suite!` captures features, \
                 `debug_assertions` and the target's cfgs",
            ),
            (
                "cfg(target_vendor = \"pc\")",
                "the cfg `target_vendor` was not captured: `tripline::suite!` captures features, \
                 `debug_assertions` and the target's cfgs",
            ),
            (
                "cfg(loom = \"yes\")",
                "the cfg `loom = \"yes\"` was not captured: `tripline::suite!` captures features, \
                 `debug_assertions` and the target's cfgs",
            ),
        ] {
            assert_eq!(linux().evaluate(expression).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn a_malformed_expression_says_what_was_expected() {
        for (expression, message) in [
            ("unix", "a `when` key is written as Cargo writes it: `cfg(…)`"),
            ("cfg(unix", "a `when` key is written as Cargo writes it: `cfg(…)`"),
            ("cfg()", "empty expression"),
            ("cfg(not(unix, windows))", "not() takes 1 predicate, found 2"),
            ("cfg(unix, windows)", "multiple root predicates"),
            ("cfg(any(unix), all(windows))", "multiple root predicates"),
            ("cfg(target_os)", "expected a `= \"<target_cfg_value>\"` here"),
        ] {
            assert_eq!(
                linux().evaluate(expression).unwrap_err().to_string(),
                message,
                "{expression}"
            );
        }
    }

    #[test]
    fn an_expression_has_255_parentheses_at_most() {
        let functions = |count| format!("cfg(all({}unix))", "any(),".repeat(count));
        assert_eq!(linux().evaluate(&functions(254)), Ok(false));
        let refused = Error::MalformedCfg("more than 255 parentheses".to_owned());
        assert_eq!(linux().evaluate(&functions(255)), Err(refused));
    }

    #[test]
    fn a_bad_capture_is_refused() {
        for text in ["", "!", "target_os=linux", "a b", "feature=\"x"] {
            assert_eq!(
                Cfgs::parse(&[text]).unwrap_err().to_string(),
                format!(
                    "`{text}` is not a captured cfg: write `name`, `key=\"value\"`, or `!` before either"
                ),
            );
        }
    }
}
