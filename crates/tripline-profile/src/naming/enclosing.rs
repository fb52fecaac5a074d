//! Finds the function around a closure or a future.
//!
//! The name of such a body may be `{closure#0}` and no more. The function around it is a frame further out, of the
//! same file.

use crate::function::Body;
use crate::naming::frame_facts::FrameFacts;
use crate::rust_path::is_in;

/// The most frames between a body and the function around it.
const MOST_FRAMES: usize = 48;

/// The most lines between a function's frame and that of a closure in it.
const MOST_LINES: u32 = 400;

/// Finds the frame that names the function around the body at `index`. `None` if the frame there is no body
/// without a name.
///
/// It is the function of the same file whose line is nearest: the others further out only pass the closure on. The function of a future has long returned, but the function that polls the future may name it as a generic
/// argument.
pub(crate) fn enclosing_frame(facts: &[FrameFacts], stack: &[u32], index: usize) -> Option<u32> {
    let body = &facts[stack[index] as usize];
    let kind = body.unnamed_body?;
    let outward = || stack[index + 1..].iter().take(MOST_FRAMES).copied();
    if kind != Body::Closure {
        let module = body.module.as_deref().unwrap_or_default();
        let names_body = |frame: &u32| {
            facts[*frame as usize].named_in_arguments.iter().any(|path| is_in(path, module))
        };
        let mut polling = outward().take_while(|&frame| facts[frame as usize].file != body.file);
        let found = polling.find(names_body);
        if found.is_some() || kind == Body::AsyncFn {
            return found;
        }
    }
    let distance = |frame: u32| facts[frame as usize].line.abs_diff(body.line);
    let same_file = outward().filter(|&frame| facts[frame as usize].file == body.file);
    let functions = same_file.filter(|frame| facts[*frame as usize].unnamed_body.is_none());
    let near = functions.filter(|&frame| distance(frame) <= MOST_LINES);
    near.min_by_key(|&frame| distance(frame))
}
