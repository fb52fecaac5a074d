//! A transcript: commands, what they printed and how they ended, and files in between.

use std::fmt::Write as _;

use crate::project::Project;

pub(crate) struct Transcript<'a> {
    project: &'a Project,
    text: String,
    /// The latest command's standard output.
    printed: String,
}

impl<'a> Transcript<'a> {
    pub(crate) fn new(project: &'a Project) -> Self {
        Self { project, text: String::new(), printed: String::new() }
    }

    /// Runs the tool.
    pub(crate) fn run(&mut self, arguments: &[&str]) -> &mut Self {
        self.run_with(arguments, &[])
    }

    /// Runs the tool with further variables.
    pub(crate) fn run_with(&mut self, arguments: &[&str], env: &[(&str, &str)]) -> &mut Self {
        let mut command = self.project.command(arguments);
        let output = command.envs(env.iter().copied()).output().unwrap();
        for (key, value) in env {
            write!(self.text, "{key}={value} ").unwrap();
        }
        let shown = arguments.iter().map(|argument| match argument.contains(' ') {
            true => format!("'{argument}'"),
            false => (*argument).to_owned(),
        });
        writeln!(self.text, "$ cargo tripline {}", shown.collect::<Vec<_>>().join(" ")).unwrap();
        self.printed = String::from_utf8(output.stdout).unwrap();
        self.text.push_str(&self.printed);
        let stderr = String::from_utf8(output.stderr).unwrap();
        for line in stderr.lines().filter(|line| !is_progress(line)) {
            writeln!(self.text, "stderr| {line}").unwrap();
        }
        writeln!(self.text, "exit {}\n", output.status.code().unwrap()).unwrap();
        self
    }

    pub(crate) fn printed(&self) -> &str {
        &self.printed
    }

    /// Shows a file.
    pub(crate) fn show(&mut self, path: &str) -> &mut Self {
        let text = self.project.read(path);
        writeln!(self.text, "==> {path}\n{text}").unwrap();
        self
    }

    /// Lists every budget file, which shows what is not there.
    pub(crate) fn list(&mut self) -> &mut Self {
        let files = self.project.budgets();
        writeln!(self.text, "==> {} budget files", files.len()).unwrap();
        for (path, _) in files {
            writeln!(self.text, "{}", path.display()).unwrap();
        }
        self.text.push('\n');
        self
    }

    /// Returns the part of the text that does not depend on the machine.
    pub(crate) fn finish(&self) -> String {
        let root = self.project.root().to_str().unwrap();
        let text = self.text.replace(root, "[ROOT]");
        text.lines().map(|line| format!("{}\n", without_ruler(&without_id(line)))).collect()
    }
}

/// A step that took long says so, and not every machine is slow.
fn is_progress(line: &str) -> bool {
    [
        "building the tests",
        "finding the suites",
        "measuring ",
        "proving ",
        "reading ",
        "waiting for ",
    ]
    .iter()
    .any(|step| line.starts_with(step))
}

/// `thread 'panics' (8139) panicked at` has the thread's number in it.
fn without_id(line: &str) -> String {
    match (line.split_once("' ("), line.split_once(") panicked at ")) {
        (Some((thread, _)), Some((_, place))) => format!("{thread}' ([id]) panicked at {place}"),
        _ => line.to_owned(),
    }
}

/// The ruler's parts are this machine's.
fn without_ruler(line: &str) -> String {
    let plain = line.trim_start_matches(['+', '-', ' ']);
    for part in ["rustc", "target", "dependencies"] {
        if plain.starts_with(&format!("{part} = \"")) {
            let lead = &line[..line.len() - plain.len()];
            return format!("{lead}{part} = \"[{part}]\"");
        }
    }
    line.to_owned()
}
