//! The nearest spelling of a misspelled key.

/// Returns the candidate that takes the fewest edits, if that is few for its length.
pub(crate) fn nearest(given: &str, candidates: &[String]) -> Option<String> {
    // A long key is no misspelling of ours, and the distance takes quadratic time.
    if given.len() > 64 {
        return None;
    }
    candidates
        .iter()
        .map(|candidate| (distance(given, candidate), candidate))
        .filter(|(edits, candidate)| *edits * 3 <= candidate.chars().count())
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate.clone())
}

/// Returns the insertions, deletions and substitutions from `a` to `b` (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (a, b, edits) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("kitten", "sitting", 3),
            ("max_byte", "max_bytes", 1),
        ] {
            assert_eq!(distance(a, b), edits, "{a} {b}");
        }
    }

    #[test]
    fn only_a_near_spelling_is_suggested() {
        let keys = ["max_bytes", "max_blocks"].map(str::to_owned);
        assert_eq!(nearest("maxbytes", &keys).as_deref(), Some("max_bytes"));
        assert_eq!(nearest("max", &keys), None);
        assert_eq!(nearest(&"m".repeat(1000), &keys), None);
    }
}
