//! A workload's path as the test harness spells it.

/// Every word that is an identifier only as `r#…`, in one edition or another.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// The harness's name of `workload`, whose own path names a file and so has no `r#` in it.
#[must_use]
pub fn test_path(workload: &str) -> String {
    let part = |part: &str| {
        if KEYWORDS.contains(&part) { format!("r#{part}") } else { part.to_owned() }
    };
    workload.split("::").map(part).collect::<Vec<_>>().join("::")
}

#[cfg(test)]
mod tests {
    use super::test_path;

    #[test]
    fn only_keywords_are_raw() {
        assert_eq!(test_path("cold::open"), "cold::open");
        assert_eq!(test_path("mod::match_all::type"), "r#mod::match_all::r#type");
    }
}
