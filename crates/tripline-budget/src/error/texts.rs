//! The text of each error. It names what was refused, and what to write.

use std::fmt;

use crate::error::Error;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { file, cause, .. } => write!(f, "failed to read {file}: {cause}"),
            Self::Problems(problems) => problems.fmt(f),
            Self::Twice { name, first, second } => {
                write!(f, "{first} and {second} both budget {name}: remove one")
            }
            Self::Schema { found, read } => write!(
                f,
                "it has schema {found}, but this tripline reads schema {read}: build both with one version"
            ),
            Self::Unpublished(cause) => {
                write!(f, "it is not what this tripline writes: {cause}")
            }
            Self::NotCfg => f.write_str("a `when` key is written as Cargo writes it: `cfg(…)`"),
            Self::MalformedCfg(reason) => f.write_str(reason),
            Self::UnknownFeature(name) => {
                write!(f, "`feature = \"{name}\"` is not a feature of this package")
            }
            Self::NotCaptured(cfg) => write!(
                f,
                "the cfg `{cfg}` was not captured: `tripline::suite!` captures features, `debug_assertions` and the target's cfgs"
            ),
            Self::BadCapture(text) => write!(
                f,
                "`{text}` is not a captured cfg: write `name`, `key=\"value\"`, or `!` before either"
            ),
            Self::EmptyName => f.write_str("a name cannot be empty"),
            Self::NameCharacter { name, character } => {
                write!(f, "`{name}` has {character:?} in it: a name is made of `A-Z a-z 0-9 _ -`")
            }
            Self::UnknownMetric { key, nearest } => {
                write!(f, "unknown metric `{}`", printable(key))?;
                match nearest {
                    Some(nearest) => write!(f, ": did you mean `{nearest}`?"),
                    None => Ok(()),
                }
            }
            Self::UnnamedMetric { key, form } => write!(f, "`{key}` needs a name: write `{form}`"),
            Self::NotPerEntity(key) => write!(f, "`{key}` cannot be divided by the entities"),
            Self::LeakedInPhase(key) => {
                write!(f, "a phase has no `{key}`: what leaked is known only after the region")
            }
            Self::NotGrown(key) => write!(f, "`{key}` is not measured at each size"),
            Self::NoNumber(text) => write!(
                f,
                "`{text}` does not start with a number: write a number and a unit, such as `267 KiB`"
            ),
            Self::NoUnit(text) => write!(
                f,
                "`{text}` has no unit: write `B`, `kB`, `MB`, `GB` (powers of 1000) or `KiB`, `MiB`, `GiB` (powers of 1024)"
            ),
            Self::UnknownUnit(unit) => write!(
                f,
                "unknown unit `{unit}`: the units are `B`, `kB`, `MB`, `GB` (powers of 1000) and `KiB`, `MiB`, `GiB` (powers of 1024)"
            ),
            Self::NotWholeBytes(text) => write!(f, "`{text}` is not a whole number of bytes"),
            Self::TooManyBytes(text) => {
                write!(f, "`{text}` is more bytes than 64 bits can count")
            }
            Self::NotPercent(text) => write!(
                f,
                "`{text}` is not a percentage: write a number and `%`, such as `3%` or `0.5%`"
            ),
            Self::TooFinePercent(text) => write!(f, "`{text}` has more than four decimals"),
            Self::TooLargePercent(text) => write!(f, "`{text}` is too large"),
            Self::SizeOfCount(text) => write!(
                f,
                "`{text}` is a size, but this metric is a count: write a percentage or a whole number"
            ),
            Self::NotTolerance(text) => write!(
                f,
                "`{text}` is not a tolerance: write a percentage, such as `\"3%\"`, or a whole number"
            ),
            Self::NotDuration => f.write_str("write a whole number of `ms`, `s` or `m`"),
            Self::NoTime => f.write_str("no workload ends within no time"),
            Self::TooLong => f.write_str("too long"),
            Self::NotThere { key, section } => write!(f, "`{key}` does not stand in {section}"),
            Self::AlreadyThere { key, section } => write!(f, "`{key}` already stands in {section}"),
            Self::AboveCeiling { key, value, ceiling } => write!(
                f,
                "`{key}` has a ceiling of {ceiling}, below {value}: no tool raises a ceiling"
            ),
        }
    }
}

/// Returns `text` in one line, control characters escaped.
pub(crate) fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() {
            printable.extend(character.escape_default());
        } else {
            printable.push(character);
        }
    }
    printable
}
