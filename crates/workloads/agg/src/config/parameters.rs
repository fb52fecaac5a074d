//! The parameters of a feature. Each is handed out once; one that is left over is a problem.

use std::ops::Range;

use toml::Spanned;

use super::duration::milliseconds;
use super::operators::{Operator, Takes, Window};
use super::problem::Problems;
use super::raw::{RawFeature, RawQuadkey};
use crate::feature::Input;
use crate::pipeline::{FieldKind, Schema};

/// The parameters of a feature that no operator has taken yet.
pub(super) struct Parameters<'a> {
    pub(super) raw: RawFeature,
    pub(super) schema: &'a Schema,
    pub(super) problems: &'a mut Problems,
}

impl Parameters<'_> {
    pub(super) fn n(&mut self) -> Option<usize> {
        let given = self.raw.n.take();
        self.count("n", given)
    }

    pub(super) fn k(&mut self) -> Option<usize> {
        let given = self.raw.k.take();
        self.count("k", given)
    }

    pub(super) fn samples(&mut self) -> Option<usize> {
        let given = self.raw.samples.take();
        self.count("samples", given)
    }

    pub(super) fn bins(&mut self) -> Option<usize> {
        let given = self.raw.bins.take();
        self.count("bins", given)
    }

    pub(super) fn half_life(&mut self) -> Option<u64> {
        let given = self.raw.half_life.take();
        let given = self.required("half_life", given)?;
        self.duration(&given)
    }

    /// Returns a part of the window. The window itself is read but not taken.
    pub(super) fn sub_window(&mut self) -> Option<u64> {
        let given = self.raw.sub_window.take();
        let given = self.required("sub_window", given)?;
        let length = self.duration(&given)?;
        let window = self.raw.window.as_ref().and_then(|text| milliseconds(text.get_ref()).ok());
        if window.is_some_and(|window| window < length) {
            self.problems.add(given.span(), "`sub_window` must not be longer than `window`".into());
            return None;
        }
        Some(length)
    }

    /// Takes the quantile.
    pub(super) fn share(&mut self) -> Option<f64> {
        let given = self.raw.q.take();
        let holds = |q: f64| (0.0..=1.0).contains(&q);
        self.number("q", given, holds, "must be between 0 and 1, such as 0.99")
    }

    pub(super) fn low(&mut self) -> Option<f64> {
        let given = self.raw.low.take();
        self.number("low", given, f64::is_finite, "must be a finite number")
    }

    pub(super) fn width(&mut self) -> Option<f64> {
        let given = self.raw.width.take();
        let holds = |width: f64| width.is_finite() && width > 0.0;
        self.number("width", given, holds, "must be a finite number above 0")
    }

    pub(super) fn window(&mut self, wanted: Window) -> Option<u64> {
        let given = match wanted {
            // `finish` reports it.
            Window::No => None,
            Window::May => self.raw.window.take(),
            Window::Must => {
                let given = self.raw.window.take();
                self.required("window", given)
            }
        };
        given.and_then(|given| self.duration(&given))
    }

    pub(super) fn input(&mut self, takes: Takes) -> Option<Input> {
        match takes {
            Takes::Nothing => Some(Input::Nothing),
            Takes::FlagOrNothing if self.raw.field.is_none() => Some(Input::Nothing),
            Takes::AnyOrTile if self.raw.quadkey.is_some() => {
                let tile = self.raw.quadkey.take()?;
                self.tile(tile.get_ref())
            }
            Takes::Point => self.point(),
            Takes::Number => self.field(&[FieldKind::F64, FieldKind::I64]),
            Takes::Flag | Takes::FlagOrNothing => self.field(&[FieldKind::I64]),
            Takes::Any | Takes::AnyOrTile => {
                self.field(&[FieldKind::Str, FieldKind::F64, FieldKind::I64])
            }
        }
    }

    fn field(&mut self, kinds: &[FieldKind]) -> Option<Input> {
        let given = self.raw.field.take();
        let given = self.required("field", given)?;
        self.position(&given, kinds).map(Input::Field)
    }

    fn point(&mut self) -> Option<Input> {
        let (lat, lon) = (self.raw.lat.take(), self.raw.lon.take());
        let (lat, lon) = (self.required("lat", lat), self.required("lon", lon));
        let (lat, lon) = (self.degrees(&lat?), self.degrees(&lon?));
        Some(Input::Point { lat: lat?, lon: lon? })
    }

    fn tile(&mut self, tile: &RawQuadkey) -> Option<Input> {
        let (lat, lon) = (self.degrees(&tile.lat), self.degrees(&tile.lon));
        let zoom = u8::try_from(*tile.zoom.get_ref()).ok().filter(|zoom| (1..=23).contains(zoom));
        if zoom.is_none() {
            let problem = format!("`zoom` must be 1 to 23, not {}", tile.zoom.get_ref());
            self.problems.add(tile.zoom.span(), problem);
        }
        Some(Input::Quadkey { lat: lat?, lon: lon?, zoom: zoom? })
    }

    fn degrees(&mut self, field: &Spanned<String>) -> Option<usize> {
        self.position(field, &[FieldKind::F64])
    }

    /// Returns the position of a field that must be one of `kinds`.
    fn position(&mut self, field: &Spanned<String>, kinds: &[FieldKind]) -> Option<usize> {
        let name = field.get_ref();
        let Some(place) = self.schema.position(name) else {
            let what = format!("field of {}", self.schema.name);
            let known = self.schema.fields.iter().map(|field| field.name.as_str());
            self.problems.unknown(field.span(), &what, name, known);
            return None;
        };
        let kind = self.schema.fields[place].kind;
        if kinds.contains(&kind) {
            return Some(place);
        }
        let wanted: Vec<_> = kinds.iter().map(ToString::to_string).collect();
        let (op, wanted) = (self.raw.op.get_ref(), wanted.join(" or "));
        let problem = format!("{op} takes a field of {wanted}, but `{name}` is {kind}");
        self.problems.add(field.span(), problem);
        None
    }

    fn count(&mut self, name: &str, given: Option<Spanned<i64>>) -> Option<usize> {
        let given = self.required(name, given)?;
        let count = usize::try_from(*given.get_ref()).ok().filter(|count| *count > 0);
        if count.is_none() {
            let problem = format!("`{name}` must be at least 1, not {}", given.get_ref());
            self.problems.add(given.span(), problem);
        }
        count
    }

    fn number(
        &mut self,
        name: &str,
        given: Option<Spanned<f64>>,
        holds: impl Fn(f64) -> bool,
        rule: &str,
    ) -> Option<f64> {
        let given = self.required(name, given)?;
        let number = *given.get_ref();
        if !holds(number) {
            self.problems.add(given.span(), format!("`{name}` {rule}, not {number}"));
        }
        holds(number).then_some(number)
    }

    fn duration(&mut self, given: &Spanned<String>) -> Option<u64> {
        let length = milliseconds(given.get_ref());
        length.map_err(|problem| self.problems.add(given.span(), problem)).ok()
    }

    fn required<T>(&mut self, name: &str, given: Option<T>) -> Option<T> {
        if given.is_none() {
            let op = &self.raw.op;
            self.problems.add(op.span(), format!("{} needs `{name}`", op.get_ref()));
        }
        given
    }

    /// Reports every parameter that is left over.
    pub(super) fn finish(self, operator: &Operator) {
        let raw = &self.raw;
        let left = [
            ("field", place(&raw.field)),
            ("lat", place(&raw.lat)),
            ("lon", place(&raw.lon)),
            ("quadkey", place(&raw.quadkey)),
            ("window", place(&raw.window)),
            ("half_life", place(&raw.half_life)),
            ("sub_window", place(&raw.sub_window)),
            ("n", place(&raw.n)),
            ("k", place(&raw.k)),
            ("samples", place(&raw.samples)),
            ("bins", place(&raw.bins)),
            ("q", place(&raw.q)),
            ("low", place(&raw.low)),
            ("width", place(&raw.width)),
        ];
        for (name, place) in left {
            if let Some(place) = place {
                self.problems.add(place, format!("{} takes no `{name}`", operator.name));
            }
        }
    }
}

fn place<T>(given: &Option<Spanned<T>>) -> Option<Range<usize>> {
    given.as_ref().map(Spanned::span)
}
