//! Reads the program points, one at a time.

use std::io::Read;

use crate::dhat_file::json::JsonReader;
use crate::error::{ProfileFault, Result};
use crate::figures::{Amount, SiteFigures};

/// The most frames of one stack. A program with deeper recursion has overflowed its stack long before.
const MOST_FRAMES: usize = 1 << 20;

/// The keys of the figures. A key is known by its index.
const KEYS: [&str; 6] = ["tb", "tbk", "gb", "gbk", "eb", "ebk"];
const STACK_KEY: u8 = KEYS.len() as u8;
const OTHER: u8 = STACK_KEY + 1;

/// One program point. The same value serves for all, so that a pass allocates nothing.
#[derive(Debug, Default)]
pub(crate) struct StackPoint {
    pub(crate) figures: SiteFigures,
    /// Indices of the frame table, the innermost frame first.
    pub(crate) stack: Vec<u32>,
}

/// Shows every program point of the list that starts here to `visit`. Returns how many there were.
pub(crate) fn read<R: Read>(
    json: &mut JsonReader<R>,
    frames: usize,
    mut visit: impl FnMut(&StackPoint),
) -> Result<u64> {
    json.expect(b'[', "a list of program points")?;
    let (mut point, mut sum, mut count) = (StackPoint::default(), SiteFigures::default(), 0);
    let mut first = true;
    while json.element(&mut first, b']')? {
        json.peek()?;
        let offset = json.bytes.offset();
        read_point(json, frames, &mut point)?;
        sum = checked_sum(sum, point.figures).ok_or(ProfileFault::TooLarge {
            offset,
            what: "the sum so far",
            limit: u64::MAX,
        })?;
        count += 1;
        visit(&point);
    }
    Ok(count)
}

fn checked_sum(sum: SiteFigures, more: SiteFigures) -> Option<SiteFigures> {
    let add = |sum: Amount, more: Amount| {
        let blocks = sum.blocks.checked_add(more.blocks)?;
        Some(Amount { blocks, bytes: sum.bytes.checked_add(more.bytes)? })
    };
    Some(SiteFigures {
        total: add(sum.total, more.total)?,
        peak: add(sum.peak, more.peak)?,
        end: add(sum.end, more.end)?,
    })
}

fn read_point<R: Read>(
    json: &mut JsonReader<R>,
    frames: usize,
    point: &mut StackPoint,
) -> Result<()> {
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
            return Err(ProfileFault::Duplicate { offset, key: name(key) }.into());
        }
        seen |= 1 << key;
        match values.get_mut(usize::from(key)) {
            Some(value) => *value = json.number()?,
            None => read_stack(json, frames, &mut point.stack)?,
        }
    }
    if let Some(key) = (0..=STACK_KEY).find(|key| seen & 1 << key == 0) {
        let offset = json.bytes.offset().saturating_sub(1);
        return Err(ProfileFault::Missing { offset, key: name(key) }.into());
    }
    point.figures = figures(values);
    Ok(())
}

fn figures([tb, tbk, gb, gbk, eb, ebk]: [u64; KEYS.len()]) -> SiteFigures {
    SiteFigures {
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

fn read_stack<R: Read>(
    json: &mut JsonReader<R>,
    frames: usize,
    stack: &mut Vec<u32>,
) -> Result<()> {
    stack.clear();
    json.expect(b'[', "a list of frames")?;
    let mut first = true;
    while json.element(&mut first, b']')? {
        json.peek()?;
        let offset = json.bytes.offset();
        let index = json.number()?;
        let frame = u32::try_from(index).ok().filter(|&index| (index as usize) < frames);
        stack.push(frame.ok_or(ProfileFault::Frame { offset, index, frames })?);
        let length = more_frames(json.bytes.chunk()?, frames, stack);
        json.bytes.consume(length);
        if stack.len() > MOST_FRAMES {
            let limit = MOST_FRAMES as u64;
            return Err(ProfileFault::TooLarge { offset, what: "a stack", limit }.into());
        }
    }
    Ok(())
}

/// Reads further frames of a stack as far as they are in the buffer and plain. Returns how many bytes they took.
///
/// Anything unusual is left to the careful and slower [`read_stack`]. Frames are nine tenths of a file.
fn more_frames(chunk: &[u8], frames: usize, stack: &mut Vec<u32>) -> usize {
    let space = |at: usize| {
        chunk[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).count()
    };
    let mut read = 0;
    loop {
        let comma = read + space(read);
        if chunk.get(comma) != Some(&b',') {
            return read;
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
            return read;
        }
        stack.push(index);
        read = at;
    }
}
