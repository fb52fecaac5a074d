//! Reading a metric's key.

use std::str::FromStr;

use thiserror::Error;

use crate::read::printable;
use crate::suggest::nearest;
use crate::{GrowthMetric, Heap, Metric, Quantity};

const PER_ENTITY: &str = "_per_entity";

/// Keys that stand alone, beside the heap's.
const PROCESS: [&str; 4] = ["rss_growth_bytes", "rss_max_bytes", "leaked_threads", "leaked_fds"];

/// First parts of keys that go on with a name.
const NAMED: [&str; 4] = ["disk_bytes", "disk_bytes_per_entity", "reported", "phase"];

/// How the parts of a line are written.
const GROWTH: &str = "growth.<metric>.fixed` or `growth.<metric>.per_entity";

/// Why a name cannot be one of a phase, a disk label or a reported figure.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NameError {
    #[error("a name cannot be empty")]
    Empty,
    #[error("`{name}` has {character:?} in it: a name is made of `A-Z a-z 0-9 _ -`")]
    Character { name: String, character: char },
}

/// Checks the name of a phase, a disk label or a reported figure.
///
/// # Errors
///
/// If it is empty or has a character other than `A-Z a-z 0-9 _ -`, which a TOML key takes bare.
pub fn check_name(name: &str) -> Result<(), NameError> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    match name.chars().find(|c| !allowed(*c)) {
        Some(character) => Err(NameError::Character { name: name.to_owned(), character }),
        None if name.is_empty() => Err(NameError::Empty),
        None => Ok(()),
    }
}

/// Why a key names no metric.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MetricError {
    #[error("unknown metric `{}`{}", printable(key), suggestion(nearest.as_deref()))]
    Unknown { key: String, nearest: Option<String> },
    #[error("`{key}` needs a name: write `{form}`")]
    Unnamed { key: String, form: &'static str },
    #[error(transparent)]
    Name(#[from] NameError),
    #[error("`{0}` cannot be divided: only heap and disk metrics can be per entity")]
    NotPerEntity(String),
    #[error("a phase has no `{0}`: what leaked is known only after the region")]
    LeakedInPhase(String),
    #[error(
        "`{0}` is not measured at each size: only heap metrics, `disk_bytes.<label>` and \
         `reported.<name>` are"
    )]
    NotGrown(String),
}

fn suggestion(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |nearest| format!(": did you mean `{nearest}`?"))
}

impl MetricError {
    /// Every metric, for the line below an error.
    pub const KNOWN: &'static str = "\
the metrics are total_blocks, total_bytes, max_blocks, max_bytes, live_blocks,
live_bytes, leaked_blocks, leaked_bytes (each also with _per_entity, and all but
leaked_* also as phase.<name>.…), rss_growth_bytes, rss_max_bytes, leaked_threads,
leaked_fds, disk_bytes.<label>, disk_bytes_per_entity.<label>, reported.<name>";
}

impl FromStr for Metric {
    type Err = MetricError;

    fn from_str(key: &str) -> Result<Self, MetricError> {
        let (head, rest) = match key.split_once('.') {
            Some((head, rest)) => (head, Some(rest)),
            None => (key, None),
        };
        match (head, rest) {
            ("phase", rest) => phase(key, rest),
            ("disk_bytes", rest) => disk(key, rest, false),
            ("disk_bytes_per_entity", rest) => disk(key, rest, true),
            ("reported", rest) => {
                let name = named(key, rest, "reported.<name>")?;
                Ok(Self::total(Quantity::Reported(name)))
            }
            ("growth", rest) => growth(key, rest),
            (_, None) => plain(key),
            _ => Err(unknown(key)),
        }
    }
}

fn named(key: &str, rest: Option<&str>, form: &'static str) -> Result<String, MetricError> {
    let name = rest.ok_or_else(|| MetricError::Unnamed { key: key.to_owned(), form })?;
    check_name(name)?;
    Ok(name.to_owned())
}

fn disk(key: &str, rest: Option<&str>, per_entity: bool) -> Result<Metric, MetricError> {
    let form = if per_entity { "disk_bytes_per_entity.<label>" } else { "disk_bytes.<label>" };
    let quantity = Quantity::Disk(named(key, rest, form)?);
    Ok(Metric { quantity, per_entity })
}

fn phase(key: &str, rest: Option<&str>) -> Result<Metric, MetricError> {
    let form = "phase.<name>.<heap metric>";
    let unnamed = || MetricError::Unnamed { key: key.to_owned(), form };
    let (name, figure) = rest.and_then(|rest| rest.split_once('.')).ok_or_else(unnamed)?;
    check_name(name)?;
    match plain(figure) {
        Ok(Metric { quantity: Quantity::Heap(heap), .. }) if heap.is_leaked() => {
            Err(MetricError::LeakedInPhase(figure.to_owned()))
        }
        Ok(Metric { quantity: Quantity::Heap(heap), per_entity }) => {
            let quantity = Quantity::Phase { name: name.to_owned(), heap };
            Ok(Metric { quantity, per_entity })
        }
        _ => Err(MetricError::Unknown {
            key: key.to_owned(),
            nearest: nearest(figure, &heap_keys()).map(|figure| format!("phase.{name}.{figure}")),
        }),
    }
}

