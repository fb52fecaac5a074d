//! The catalogue: everything that tripline can measure, one row each.
//!
//! A row says what a metric's key is and what may be done with it. Parsing, error texts, the schema's tests, the
//! instruments and the tool ask the catalogue. No other list says what a metric is. The order of the rows is the order
//! in which limits stand in a file.
//!
//! Deliberately absent: how a figure is measured, which the instruments know.

use crate::values::Unit;

/// One row of the catalogue.
///
/// Blocks and bytes have dhat's own names. `MaxBlocks` is the number of blocks *at the byte peak*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MetricKind {
    TotalBlocks,
    TotalBytes,
    MaxBlocks,
    MaxBytes,
    LiveBlocks,
    LiveBytes,
    LeakedBlocks,
    LeakedBytes,
    RssGrowthBytes,
    RssMaxBytes,
    LeakedThreads,
    LeakedFds,
    DiskBytes,
    Reported,
}

/// A row: a metric's key and what may be done with it.
#[derive(Clone, Copy, Debug)]
pub struct CatalogueEntry {
    pub kind: MetricKind,
    pub key: &'static str,
    /// The word that stands for the label which the key goes on with, such as `<label>`; `None` if the key stands alone.
    pub label: Option<&'static str>,
    /// The unit; `None` if the label decides, as `bytes` in `reported.cache_bytes` does.
    pub unit: Option<Unit>,
    pub source: Source,
    pub platforms: Platforms,
    /// The forms in which it can be limited, beside the total of the region.
    pub forms: &'static [Form],
    /// The limits that a new budget file gets.
    pub default_limits: &'static [DefaultLimit],
    /// True if it counts what should be gone after the workload, so that a limit above 0 needs a reason.
    pub is_leak: bool,
    /// The reason why no breach can be planted; `None` if one can.
    pub unplantable: Option<&'static str>,
}

/// The instrument that knows a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// dhat, or tripline's own counters.
    Heap,
    /// The kernel's view of the process, before and after the workload.
    Process,
    /// The kernel's view of resident memory, in a meter of its own without an instrument.
    ResidentMemory,
    /// The lengths of files.
    Files,
    /// The program itself.
    Program,
}

/// The platforms that have a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platforms {
    All,
    /// Only these; elsewhere a limit is no breach.
    Only {
        systems: &'static str,
        /// The sentence that is shown elsewhere.
        elsewhere: &'static str,
    },
}

/// A form of a limit beside the total of the region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `<metric>_per_entity`
    PerEntity,
    /// `phase.<name>.<metric>`
    Phase,
    /// A line under `[growth]`.
    Growth,
}

/// A limit that a new budget file gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultLimit {
    /// On the total.
    Total,
    /// Per entity where the workload declares entities, otherwise on the total.
    PerEntity,
    /// A line under `[growth]`, where the workload has several sizes.
    Growth,
}

const DIVISIBLE_HEAP: &[Form] = &[Form::PerEntity, Form::Phase, Form::Growth];
const LEAKED_HEAP: &[Form] = &[Form::PerEntity, Form::Growth];

const fn heap(kind: MetricKind, key: &'static str, unit: Unit) -> CatalogueEntry {
    CatalogueEntry {
        kind,
        key,
        label: None,
        unit: Some(unit),
        source: Source::Heap,
        platforms: Platforms::All,
        forms: DIVISIBLE_HEAP,
        default_limits: &[],
        is_leak: false,
        unplantable: None,
    }
}

const fn leaked_heap(kind: MetricKind, key: &'static str, unit: Unit) -> CatalogueEntry {
    CatalogueEntry { forms: LEAKED_HEAP, is_leak: true, ..heap(kind, key, unit) }
}

const fn resident_memory(kind: MetricKind, key: &'static str) -> CatalogueEntry {
    CatalogueEntry {
        source: Source::ResidentMemory,
        platforms: Platforms::Only {
            systems: "Linux",
            elsewhere: "resident memory is read on Linux only",
        },
        forms: &[],
        unplantable: Some("resident memory moves by pages, when the system's allocator likes"),
        ..heap(kind, key, Unit::Bytes)
    }
}

