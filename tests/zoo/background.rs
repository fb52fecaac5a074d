//! Work that never changes, with call sites of many sizes.

use std::collections::{BTreeMap, HashMap};

/// What it keeps.
pub(crate) struct Kept {
    _index: HashMap<String, Vec<usize>>,
    _pages: Vec<Box<[u8; 512]>>,
}

pub(crate) fn work() -> Kept {
    let text = text(400);
    assert!(rank(&text) > 0);
    Kept { _index: index(&text), _pages: pages(20) }
}

#[inline(never)]
fn text(words: usize) -> String {
    let mut text = String::new();
    for word in 0..words {
        text.push_str(&format!("word{} ", word % 60));
    }
    text
}

#[inline(never)]
fn index(text: &str) -> HashMap<String, Vec<usize>> {
    let mut index: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, word) in text.split(' ').enumerate() {
        index.entry(word.to_owned()).or_default().push(at);
    }
    index
}

#[inline(never)]
fn pages(count: usize) -> Vec<Box<[u8; 512]>> {
    (0..count).map(|page| Box::new([page as u8; 512])).collect()
}

#[inline(never)]
fn rank(text: &str) -> usize {
    let mut counts = BTreeMap::new();
    for word in text.split(' ') {
        *counts.entry(word).or_insert(0_usize) += 1;
    }
    counts.values().copied().max().unwrap_or(0)
}
