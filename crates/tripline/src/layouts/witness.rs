//! Finds the function that was made for a type, and with it the type.

use std::collections::HashMap;

use gimli::{AttributeValue, EndianSlice, RunTimeEndian, UnitOffset, constants};
use object::Object as _;
use tripline_budget::layout::Layout;

use crate::case::registry::SizedType;
use crate::layouts::executable::{Dwarf, RunningExecutable, Slice, sections};
use crate::layouts::problem::LayoutProblem;
use crate::layouts::types::{CompilationUnit, TypeWalk};

type LayoutAnswer = Result<Layout, LayoutProblem>;

/// Returns the layout of each type, in their order.
pub(super) fn layouts(
    executable: &RunningExecutable,
    types: &[&SizedType],
) -> Result<Vec<LayoutAnswer>, LayoutProblem> {
    let file = executable.parse()?;
    let endian = if file.is_little_endian() { RunTimeEndian::Little } else { RunTimeEndian::Big };
    let sections = sections(&file)?;
    let dwarf = sections.borrow(|section| EndianSlice::new(section, endian));
    let mut wanted: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, ty) in types.iter().enumerate() {
        let here = ty.witness as *const () as u64;
        if let Some(address) = executable.link_address(&file, here) {
            wanted.entry(address).or_default().push(index);
        }
    }
    let mut answers = vec![Err(LayoutProblem::NoDebugInfo); types.len()];
    let mut search =
        WitnessSearch { dwarf: &dwarf, types, wanted, answers: &mut answers, is_split: false };
    search.run()?;
    if search.is_split {
        for answer in
            answers.iter_mut().filter(|answer| **answer == Err(LayoutProblem::NoDebugInfo))
        {
            *answer = Err(LayoutProblem::Split);
        }
    }
    Ok(answers)
}

struct WitnessSearch<'a, 'data> {
    dwarf: &'a Dwarf<'data>,
    types: &'a [&'a SizedType],
    /// The types by the address of their witness. Two types can share one only if they have one name.
    wanted: HashMap<u64, Vec<usize>>,
    answers: &'a mut [LayoutAnswer],
    /// True if a unit keeps its debug information in another file.
    is_split: bool,
}

impl WitnessSearch<'_, '_> {
    fn run(&mut self) -> Result<(), LayoutProblem> {
        let mut headers = self.dwarf.units();
        while let Some(header) = headers.next()? {
            let unit = self.dwarf.unit(header)?;
            if self.covers(&unit)? {
                self.is_split |= unit.dwo_name()?.is_some();
                self.search(&unit)?;
            }
        }
        Ok(())
    }

