//! Regressions, each with one function that is to blame. What was is the `else`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::error::Error;
use std::fmt::Display;
use std::hint::black_box;
use std::rc::Rc;

use tripline::Probe;

use super::measure;

#[tripline::test]
fn an_allocation_in_a_loop(probe: &Probe) {
    measure(probe, |regressed| checksum(&[7; 4_000], regressed));
}

fn checksum(bytes: &[u8], regressed: bool) -> u64 {
    let mut sum = 0;
    for chunk in bytes.chunks(16) {
        let add = |chunk: &[u8]| chunk.iter().map(|byte| u64::from(*byte)).sum::<u64>();
        sum += if regressed { add(&chunk.to_vec()) } else { add(chunk) };
    }
    sum
}

#[tripline::test]
fn a_lost_with_capacity(probe: &Probe) {
    measure(probe, |regressed| drop(ids(3_000, regressed)));
}

#[inline(never)]
fn ids(count: u64, regressed: bool) -> Vec<u64> {
    let mut ids = if regressed { Vec::new() } else { Vec::with_capacity(count as usize) };
    for id in 0..count {
        ids.push(id);
    }
    ids
}

#[derive(Clone, Default)]
struct Row {
    _key: u64,
}

#[derive(Clone, Default)]
struct WideRow {
    _key: u64,
    _flags: [u64; 2],
}

#[tripline::test]
fn a_struct_that_grew_inside_a_vec(probe: &Probe) {
    measure(
        probe,
        |regressed| {
            if regressed { table::<WideRow>(900).1 } else { table::<Row>(900).1 }
        },
    );
}

/// The rows are gone when the table is read; a type that is another cannot be returned.
#[inline(never)]
fn table<T: Clone + Default>(rows: usize) -> (usize, usize) {
    let table: Vec<T> = (0..rows).map(|_| T::default()).collect();
    (black_box(&table).len(), rows)
}

#[tripline::test]
fn an_extra_clone(probe: &Probe) {
    let messages: Vec<String> = (0..200).map(|n| format!("message {n}")).collect();
    measure(probe, |regressed| {
        messages.iter().map(|message| send(message, regressed)).sum::<usize>()
    });
}

fn send(message: &String, regressed: bool) -> usize {
    if regressed { black_box(message.clone()).len() } else { black_box(message).len() }
}

#[tripline::test]
fn a_string_for_a_str(probe: &Probe) {
    let text = "the quick brown fox ".repeat(80);
    measure(probe, |regressed| tokens(&text, regressed));
}

fn tokens(text: &str, regressed: bool) -> usize {
    if regressed {
        text.split(' ').map(str::to_owned).collect::<Vec<_>>().len()
    } else {
        text.split(' ').collect::<Vec<_>>().len()
    }
}

#[derive(Default)]
struct Cache {
    entries: HashMap<u64, [u8; 100]>,
}

impl Cache {
    fn remember(&mut self, key: u64, regressed: bool) {
        if !regressed && self.entries.len() >= 16 {
            self.entries.clear();
        }
        self.entries.insert(key, [0; 100]);
    }
}

#[tripline::test]
fn a_cache_without_bound(probe: &Probe) {
    measure(probe, |regressed| {
        let mut cache = Cache::default();
        (0..500).for_each(|key| cache.remember(key, regressed));
        cache
    });
}

#[tripline::test]
fn a_forgotten_block(probe: &Probe) {
    measure(probe, |regressed| (0..50).for_each(|request| handle(request, regressed)));
}

fn handle(request: u64, regressed: bool) {
    let session = Box::new([request; 16]);
    if regressed {
        std::mem::forget(black_box(session));
    } else {
        drop(black_box(session));
    }
}

#[derive(Default)]
struct Node {
    next: RefCell<Option<Rc<Node>>>,
}

#[tripline::test]
fn a_cycle_of_rcs(probe: &Probe) {
    measure(probe, |regressed| (0..60).for_each(|_| link(regressed)));
}

fn link(regressed: bool) {
    let first = Rc::new(Node::default());
    let second = Rc::new(Node { next: RefCell::new(Some(Rc::clone(&first))) });
    if regressed {
        *first.next.borrow_mut() = Some(Rc::clone(&second));
    }
}

#[tripline::test]
fn a_hash_map_for_a_vec(probe: &Probe) {
    let bytes: Vec<u8> = (0..=255).collect();
    measure(probe, |regressed| histogram(&bytes, regressed));
}

fn histogram(bytes: &[u8], regressed: bool) -> usize {
    if regressed {
        let mut counts: HashMap<u8, u32> = HashMap::new();
        bytes.iter().for_each(|byte| *counts.entry(*byte).or_default() += 1);
        counts.len()
    } else {
        let mut counts = vec![0_u32; 256];
        bytes.iter().for_each(|byte| counts[usize::from(*byte)] += 1);
        counts.len()
    }
}

#[tripline::test]
fn a_format_in_a_hot_path(probe: &Probe) {
    measure(probe, |regressed| (0..300).map(|id| trace(id, regressed)).sum::<usize>());
}

fn trace(id: u64, regressed: bool) -> usize {
    if regressed { black_box(format!("row {id}")).len() } else { 1 + id.ilog10_or_zero() }
}

trait Digits {
    fn ilog10_or_zero(self) -> usize;
}

impl Digits for u64 {
    fn ilog10_or_zero(self) -> usize {
        self.checked_ilog10().unwrap_or(0) as usize
    }
}

