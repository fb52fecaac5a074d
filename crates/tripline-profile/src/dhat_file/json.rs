//! Reads as much of JSON as a profile needs, byte by byte.
//!
//! Written by hand to be fast in little memory. `serde_json` reads a stream through an iterator of bytes, which is
//! several times slower than a buffer. It is fast only from a slice, and a slice would hold a profile of gigabytes in
//! memory. Everything that is read here has a limit, and every error has an offset.
//!
//! Deliberately absent: a tree, fractions, and anything that writes.

use std::io::Read;

use crate::dhat_file::bytes::Bytes;
use crate::error::{ProfileFault, ReadFault, Result};

/// The most objects and arrays within one another. DHAT's own nest four deep.
const DEPTH: usize = 64;

/// The most bytes of one string. Names of generic functions reach some ten thousands.
const STRING: usize = 1 << 20;

/// U+FEFF in UTF-8.
const BYTE_ORDER_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// Reads the tokens of a file.
#[derive(Debug)]
pub(crate) struct JsonReader<R> {
    pub(crate) bytes: Bytes<R>,
    text: Vec<u8>,
}

/// An object or an array that is being stepped over.
struct OpenValue {
    /// The bracket that ends it.
    close: u8,
    /// True before its first element.
    first: bool,
}

impl<R: Read> JsonReader<R> {
    pub(crate) fn new(source: R) -> Self {
        Self { bytes: Bytes::new(source), text: Vec::new() }
    }

    /// Steps over the mark that editors and shells on Windows put at the start of a text.
    pub(crate) fn skip_byte_order_mark(&mut self) -> Result<()> {
        if self.bytes.peek()? == Some(BYTE_ORDER_MARK[0]) {
            for byte in BYTE_ORDER_MARK {
                if self.bytes.peek()? != Some(byte) {
                    return Err(self.unexpected("a whole byte-order mark"));
                }
                self.bytes.advance();
            }
        }
        Ok(())
    }

    /// Returns the next byte that is not white space, and stays before it.
    #[inline]
    pub(crate) fn peek(&mut self) -> Result<Option<u8>> {
        loop {
            match self.bytes.peek()? {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.bytes.advance(),
                byte => return Ok(byte),
            }
        }
    }

    #[inline]
    pub(crate) fn expect(&mut self, byte: u8, expected: &'static str) -> Result<()> {
        if self.peek()? == Some(byte) {
            self.bytes.advance();
            return Ok(());
        }
        Err(self.unexpected(expected))
    }

    /// Returns the error of a byte that is not `expected`.
    #[cold]
    pub(crate) fn unexpected(&mut self, expected: &'static str) -> ReadFault {
        let offset = self.bytes.offset();
        match self.bytes.peek() {
            Err(error) => error,
            Ok(None) => ProfileFault::Truncated { offset, expected }.into(),
            Ok(Some(byte)) => {
                let found = format!("`{}`", byte.escape_ascii());
                ProfileFault::Syntax { offset, expected, found }.into()
            }
        }
    }

    /// Steps to the next element of the object or array that `close` ends. Returns `false` at its end.
    #[inline]
    pub(crate) fn element(&mut self, first: &mut bool, close: u8) -> Result<bool> {
        let byte = self.peek()?;
        if byte == Some(close) {
            self.bytes.advance();
            return Ok(false);
        }
        if std::mem::take(first) {
            return Ok(true);
        }
        if byte != Some(b',') {
            return Err(self.unexpected("a comma or the end of the list"));
        }
        self.bytes.advance();
        if self.peek()? == Some(close) {
            return Err(self.unexpected("another element after the comma"));
        }
        Ok(true)
    }

    /// Reads a key and its colon.
    #[inline]
    pub(crate) fn key(&mut self) -> Result<&[u8]> {
        self.read_string("a key in quotes")?;
        self.expect(b':', "a colon")?;
        Ok(&self.text)
    }

    /// Reads a string. Bytes that are not UTF-8 are replaced.
    pub(crate) fn string(&mut self) -> Result<String> {
        self.read_string("a string")?;
        Ok(String::from_utf8_lossy(&self.text).into_owned())
    }