fn growth(key: &str, rest: Option<&str>) -> Result<Metric, MetricError> {
    let unnamed = || MetricError::Unnamed { key: key.to_owned(), form: GROWTH };
    let (of, part) = rest.and_then(|rest| rest.rsplit_once('.')).ok_or_else(unnamed)?;
    let per_entity = match part {
        "fixed" => false,
        "per_entity" => true,
        _ => return Err(unnamed()),
    };
    match GrowthMetric::parse(of) {
        Ok(of) => Ok(of.part(per_entity)),
        Err(MetricError::Unknown { nearest, .. }) => {
            let nearest = nearest.map(|of| format!("growth.{of}.{part}"));
            Err(MetricError::Unknown { key: key.to_owned(), nearest })
        }
        Err(other) => Err(other),
    }
}

/// A key without a name in it.
fn plain(key: &str) -> Result<Metric, MetricError> {
    let (base, per_entity) = match key.strip_suffix(PER_ENTITY) {
        Some(base) => (base, true),
        None => (key, false),
    };
    if let Some(heap) = Heap::ALL.into_iter().find(|heap| heap.key() == base) {
        return Ok(Metric { quantity: Quantity::Heap(heap), per_entity });
    }
    let quantity = match base {
        "rss_growth_bytes" => Quantity::RssGrowthBytes,
        "rss_max_bytes" => Quantity::RssMaxBytes,
        "leaked_threads" => Quantity::LeakedThreads,
        "leaked_fds" => Quantity::LeakedFds,
        _ => return Err(unknown(key)),
    };
    if per_entity {
        return Err(MetricError::NotPerEntity(base.to_owned()));
    }
    Ok(Metric::total(quantity))
}

fn unknown(key: &str) -> MetricError {
    MetricError::Unknown { key: key.to_owned(), nearest: nearest_key(key) }
}

/// The key most like `key`, its name kept where it has one: `disk_byte.db` → `disk_bytes.db`.
fn nearest_key(key: &str) -> Option<String> {
    if let Some((head, name)) = key.split_once('.') {
        let named = NAMED.map(str::to_owned);
        return nearest(head, &named).map(|head| format!("{head}.{name}"));
    }
    let mut keys = heap_keys();
    keys.extend(PROCESS.into_iter().chain(NAMED).map(str::to_owned));
    nearest(key, &keys)
}

fn heap_keys() -> Vec<String> {
    Heap::ALL
        .into_iter()
        .flat_map(|heap| [heap.key().to_owned(), format!("{}{PER_ENTITY}", heap.key())])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_canonical_key_reads_as_itself() {
        let mut keys = heap_keys();
        keys.extend(
            heap_keys()
                .into_iter()
                .filter(|key| !key.starts_with("leaked"))
                .map(|key| format!("phase.set-up_2.{key}")),
        );
        keys.extend(PROCESS.map(str::to_owned));
        keys.extend(
            ["disk_bytes.db", "disk_bytes_per_entity.db-wal", "reported.cache_hits"]
                .map(str::to_owned),
        );
        let grown = Heap::ALL.map(Heap::key).into_iter().chain(["disk_bytes.db", "reported.x"]);
        keys.extend(
            grown.flat_map(|of| ["fixed", "per_entity"].map(|part| format!("growth.{of}.{part}"))),
        );
        assert_eq!(keys.len(), 16 + 12 + 4 + 3 + 20);
        for key in keys {
            assert_eq!(key.parse::<Metric>().unwrap().to_string(), key);
        }
    }

    #[test]
    fn an_unknown_key_names_the_nearest() {
        for (key, message) in [
            ("max_byte", "unknown metric `max_byte`: did you mean `max_bytes`?"),
            ("peak", "unknown metric `peak`"),
            (
                "live_bytes_per_row",
                "unknown metric `live_bytes_per_row`: did you mean `live_bytes_per_entity`?",
            ),
            ("disk_byte.db", "unknown metric `disk_byte.db`: did you mean `disk_bytes.db`?"),
            (
                "phase.run.max_byte",
                "unknown metric `phase.run.max_byte`: did you mean `phase.run.max_bytes`?",
            ),
            ("phase.run.rss_max_bytes", "unknown metric `phase.run.rss_max_bytes`"),
            ("total_blocks.x", "unknown metric `total_blocks.x`"),
            ("disk_bytes", "`disk_bytes` needs a name: write `disk_bytes.<label>`"),
            ("reported", "`reported` needs a name: write `reported.<name>`"),
            ("phase.run", "`phase.run` needs a name: write `phase.<name>.<heap metric>`"),
            ("disk_bytes.", "a name cannot be empty"),
            ("disk_bytes.a.b", "`a.b` has '.' in it: a name is made of `A-Z a-z 0-9 _ -`"),
            ("reported.größe", "`größe` has 'ö' in it: a name is made of `A-Z a-z 0-9 _ -`"),
            (
                "rss_max_bytes_per_entity",
                "`rss_max_bytes` cannot be divided: only heap and disk metrics can be per entity",
            ),
            (
                "growth.live_byte.fixed",
                "unknown metric `growth.live_byte.fixed`: did you mean `growth.live_bytes.fixed`?",
            ),
            (
                "growth.live_bytes",
                "`growth.live_bytes` needs a name: write `growth.<metric>.fixed` or \
                 `growth.<metric>.per_entity`",
            ),
            (
                "growth.rss_max_bytes.fixed",
                "`rss_max_bytes` is not measured at each size: only heap metrics, \
                 `disk_bytes.<label>` and `reported.<name>` are",
            ),
            (
                "growth.live_bytes_per_entity.fixed",
                "`live_bytes_per_entity` is not measured at each size: only heap metrics, \
                 `disk_bytes.<label>` and `reported.<name>` are",
            ),
            (
                "phase.run.leaked_bytes",
                "a phase has no `leaked_bytes`: what leaked is known only after the region",
            ),
        ] {
            assert_eq!(key.parse::<Metric>().unwrap_err().to_string(), message);
        }
    }
}