const fn leaked_of_process(kind: MetricKind, key: &'static str) -> CatalogueEntry {
    CatalogueEntry {
        source: Source::Process,
        platforms: Platforms::Only { systems: "Linux", elsewhere: "counted on Linux only" },
        forms: &[],
        default_limits: &[DefaultLimit::Total],
        is_leak: true,
        ..heap(kind, key, Unit::Count)
    }
}

/// Every row, in the order of [`MetricKind`].
pub const CATALOGUE: [CatalogueEntry; 14] = [
    CatalogueEntry {
        default_limits: &[DefaultLimit::Total, DefaultLimit::Growth],
        ..heap(MetricKind::TotalBlocks, "total_blocks", Unit::Count)
    },
    heap(MetricKind::TotalBytes, "total_bytes", Unit::Bytes),
    heap(MetricKind::MaxBlocks, "max_blocks", Unit::Count),
    CatalogueEntry {
        default_limits: &[DefaultLimit::Total, DefaultLimit::Growth],
        ..heap(MetricKind::MaxBytes, "max_bytes", Unit::Bytes)
    },
    heap(MetricKind::LiveBlocks, "live_blocks", Unit::Count),
    CatalogueEntry {
        default_limits: &[DefaultLimit::PerEntity, DefaultLimit::Growth],
        ..heap(MetricKind::LiveBytes, "live_bytes", Unit::Bytes)
    },
    CatalogueEntry {
        default_limits: &[DefaultLimit::Total],
        ..leaked_heap(MetricKind::LeakedBlocks, "leaked_blocks", Unit::Count)
    },
    leaked_heap(MetricKind::LeakedBytes, "leaked_bytes", Unit::Bytes),
    resident_memory(MetricKind::RssGrowthBytes, "rss_growth_bytes"),
    resident_memory(MetricKind::RssMaxBytes, "rss_max_bytes"),
    leaked_of_process(MetricKind::LeakedThreads, "leaked_threads"),
    leaked_of_process(MetricKind::LeakedFds, "leaked_fds"),
    CatalogueEntry {
        label: Some("<label>"),
        source: Source::Files,
        forms: &[Form::PerEntity, Form::Growth],
        default_limits: &[DefaultLimit::PerEntity],
        ..heap(MetricKind::DiskBytes, "disk_bytes", Unit::Bytes)
    },
    CatalogueEntry {
        label: Some("<name>"),
        unit: None,
        source: Source::Program,
        forms: &[Form::Growth],
        unplantable: Some("the program's own figure"),
        ..heap(MetricKind::Reported, "reported", Unit::Count)
    },
];

impl MetricKind {
    /// Returns its row.
    #[must_use]
    pub const fn entry(self) -> &'static CatalogueEntry {
        &CATALOGUE[self as usize]
    }

    /// Returns its key, without anything around it, such as `total_blocks`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        self.entry().key
    }

    /// Returns its unit, where no label decides.
    #[must_use]
    pub fn unit(self) -> Unit {
        self.entry().unit.unwrap_or(Unit::Count)
    }

    /// Returns its key in a phase.
    #[must_use]
    pub fn key_in_phase(self, phase: &str) -> String {
        format!("phase.{phase}.{}", self.key())
    }

    /// Iterates over every row's kind whose figure comes from `source`.
    pub fn from_source(source: Source) -> impl Iterator<Item = Self> {
        CATALOGUE.into_iter().filter(move |entry| entry.source == source).map(|entry| entry.kind)
    }

    pub(crate) fn has(self, form: Form) -> bool {
        self.entry().forms.contains(&form)
    }
}

impl Platforms {
    /// Returns the sentence that is shown where there is no figure.
    #[must_use]
    pub const fn elsewhere(self) -> &'static str {
        match self {
            Self::All => "not measured on this platform",
            Self::Only { elsewhere, .. } => elsewhere,
        }
    }
}

impl CatalogueEntry {
    /// Returns the key as a person is told to write it: `total_blocks`, `disk_bytes.<label>`.
    #[must_use]
    pub fn shown(&self) -> String {
        match self.label {
            Some(label) => format!("{}.{label}", self.key),
            None => self.key.to_owned(),
        }
    }

    /// Returns the key of the figure that the program gave this label.
    #[must_use]
    pub fn key_of(&self, label: &str) -> String {
        format!("{}.{label}", self.key)
    }

