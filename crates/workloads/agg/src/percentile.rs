//! Percentiles by the nearest rank: always a value that occurs, never one between two.

/// Returns the smallest value that at least `percent` percent do not exceed; `None` if there are no values.
#[must_use]
pub fn nearest_rank(ascending: &[u64], percent: usize) -> Option<u64> {
    let rank = (ascending.len() * percent.min(100)).div_ceil(100).max(1);
    ascending.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_those_of_the_definition() {
        let ascending = [15, 20, 35, 40, 50];
        for (percent, value) in
            [(0, 15), (5, 15), (30, 20), (40, 20), (50, 35), (99, 50), (100, 50)]
        {
            assert_eq!(nearest_rank(&ascending, percent), Some(value), "{percent}");
        }
        assert_eq!(nearest_rank(&[], 50), None);
        let hundred: Vec<u64> = (1..=100).collect();
        assert_eq!([50, 99].map(|percent| nearest_rank(&hundred, percent)), [Some(50), Some(99)]);
    }
}
