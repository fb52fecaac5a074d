//! Every `cargo tripline …` and `cargo xtask …` on a page is one that the tool takes.

use std::collections::BTreeSet;
use std::fs;

use cargo_tripline::Command;
use clap::Subcommand;
use clap::error::{Error, ErrorKind};

use crate::page::{Code, Page};
use crate::{chapter, pages, root, settle};

const TOOLS: [&str; 2] = ["cargo tripline ", "cargo xtask "];
/// The commands that only this repository's xtask has. Their options are not checked: its crate is no library.
const XTASK: [&str; 3] = ["soak", "bench", "mvcc-cost"];

/// Returns the commands in a piece of code, as a shell would hand them over.
fn commands(code: &str) -> Vec<Vec<String>> {
    let joined = code.replace("\\\n", " ");
    joined.lines().flat_map(on_line).filter(|words| words.len() > 2).collect()
}

fn on_line(line: &str) -> Vec<Vec<String>> {
    let starts = TOOLS.iter().flat_map(|tool| line.match_indices(tool)).map(|(start, _)| start);
    starts.map(|start| words(&line[start..])).collect()
}

/// Splits at blanks outside of quotes, up to a comment, another command, or two blanks, behind which a line goes on in words.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    let mut last = ' ';
    for char in text.chars() {
        match (quote, char) {
            (Some(open), _) if char == open => quote = None,
            (None, '"' | '\'') => quote = Some(char),
            (None, ' ') if last == ' ' => break,
            (None, '#' | '|' | '>' | '&' | ';' | '(' | ')' | '`') => break,
            (None, ' ') => words.push(String::new()),
            _ => words.last_mut().unwrap().push(char),
        }
        last = char;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Returns the tool's error if it does not take a command.
fn refused(words: &[String]) -> Option<Error> {
    if words[1] == "xtask" && XTASK.contains(&words[2].as_str()) {
        return None;
    }
    let cli = clap::Command::new("cargo tripline").subcommand_required(true);
    let error = Command::augment_subcommands(cli).try_get_matches_from(&words[1..]).err()?;
    (error.kind() != ErrorKind::DisplayHelp).then_some(error)
}

/// Adds what is wrong with the commands of a piece of code, and returns their number.
fn check(code: &Code, offences: &mut Vec<String>) -> usize {
    let mut commands = commands(&code.text);
    // `cargo tripline …` stands for all of them.
    commands.retain(|words| words[2] != "…");
    for words in &commands {
        // In a sentence a command may be named without what it takes.
        let is_named =
            |error: &Error| code.is_span() && error.kind() == ErrorKind::MissingRequiredArgument;
        let error = refused(words).filter(|error| !is_named(error));
        offences.extend(error.map(|error| format!("{}: {}\n{error}", code.place, words.join(" "))));
    }
    commands.len()
}

fn is_shown(block: &Code) -> bool {
    ["sh", "text", "yaml"].contains(&block.info[0].as_str())
}

#[test]
fn commands_are_taken() {
    let mut offences = Vec::new();
    let mut checked = 0;
    for page in pages() {
        let blocks = page.blocks().into_iter().filter(is_shown);
        for code in blocks.chain(page.spans()) {
            checked += check(&code, &mut offences);
        }
    }
    settle(&offences, checked, 60);
}

/// A hurried reader types from these, and they lie outside of the book.
const PAGES_TO_TYPE_FROM: [(&str, usize); 2] = [("README.md", 6), ("docs/SKILL.md", 10)];

#[test]
fn the_readme_and_the_skill_are_checked() {
    for (shown, at_least) in PAGES_TO_TYPE_FROM {
        let page = pages().into_iter().find(|page| page.shown() == shown);
        let page = page.unwrap_or_else(|| panic!("no page {shown}"));
        let mut offences = Vec::new();
        let blocks = page.blocks().into_iter().filter(is_shown);
        let checked = blocks.map(|code| check(&code, &mut offences)).sum();
        settle(&offences, checked, at_least);
    }
}

/// An assistant decides by the description whether to read the page.
#[test]
fn the_skill_says_when_to_read_it() {
    let text = fs::read_to_string(root().join("docs/SKILL.md")).unwrap();
    let mut parts = text.split("---\n");
    assert_eq!(parts.next(), Some(""));
    let keys = parts.next().unwrap().lines().filter_map(|line| line.split_once(": "));
    let keys: Vec<_> = keys.filter(|(_, value)| !value.is_empty()).map(|(key, _)| key).collect();
    assert_eq!(keys, ["name", "description"]);
}

#[test]
fn an_unknown_option_on_such_a_page_is_told() {
    for (shown, _) in PAGES_TO_TYPE_FROM {
        let path = root().join(shown);
        let text = fs::read_to_string(&path).unwrap();
        let page = Page::new(&path, shown, &text.replace("--raise ", "--rise "));
        let mut offences = Vec::new();
        for code in page.blocks().iter().filter(|code| is_shown(code)) {
            check(code, &mut offences);
        }
        let offence = offences.iter().find(|it| it.contains("--rise")).unwrap();
        assert!(offence.starts_with(shown), "{offence}");
    }
}

const WORKFLOW: &str = ".github/workflows/ci.yml";

#[test]
fn the_workflow_runs_what_there_is() {
    let text = fs::read_to_string(root().join(WORKFLOW)).unwrap();
    let workflow = Code { place: WORKFLOW.to_owned(), info: vec!["yaml".to_owned()], text };
    let mut offences = Vec::new();
    let checked = check(&workflow, &mut offences);
    settle(&offences, checked, 2);
}

/// A tag may be moved to other code; a commit may not.
#[test]
fn the_workflow_pins_its_actions() {
    let text = fs::read_to_string(root().join(WORKFLOW)).unwrap();
    let actions: Vec<_> = text.lines().filter_map(|line| line.split_once("uses: ")).collect();
    let is_pinned = |action: &str| {
        let commit = action.split(['@', ' ']).nth(1).unwrap_or_default();
        commit.len() == 40 && commit.chars().all(|char| char.is_ascii_hexdigit())
    };
    let loose = actions.iter().filter(|(_, action)| !is_pinned(action));
    let offences: Vec<_> = loose.map(|(_, action)| format!("{WORKFLOW}: {action}")).collect();
    settle(&offences, actions.len(), 5);
}

/// Cargo's own options belong to every command, so the reference lists them once.
#[test]
fn every_command_and_option_is_in_the_reference() {
    let spans = chapter("commands.md").spans();
    let words: BTreeSet<_> = spans.iter().flat_map(|span| span.text.split([' ', ','])).collect();
    let mut offences = Vec::new();
    let mut checked = 0;
    let tool = Command::augment_subcommands(clap::Command::new("cargo tripline"));
    // A hidden command is for tripline's own processes.
    for command in tool.get_subcommands().filter(|command| !command.is_hide_set()) {
        let options = command.get_arguments().filter_map(|it| it.get_long());
        let options =
            options.filter(|&option| option != "help").map(|option| format!("--{option}"));
        for word in options.chain([command.get_name().to_owned()]) {
            checked += 1;
            if !words.contains(word.as_str()) {
                let name = command.get_name();
                offences.push(format!("docs/src/commands.md does not list {word} of {name}"));
            }
        }
    }
    settle(&offences, checked, 60);
}

#[test]
fn what_the_tool_does_not_take_is_told() {
    let error = |code: &str| refused(&commands(code)[0]).map(|error| error.kind());
    for taken in [
        "$ cargo tripline check sql --base origin/main   # in CI",
        "  wanted?   cargo xtask update-budgets a::b \\\n --raise max_bytes --reason \"a b\"",
        "cargo xtask soak --runs 20",
        "cargo tripline check --help",
    ] {
        assert_eq!(error(taken), None, "{taken}");
    }
    for (refused, kind) in [
        ("cargo tripline chek", ErrorKind::InvalidSubcommand),
        ("cargo xtask soap", ErrorKind::InvalidSubcommand),
        ("cargo tripline check --bass main", ErrorKind::UnknownArgument),
        ("cargo tripline update-budgets --add max_byte", ErrorKind::ValueValidation),
        ("cargo tripline layout   # of what?", ErrorKind::MissingRequiredArgument),
    ] {
        assert_eq!(error(refused), Some(kind), "{refused}");
    }
}