    /// Returns `true` if code of the unit lies where a witness does.
    fn covers(&self, unit: &CompilationUnit<'_>) -> Result<bool, LayoutProblem> {
        let mut ranges = self.dwarf.unit_ranges(unit)?;
        while let Some(range) = ranges.next()? {
            let within = |address: &u64| (range.begin..range.end).contains(address);
            if self.wanted.keys().any(within) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn search(&mut self, unit: &CompilationUnit<'_>) -> Result<(), LayoutProblem> {
        let mut entries = unit.entries();
        while let Some(entry) = entries.next_dfs()? {
            if entry.tag() != constants::DW_TAG_subprogram {
                continue;
            }
            let Some(low_pc) = entry.attr_value(constants::DW_AT_low_pc) else { continue };
            let Some(address) = self.dwarf.attr_address(unit, low_pc)? else { continue };
            let Some(indices) = self.wanted.get(&address).cloned() else { continue };
            let Some(ty) = type_parameter(unit, entry.offset())? else { continue };
            for index in indices {
                let sized = self.types[index];
                let answer = TypeWalk::new(self.dwarf, unit).layout(&ty, sized.align as u64);
                let fits = |layout: &Layout| layout.size == sized.size as u64;
                self.put(index, answer, fits);
            }
        }
        Ok(())
    }

    /// Keeps an answer if it fits the type. Code of two types that the linker folded into one would answer with the
    /// other's layout.
    fn put(&mut self, index: usize, answer: LayoutAnswer, fits: impl Fn(&Layout) -> bool) {
        match answer {
            Ok(layout) if fits(&layout) => self.answers[index] = Ok(layout),
            Ok(_) if self.answers[index].is_ok() => {}
            Ok(layout) => {
                let (name, size) = (layout.name, layout.size);
                self.answers[index] =
                    Err(LayoutProblem::Unreadable(format!("it speaks of {name}, of {size} B")));
            }
            Err(problem) if self.answers[index].is_err() => self.answers[index] = Err(problem),
            Err(_) => {}
        }
    }
}

/// Returns the type that a generic function was made for.
fn type_parameter<'a>(
    unit: &CompilationUnit<'a>,
    function: UnitOffset,
) -> Result<Option<AttributeValue<Slice<'a>>>, LayoutProblem> {
    let mut tree = unit.entries_tree(Some(function))?;
    let mut children = tree.root()?.children();
    while let Some(child) = children.next()? {
        if child.entry().tag() == constants::DW_TAG_template_type_parameter {
            return Ok(child.entry().attr_value(constants::DW_AT_type));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use object::ObjectSection as _;

    use super::*;
    use crate::case::registry::witness;

    fn sized(witness: fn(), size: usize) -> SizedType {
        SizedType { name: "", size, align: 1, file: "", line: 0, witness }
    }

    fn answers(types: &[SizedType]) -> Vec<LayoutAnswer> {
        let executable = RunningExecutable::running().expect("readable");
        layouts(&executable, &types.iter().collect::<Vec<_>>()).expect("a layout or why not")
    }

    /// This crate is compiled with line tables alone, unless a person asks for more.
    #[test]
    fn each_type_gets_its_own_answer() {
        let answers = answers(&[
            sized(witness::<(u8, u32)>, 8),
            sized(witness::<(u8, u32)>, 9),
            sized(nobody, 1),
        ]);
        assert_eq!(answers[2], Err(LayoutProblem::NoDebugInfo));
        match &answers[0] {
            Ok(layout) => {
                assert_eq!((layout.name.as_str(), layout.size), ("(u8, u32)", 8));
                let other = "it speaks of (u8, u32), of 8 B".to_owned();
                assert_eq!(answers[1], Err(LayoutProblem::Unreadable(other)));
            }
            Err(problem) => assert_eq!(*problem, LayoutProblem::NoDebugInfo),
        }
    }

    fn nobody() {}

    /// Debug information in which every so many bytes one is another.
    #[test]
    fn whatever_it_says_nothing_panics() {
        let types = [sized(witness::<Option<Result<u8, [u32; 3]>>>, 16)];
        let types: Vec<_> = types.iter().collect();
        let mut random = 1_u64;
        for distance in [100, 5_000, 100_000, 1_000_000] {
            let mut executable = RunningExecutable::running().expect("readable");
            for (start, size) in debug_sections(&executable) {
                let mut at = start;
                while at < start + size {
                    random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    executable.bytes[at] ^= random.to_le_bytes()[6];
                    at += 1 + usize::from(random.to_le_bytes()[5]) * distance / 128;
                }
            }
            let _ = layouts(&executable, &types);
        }
    }

    /// Returns the sections' places in the file.
    fn debug_sections(executable: &RunningExecutable) -> Vec<(usize, usize)> {
        let file = executable.parse().expect("ELF");
        let debug = file
            .sections()
            .filter(|section| section.name().is_ok_and(|name| name.starts_with(".debug_")));
        let ranges = debug.filter_map(|section| section.file_range());
        ranges.map(|(start, size)| (start as usize, size as usize)).collect()
    }

    #[test]
    fn no_type_is_no_problem() {
        assert_eq!(answers(&[]), []);
    }
}
