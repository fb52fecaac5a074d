//! Spells a type as `sizes.toml` does: as written in `sizes!`, white space normalised.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

pub(crate) fn type_name(tokens: TokenStream) -> String {
    let mut name = TypeName::default();
    name.push_all(tokens);
    name.text
}

/// Words that a following bracket does not belong to.
const KEYWORDS: [&str; 4] = ["&mut", "*mut", "*const", " as"];

/// Text under construction, and whether its last token needs a space before a following word.
#[derive(Default)]
struct TypeName {
    text: String,
    after_word: bool,
}

impl TypeName {
    fn push_all(&mut self, tokens: TokenStream) {
        for token in tokens {
            self.push(token);
        }
    }

    fn push(&mut self, token: TokenTree) {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = brackets(group.delimiter());
                // `&mut (u8, u8)`, but `Fn(u8)`.
                if KEYWORDS.iter().any(|keyword| self.text.ends_with(keyword)) {
                    self.text.push(' ');
                }
                self.text.push_str(open);
                self.after_word = false;
                self.push_all(group.stream());
                self.text.push_str(close);
                self.after_word = true;
            }
            TokenTree::Punct(punct) => self.push_punct(punct.as_char(), punct.spacing()),
            word => {
                let word = word.to_string();
                if self.after_word || word == "as" {
                    self.text.push(' ');
                }
                self.text.push_str(&word);
                self.after_word = true;
            }
        }
    }

    fn push_punct(&mut self, punct: char, spacing: Spacing) {
        let arrow = punct == '-' || (punct == '>' && self.text.ends_with('-'));
        if punct == '-' || matches!(punct, '+' | '=') {
            self.text.push(' ');
        }
        if punct == '\'' && self.after_word {
            self.text.push(' ');
        }
        self.text.push(punct);
        let spaced = matches!(punct, ',' | ';' | '+' | '=') || (arrow && punct == '>');
        if spaced && spacing == Spacing::Alone {
            self.text.push(' ');
        }
        self.after_word = false;
    }
}

fn brackets(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::None => ("", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::type_name;

    fn normalised(source: &str) -> String {
        type_name(source.parse().expect("tokens"))
    }

    #[test]
    fn spacing_does_not_matter() {
        for source in ["turso :: Value", "turso::Value", " turso ::\n Value "] {
            assert_eq!(normalised(source), "turso::Value");
        }
    }

    #[test]
    fn types_read_as_rustfmt_writes_them() {
        for source in [
            "Vec<u8>",
            "HashMap<String, Vec<(u8, u16)>>",
            "[u64; 4]",
            "&'static str",
            "&mut [u8]",
            "*mut (u8, u16)",
            "Box<dyn Fn(u8) -> u8 + Send>",
            "Option<fn(u8, u8) -> u16>",
            "*const u8",
            "<Vec<u8> as IntoIterator>::IntoIter",
            "Box<dyn Iterator<Item = u8>>",
        ] {
            assert_eq!(normalised(source), source);
        }
    }
}
