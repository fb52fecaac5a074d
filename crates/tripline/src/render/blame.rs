//! Rows that name call sites and types: how much, per entity, of which one, and where it is.

/// Rows below a heading. The failure and the page show the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlameSection {
    pub heading: String,
    pub rows: Vec<BlameRow>,
}

/// One site or type, or the sum of several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlameRow {
    /// For example `+20 000 blocks`.
    pub amount: String,
    /// For example `+5.00 per row`; empty where there are no entities.
    pub share: String,
    pub name: String,
    pub about: Vec<String>,
}

/// An amount, and its share of one entity.
#[derive(Clone, Debug, Default)]
pub(crate) struct BlamedAmount {
    pub(crate) amount: String,
    pub(crate) share: String,
}

impl BlameSection {
    pub(crate) fn below(heading: &str) -> Self {
        Self { heading: heading.to_owned(), rows: Vec::new() }
    }

    pub(crate) fn add(&mut self, amount: BlamedAmount, name: &str, about: Vec<String>) {
        self.rows.push(amount.of(name, about));
    }

    /// Aligns amounts to the right and words to the left, each under its like.
    pub(crate) fn print(&self, into: &mut String) {
        into.push_str(&format!("  {}\n", self.heading));
        let wide = widest(self.rows.iter().map(|row| &row.amount));
        let narrow = widest(self.rows.iter().map(|row| &row.share));
        // A row's last word pads nothing.
        let name =
            widest(self.rows.iter().filter(|row| !row.about.is_empty()).map(|row| &row.name));
        let several = self.rows.iter().filter(|row| row.about.len() > 1);
        let first = widest(several.map(|row| &row.about[0]));
        for row in &self.rows {
            let mut line = format!("  {:>wide$}", row.amount);
            if narrow > 0 {
                line.push_str(&format!("   {:>narrow$}", row.share));
            }
            line.push_str(&format!("   {:<name$}", row.name));
            for (at, word) in row.about.iter().enumerate() {
                let pad = if at == 0 { first } else { 0 };
                line.push_str(&format!("   {word:<pad$}"));
            }
            into.push_str(line.trim_end());
            into.push('\n');
        }
    }
}

impl BlamedAmount {
    pub(crate) fn of(self, name: &str, about: Vec<String>) -> BlameRow {
        let Self { amount, share } = self;
        BlameRow { amount, share, name: name.to_owned(), about }
    }
}

fn widest<'a>(texts: impl Iterator<Item = &'a String>) -> usize {
    texts.map(|text| text.chars().count()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_stand_to_the_right_and_words_under_their_like() {
        let mut rows = BlameSection::below("what grew");
        let amounts = |amount: &str, share: &str| BlamedAmount {
            amount: amount.to_owned(),
            share: share.to_owned(),
        };
        let about = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        rows.add(amounts("+20 000 blocks", "+5.00"), "a::b", about(&["new site", "a.rs:1"]));
        rows.add(amounts("+1 block", "+0.01"), "a::longer", about(&["bigger"]));
        rows.add(amounts("+20 001 blocks", ""), "Σ = measured − recorded", Vec::new());
        let mut text = String::new();
        rows.print(&mut text);
        insta::assert_snapshot!(text, @"
          what grew
          +20 000 blocks   +5.00   a::b        new site   a.rs:1
                +1 block   +0.01   a::longer   bigger
          +20 001 blocks           Σ = measured − recorded
        ");
    }
}
