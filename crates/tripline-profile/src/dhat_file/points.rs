//! The second pass: the program points, one at a time.

use std::io::Read;

use crate::dhat_file::error::{ReadErrorKind, Result};
use crate::dhat_file::json::Json;
use crate::figures::{Amount, Figures};

/// Of one stack. Recursion that deep has overflowed long before.
const STACK: usize = 1 << 20;

/// The figures, by their place in [`KEYS`].
const KEYS: [&str; 6] = ["tb", "tbk", "gb", "gbk", "eb", "ebk"];
const STACK_KEY: u8 = KEYS.len() as u8;
const OTHER: u8 = STACK_KEY + 1;

/// One program point. Used again for each, so that a pass allocates nothing.
#[derive(Debug, Default)]
pub(crate) struct Point {
    pub(crate) figures: Figures,
    /// Places in the frame table, the innermost first.
    pub(crate) stack: Vec<u32>,
}

/// Shows every program point of the list that starts here to `visit`, and says how many there were.
pub(crate) fn read<R: Read>(
    json: &mut Json<R>,
    frames: usize,
    mut visit: impl FnMut(&Point),
) -> Result<u64> {
    json.expect(b'[', "a list of program points")?;
    let (mut point, mut sum, mut count) = (Point::default(), Figures::default(), 0);
    let mut first = true;
    while json.element(&mut first, b']')? {
        json.peek()?;
        let offset = json.bytes.offset();
        read_point(json, frames, &mut point)?;
        sum = checked(sum, point.figures).ok_or(ReadErrorKind::TooLarge {
            offset,
            what: "the sum so far",
            limit: u64::MAX,
        })?;
        count += 1;
        visit(&point);
    }
    Ok(count)
}

fn checked(sum: Figures, more: Figures) -> Option<Figures> {
    let add = |sum: Amount, more: Amount| {
        let blocks = sum.blocks.checked_add(more.blocks)?;
        Some(Amount { blocks, bytes: sum.bytes.checked_add(more.bytes)? })
    };
    Some(Figures {
        total: add(sum.total, more.total)?,
        peak: add(sum.peak, more.peak)?,
        end: add(sum.end, more.end)?,
    })
}

fn read_point<R: Read>(json: &mut Json<R>, frames: usize, point: &mut Point) -> Result<()> {
    json.expect(b'{', "a program point, which is an object")?;
    let mut values = [0; KEYS.len()];
    let mut seen = 0_u8;
    let mut first = true;
    while json.element(&mut first, b'}')? {
        json.peek()?;
        let offset = json.bytes.offset();
        let key = key_of(json.key()?);
        if key == OTHER {
            json.skip()?;
            continue;
        }
        if seen & 1 << key != 0 {
            return Err(ReadErrorKind::Duplicate { offset, key: name(key) });
        }
        seen |= 1 << key;
        match values.get_mut(usize::from(key)) {
            Some(value) => *value = json.number()?,
            None => read_stack(json, frames, &mut point.stack)?,
        }
    }
    if let Some(key) = (0..=STACK_KEY).find(|key| seen & 1 << key == 0) {
        let offset = json.bytes.offset().saturating_sub(1);
        return Err(ReadErrorKind::Missing { offset, key: name(key) });
    }
    point.figures = figures(values);
    Ok(())
}

fn figures([tb, tbk, gb, gbk, eb, ebk]: [u64; KEYS.len()]) -> Figures {
    Figures {
        total: Amount { blocks: tbk, bytes: tb },
        peak: Amount { blocks: gbk, bytes: gb },
        end: Amount { blocks: ebk, bytes: eb },
    }
}

#[inline]
fn key_of(text: &[u8]) -> u8 {
    match text {
        b"tb" => 0,
        b"tbk" => 1,
        b"gb" => 2,
        b"gbk" => 3,
        b"eb" => 4,
        b"ebk" => 5,
        b"fs" => STACK_KEY,
        _ => OTHER,
    }
}

fn name(key: u8) -> &'static str {
    KEYS.get(usize::from(key)).copied().unwrap_or("fs")
}

fn read_stack<R: Read>(json: &mut Json<R>, frames: usize, stack: &mut Vec<u32>) -> Result<()> {
    stack.clear();
    json.expect(b'[', "a list of frames")?;
    let mut first = true;
    while json.element(&mut first, b']')? {
        json.peek()?;
        let offset = json.bytes.offset();
        let index = json.number()?;
        let known = u32::try_from(index).ok().filter(|&index| (index as usize) < frames);
        stack.push(known.ok_or(ReadErrorKind::Frame { offset, index, frames })?);
        let length = more_frames(json.bytes.chunk()?, frames, stack);
        json.bytes.consume(length);
        if stack.len() > STACK {
            let limit = STACK as u64;
            return Err(ReadErrorKind::TooLarge { offset, what: "a stack", limit });
        }
    }
    Ok(())
}

/// Reads further elements as far as they lie in the buffer and are plain, and says how many bytes they took.
/// Whatever is unusual is left for the careful way. Frames are nine tenths of a file.
fn more_frames(chunk: &[u8], frames: usize, stack: &mut Vec<u32>) -> usize {
    let space = |at: usize| {
        chunk[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).count()
    };
    let mut done = 0;
    loop {
        let comma = done + space(done);
        if chunk.get(comma) != Some(&b',') {
            return done;
        }
        let mut at = comma + 1 + space(comma + 1);
        let start = at;
        let mut index = 0;
        while let Some(digit) = chunk.get(at).filter(|byte| byte.is_ascii_digit() && at - start < 9)
        {
            index = index * 10 + u32::from(digit - b'0');
            at += 1;
        }
        let ends = matches!(chunk.get(at), Some(b',' | b']' | b' ' | b'\n' | b'\r' | b'\t'));
        if at == start || !ends || index as usize >= frames {
            return done;
        }
        stack.push(index);
        done = at;
    }
}
