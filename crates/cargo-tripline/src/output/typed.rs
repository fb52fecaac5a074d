//! Words as a person types them to a shell.

/// Returns a word that a shell takes for one, whatever is in it: in quotes where it must be.
pub(crate) fn typed(word: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "_-./:=@%+,".contains(character);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use crate::output::typed;

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
            assert_eq!(typed(word), shown);
        }
    }
}