    /// Reads a whole number.
    #[inline]
    pub(crate) fn number(&mut self) -> Result<u64> {
        let first = self.peek()?;
        let offset = self.bytes.offset();
        if !first.is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(self.unexpected("a whole number"));
        }
        let mut number = 0_u64;
        loop {
            let chunk = self.bytes.chunk()?;
            let digits = chunk.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let whole = digits < chunk.len() || chunk.is_empty();
            for digit in &chunk[..digits] {
                number = push_digit(number, *digit, offset)?;
            }
            self.bytes.consume(digits);
            if whole {
                break;
            }
        }
        if let Some(b'.' | b'e' | b'E') = self.bytes.peek()? {
            return Err(self.unexpected("a whole number"));
        }
        Ok(number)
    }

    pub(crate) fn boolean(&mut self) -> Result<bool> {
        match self.peek()? {
            Some(b't') => self.literal(b"true").map(|()| true),
            Some(b'f') => self.literal(b"false").map(|()| false),
            _ => Err(self.unexpected("true or false")),
        }
    }

    fn literal(&mut self, word: &[u8]) -> Result<()> {
        for expected in word {
            if self.bytes.peek()? != Some(*expected) {
                return Err(self.unexpected("true, false or null"));
            }
            self.bytes.advance();
        }
        Ok(())
    }

    #[inline]
    fn read_string(&mut self, expected: &'static str) -> Result<()> {
        self.expect(b'"', expected)?;
        self.text.clear();
        let start = self.bytes.offset();
        loop {
            let chunk = self.bytes.chunk()?;
            let length = chunk.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20));
            let plain = length.unwrap_or(chunk.len());
            self.text.extend_from_slice(&chunk[..plain]);
            self.bytes.consume(plain);
            if self.text.len() > STRING {
                let limit = STRING as u64;
                return Err(
                    ProfileFault::TooLarge { offset: start, what: "a string", limit }.into()
                );
            }
            if length.is_some() || plain == 0 {
                match self.bytes.peek()? {
                    Some(b'"') => {
                        self.bytes.advance();
                        return Ok(());
                    }
                    Some(b'\\') => self.escape()?,
                    _ => return Err(self.unexpected("the rest of a string")),
                }
            }
        }
    }

    fn escape(&mut self) -> Result<()> {
        self.bytes.advance();
        let byte = match self.bytes.peek()? {
            Some(byte @ (b'"' | b'\\' | b'/')) => byte,
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'u') => return self.unicode(),
            _ => return Err(self.unexpected("an escape")),
        };
        self.text.push(byte);
        self.bytes.advance();
        Ok(())
    }

    /// Reads four digits after `\u`, and the other half if they are one of a UTF-16 pair. Half a pair is replaced.
    fn unicode(&mut self) -> Result<()> {
        self.bytes.advance();
        let first = self.hex()?;
        let mut units = vec![first];
        if (0xD800..0xDC00).contains(&first) && self.bytes.peek()? == Some(b'\\') {
            self.bytes.advance();
            if self.bytes.peek()? != Some(b'u') {
                return Err(self.unexpected("the other half of a surrogate pair"));
            }
            self.bytes.advance();
            units.push(self.hex()?);
        }
        self.text.extend_from_slice(String::from_utf16_lossy(&units).as_bytes());
        Ok(())
    }

    fn hex(&mut self) -> Result<u16> {
        let mut value = 0;
        for _ in 0..4 {
            let digit = self.bytes.peek()?.and_then(|byte| (byte as char).to_digit(16));
            let Some(digit) = digit else {
                return Err(self.unexpected("a hexadecimal digit"));
            };
            value = value << 4 | digit as u16;
            self.bytes.advance();
        }
        Ok(value)
    }

    /// Steps over a value that is not needed, and checks that it is one.
    pub(crate) fn skip(&mut self) -> Result<()> {
        let mut open = Vec::with_capacity(4);
        loop {
            match self.peek()? {
                Some(b'{' | b'[') => self.enter(&mut open)?,
                Some(b'"') => self.read_string("a string")?,
                Some(b't' | b'f') => drop(self.boolean()?),
                Some(b'n') => self.literal(b"null")?,
                Some(b'-' | b'0'..=b'9') => self.any_number()?,
                _ if open.is_empty() => return Err(self.unexpected("a value")),
                _ => {}
            }
            if !self.after_value(&mut open)? {
                return Ok(());
            }
        }
    }

    fn enter(&mut self, open: &mut Vec<OpenValue>) -> Result<()> {
        let close = if self.peek()? == Some(b'{') { b'}' } else { b']' };
        if open.len() == DEPTH {
            let offset = self.bytes.offset();
            let limit = DEPTH as u64;
            return Err(ProfileFault::TooLarge { offset, what: "the nesting", limit }.into());
        }
        open.push(OpenValue { close, first: true });
        self.bytes.advance();
        Ok(())
    }

    /// Goes on to the start of the next value. Returns `false` if no object and no array is open any more.
    fn after_value(&mut self, open: &mut Vec<OpenValue>) -> Result<bool> {
        while let Some(OpenValue { close, first }) = open.last_mut() {
            let close = *close;
            if self.element(first, close)? {
                if close == b'}' {
                    self.key()?;
                }
                return self.value_starts().map(|()| true);
            }
            open.pop();
        }
        Ok(false)
    }

    fn value_starts(&mut self) -> Result<()> {
        match self.peek()? {
            Some(b'{' | b'[' | b'"' | b't' | b'f' | b'n' | b'-' | b'0'..=b'9') => Ok(()),
            _ => Err(self.unexpected("a value")),
        }
    }

    fn any_number(&mut self) -> Result<()> {
        while let Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9') = self.bytes.peek()? {
            self.bytes.advance();
        }
        Ok(())
    }

    /// Steps over an array of objects and returns how many it holds. Looks at strings and brackets alone: the
    /// elements are checked when they are read.
    pub(crate) fn skip_objects(&mut self) -> Result<u64> {
        self.expect(b'[', "a list")?;
        let (mut depth, mut count) = (1_usize, 0);
        loop {
            let chunk = self.bytes.chunk()?;
            let found = chunk.iter().position(|&byte| STRUCTURAL[usize::from(byte)]);
            let byte = found.map(|index| chunk[index]);
            let length = found.unwrap_or(chunk.len());
            self.bytes.consume(length);
            match byte {
                None if length == 0 => return Err(self.unexpected("a list")),
                None => continue,
                Some(b'"') => {
                    self.read_string("a string")?;
                    continue;
                }
                Some(b'{' | b'[') => {
                    count += u64::from(depth == 1);
                    depth += 1;
                }
                Some(_) => depth -= 1,
            }
            self.bytes.advance();
            if depth == 0 {
                return Ok(count);
            }
        }
    }
}

/// True for quotes and brackets.
static STRUCTURAL: [bool; 256] = {
    let mut table = [false; 256];
    let marks = b"\"{}[]";
    let mut index = 0;
    while index < marks.len() {
        table[marks[index] as usize] = true;
        index += 1;
    }
    table
};

#[inline]
fn push_digit(number: u64, digit: u8, offset: u64) -> Result<u64> {
    number.checked_mul(10).and_then(|number| number.checked_add(u64::from(digit - b'0'))).ok_or(
        ReadFault::Profile(ProfileFault::TooLarge { offset, what: "a number", limit: u64::MAX }),
    )
}