    /// Returns the same for the limit per entity: `disk_bytes_per_entity.<label>`.
    #[must_use]
    pub fn shown_per_entity(&self) -> Option<String> {
        let label = self.label.map_or_else(String::new, |label| format!(".{label}"));
        self.forms.contains(&Form::PerEntity).then(|| format!("{}{PER_ENTITY}{label}", self.key))
    }
}

/// The end of the key of a limit per entity.
pub(crate) const PER_ENTITY: &str = "_per_entity";

/// Returns the keys of the heap that a new budget file limits, as `--add` takes them.
#[must_use]
pub fn default_heap_keys() -> String {
    let recorded =
        |entry: &&CatalogueEntry| entry.source == Source::Heap && !entry.default_limits.is_empty();
    joined(CATALOGUE.iter().filter(recorded).map(|entry| entry.key.to_owned()), ",")
}

/// Returns every metric, for the line below an error.
#[must_use]
pub fn known_metrics() -> String {
    let divided =
        |entry: &&CatalogueEntry| entry.label.is_none() && entry.forms.contains(&Form::PerEntity);
    let in_no_phase =
        CATALOGUE.iter().filter(divided).filter(|entry| !entry.forms.contains(&Form::Phase));
    let heap = joined(CATALOGUE.iter().filter(divided).map(CatalogueEntry::shown), ", ");
    let rest = CATALOGUE
        .iter()
        .filter(|entry| !divided(entry))
        .flat_map(|entry| std::iter::once(entry.shown()).chain(entry.shown_per_entity()));
    wrapped(&format!(
        "the metrics are {heap} (each also with {PER_ENTITY}, and all but {}* also as phase.<name>.…), {}",
        common_start(in_no_phase.map(|entry| entry.key)),
        joined(rest, ", "),
    ))
}

/// Returns every metric that may stand under `[growth]`, for the line below an error.
#[must_use]
pub(crate) fn known_growth_metrics() -> String {
    let growing = CATALOGUE.iter().filter(|entry| entry.forms.contains(&Form::Growth));
    wrapped(&format!("the keys are {}", joined(growing.map(CatalogueEntry::shown), ", ")))
}

fn joined(keys: impl Iterator<Item = String>, separator: &str) -> String {
    keys.collect::<Vec<_>>().join(separator)
}

/// Returns the words that all keys start with, such as `leaked_`.
fn common_start(keys: impl Iterator<Item = &'static str>) -> &'static str {
    let common = |a: &'static str, b: &str| {
        let length = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
        &a[..length]
    };
    let common = keys.reduce(common).unwrap_or_default();
    common.rfind('_').map_or(common, |end| &common[..=end])
}

/// The longest line below an error.
const LINE: usize = 83;

/// Breaks `text` between words into lines of at most [`LINE`] characters.
fn wrapped(text: &str) -> String {
    let mut wrapped = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        let chars = word.chars().count();
        if width > 0 {
            let fits = width + 1 + chars <= LINE;
            wrapped.push(if fits { ' ' } else { '\n' });
            width = if fits { width + 1 } else { 0 };
        }
        wrapped.push_str(word);
        width += chars;
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_finds_its_row() {
        for entry in &CATALOGUE {
            assert_eq!(entry.kind.entry().key, entry.key);
        }
    }

    #[test]
    fn every_metric_is_told() {
        assert_eq!(
            known_metrics(),
            "the metrics are total_blocks, total_bytes, max_blocks, max_bytes, live_blocks,\n\
             live_bytes, leaked_blocks, leaked_bytes (each also with _per_entity, and all but\n\
             leaked_* also as phase.<name>.…), rss_growth_bytes, rss_max_bytes, leaked_threads,\n\
             leaked_fds, disk_bytes.<label>, disk_bytes_per_entity.<label>, reported.<name>"
        );
        assert_eq!(
            known_growth_metrics(),
            "the keys are total_blocks, total_bytes, max_blocks, max_bytes, live_blocks,\n\
             live_bytes, leaked_blocks, leaked_bytes, disk_bytes.<label>, reported.<name>"
        );
        assert_eq!(default_heap_keys(), "total_blocks,max_bytes,live_bytes,leaked_blocks");
    }
}
