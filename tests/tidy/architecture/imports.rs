//! The rooms of a crate and the arrows between them, read from its sources' tokens.
//!
//! Every path that begins with `crate` or `super` counts, in a `use` or in the midst of code, but not in an
//! item under `#[cfg(test)]`. A name that the crate's root re-exports leads to the room that defines it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The rooms of a crate, and which imports which.
pub(super) struct Crate {
    pub(super) rooms: BTreeSet<String>,
    /// The first file that has the arrow, by the rooms that it leads from and to.
    pub(super) arrows: BTreeMap<(String, String), String>,
}

impl Crate {
    pub(super) fn has_arrow(&self, from: &str, to: &str) -> bool {
        self.arrows.contains_key(&(from.to_owned(), to.to_owned()))
    }
}

/// A source file without the items under `#[cfg(test)]`.
struct Source {
    /// Within `src`.
    path: String,
    tokens: Vec<TokenTree>,
    /// The modules that it declares for tests alone.
    test_modules: Vec<String>,
}

impl Source {
    /// The module that the file is, from the crate's root on.
    fn module(&self) -> Vec<String> {
        let path = self.path.trim_end_matches(".rs").trim_end_matches("/mod");
        let is_root = matches!(path, "lib" | "main");
        path.split('/').filter(|_| !is_root).map(str::to_owned).collect()
    }

    /// Takes the file's tokens, and of an item that is compiled for tests alone no more than a module's name.
    fn take(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            let attribute = match tokens.peek() {
                Some(TokenTree::Group(group)) if is(&token, '#') => group.stream().to_string(),
                _ => String::new(),
            };
            if attribute.replace(' ', "") != "cfg(test)" {
                self.tokens.push(token);
                continue;
            }
            let ends = |token: &TokenTree| match token {
                TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                other => is(other, ';'),
            };
            let item: Vec<_> = tokens.by_ref().take_while(|token| !ends(token)).collect();
            self.test_modules.extend(inline_module(&item));
        }
    }
}

/// Reads the rooms and arrows of the crate whose sources are in `folder`.
///
/// # Panics
/// If a source cannot be read.
pub(super) fn of_crate(folder: &Path) -> Crate {
    let mut sources = Vec::new();
    read(folder, "", &mut sources);
    leave_out_test_files(&mut sources);
    let rooms = sources.iter().filter_map(|source| source.module().into_iter().next());
    let mut found = Crate { rooms: rooms.collect(), arrows: BTreeMap::new() };
    let exported = exported(&sources, &found.rooms);
    for source in &sources {
        let module = source.module();
        let Some(from) = module.first() else { continue };
        let mut heads = Vec::new();
        heads_of(&source.tokens, &module, &mut heads);
        for head in heads {
            let to = exported.get(&head).unwrap_or(&head);
            if to != from && found.rooms.contains(to) {
                let arrow = (from.clone(), to.clone());
                found.arrows.entry(arrow).or_insert_with(|| source.path.clone());
            }
        }
    }
    found
}

fn read(folder: &Path, prefix: &str, sources: &mut Vec<Source>) {
    let entries = folder.read_dir().expect("a crate's sources").flatten();
    let mut entries: Vec<_> = entries.map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().and_then(|name| name.to_str()).expect("UTF-8");
        if path.is_dir() {
            read(&path, &format!("{prefix}{name}/"), sources);
        } else if name.ends_with(".rs") {
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            let tokens = TokenStream::from_str(&text).expect("Rust");
            let path = format!("{prefix}{name}");
            let mut source = Source { path, tokens: Vec::new(), test_modules: Vec::new() };
            source.take(tokens);
            sources.push(source);
        }
    }
}

fn leave_out_test_files(sources: &mut Vec<Source>) {
    let declared = sources.iter().flat_map(|source| {
        let within = |name: &String| [source.module(), vec![name.clone()]].concat();
        source.test_modules.iter().map(within)
    });
    let declared: Vec<_> = declared.collect();
    sources.retain(|source| !declared.iter().any(|module| source.module().starts_with(module)));
}

