//! The type that the argument TYPE means.

use std::collections::BTreeSet;

use anyhow::bail;
use tripline_budget::SuiteDescription;

use crate::filter::Filter;
use crate::output::few_lines;

/// The most names that are listed where several match.
const LISTED: usize = 20;

/// Returns the name as written in `sizes!`. Spaces do not matter.
pub(super) fn choose(suites: &[SuiteDescription], wanted: &str) -> anyhow::Result<String> {
    let names: BTreeSet<_> =
        suites.iter().flat_map(|suite| &suite.types).map(|ty| ty.name.as_str()).collect();
    if names.is_empty() {
        bail!("no suite lists a type: write `tripline::sizes! {{ Type }}` in a test");
    }
    if let Some(exact) = names.iter().find(|name| squeezed(name) == squeezed(wanted)) {
        return Ok((*exact).to_owned());
    }
    let part = |name: &&&str| squeezed(name).contains(&squeezed(wanted));
    let matching: Vec<_> = names.iter().filter(part).copied().collect();
    match matching.as_slice() {
        [] => {
            let names: Vec<_> = names.into_iter().map(str::to_owned).collect();
            Err(Filter::new(Some(wanted)).matches_nothing(&names))
        }
        [one] => Ok((*one).to_owned()),
        several => bail!(ambiguous(wanted, several)),
    }
}

fn ambiguous(wanted: &str, names: &[&str]) -> String {
    let listed: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
    let listed = few_lines(&listed, LISTED);
    format!("{} types match `{wanted}`: name one of them\n\n{listed}", names.len())
}

fn squeezed(name: &str) -> String {
    name.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use tripline_budget::{CargoTarget, Ruler, SCHEMA, TypeLayout};

    use super::*;

    fn suite(types: &[&str]) -> SuiteDescription {
        let ty = |name: &&str| TypeLayout {
            name: (*name).to_owned(),
            size: 1,
            align: 1,
            file: String::new(),
            line: 1,
        };
        SuiteDescription {
            schema: SCHEMA,
            run: String::new(),
            starter: None,
            suite: "sql".to_owned(),
            commit: None,
            package: "tests".to_owned(),
            target: CargoTarget::Lib,
            file: "src/lib.rs".to_owned(),
            line: 1,
            budgets: None,
            cfgs: Vec::new(),
            ruler: Ruler::default(),
            workloads: Vec::new(),
            types: types.iter().map(ty).collect(),
        }
    }

    fn chosen(wanted: &str) -> Result<String, String> {
        let suites = [suite(&["Row", "RowKey", "Pair<u8, u16>"]), suite(&["Row", "store::Page"])];
        choose(&suites, wanted).map_err(|error| error.to_string())
    }

    #[test]
    fn a_whole_name_is_meant_before_a_part() {
        assert_eq!(chosen("Row"), Ok("Row".to_owned()));
        assert_eq!(chosen("Page"), Ok("store::Page".to_owned()));
        assert_eq!(chosen("Pair<u8,u16>"), Ok("Pair<u8, u16>".to_owned()));
        assert_eq!(chosen(" RowK "), Ok("RowKey".to_owned()));
    }

    #[test]
    fn what_several_have_is_no_choice() {
        assert_eq!(
            chosen("Ro"),
            Err("2 types match `Ro`: name one of them\n\n  Row\n  RowKey".to_owned())
        );
    }

    #[test]
    fn what_none_has_shows_the_nearest() {
        assert_eq!(
            chosen("RowKee"),
            Err("nothing matches `RowKee`: the nearest are\n\n  RowKey\n  Row\n  and 2 more"
                .to_owned())
        );
        assert_eq!(
            choose(&[suite(&[])], "Row").unwrap_err().to_string(),
            "no suite lists a type: write `tripline::sizes! { Type }` in a test"
        );
    }

    #[test]
    fn a_long_list_is_cut() {
        let names: Vec<_> = (10..40).map(|number| format!("T{number}")).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let text = choose(&[suite(&names)], "T").unwrap_err().to_string();
        assert!(text.ends_with("\n  T29\n  and 10 more"), "{text}");
    }
}
