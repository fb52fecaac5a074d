//! Unpacks gzip, as `gzip`, a browser or CI packs a profile.
//!
//! miniz_oxide inflates; this reads the header around it and holds the checksum. The crate for both would ask for
//! other features of miniz_oxide, which tripline itself is built with, and so move the ruler of every budget.
//!
//! Deliberately absent: packing, and every format but gzip.

use std::io::{self, BufRead, ErrorKind, Read};

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};

/// The bytes that a packed file begins with.
pub(super) const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// A reader of what `source` holds, unpacked. Several members, one behind the other, are one text.
pub(super) struct GzipReader<R> {
    source: R,
    /// Boxed, because it holds its window of 32 KiB itself.
    state: Box<InflateState>,
    position: Position,
    checksum: Checksum,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    Header,
    Data,
    End,
}

impl<R: BufRead> GzipReader<R> {
    pub(super) fn new(source: R) -> Self {
        let state = Box::new(InflateState::new(DataFormat::Raw));
        Self { source, state, position: Position::Header, checksum: Checksum::default() }
    }

    /// Reads the header of a member. Returns `false` if the last one has ended.
    fn header(&mut self) -> io::Result<bool> {
        if self.source.fill_buf()?.is_empty() {
            return Ok(false);
        }
        let [a, b, method, flags, _, _, _, _, _, _] = self.bytes::<10>()?;
        if [a, b] != MAGIC || method != 8 {
            return Err(damaged("something else follows the packed data"));
        }
        if flags & 0b0100 != 0 {
            let length = u16::from_le_bytes(self.bytes()?);
            (0..length).try_for_each(|_| self.bytes::<1>().map(drop))?;
        }
        // The name of the file, and a comment.
        for flag in [0b1000, 0b1_0000] {
            while flags & flag != 0 && self.bytes::<1>()? != [0] {}
        }
        if flags & 0b0010 != 0 {
            self.bytes::<2>()?;
        }
        self.state.reset(DataFormat::Raw);
        self.checksum = Checksum::default();
        Ok(true)
    }

    fn bytes<const COUNT: usize>(&mut self) -> io::Result<[u8; COUNT]> {
        let mut bytes = [0; COUNT];
        self.source.read_exact(&mut bytes).map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => cut(),
            _ => error,
        })?;
        Ok(bytes)
    }

    /// Unpacks more. Returns 0 if the member has ended.
    fn data(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let packed = self.source.fill_buf()?;
            let is_last = packed.is_empty();
            let result = inflate(&mut self.state, packed, into, MZFlush::None);
            self.source.consume(result.bytes_consumed);
            self.checksum.add(&into[..result.bytes_written]);
            let ended = match result.status {
                Ok(status) => status == MZStatus::StreamEnd,
                Err(_) if is_last => return Err(cut()),
                Err(_) => return Err(damaged("it cannot be unpacked")),
            };
            if ended {
                self.trailer()?;
                self.position = Position::Header;
            }
            if result.bytes_written > 0 || ended {
                return Ok(result.bytes_written);
            }
        }
    }

    fn trailer(&mut self) -> io::Result<()> {
        let [checksum, length] = [self.bytes()?, self.bytes()?].map(u32::from_le_bytes);
        match self.checksum.finish() == (checksum, length) {
            true => Ok(()),
            false => Err(damaged("its checksum is another")),
        }
    }
}

impl<R: BufRead> Read for GzipReader<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while !into.is_empty() {
            match self.position {
                Position::End => break,
                Position::Header => {
                    self.position = if self.header()? { Position::Data } else { Position::End };
                }
                Position::Data => match self.data(into)? {
                    0 => {}
                    count => return Ok(count),
                },
            }
        }
        Ok(0)
    }
}

fn cut() -> io::Error {
    let text = "its packed data ends early: was it copied whole?";
    io::Error::new(ErrorKind::UnexpectedEof, text)
}

fn damaged(how: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, format!("its packed data is damaged: {how}"))
}

/// CRC-32 and the length of what was unpacked so far.
#[derive(Debug)]
struct Checksum {
    crc: u32,
    length: u32,
}

impl Default for Checksum {
    fn default() -> Self {
        Self { crc: !0, length: 0 }
    }
}

impl Checksum {
    fn add(&mut self, bytes: &[u8]) {
        // gzip keeps the length's last 32 bits.
        self.length = self.length.wrapping_add(bytes.len() as u32);
        for byte in bytes {
            self.crc = TABLE[usize::from(self.crc as u8 ^ byte)] ^ self.crc >> 8;
        }
    }

    fn finish(&self) -> (u32, u32) {
        (!self.crc, self.length)
    }
}

static TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut index = 0;
    while index < table.len() {
        let mut crc = index as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { 0xedb8_8320 ^ crc >> 1 } else { crc >> 1 };
            bit += 1;
        }
        table[index] = crc;
        index += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    /// `printf 'tripline tripline tripline\n' | gzip -9 --no-name`
    const PACKED: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03+)\xca,\xc8\xc9\xccKU(Agp\x01\x00p\x8d}u\x1b\x00\x00\x00";
    /// The same with the name of its file, and without a time.
    const NAMED: &[u8] = b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x02\x03packed\x00+)\xca,\xc8\xc9\xccKU(Agp\x01\x00p\x8d}u\x1b\x00\x00\x00";
    const TEXT: &str = "tripline tripline tripline\n";

    /// Unpacks through a buffer of `size` bytes.
    fn unpacked(packed: &[u8], size: usize) -> Result<String, String> {
        let mut text = String::new();
        let mut reader = GzipReader::new(BufReader::with_capacity(size, packed));
        reader.read_to_string(&mut text).map(|_| text).map_err(|error| error.to_string())
    }

    #[test]
    fn what_gzip_packed_is_read_whatever_the_buffer() {
        for size in [1, 2, 7, 4096] {
            assert_eq!(unpacked(PACKED, size).as_deref(), Ok(TEXT), "{size}");
            assert_eq!(unpacked(NAMED, size).as_deref(), Ok(TEXT), "{size}");
            let both = [PACKED, NAMED].concat();
            assert_eq!(unpacked(&both, size), Ok(TEXT.repeat(2)), "{size}");
        }
    }

    #[test]
    fn a_part_of_it_is_never_taken_for_the_whole() {
        for end in 1..PACKED.len() {
            let error = unpacked(&PACKED[..end], 5).unwrap_err();
            assert_eq!(error, "its packed data ends early: was it copied whole?", "{end}");
        }
    }

    #[test]
    fn damage_is_found() {
        let at = PACKED.len() - 1;
        let changed = |at: usize, byte: u8| [&PACKED[..at], &[byte], &PACKED[at + 1..]].concat();
        assert!(unpacked(&changed(at, 9), 64).unwrap_err().ends_with("its checksum is another"));
        assert!(unpacked(&changed(10, 0xff), 64).unwrap_err().ends_with("it cannot be unpacked"));
        let more = [PACKED, b"and more text"].concat();
        let error = unpacked(&more, 64).unwrap_err();
        assert!(error.ends_with("something else follows the packed data"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn more_than_a_window_is_unpacked() {
        let text: String = (0..20_000).map(|number: u32| format!("{:x},", number * 7919)).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("text");
        std::fs::write(&path, &text).unwrap();
        let gzip = std::process::Command::new("gzip").arg("-c").arg(&path).output().unwrap();
        assert_eq!(unpacked(&gzip.stdout, 4096), Ok(text));
    }
}
