//! Reasons why folders are not parts of one measurement.

use std::fmt;

/// The most places that are shown.
const SHOWN: usize = 10;

/// One reason, its places, and the remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Disagreement {
    pub(super) reason: String,
    /// Each place with its text; the columns are aligned.
    pub(super) places: Vec<(String, String)>,
    /// A word and the advice behind it.
    pub(super) remedy: (&'static str, &'static str),
}

/// Joins equal reasons, with all their places.
pub(super) fn gathered(problems: &[Disagreement]) -> Vec<Disagreement> {
    let mut gathered: Vec<Disagreement> = Vec::new();
    for problem in problems {
        match gathered.iter_mut().find(|known| known.reason == problem.reason) {
            Some(known) => known.places.extend(problem.places.iter().cloned()),
            None => gathered.push(problem.clone()),
        }
    }
    gathered
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  {}", self.reason)?;
        let shown = &self.places[..self.places.len().min(SHOWN)];
        let width = shown.iter().map(|(place, _)| place.chars().count()).max().unwrap_or(0);
        for (place, there) in shown {
            let line = format!("    {place:<width$}   {}", there.replace('\n', "\n      "));
            writeln!(f, "{}", line.trim_end())?;
        }
        if self.places.len() > SHOWN {
            writeln!(f, "    and {} more", self.places.len() - SHOWN)?;
        }
        let (word, what) = self.remedy;
        write!(f, "  {word:<9} {what}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_aligned_and_the_remedy_comes_last() {
        let problem = Disagreement {
            reason: "the files are not all of one commit".to_owned(),
            places: vec![("a".to_owned(), "1".to_owned()), ("bcd".to_owned(), String::new())],
            remedy: ("measure", "again"),
        };
        assert_eq!(
            problem.to_string(),
            "  the files are not all of one commit\n    a     1\n    bcd\n  measure   again"
        );
    }

    #[test]
    fn one_reason_is_told_once_and_not_of_every_place() {
        let problem = |reason: &str, place: usize| Disagreement {
            reason: reason.to_owned(),
            places: vec![(place.to_string(), "x".to_owned())],
            remedy: ("look", "there"),
        };
        let mut problems: Vec<_> =
            (1..=SHOWN + 2).map(|place| problem("misplaced", place)).collect();
        problems.push(problem("unreadable", 1));
        let [misplaced, unreadable] = &gathered(&problems)[..] else { panic!("two reasons") };
        assert_eq!(unreadable.to_string(), "  unreadable\n    1   x\n  look      there");
        let text = misplaced.to_string();
        assert!(text.ends_with("\n    10   x\n    and 2 more\n  look      there"), "{text}");
    }
}
