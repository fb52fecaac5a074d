//! Words as a person types them to a shell.

/// Returns a word that a shell takes for one, whatever is in it: in quotes where it must be.
#[must_use]
pub fn shell_word(word: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "_-./:=@%+,".contains(character);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => quoted_shell_word(word),
    }
}

/// Returns a word in quotes, whether it needs them or not, such as the name of a type.
#[must_use]
pub fn quoted_shell_word(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use crate::shell_word;

    #[test]
    fn only_what_a_shell_would_change_is_in_quotes() {
        for (word, shown) in [
            ("ci/linux-1_a", "ci/linux-1_a"),
            ("größe", "größe"),
            ("C:/x", "C:/x"),
            ("odd shell/a", "'odd shell/a'"),
            ("it's", "'it'\\''s'"),
            ("$HOME;`x`", "'$HOME;`x`'"),
            ("Pair<u8, u16>", "'Pair<u8, u16>'"),
            ("", "''"),
        ] {
            assert_eq!(shell_word(word), shown);
        }
    }
}
