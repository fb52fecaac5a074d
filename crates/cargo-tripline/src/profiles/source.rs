//! Opens a profile, however it comes: a file, a pipe, packed by gzip, or as the UTF-16 that PowerShell writes.
//!
//! A profile is read several times, and no reader can go back in a pipe. So whatever is not a plain file is copied,
//! unpacked, to a temporary file without a name.
//!
//! Deliberately absent: the profile's own format, and a byte-order mark before UTF-8, which `tripline-profile` steps
//! over.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Chain, Cursor, ErrorKind, Read, Seek as _, Write as _};
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use anyhow::{Context as _, bail};

use crate::profiles::gzip::{self, GzipReader};
use crate::system::interrupt;

/// The time after which a wait looks for ctrl-C.
const LOOK: Duration = Duration::from_millis(50);

/// A source whose first bytes were read, and stand in front again.
type Begun<R> = Chain<Cursor<Vec<u8>>, R>;

/// The form of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Plain,
    Gzip,
    Utf16 {
        /// True if the higher byte comes first.
        big_endian: bool,
    },
    /// Packed by a program that nothing here unpacks.
    Packed(&'static str),
}

impl Form {
    /// The forms by the bytes that they begin with.
    const ALL: [(&'static [u8], Self); 7] = [
        (&gzip::MAGIC, Self::Gzip),
        (&[0xff, 0xfe], Self::Utf16 { big_endian: false }),
        (&[0xfe, 0xff], Self::Utf16 { big_endian: true }),
        (&[0x28, 0xb5, 0x2f, 0xfd], Self::Packed("zstd")),
        (&[0xfd, b'7', b'z', b'X', b'Z', 0], Self::Packed("xz")),
        (b"BZh", Self::Packed("bzip2")),
        (b"PK\x03\x04", Self::Packed("zip")),
    ];

    fn of(start: &[u8]) -> Self {
        let form = Self::ALL.iter().find(|(magic, _)| start.starts_with(magic));
        form.map_or(Self::Plain, |(_, form)| *form)
    }

    /// The most bytes that tell a form.
    const START: u64 = 6;
}

/// Opens a profile so that it can be read several times.
pub(super) fn open(path: &Path) -> anyhow::Result<File> {
    let mut file = File::open(path)?;
    let mut start = Vec::new();
    if file.metadata()?.is_file() {
        (&file).take(Form::START).read_to_end(&mut start)?;
        file.rewind()?;
        if Form::of(&start) == Form::Plain {
            return Ok(file);
        }
    }
    interruptible(move || copy(file))
}

/// Runs `read` on a thread of its own: a pipe that nobody writes to would not hear ctrl-C.
fn interruptible(
    read: impl FnOnce() -> anyhow::Result<File> + Send + 'static,
) -> anyhow::Result<File> {
    let (done, result) = mpsc::sync_channel(1);
    std::thread::spawn(move || done.send(read()));
    loop {
        match result.recv_timeout(LOOK) {
            Ok(result) => return result,
            Err(RecvTimeoutError::Timeout) => interrupt::check()?,
            Err(RecvTimeoutError::Disconnected) => bail!("the thread that reads it ended early"),
        }
    }
}

/// Copies a source, unpacked, to a temporary file.
fn copy(source: impl Read) -> anyhow::Result<File> {
    let mut file = tempfile::tempfile().context("failed to create a temporary file")?;
    let (form, mut source) = begin(source)?;
    match form {
        Form::Gzip => {
            let (form, mut unpacked) = begin(GzipReader::new(BufReader::new(source)))?;
            write(form, &mut unpacked, &mut file)?;
        }
        form => write(form, &mut source, &mut file)?,
    }
    file.rewind()?;
    Ok(file)
}

/// Tells the form of a source, and returns all of it.
fn begin<R: Read>(mut source: R) -> io::Result<(Form, Begun<R>)> {
    let mut start = Vec::new();
    source.by_ref().take(Form::START).read_to_end(&mut start)?;
    Ok((Form::of(&start), Cursor::new(start).chain(source)))
}

fn write(form: Form, source: &mut impl Read, file: &mut File) -> anyhow::Result<()> {
    match form {
        Form::Plain => drop(io::copy(source, file)?),
        Form::Utf16 { big_endian } => write_utf16(source, big_endian, file)?,
        Form::Gzip => bail!("it is packed twice"),
        Form::Packed(program) => {
            bail!("it is packed by {program}, and only gzip is unpacked here: unpack it before")
        }
    }
    Ok(())
}

/// Writes UTF-16 as UTF-8, its byte-order mark too. Half a pair is replaced.
fn write_utf16(source: &mut impl Read, big_endian: bool, file: &mut File) -> io::Result<()> {
    let mut source = BufReader::new(source);
    let mut failure = None;
    let units = std::iter::from_fn(|| {
        let mut unit = [0; 2];
        match source.read_exact(&mut unit) {
            Ok(()) if big_endian => Some(u16::from_be_bytes(unit)),
            Ok(()) => Some(u16::from_le_bytes(unit)),
            Err(error) => {
                failure = Some(error).filter(|error| error.kind() != ErrorKind::UnexpectedEof);
                None
            }
        }
    });
    let mut text = BufWriter::new(file);
    for character in char::decode_utf16(units) {
        write!(text, "{}", character.unwrap_or(char::REPLACEMENT_CHARACTER))?;
    }
    text.flush()?;
    failure.map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{\"cmd\": \"größe 𝄞\"}";

    fn copied(bytes: &[u8]) -> Result<String, String> {
        let mut text = String::new();
        let copied = copy(bytes).map_err(|error| error.to_string())?;
        (&copied).read_to_string(&mut text).map_err(|error| error.to_string())?;
        Ok(text)
    }

    fn utf16(to_bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
        format!("\u{feff}{TEXT}").encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn each_form_is_one_text() {
        assert_eq!(copied(TEXT.as_bytes()).as_deref(), Ok(TEXT));
        assert_eq!(copied(b"").as_deref(), Ok(""));
        let marked = format!("\u{feff}{TEXT}");
        assert_eq!(copied(&utf16(u16::to_le_bytes)), Ok(marked.clone()));
        assert_eq!(copied(&utf16(u16::to_be_bytes)), Ok(marked));
        assert_eq!(
            copied(&[0xff, 0xfe, 0x3d, 0xd8, b'x', 0, 0]).as_deref(),
            Ok("\u{feff}\u{fffd}x")
        );
    }

    #[test]
    fn what_is_packed_otherwise_is_named() {
        let error = |start: &[u8]| copied(&[start, &[0; 9]].concat()).unwrap_err();
        for (magic, form) in Form::ALL {
            if let Form::Packed(program) = form {
                assert!(error(magic).starts_with(&format!("it is packed by {program}, ")));
            }
        }
        assert!(error(&gzip::MAGIC).starts_with("its packed data is damaged"));
    }
}
