//! Budget files as text, in the canonical form that tools write.

use std::fmt::Write as _;

use crate::files::growth::GrowthLimits;
use crate::files::recorded_ruler as ruler;
use crate::files::settings::format_duration;
use crate::files::{
    BudgetFile, CoherenceValue, LimitValue, Reasons, RecordedRuler, Section, SizesFile, TypeValue,
};
use crate::metrics::GrowthMetric;
use crate::metrics::Metric;
use crate::text::Spanned;
use crate::values::{Unit, format_toml_integer};

/// Returns the canonical text of a budget file: fixed order, a blank line between limits, no comments.
/// Parsed, it is equal to `budget`.
#[must_use]
pub fn render(budget: &BudgetFile) -> String {
    let mut blocks = Vec::new();
    blocks.extend(settings(budget));
    section(&budget.base, |name| format!("[{name}]"), &mut blocks);
    for (when, inner) in &budget.whens {
        let key = quote_key(when);
        section(inner, |name| format!("[when.{key}.{name}]"), &mut blocks);
        if inner.is_empty() {
            blocks.push(format!("[when.{key}]\n"));
        }
    }
    blocks.extend(reasons(&budget.reasons, ToString::to_string));
    blocks.extend(ruler_block(&budget.ruler));
    blocks.join("\n")
}

/// Returns the canonical text of a sizes file. Parsed, it is equal to `sizes`.
#[must_use]
pub fn render_sizes(sizes: &SizesFile) -> String {
    let mut blocks = Vec::new();
    if !sizes.types.is_empty() {
        blocks.push(types("[types]", &sizes.types));
    }
    for (when, inner) in &sizes.whens {
        blocks.push(types(&format!("[when.{}.types]", quote_key(when)), &inner.value));
    }
    blocks.extend(reasons(&sizes.reasons, |name| quote(name)));
    blocks.extend(ruler_block(&sizes.ruler));
    blocks.join("\n")
}

fn settings(budget: &BudgetFile) -> Option<String> {
    let mut text = String::new();
    let mut line = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            text.push_str(&format!("{key} = {value}\n"));
        }
    };
    line("entity", budget.entity.as_ref().map(|entity| quote(entity)));
    line("engine", budget.engine.as_ref().map(|engine| quote(engine.name())));
    line("timeout", budget.timeout.as_ref().map(|timeout| quote(&format_duration(**timeout))));
    line("breakdown", budget.breakdown.as_ref().map(|on| on.to_string()));
    line("slack", budget.slack.as_ref().map(|slack| quote(&slack.to_toml())));
    let names = |env: &Spanned<Vec<String>>| {
        let names: Vec<_> = env.iter().map(|name| quote(name)).collect();
        format!("[{}]", names.join(", "))
    };
    line("env", budget.env.as_ref().map(names));
    (!text.is_empty()).then_some(text)
}

fn section(section: &Section, header: impl Fn(&str) -> String, blocks: &mut Vec<String>) {
    let limits = section.limits.iter().filter(|(metric, _)| !metric.is_growth());
    let limits = limits.map(|(metric, value)| limit_line(metric, value));
    blocks.extend(lines(&header("limits"), limits));
    let growth = section.growth().into_iter().map(|(of, line)| growth_line(of, line));
    blocks.extend(lines(&header("growth"), growth));
    let coherence = section.coherence.iter().map(|(metric, value)| coherence_line(metric, value));
    blocks.extend(lines(&header("coherence"), coherence));
}

fn types(header: &str, types: &std::collections::BTreeMap<String, Spanned<TypeValue>>) -> String {
    let lines_of_types = types.iter().map(|(name, value)| type_line(name, value));
    lines(header, lines_of_types).unwrap_or_else(|| format!("{header}\n"))
}

/// A section with a blank line between its lines; none without lines.
fn lines(header: &str, lines: impl Iterator<Item = String>) -> Option<String> {
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| format!("{header}\n{}", lines.join("\n")))
}

fn reasons<K: Ord>(reasons: &Reasons<K>, key: impl Fn(&K) -> String) -> Option<String> {
    let lines = reasons.0.iter().map(|(about, why)| format!("{} = {}\n", key(about), quote(why)));
    crate::files::render::lines("[reasons]", lines)
}

fn ruler_block(ruler: &RecordedRuler) -> Option<String> {
    let lines: String = ruler.parts().map(|(part, value)| ruler_line(part, value)).collect();
    (!lines.is_empty()).then(|| format!("[{}]\n{lines}", ruler::KEY))
}

pub(crate) fn ruler_line(part: &str, value: &str) -> String {
    format!("{part} = {}\n", quote(value))
}

pub(crate) fn limit_line(metric: &Metric, value: &LimitValue) -> String {
    format!("{metric} = {}\n", limit_value(value, metric.unit()))
}

