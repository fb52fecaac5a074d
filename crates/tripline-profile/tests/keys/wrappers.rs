//! A function that everything allocates through is the site of nearly all blocks and to blame for none.

use std::io::Cursor;

use tripline_profile::{GroupBy, Profile, SiteFigures};

use crate::{Six, profile};

const MALLOC: &str = "0x1: yaml_malloc (yaml-1.0.0/src/alloc.rs:3:5)";
const MAIN: &str = "0x9: main (app/src/main.rs:1:1)";

/// Makes a stack of so many blocks with eight bytes each.
type Counted = (Vec<String>, u64);

fn stack(frames: &[&str], blocks: u64) -> Counted {
    (frames.iter().map(|&frame| frame.to_owned()).collect(), blocks)
}

/// A function of the parser that allocates through the wrapper.
fn parser(name: &str) -> String {
    format!("0x2: {name} (yaml-1.0.0/src/parser.rs:7:9)")
}

/// Each of the callers allocates so many blocks through the wrapper.
fn through(callers: &[(&str, u64)]) -> Vec<Counted> {
    callers.iter().map(|(name, blocks)| stack(&[MALLOC, &parser(name), MAIN], *blocks)).collect()
}

/// A function that does not.
fn beside(blocks: u64) -> Counted {
    stack(&["0x3: beside (app/src/beside.rs:1:1)", MAIN], blocks)
}

fn opened(stacks: &[Counted]) -> Profile<Cursor<String>> {
    let frames: Vec<Vec<&str>> =
        stacks.iter().map(|(frames, _)| frames.iter().map(String::as_str).collect()).collect();
    let figures = |blocks: u64| -> Six { [8 * blocks, blocks, 8, 1, 0, 0] };
    let points: Vec<_> = frames
        .iter()
        .zip(stacks)
        .map(|(frames, (_, blocks))| (&**frames, figures(*blocks)))
        .collect();
    profile(&points)
}

/// Each site's key and blocks, the largest first.
fn told(stacks: &[Counted]) -> Vec<(String, u64)> {
    let breakdown = opened(stacks).breakdown().unwrap();
    assert_eq!(
        breakdown.sites.iter().map(|site| site.figures).sum::<SiteFigures>(),
        breakdown.totals
    );
    breakdown.sites.into_iter().map(|site| (site.key, site.figures.total.blocks)).collect()
}

fn is_split(stacks: &[Counted]) -> bool {
    told(stacks).iter().any(|(key, _)| key.contains("(through "))
}

const FOUR: [(&str, u64); 4] = [("scan", 40), ("load", 30), ("emit", 20), ("dump", 10)];

#[test]
fn a_wrapper_with_many_callers_is_split_by_them() {
    let sites = told(&through(&FOUR));
    let part = |name: &str, blocks| {
        (format!("yaml::parser::{name} (through yaml::alloc::yaml_malloc)"), blocks)
    };
    assert_eq!(sites, [part("scan", 40), part("load", 30), part("emit", 20), part("dump", 10)]);
}

#[test]
fn a_site_with_three_callers_is_whole() {
    let site = "yaml::alloc::yaml_malloc".to_owned();
    assert_eq!(told(&through(&FOUR[..3])), [(site, 90)]);
}

#[test]
fn a_site_with_one_caller_is_whole() {
    let recursive =
        |main: &str| stack(&[MALLOC, MALLOC, &parser("scan"), &parser("scan"), main], 10);
    let mains = |count: u64| -> Vec<Counted> {
        (0..count).map(|n| recursive(&format!("0x9: main{n} (app/src/main.rs:1:1)"))).collect()
    };
    assert_eq!(told(&mains(3)), [("yaml::alloc::yaml_malloc".to_owned(), 30)]);
    // Unless it has so many callers that it is a wrapper itself.
    assert_eq!(told(&mains(4)).len(), 4);
}

#[test]
fn a_site_that_takes_half_is_whole_and_one_that_takes_more_is_not() {
    let with = |blocks| [through(&FOUR), vec![beside(blocks)]].concat();
    assert!(!is_split(&with(100)));
    assert!(is_split(&with(99)));
}

