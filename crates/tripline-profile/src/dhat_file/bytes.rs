//! Reads the bytes of a file through one buffer of fixed size, and knows the offset of each.

use std::io::{ErrorKind, Read, Seek, SeekFrom};

use crate::error::Result;

const CAPACITY: usize = 64 * 1024;

/// A reader of single bytes.
#[derive(Debug)]
pub(crate) struct Bytes<R> {
    source: R,
    buffer: Box<[u8]>,
    at: usize,
    end: usize,
    /// The offset of the buffer's first byte.
    base: u64,
}

impl<R: Read> Bytes<R> {
    pub(crate) fn new(source: R) -> Self {
        Self { source, buffer: vec![0; CAPACITY].into_boxed_slice(), at: 0, end: 0, base: 0 }
    }

    /// Returns the offset of the next byte.
    pub(crate) fn offset(&self) -> u64 {
        self.base + self.at as u64
    }

    /// Returns the next byte and stays before it. `None` at the end of the file.
    #[inline]
    pub(crate) fn peek(&mut self) -> Result<Option<u8>> {
        if self.at == self.end && !self.refill()? {
            return Ok(None);
        }
        Ok(Some(self.buffer[self.at]))
    }

    /// Steps over the byte that was peeked.
    #[inline]
    pub(crate) fn advance(&mut self) {
        self.at += 1;
    }

    /// Returns the bytes that are in the buffer and not yet read. Empty only at the end of the file.
    ///
    /// The caller tells [`Self::consume`] how many of them it used.
    #[inline]
    pub(crate) fn chunk(&mut self) -> Result<&[u8]> {
        if self.at == self.end {
            self.refill()?;
        }
        Ok(&self.buffer[self.at..self.end])
    }

    #[inline]
    pub(crate) fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.end);
    }

    #[cold]
    fn refill(&mut self) -> Result<bool> {
        self.base += self.end as u64;
        (self.at, self.end) = (0, 0);
        loop {
            match self.source.read(&mut self.buffer) {
                Ok(count) => {
                    self.end = count;
                    return Ok(count > 0);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl<R: Read + Seek> Bytes<R> {
    pub(crate) fn seek(&mut self, offset: u64) -> Result<()> {
        self.source.seek(SeekFrom::Start(offset))?;
        (self.base, self.at, self.end) = (offset, 0, 0);
        Ok(())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn offsets_hold_across_refills_and_seeks() {
        let content: Vec<u8> = (0..CAPACITY * 2 + 7).map(|index| (index % 251) as u8).collect();
        let mut bytes = Bytes::new(Cursor::new(content.clone()));
        for (index, expected) in content.iter().enumerate() {
            assert_eq!(bytes.offset(), index as u64);
            assert_eq!(bytes.peek().unwrap(), Some(*expected));
            bytes.advance();
        }
        assert_eq!(bytes.peek().unwrap(), None);
        assert_eq!(bytes.peek().unwrap(), None);
        assert_eq!(bytes.offset(), content.len() as u64);
        bytes.seek(100_000).unwrap();
        assert_eq!((bytes.offset(), bytes.peek().unwrap()), (100_000, Some(content[100_000])));
    }
}