/// Both limits of a line; what they have in common once.
pub(crate) fn growth_line(of: &GrowthMetric, line: GrowthLimits<'_>) -> String {
    let parts = [line.fixed, line.per_entity];
    let either = parts.into_iter().flatten().next_back();
    let amount = |value: &LimitValue| format_toml_integer(value.max);
    let tolerance = either.and_then(|value| value.tolerance);
    let fields = [
        line.fixed.map(|value| ("fixed", amount(value))),
        line.per_entity.map(|value| ("per_entity", amount(value))),
        tolerance.map(|tolerance| ("tolerance", tolerance.to_toml(of.part(false).unit()))),
        either.and_then(|value| value.reason.as_ref()).map(|reason| ("reason", quote(reason))),
    ];
    format!("{of} = {}\n", inline_table(fields.into_iter().flatten()))
}

pub(crate) fn limit_value(value: &LimitValue, unit: Unit) -> String {
    let fields = [
        Some(("max", format_toml_integer(value.max))),
        value.tolerance.map(|tolerance| ("tolerance", tolerance.to_toml(unit))),
        value.ceiling.map(|ceiling| ("ceiling", format_toml_integer(ceiling))),
        value.reason.as_ref().map(|reason| ("reason", quote(reason))),
    ];
    value_or_table(fields)
}

pub(crate) fn type_line(name: &str, value: &TypeValue) -> String {
    format!("{} = {}\n", quote(name), type_value(value))
}

pub(crate) fn type_value(value: &TypeValue) -> String {
    let fields = [
        Some(("size", value.size.to_string())),
        value.align.map(|align| ("align", align.to_string())),
        value.ceiling.map(|ceiling| ("ceiling", ceiling.to_string())),
        value.reason.as_ref().map(|reason| ("reason", quote(reason))),
    ];
    value_or_table(fields)
}

/// The first field alone as a plain value, several as an inline table.
fn value_or_table(fields: [Option<(&str, String)>; 4]) -> String {
    let fields: Vec<(&str, String)> = fields.into_iter().flatten().collect();
    match fields.as_slice() {
        [(_, only)] => only.clone(),
        _ => inline_table(fields),
    }
}

fn inline_table<'a>(fields: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let fields: Vec<String> =
        fields.into_iter().map(|(key, value)| format!("{key} = {value}")).collect();
    format!("{{ {} }}", fields.join(", "))
}

fn coherence_line(reported: &Metric, value: &CoherenceValue) -> String {
    let equals = quote(&value.equals.to_string());
    let within = quote(&value.within.to_toml());
    format!("{reported} = {{ equals = {equals}, within = {within} }}\n")
}

/// A key between single quotes, so that a cfg reads as in Cargo.toml; in double quotes where it
/// has what single quotes cannot hold.
pub(crate) fn quote_key(key: &str) -> String {
    if key.contains(|c: char| c == '\'' || c.is_control()) {
        quote(key)
    } else {
        format!("'{key}'")
    }
}

/// A string of TOML, in one line whatever it holds.
pub(crate) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_canonical_text() {
        let text = r#"entity = "row"
engine = "count"
timeout = "500ms"
breakdown = false
slack = "0.5%"

[limits]
total_blocks = 323_224

max_bytes = { max = 273_408, tolerance = "3%" }

live_bytes_per_entity = { max = 12, ceiling = 64 }

leaked_blocks = { max = 1, reason = "one \"Arc\"" }

disk_bytes.db = { max = 4_096, tolerance = "512 B" }

[growth]
total_blocks = { per_entity = 5 }

live_bytes = { fixed = 8_192, per_entity = 12, tolerance = "3%", reason = "pages" }

[coherence]
reported.x = { equals = "live_bytes", within = "5%" }

[when.'cfg(target_pointer_width = "32")'.limits]
total_blocks = 300_000

[when.'cfg(target_pointer_width = "32")'.growth]
disk_bytes.db = { fixed = 4_096 }

[reasons]
entity = "rows are \"lines\" now"

phase.run.max_bytes = "there is one phase"

[ruler]
rustc = "1.95.0"
"#;
        let budget = BudgetFile::parse("budget.toml", text).unwrap();
        assert_eq!(render(&budget), text);
        assert_eq!(render(&BudgetFile::default()), "");
    }

    #[test]
    fn the_canonical_text_of_sizes() {
        let text = r#"[types]
"Vec<u8>" = 24

"turso::Value" = { size = 32, align = 8, ceiling = 64, reason = "two a line" }

[when.'cfg(unix)'.types]
"Vec<u8>" = 12

[reasons]
"turso::Rows" = "merged with `Row`"

[ruler]
rustc = "1.95.0"
target = "x86_64-unknown-linux-gnu"
"#;
        let sizes = SizesFile::parse("sizes.toml", text).unwrap();
        assert_eq!(render_sizes(&sizes), text);
    }

    #[test]
    fn strings_stay_in_one_line() {
        assert_eq!(quote("a \"b\" \\ \n\t\r\u{7f} é"), r#""a \"b\" \\ \n\t\u000D\u007F é""#);
        assert_eq!(quote_key("cfg(unix)"), "'cfg(unix)'");
        assert_eq!(quote_key("cfg(feature = \"it's\")"), r#""cfg(feature = \"it's\")""#);
    }
}
