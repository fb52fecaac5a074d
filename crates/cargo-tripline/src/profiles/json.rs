//! Parts of JSON documents, versioned: a key is renamed or dropped only under another number.

use serde::Serialize;
use tripline_profile::{Place, Site, SiteFigures};

/// The version of the JSON documents.
pub(crate) const SCHEMA: u32 = 1;

/// All six figures under dhat's names.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct FiguresJson {
    gb: u64,
    gbk: u64,
    eb: u64,
    ebk: u64,
    tb: u64,
    tbk: u64,
}

impl From<SiteFigures> for FiguresJson {
    fn from(SiteFigures { total, peak, end }: SiteFigures) -> Self {
        Self {
            gb: peak.bytes,
            gbk: peak.blocks,
            eb: end.bytes,
            ebk: end.blocks,
            tb: total.bytes,
            tbk: total.blocks,
        }
    }
}

/// A whole site.
#[derive(Debug, Serialize)]
pub(crate) struct SiteJson<'a> {
    site: &'a str,
    place: Option<PlaceJson<'a>>,
    callers: &'a [String],
    inside: &'a [String],
    #[serde(flatten)]
    figures: FiguresJson,
}

#[derive(Debug, Serialize)]
struct PlaceJson<'a> {
    file: &'a str,
    line: u32,
}

impl<'a> From<&'a Site> for SiteJson<'a> {
    fn from(site: &'a Site) -> Self {
        let place = |place: &'a Place| PlaceJson { file: &place.file, line: place.line };
        Self {
            site: &site.key,
            place: site.place.as_ref().map(place),
            callers: &site.callers,
            inside: &site.inside,
            figures: site.figures.into(),
        }
    }
}
