//! The order that a judge writes for its meter, and the meter reads.
//!
//! It is a file, not variables or arguments: a workload sees those, and would see another length for each instrument.
//! The first line is the instrument, which the allocator reads before anything else runs.

use std::path::{Path, PathBuf};
use std::{fs, io};

use tripline_budget::protocol::file_names;

use crate::instruments::instrument::Instrument;
use crate::meter::plant::Plant;

/// All that one meter is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WrittenOrder {
    pub(crate) instrument: Instrument,
    /// The judge's process id, where no runner stands between. The meter ends when that process ends.
    pub(crate) judge: Option<u32>,
    /// The breach to plant.
    pub(crate) plant: Option<Plant>,
    /// The size that the workload is to have; without one, the largest.
    pub(crate) size: Option<u64>,
    /// The folder to claim, and to write in.
    pub(crate) folder: PathBuf,
}

impl WrittenOrder {
    /// Writes the order into `to`, the folder that the meter is told.
    pub(crate) fn write(&self, to: &Path) -> io::Result<()> {
        fs::write(to.join(file_names::ORDER), self.text()?)
    }

    /// Reads the order in `from`.
    pub(crate) fn read(from: &Path) -> io::Result<Self> {
        let text = fs::read_to_string(from.join(file_names::ORDER))?;
        Self::parse(&text).ok_or_else(|| io::Error::other("it is no order of this tripline's"))
    }

    fn text(&self) -> io::Result<String> {
        let Self { instrument, judge, plant, size, folder } = self;
        let number = |number: &dyn ToString| number.to_string();
        let judge = judge.as_ref().map_or_else(String::new, |id| number(id));
        let size = size.as_ref().map_or_else(String::new, |size| number(size));
        let plant = plant.as_ref().map_or_else(String::new, Plant::name);
        let folder = folder.to_str().ok_or_else(|| io::Error::other("its path is no UTF-8"))?;
        // The folder comes last: a path may hold a new line.
        Ok(format!("{}\n{judge}\n{plant}\n{size}\n{folder}", instrument.name()))
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.splitn(5, '\n');
        let mut line = || lines.next();
        Some(Self {
            instrument: Instrument::called(line()?)?,
            judge: optional(line()?, |id| id.parse().ok())?,
            plant: optional(line()?, Plant::named)?,
            size: optional(line()?, |size| size.parse().ok())?,
            folder: line().filter(|folder| !folder.is_empty())?.into(),
        })
    }
}

/// Reads a line that may be empty. The outer `None` is a line that cannot be read.
fn optional<T>(line: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if line.is_empty() { Some(None) } else { read(line).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instruments::instrument::ProfileSaved;

    fn order() -> WrittenOrder {
        WrittenOrder {
            instrument: Instrument::Dhat(ProfileSaved::AtExit),
            judge: Some(4_711),
            plant: Plant::named("phase.run.live_bytes"),
            size: Some(4_000),
            folder: "/target of\nmine/tripline/runs/a".into(),
        }
    }

    #[test]
    fn what_is_written_is_read() -> io::Result<()> {
        let least = WrittenOrder { judge: None, plant: None, size: None, ..order() };
        for order in [order(), least] {
            let folder = tempfile::tempdir()?;
            order.write(folder.path())?;
            assert_eq!(WrittenOrder::read(folder.path())?, order);
        }
        Ok(())
    }

    /// A meter that took half an order for a whole one would measure something else.
    #[test]
    fn half_an_order_is_none() {
        let text = order().text().expect("UTF-8");
        let folder = text.len() - order().folder.as_os_str().len();
        for end in 0..=folder {
            assert_eq!(WrittenOrder::parse(&text[..end]), None, "{:?}", &text[..end]);
        }
        for damaged in
            ["hat-at-exit\n\n\n\n/a", "dhat\nx\n\n\n/a", "dhat\n\nlive\n\n/a", "dhat\n\n\n-1\n/a"]
        {
            assert_eq!(WrittenOrder::parse(damaged), None, "{damaged}");
        }
    }
}
