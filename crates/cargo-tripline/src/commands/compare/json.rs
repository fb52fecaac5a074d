//! The shown changes as JSON.

use serde::Serialize;
use tripline_profile::{Change, ChangeClass, Pairing, SiteMetric};

use crate::commands::compare::args::CompareArgs;
use crate::commands::compare::view::{BeforeAndAfter, ChangeRow, ComparedProfiles, RestOfChanges};
use crate::profiles::{FiguresJson, OpenedProfile, SCHEMA, SiteJson, SitePattern};

#[derive(Debug, Serialize)]
pub(super) struct ComparisonJson<'a> {
    schema: u32,
    before: FileJson<'a>,
    after: FileJson<'a>,
    sort_by: &'static str,
    filter: Option<&'a str>,
    totals: BeforeAndAfterJson,
    changes: Vec<ChangeJson<'a>>,
    others: RestOfChangesJson,
    unchanged: RestOfChangesJson,
    /// The unchanged sites with another name.
    renamed: Vec<RenamedSiteJson<'a>>,
    unmatched: RestOfChangesJson,
}

#[derive(Debug, Serialize)]
struct FileJson<'a> {
    file: &'a str,
    command: &'a str,
}

#[derive(Debug, Serialize)]
struct BeforeAndAfterJson {
    before: FiguresJson,
    after: FiguresJson,
    /// The figure after, less the figure before.
    change: i128,
}

#[derive(Debug, Serialize)]
struct RestOfChangesJson {
    count: usize,
    #[serde(flatten)]
    sides: BeforeAndAfterJson,
}

#[derive(Debug, Serialize)]
struct ChangeJson<'a> {
    /// The later name if there are two.
    site: &'a str,
    was_named: Option<&'a str>,
    /// True if the sites before and after are the same beyond doubt; `paired_by` is the reason.
    certain: bool,
    paired_by: &'static str,
    classes: Vec<ClassJson>,
    via: Option<&'a str>,
    #[serde(flatten)]
    sides: BeforeAndAfterJson,
    was: Vec<SiteJson<'a>>,
    now: Vec<SiteJson<'a>>,
}

#[derive(Debug, Serialize)]
struct RenamedSiteJson<'a> {
    site: &'a str,
    was_named: Option<&'a str>,
    certain: bool,
}

#[derive(Debug, Serialize)]
struct ClassJson {
    class: &'static str,
    /// The size of each block beside the earlier size, as numerator and denominator.
    #[serde(skip_serializing_if = "Option::is_none")]
    each: Option<[u64; 2]>,
}

pub(super) fn comparison_json<'a>(
    args: &CompareArgs,
    [before, after]: [&'a OpenedProfile; 2],
    pattern: &'a SitePattern,
    view: &'a ComparedProfiles<'_>,
) -> ComparisonJson<'a> {
    let question = args.sort_by.0;
    let file = |read: &'a OpenedProfile| FileJson { file: &read.file, command: &read.command };
    ComparisonJson {
        schema: SCHEMA,
        before: file(before),
        after: file(after),
        sort_by: args.sort_by.key(),
        filter: pattern.text(),
        totals: sides(&view.totals, question),
        changes: view.rows.iter().map(|row| change(row, question)).collect(),
        others: rest(&view.others, question),
        unchanged: rest(&view.unchanged, question),
        renamed: view.renamed.iter().map(|change| rename(change)).collect(),
        unmatched: rest(&view.unmatched, question),
    }
}

fn sides(sides: &BeforeAndAfter, question: SiteMetric) -> BeforeAndAfterJson {
    BeforeAndAfterJson {
        before: sides.before.into(),
        after: sides.after.into(),
        change: sides.delta(question),
    }
}

fn rest(rest: &RestOfChanges, question: SiteMetric) -> RestOfChangesJson {
    RestOfChangesJson { count: rest.count, sides: sides(&rest.sides, question) }
}

fn change<'a>(row: &'a ChangeRow<'_>, question: SiteMetric) -> ChangeJson<'a> {
    let change = row.change;
    ChangeJson {
        site: change.name(),
        was_named: change.renamed_from(),
        certain: change.is_certain(),
        paired_by: pairing(change.pairing),
        classes: row.classes.iter().copied().map(class).collect(),
        via: row.via.as_deref(),
        sides: sides(&BeforeAndAfter::of(change), question),
        was: change.was.iter().map(SiteJson::from).collect(),
        now: change.now.iter().map(SiteJson::from).collect(),
    }
}

fn rename(change: &Change) -> RenamedSiteJson<'_> {
    RenamedSiteJson {
        site: change.name(),
        was_named: change.renamed_from(),
        certain: change.is_certain(),
    }
}

const fn pairing(pairing: Pairing) -> &'static str {
    match pairing {
        Pairing::Key => "key",
        Pairing::Figures => "figures",
        Pairing::Neighbours => "neighbours",
        Pairing::Role => "role",
        Pairing::LooseNeighbours => "loose_neighbours",
    }
}

fn class(class: ChangeClass) -> ClassJson {
    let (class, ratio) = match class {
        ChangeClass::New => ("new", None),
        ChangeClass::WasSmall => ("was_small", None),
        ChangeClass::MoreBlocks => ("more_blocks", None),
        ChangeClass::BiggerBlocks(ratio) => ("bigger_blocks", ratio),
        ChangeClass::LongerLived => ("longer_lived", None),
        ChangeClass::Gone => ("gone", None),
        ChangeClass::IsSmall => ("is_small", None),
        ChangeClass::FewerBlocks => ("fewer_blocks", None),
        ChangeClass::SmallerBlocks(ratio) => ("smaller_blocks", ratio),
        ChangeClass::ShorterLived => ("shorter_lived", None),
    };
    ClassJson { class, each: ratio.map(|ratio| [ratio.numerator, ratio.denominator]) }
}
