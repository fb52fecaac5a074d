//! The file that runs: its debug sections, and the addresses that the linker gave to what lies in memory.

use std::borrow::Cow;
use std::fs;

use gimli::{DwarfSections, EndianSlice, RunTimeEndian};
use object::{CompressionFormat, Object, ObjectSection, ObjectSegment};

use crate::layouts::problem::LayoutProblem;

pub(super) type Slice<'a> = EndianSlice<'a, RunTimeEndian>;
pub(super) type Dwarf<'a> = gimli::Dwarf<Slice<'a>>;

/// The bytes of an executable, and the mappings of this process.
#[derive(Debug)]
pub(super) struct RunningExecutable {
    pub(super) bytes: Vec<u8>,
    maps: String,
}

impl RunningExecutable {
    /// Reads the executable that this process runs, even if it was rebuilt meanwhile.
    pub(super) fn running() -> Result<Self, LayoutProblem> {
        let unreadable = |file: &str, error| LayoutProblem::Unreadable(format!("{file}: {error}"));
        let [exe, maps] = ["/proc/self/exe", "/proc/self/maps"];
        Ok(Self {
            bytes: fs::read(exe).map_err(|error| unreadable(exe, error))?,
            maps: fs::read_to_string(maps).map_err(|error| unreadable(maps, error))?,
        })
    }

    pub(super) fn parse(&self) -> Result<object::File<'_>, LayoutProblem> {
        Ok(object::File::parse(&*self.bytes)?)
    }

    /// Returns the address that the linker gave to what lies at `address` now.
    pub(super) fn link_address(&self, file: &object::File<'_>, address: u64) -> Option<u64> {
        let offset = file_offset(&self.maps, address)?;
        file.segments().find_map(|segment| {
            let (start, size) = segment.file_range();
            let within = offset.checked_sub(start).filter(|within| *within < size)?;
            segment.address().checked_add(within)
        })
    }
}

/// Returns the place in its file of what is mapped at `address`, by `/proc/self/maps`:
/// `55d0a000-55d0b000 r-xp 00002000 fe:01 1234 /path`.
fn file_offset(maps: &str, address: u64) -> Option<u64> {
    let hex = |text: &str| u64::from_str_radix(text, 16).ok();
    maps.lines().find_map(|line| {
        let mut columns = line.split(' ');
        let (start, end) = columns.next()?.split_once('-')?;
        let (start, end) = (hex(start)?, hex(end)?);
        let offset = hex(columns.nth(1)?)?;
        (start..end).contains(&address).then(|| offset + (address - start))
    })
}

/// Returns every debug section, decompressed.
pub(super) fn sections<'a>(
    file: &object::File<'a>,
) -> Result<DwarfSections<Cow<'a, [u8]>>, LayoutProblem> {
    DwarfSections::load(|id| match file.section_by_name(id.name()) {
        Some(section) => contents(&section),
        None => Ok(Cow::Borrowed(&[][..])),
    })
}

fn contents<'a>(section: &object::Section<'a, '_>) -> Result<Cow<'a, [u8]>, LayoutProblem> {
    let stored = section.compressed_data()?;
    match stored.format {
        CompressionFormat::None => Ok(Cow::Borrowed(stored.data)),
        CompressionFormat::Zlib => inflate(stored.data, stored.uncompressed_size).map(Cow::Owned),
        other => {
            Err(LayoutProblem::Unreadable(format!("it is compressed as {other:?}, not as zlib")))
        }
    }
}

fn inflate(data: &[u8], size: u64) -> Result<Vec<u8>, LayoutProblem> {
    let wrong = || LayoutProblem::Unreadable("a compressed section does not decompress".to_owned());
    let size = usize::try_from(size).map_err(|_| wrong())?;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(size).map_err(|_| wrong())?;
    bytes.resize(size, 0);
    let inflated = miniz_oxide::inflate::decompress_slice_iter_to_slice(
        &mut bytes,
        std::iter::once(data),
        true,
        true,
    );
    match inflated {
        Ok(inflated) if inflated == size => Ok(bytes),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAPS: &str = "\
5500-5600 r--p 00000000 fe:01 1234                       /a test
5600-5700 r-xp 00000080 fe:01 1234                       /a test
[not a mapping]
";

    #[test]
    fn an_address_has_a_place_in_its_file() {
        assert_eq!(file_offset(MAPS, 0x5500), Some(0));
        assert_eq!(file_offset(MAPS, 0x56ff), Some(0x80 + 0xff));
        assert_eq!(file_offset(MAPS, 0x5700), None);
        assert_eq!(file_offset("", 0), None);
    }

    #[test]
    fn what_was_deflated_is_inflated() {
        // zlib of `aaaaaaaa`.
        let deflated = [0x78, 0x9c, 0x4b, 0x4c, 0x84, 0x00, 0x00, 0x0d, 0xac, 0x03, 0x09];
        assert_eq!(inflate(&deflated, 8), Ok(b"aaaaaaaa".to_vec()));
        for (data, size) in [(&deflated[..], 9), (&deflated[..4], 8), (&deflated[..], u64::MAX)] {
            let wrong = "a compressed section does not decompress".to_owned();
            assert_eq!(inflate(data, size), Err(LayoutProblem::Unreadable(wrong)));
        }
    }

    #[test]
    fn this_process_is_found_in_its_file() {
        let executable = RunningExecutable::running().expect("readable");
        let file = executable.parse().expect("ELF");
        let here = this_process_is_found_in_its_file as *const () as u64;
        assert!(executable.link_address(&file, here).is_some());
        assert_eq!(executable.link_address(&file, 0), None);
    }
}