#[test]
fn callers_within_std_are_none() {
    let map = |line: u32| format!("0x2: map{line}<u8> (core/src/option.rs:{line}:1)");
    let ways: Vec<Counted> =
        (1..9).map(|line| stack(&[MALLOC, &map(line), &parser("scan"), MAIN], 10)).collect();
    assert!(!is_split(&ways));
}

#[test]
fn a_wrapper_in_front_of_a_wrapper_is_one_with_it() {
    let raw = "0x1: raw (sys-1.0.0/src/lib.rs:3:5)";
    let one = |name: &str| stack(&[raw, MALLOC, &parser(name), MAIN], 10);
    let sites = told(&["scan", "load", "emit", "dump"].map(one));
    assert_eq!(sites[0].0, "yaml::parser::dump (through yaml::alloc::yaml_malloc, sys::raw)");
    assert_eq!(sites.len(), 4);
    // One of the callers is a wrapper itself, but does not take most.
    let copy = |name: &str| stack(&[raw, &parser("copy"), &parser(name)], 10);
    let direct = ["a", "b", "c"].map(|name| stack(&[raw, &parser(name)], 15));
    let sites = told(&[["w", "x", "y", "z"].map(copy).to_vec(), direct.to_vec()].concat());
    assert_eq!(sites[0], ("yaml::parser::copy (through sys::raw)".to_owned(), 40));
}

#[test]
fn a_stack_that_ends_at_the_wrapper_is_nobodys() {
    let sites = told(&[through(&FOUR), vec![stack(&[MALLOC], 50)]].concat());
    assert_eq!(sites[0], ("unknown (through yaml::alloc::yaml_malloc)".to_owned(), 50));
}

#[test]
fn a_part_is_described_by_its_caller() {
    let breakdown = opened(&through(&FOUR)).breakdown().unwrap();
    let place = breakdown.sites[0].place.clone().unwrap();
    assert_eq!((place.file.as_str(), place.line), ("yaml-1.0.0/src/parser.rs", 7));
    assert_eq!(breakdown.sites[0].callers, ["app::main"]);
    let modules: Vec<_> = breakdown
        .groups(GroupBy::Module)
        .into_iter()
        .map(|group| (group.name, group.sites))
        .collect();
    assert_eq!(modules, [("yaml::parser".to_owned(), 4)]);
}

#[test]
fn neither_the_order_of_the_stacks_nor_their_number_matters() {
    let mut stacks = [through(&FOUR), vec![beside(70)]].concat();
    let sites = told(&stacks);
    stacks.reverse();
    assert_eq!(told(&stacks), sites);
    let halved: Vec<Counted> =
        stacks.iter().flat_map(|(frames, blocks)| vec![(frames.clone(), blocks / 2); 2]).collect();
    assert_eq!(told(&halved), sites);
}

/// The call paths that are kept apart until the end must not grow with the file.
#[test]
fn in_a_profile_with_too_many_ways_every_site_is_whole() {
    let ways = |callers: u32| -> Vec<Counted> {
        let far = |n: u32| format!("0x3: far{n} (app/src/far.rs:1:1)");
        let pairs = (0..callers).flat_map(|a| (0..256).map(move |b| (a, b)));
        pairs.map(|(a, b)| stack(&[MALLOC, &parser(&format!("caller{a}")), &far(b)], 1)).collect()
    };
    assert_eq!(told(&ways(64)).len(), 64);
    assert_eq!(told(&ways(65)), [("yaml::alloc::yaml_malloc".to_owned(), 65 * 256)]);
}

#[test]
fn every_pass_names_a_split_site_alike() {
    let mut profile = opened(&[through(&FOUR), vec![beside(9)]].concat());
    let breakdown = profile.breakdown().unwrap();
    let mut keys: Vec<&str> = breakdown.sites.iter().map(|site| site.key.as_str()).collect();
    keys.sort_unstable();
    let mut seen = Vec::new();
    profile.visit(|site, _, _| seen.push(site.to_owned())).unwrap();
    seen.sort_unstable();
    assert_eq!(seen, keys);
}
