//! The code that is written into the user's crate.

use crate::commands::init::example_type::ExampleType;
use crate::commands::init::suite_place::{NAME, SuiteForm, SuitePlace};

/// The facts that the code depends on.
#[derive(Clone, Copy, Debug)]
pub(super) struct TemplateFacts<'a> {
    pub(super) package: &'a str,
    /// True if the package is alone. Test targets of several packages would share a name, so the suite has the
    /// package's.
    pub(super) is_alone: bool,
    pub(super) has_tokio: bool,
}

/// Returns the text of the suite's file: a new one, or the existing one with a module at its end. The example may
/// name `known`.
pub(super) fn suite(
    place: &SuitePlace,
    facts: TemplateFacts<'_>,
    known: Option<&ExampleType>,
    before: Option<&str>,
) -> String {
    let mut workload = workload(place.own.as_deref().unwrap_or_default(), facts, known);
    if !place.has_std {
        // A crate without std has to name what it takes of it.
        workload = workload
            .replace("str::to_owned", "std::string::String::from")
            .replace(".collect::<Vec<_>>", ".collect::<std::vec::Vec<_>>");
    }
    match place.form {
        SuiteForm::TestFile => test_file(place, facts, known.is_some(), &workload),
        SuiteForm::UnitTests => module(place, &workload, before.unwrap_or_default()),
    }
}

fn test_file(
    place: &SuitePlace,
    facts: TemplateFacts<'_>,
    names_library: bool,
    workload: &str,
) -> String {
    let package = facts.package;
    let (options, suite) = match facts.is_alone {
        true => (String::new(), NAME),
        false => (format!("name = \"{package}\""), package),
    };
    // A library that nothing names is not linked, and its second allocator would stay hidden.
    let library = match &place.own {
        Some(library) if !names_library => {
            format!("// Until a workload uses more of it.\nuse {library} as _;\n\n")
        }
        _ => String::new(),
    };
    format!(
        "//! Heap budgets of `{package}`: each workload is held to its file in budgets/{suite}/.\n\n\
         use tripline::Probe;\n\n{library}\
         // Installs the allocator that measures.\ntripline::suite!({options});\n\n{workload}"
    )
}

fn module(place: &SuitePlace, workload: &str, before: &str) -> String {
    let end = if before.contains("\r\n") { "\r\n" } else { "\n" };
    let std = if place.has_std { "" } else { "#[cfg(test)]\nextern crate std;\n\n" };
    let inside: String = format!("use tripline::Probe;\n\n{workload}")
        .lines()
        .map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") })
        .collect();
    let added = format!(
        "\n{std}// Installs the allocator that measures, in unit tests alone.\n\
         #[cfg(test)]\ntripline::suite!();\n\n\
         /// Heap budgets: each workload is held to its file in budgets/{}/{NAME}/.\n\
         #[cfg(test)]\nmod {NAME} {{\n{inside}}}\n",
        place.crate_name
    );
    let gap = if before.is_empty() || before.ends_with('\n') { "" } else { end };
    format!("{before}{gap}{}", added.replace('\n', end))
}

fn workload(own: &str, facts: TemplateFacts<'_>, known: Option<&ExampleType>) -> String {
    let sizes = known.map_or_else(String::new, |known| {
        format!("// Held to sizes.toml there.\ntripline::sizes! {{ {own}::{} }}\n\n", known.name)
    });
    let region = known
        .and_then(|known| Some(format!("{own}::{}::{}", known.name, known.constructor?)))
        .map_or_else(|| PLAIN.to_owned(), |made| OWN.replace("{made}", &made));
    let tokio = if facts.has_tokio { ASYNC } else { "" };
    format!(
        "{sizes}/// An example, to be replaced by a workload of your own.\n#[tripline::test]\n\
         fn example(probe: &Probe) {{\n{region}}}\n{tokio}"
    )
}

const OWN: &str = "    \
    // Set-up goes here: what stands before the region is not measured.
    // The region: what it returns counts as live.
    let _value = probe.measure({made});
    // What stands after it is not measured either.
";

const PLAIN: &str = "    \
    // Set-up goes here: what stands before the region is not measured.
    let text = \"one two three\";
    // The region: call in it what is to have a budget. What it returns counts as live.
    let words = probe.measure(|| text.split(' ').map(str::to_owned).collect::<Vec<_>>());
    // What stands after it is not measured either.
    assert_eq!(words.len(), 3);
";

const ASYNC: &str = "
// A workload may be async, with tokio's own options:
//
// #[tripline::test(flavor = \"multi_thread\", worker_threads = 2)]
// async fn serves(probe: &Probe) {
//     probe.measure_async(async || { /* ... */ }).await;
// }
";

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use tripline_budget::CargoTarget;

    use super::*;

    fn written(
        form: SuiteForm,
        known: Option<&ExampleType>,
        facts: TemplateFacts<'_>,
        before: &str,
    ) -> String {
        let place = SuitePlace {
            form,
            file: PathBuf::new(),
            target: CargoTarget::Lib,
            crate_name: "words".to_owned(),
            own: Some(if form == SuiteForm::TestFile { "words" } else { "crate" }.to_owned()),
            known: None,
            has_std: true,
            allocator: None,
        };
        suite(&place, facts, known, Some(before))
    }

    const FACTS: TemplateFacts<'_> =
        TemplateFacts { package: "words", is_alone: true, has_tokio: false };

    #[test]
    fn a_test_file_names_what_is_known() {
        let known = ExampleType { name: "Index".to_owned(), constructor: Some("new") };
        insta::assert_snapshot!(written(SuiteForm::TestFile, Some(&known), FACTS, ""));
    }

    #[test]
    fn one_of_several_packages_names_its_suite_and_tokio_its_form() {
        let facts = TemplateFacts { is_alone: false, has_tokio: true, ..FACTS };
        insta::assert_snapshot!(written(SuiteForm::TestFile, None, facts, ""));
    }

    #[test]
    fn a_module_stands_below_what_is_there() {
        insta::assert_snapshot!(written(SuiteForm::UnitTests, None, FACTS, "fn main() {}"));
        let windows = written(SuiteForm::UnitTests, None, FACTS, "fn main() {}\r\n");
        assert_eq!(windows.matches('\n').count(), windows.matches("\r\n").count());
    }
}
