//! The most frequent values.

use smallvec::SmallVec;

use crate::breakdown::{Footprint, Parts};
use crate::event::Event;
use crate::feature::Feature;
use crate::hash::{Map, fingerprint_of_text};
use crate::op::State;
use crate::output::Output;
use crate::sketch::CountMin;

/// Up to so many distinct values are counted one by one.
const EXACT: usize = 1_024;

/// The most frequent values: exact up to 1 024 distinct ones. Beyond, a sketch counts them, and the k with the highest
/// estimates are kept by name.
#[derive(Clone, Debug, Default)]
pub struct TopK {
    exact: Map<Box<str>, u64>,
    sketch: Option<CountMin>,
    candidates: SmallVec<[(Box<str>, u64); 4]>,
}

impl TopK {
    fn add(&mut self, text: &str, count: u64, k: usize) {
        if self.sketch.is_none() {
            if let Some(counted) = self.exact.get_mut(text) {
                *counted += count;
                return;
            }
            if self.exact.len() < EXACT {
                self.exact.insert(text.into(), count);
                return;
            }
            self.give_up_exactness(k);
        }
        if let Some(sketch) = &mut self.sketch {
            let estimate = sketch.add(fingerprint_of_text(text), count);
            self.offer(text, estimate, k);
        }
    }

    fn give_up_exactness(&mut self, k: usize) {
        let mut sketch = CountMin::default();
        let counts = std::mem::take(&mut self.exact);
        for (text, count) in &counts {
            sketch.add(fingerprint_of_text(text), *count);
        }
        self.sketch = Some(sketch);
        for (text, count) in ranked(counts.iter()).into_iter().take(k) {
            self.candidates.push((text.into(), count));
        }
    }

    fn offer(&mut self, text: &str, estimate: u64, k: usize) {
        if let Some(held) = self.candidates.iter_mut().find(|(held, _)| **held == *text) {
            held.1 = estimate;
        } else if self.candidates.len() < k {
            self.candidates.push((text.into(), estimate));
        } else if let Some(least) = self.candidates.iter_mut().min_by_key(|(_, count)| *count)
            && least.1 < estimate
        {
            *least = (text.into(), estimate);
        }
    }

    pub(crate) fn merge(&mut self, later: &Self, k: usize) {
        let Some(theirs) = &later.sketch else {
            for (text, count) in ranked(later.exact.iter()) {
                self.add(text, count, k);
            }
            return;
        };
        if self.sketch.is_none() {
            self.give_up_exactness(k);
        }
        if let Some(mine) = &mut self.sketch {
            mine.merge(theirs);
        }
        self.rank_anew(later, k);
    }

    /// Ranks the candidates of both by the merged sketch's estimates.
    fn rank_anew(&mut self, later: &Self, k: usize) {
        let held = std::mem::take(&mut self.candidates);
        let Some(sketch) = &self.sketch else { return };
        let texts = held.iter().chain(&later.candidates).map(|(text, _)| text);
        let estimates: Map<Box<str>, u64> =
            texts.map(|text| (text.clone(), sketch.estimate(fingerprint_of_text(text)))).collect();
        for (text, estimate) in ranked(estimates.iter()).into_iter().take(k) {
            self.candidates.push((text.into(), estimate));
        }
    }

    fn top(&self, k: usize) -> Vec<(&str, u64)> {
        let mut top = match self.sketch {
            Some(_) => ranked(self.candidates.iter().map(|(text, count)| (text, count))),
            None => ranked(self.exact.iter()),
        };
        top.truncate(k);
        top
    }
}

/// Returns the most frequent first. Equal counts give the same result, whatever the order.
fn ranked<'a>(counts: impl Iterator<Item = (&'a Box<str>, &'a u64)>) -> Vec<(&'a str, u64)> {
    let mut ranked: Vec<_> = counts.map(|(text, count)| (&**text, *count)).collect();
    ranked.sort_unstable_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(right.0)));
    ranked
}

impl State for TopK {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(text) = feature.text(event) {
            self.add(&text, 1, feature.op.n());
        }
    }

    /// Returns each value with its count.
    fn output(&self, feature: &Feature, _: u64) -> Output {
        let top = self.top(feature.op.n()).into_iter();
        Output::list(
            top.map(|(text, count)| Output::List(vec![Output::Text(text.into()), count.into()])),
        )
    }

    fn heap(&self, parts: &mut Parts) {
        parts.add("counts", self.exact.allocation_size());
        parts.add("strings", self.exact.keys().map(|text| text.len()).sum());
        if let Some(sketch) = &self.sketch {
            sketch.add_to(parts);
        }
        parts.small("candidates", &self.candidates);
        parts.add("strings", self.candidates.iter().map(|(text, _)| text.len()).sum());
    }
}
