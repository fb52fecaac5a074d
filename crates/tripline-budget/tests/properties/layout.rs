//! Budget files as people write them: other spellings, comments, line endings.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;
use tripline_budget::{BudgetFile, LimitValue, Metric, Spanned, Unit, render};

use crate::generate::budget;

/// A budget file and a text that states it.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) budget: BudgetFile,
    pub(crate) text: String,
}

pub(crate) fn has_multi_line_string(text: &str) -> bool {
    text.contains("\"\"\"") || text.contains("'''")
}

/// The text of one limit.
#[derive(Clone, Copy, Debug)]
struct Style {
    /// `"disk_bytes.db"` instead of `disk_bytes.db`.
    quoted: bool,
    /// A size instead of a number, where it is one of bytes.
    size: bool,
    shape: Shape,
    comment_above: bool,
    comment_behind: bool,
    blank_above: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    /// As short as it can.
    Short,
    /// `{ max = 12 }`
    Inline,
    /// `total_blocks.max = 12`
    Dotted,
    /// `[limits.total_blocks]`
    Header,
}

fn style() -> impl Strategy<Value = Style> {
    let shape =
        select(vec![Shape::Short, Shape::Short, Shape::Inline, Shape::Dotted, Shape::Header]);
    (shape, any::<[bool; 5]>()).prop_map(|(shape, flags)| {
        let [quoted, size, comment_above, comment_behind, blank_above] = flags;
        Style { quoted, size, shape, comment_above, comment_behind, blank_above }
    })
}

/// Only the limits of the base are laid out otherwise; the rest stands as rendered.
pub(crate) fn laid_out() -> impl Strategy<Value = Layout> {
    let styles = proptest::collection::vec(style(), 6);
    (budget(), styles, any::<[bool; 4]>(), any::<prop::sample::Index>()).prop_map(
        |(budget, styles, [crlf, cut, shuffle, byte_order_mark], index)| {
            let mut text = lay_out(&budget, &styles, shuffle.then_some(index));
            if cut {
                text.truncate(text.trim_end().len());
            }
            // In a string of several lines the ending belongs to the value.
            if crlf && !has_multi_line_string(&text) {
                text = text.replace('\n', "\r\n");
            }
            if byte_order_mark {
                text.insert(0, '\u{feff}');
            }
            Layout { budget, text }
        },
    )
}

fn lay_out(budget: &BudgetFile, styles: &[Style], rotate: Option<prop::sample::Index>) -> String {
    let mut rest = budget.clone();
    let (growth, limits) = std::mem::take(&mut rest.base.limits)
        .into_iter()
        .partition(|(metric, _)| metric.is_growth());
    rest.base.limits = growth;
    let limits: BTreeMap<Metric, Spanned<LimitValue>> = limits;
    if limits.is_empty() {
        return render(budget);
    }
    let mut limits: Vec<_> = limits.iter().zip(styles).collect();
    if let Some(index) = rotate {
        let mid = index.index(limits.len());
        limits.rotate_left(mid);
    }
    // What stands below a header of its own can only come behind the section's other limits.
    limits.sort_by_key(|(_, style)| style.shape == Shape::Header);
    let mut section = "[limits] # the limits\n".to_owned();
    for ((metric, value), style) in limits {
        section.push_str(&limit(metric, value, *style));
    }
    let rest = render(&rest);
    let settings = rest.split("\n[").next().filter(|settings| !settings.starts_with('['));
    let settings = settings.unwrap_or_default();
    let sections = rest[settings.len()..].trim_start();
    format!("{settings}\n{section}\n{sections}")
}

fn limit(metric: &Metric, value: &LimitValue, style: Style) -> String {
    let key = if style.quoted { format!("\"{metric}\"") } else { metric.to_string() };
    let behind = if style.comment_behind { " # behind" } else { "" };
    let fields = fields(value, metric.unit(), style);
    let line = match (style.shape, fields.as_slice()) {
        (Shape::Short, [(_, max)]) => format!("{key} = {max}{behind}\n"),
        (Shape::Short | Shape::Inline, fields) => {
            let fields: Vec<String> =
                fields.iter().map(|(name, value)| format!("{name} = {value}")).collect();
            format!("{key}={{{}}}{behind}\n", fields.join(" ,  "))
        }
        (Shape::Dotted, fields) => fields
            .iter()
            .map(|(name, value)| format!("  {key} . {name} = {value}{behind}\n"))
            .collect(),
        (Shape::Header, fields) => {
            let fields = fields.iter().map(|(name, value)| format!("  {name} = {value}{behind}\n"));
            format!("[limits.{key}]\n{}", fields.collect::<String>())
        }
    };
    let blank = if style.blank_above { "\n" } else { "" };
    let above = if style.comment_above { "# above\n" } else { "" };
    format!("{blank}{above}{line}")
}

fn fields(value: &LimitValue, unit: Unit, style: Style) -> Vec<(&'static str, String)> {
    let amount = |amount: u64| match unit {
        Unit::Bytes if style.size && amount.is_multiple_of(1024) => {
            format!("'{} KiB'", amount / 1024)
        }
        Unit::Bytes if style.size => format!("\"{amount}B\""),
        _ => amount.to_string(),
    };
    let mut fields = vec![("max", amount(value.max))];
    if let Some(tolerance) = value.tolerance {
        fields.push(("tolerance", tolerance.to_toml(unit)));
    }
    if let Some(ceiling) = value.ceiling {
        fields.push(("ceiling", amount(ceiling)));
    }
    if let Some(reason) = &value.reason {
        fields.push(("reason", toml_edit::Value::from(reason.as_str()).to_string()));
    }
    fields
}