#[tripline::test]
fn a_fresh_buffer_for_each_record(probe: &Probe) {
    measure(probe, |regressed| read_records(40, regressed));
}

fn read_records(records: usize, regressed: bool) -> usize {
    let mut buffer = vec![0_u8; 64 << 10];
    let mut read = 0;
    for _ in 0..records {
        if regressed {
            buffer = vec![0_u8; 64 << 10];
        }
        read += black_box(&buffer).len();
    }
    read
}

#[tripline::test]
fn growth_in_a_dependency(probe: &Probe) {
    let text = format!("[{}]", ["{\"key\": \"value\"}"; 60].join(","));
    measure(probe, |regressed| {
        if regressed {
            serde_json::from_str::<serde_json::Value>(&text).is_ok()
        } else {
            serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok()
        }
    });
}

#[tripline::test]
fn growth_in_a_generic_function(probe: &Probe) {
    measure(probe, |regressed| {
        (0..100_u32).map(|n| encode(n, regressed)).sum::<usize>() + encode('c', regressed)
    });
}

#[inline(never)]
fn encode<T: Display>(value: T, regressed: bool) -> usize {
    let once = value.to_string();
    if regressed { once.len() + black_box(value.to_string()).len() } else { once.len() }
}

#[tripline::test]
fn growth_in_a_closure(probe: &Probe) {
    measure(probe, |regressed| totals(120, regressed));
}

fn totals(count: u64, regressed: bool) -> u64 {
    let total = |n: u64| {
        if regressed {
            black_box(vec![n; 4]).iter().sum::<u64>()
        } else {
            black_box([n; 4]).iter().sum()
        }
    };
    (0..count).map(total).sum()
}

trait Codec {
    fn write(&self, value: u64) -> usize;
}

struct Plain {
    regressed: bool,
}

impl Codec for Plain {
    fn write(&self, value: u64) -> usize {
        if self.regressed {
            black_box(Box::new([value; 8])).len()
        } else {
            black_box([value; 8]).len()
        }
    }
}

#[tripline::test]
fn growth_behind_a_trait_object(probe: &Probe) {
    measure(probe, |regressed| {
        let codec: Box<dyn Codec> = Box::new(Plain { regressed });
        (0..150).map(|value| codec.write(value)).sum::<usize>()
    });
}

#[tripline::test]
fn growth_in_a_spawned_thread(probe: &Probe) {
    measure(probe, |regressed| std::thread::spawn(move || worker(200, regressed)).join().is_ok());
}

fn worker(jobs: u64, regressed: bool) -> u64 {
    let job = |n: u64| if regressed { *black_box(Box::new(n)) } else { black_box(n) };
    (0..jobs).map(job).sum()
}

#[tripline::test]
fn a_block_that_lives_longer(probe: &Probe) {
    measure(probe, |regressed| staged(12, regressed));
}

/// What the region's peak holds depends on when a stage's blocks are freed.
fn staged(stages: usize, regressed: bool) -> usize {
    let mut kept = Vec::with_capacity(stages);
    for stage in 0..stages {
        let block = scratch(stage);
        if regressed {
            kept.push(block);
        }
    }
    kept.len()
}

#[inline(never)]
fn scratch(stage: usize) -> Vec<u8> {
    let mut scratch = vec![stage as u8; 4_000];
    scratch[0] = 1;
    scratch
}

#[tripline::test]
fn a_larger_buffer(probe: &Probe) {
    measure(probe, |regressed| (0..30).map(|_| frame(regressed).capacity()).sum::<usize>());
}

#[inline(never)]
fn frame(regressed: bool) -> Vec<u8> {
    Vec::with_capacity(if regressed { 1_500 } else { 1_200 })
}

#[tripline::test]
fn more_at_each_depth_of_a_recursion(probe: &Probe) {
    measure(probe, |regressed| walk("root", 40, regressed));
}

fn walk(path: &str, depth: usize, regressed: bool) -> usize {
    if depth == 0 {
        return path.len();
    }
    let child = if regressed { format!("{path}/{depth}") } else { String::new() };
    walk(if regressed { &child } else { path }, depth - 1, regressed)
}

#[tripline::test]
fn a_lost_shrink_to_fit(probe: &Probe) {
    measure(probe, compact);
}

fn compact(regressed: bool) -> Vec<u64> {
    let mut values = Vec::with_capacity(2_000);
    values.extend(0..100);
    if !regressed {
        values.shrink_to_fit();
    }
    values
}

#[tripline::test]
fn a_boxed_error_on_the_usual_path(probe: &Probe) {
    measure(probe, |regressed| (0..100).filter(|key| lookup(*key, regressed).is_err()).count());
}

fn lookup(key: u64, regressed: bool) -> Result<u64, Option<Box<dyn Error>>> {
    if regressed { Err(Some(format!("no key {key}").into())) } else { Err(None) }
}

#[tripline::test]
fn keys_that_are_kept_to_sort_by(probe: &Probe) {
    let words: Vec<String> = (0..150).map(|n| format!("word{}", n * 7_919 % 150)).collect();
    measure(probe, |regressed| ranked(&words, regressed));
}

fn ranked(words: &[String], regressed: bool) -> usize {
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    if regressed {
        words.sort_by_cached_key(|word| word.to_uppercase());
    } else {
        words.sort_unstable();
    }
    black_box(&words).len()
}