fn is(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

fn identifier(token: Option<&TokenTree>) -> Option<String> {
    match token {
        Some(TokenTree::Ident(identifier)) => Some(identifier.to_string()),
        _ => None,
    }
}

/// Names that the root re-exports, with the room that each comes from.
fn exported(sources: &[Source], rooms: &BTreeSet<String>) -> BTreeMap<String, String> {
    let root = sources.iter().filter(|source| source.module().is_empty());
    let mut exported = BTreeMap::new();
    for source in root {
        for (at, token) in source.tokens.iter().enumerate() {
            if identifier(Some(token)).as_deref() != Some("use") {
                continue;
            }
            let mut paths = Vec::new();
            tree(&source.tokens[at + 1..], &[], &mut paths);
            for path in paths {
                let path: Vec<_> =
                    path.into_iter().skip_while(|part| part == "crate" || part == "self").collect();
                if let (Some(room), Some(name)) = (path.first(), path.last())
                    && rooms.contains(room)
                    && !rooms.contains(name)
                {
                    exported.insert(name.clone(), room.clone());
                }
            }
        }
    }
    exported
}

/// The paths of a tree of a `use`, up to its `;` or its group's end.
fn tree(tokens: &[TokenTree], prefix: &[String], paths: &mut Vec<Vec<String>>) {
    let mut path = prefix.to_vec();
    let mut tokens = tokens.iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(name) if *name == "as" => {
                path.pop();
                path.extend(identifier(tokens.next()));
            }
            TokenTree::Ident(name) => path.push(name.to_string()),
            TokenTree::Group(group) => {
                let inner: Vec<_> = group.stream().into_iter().collect();
                tree(&inner, &path, paths);
                path.clear();
            }
            other if is(other, ',') || is(other, ';') => {
                paths.push(std::mem::replace(&mut path, prefix.to_vec()));
                if is(other, ';') {
                    return;
                }
            }
            _ => {}
        }
    }
    paths.push(path);
}

/// The first name after the crate's root of every path in `tokens` that leads there from `module`.
fn heads_of(tokens: &[TokenTree], module: &[String], heads: &mut Vec<String>) {
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => {
                let inner: Vec<_> = group.stream().into_iter().collect();
                let mut module = module.to_vec();
                module.extend(inline_module(&tokens[..at]));
                heads_of(&inner, &module, heads);
            }
            TokenTree::Ident(_) if !begins_path(&tokens[..at]) => {}
            TokenTree::Ident(name) if *name == "crate" => ends(&tokens[at + 1..], &[], heads),
            TokenTree::Ident(name) if *name == "super" => {
                let above = module.split_last().map_or(&[][..], |(_, above)| above);
                ends(&tokens[at + 1..], above, heads);
            }
            _ => {}
        }
    }
}

/// Returns `true` if a path may begin after `tokens`: not `$crate`, and not `self::super`.
fn begins_path(tokens: &[TokenTree]) -> bool {
    match tokens {
        [.., last] if is(last, '$') => false,
        [.., first, second] => !(is(first, ':') && is(second, ':')),
        _ => true,
    }
}

/// The name of the inline module whose body comes after `tokens`.
fn inline_module(tokens: &[TokenTree]) -> Option<String> {
    let [.., keyword, name] = tokens else { return None };
    (identifier(Some(keyword)).as_deref() == Some("mod")).then(|| identifier(Some(name))).flatten()
}

/// The first names of the paths that go on with `tokens` from `module`.
fn ends(tokens: &[TokenTree], module: &[String], heads: &mut Vec<String>) {
    let [first, second, next, ..] = tokens else { return };
    if !(is(first, ':') && is(second, ':')) {
        return;
    }
    if let Some(room) = module.first() {
        match identifier(Some(next)).as_deref() {
            Some("super") => ends(&tokens[3..], &module[..module.len() - 1], heads),
            _ => heads.push(room.clone()),
        }
        return;
    }
    match next {
        TokenTree::Group(group) => {
            let mut paths = Vec::new();
            let inner: Vec<_> = group.stream().into_iter().collect();
            tree(&inner, &[], &mut paths);
            heads.extend(paths.into_iter().filter_map(|path| path.into_iter().next()));
        }
        next => heads.extend(identifier(Some(next))),
    }
}
