//! What stands on a page beside its content (ISO 32000-1 §12.5, §12.7): fields that were filled in, as on claim forms,
//! and notes that a reader stuck on it.

use hayro_syntax::{
    object::{Array, Dict, Name, Object, Rect, Stream, String as PdfString},
    page::{Page, Resources},
};

use super::{
    content::Painter,
    matrix::{Matrix, Run},
};

/// Annotations of a page that are looked at.
const MOST: usize = 5_000;

/// Adds fields to what the page shows, and gives back the notes.
pub(super) fn read(page: &Page<'_>, painter: &mut Painter<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    let Some(all) = page.raw().get::<Array<'_>>("Annots") else { return notes };
    for annotation in all.iter::<Dict<'_>>().take(MOST) {
        match annotation.get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Widget" | b"FreeText" | b"Stamp") => shown(&annotation, page.resources(), painter),
            Some(b"Text" | b"Highlight" | b"Underline" | b"StrikeOut" | b"Caret") => {
                let said = annotation.get::<PdfString<'_>>("Contents").map(|said| text(said.as_bytes()));
                notes.extend(said.filter(|said| !said.trim().is_empty()));
            }
            _ => {}
        }
    }
    notes
}

/// What the annotation shows: how it looks, or else its value.
fn shown(annotation: &Dict<'_>, resources: &Resources<'_>, painter: &mut Painter<'_>) {
    if !appearance(annotation, resources, painter) {
        value(annotation, painter);
    }
}

/// Draws how the annotation looks, and says whether it looks like anything.
fn appearance(annotation: &Dict<'_>, resources: &Resources<'_>, painter: &mut Painter<'_>) -> bool {
    let Some(looks) = annotation.get::<Dict<'_>>("AP") else { return false };
    let form = match looks.get::<Object<'_>>("N") {
        Some(Object::Stream(form)) => Some(form),
        Some(Object::Dict(states)) => {
            annotation.get::<Name<'_>>("AS").and_then(|state| states.get::<Stream<'_>>(state))
        }
        _ => None,
    };
    let (Some(form), Some(place)) = (form, annotation.get::<Rect>("Rect")) else { return false };
    let before = painter.shown.runs.len();
    let whole = form.dict().get::<Rect>("BBox").unwrap_or(Rect::new(0.0, 0.0, place.width(), place.height()));
    painter.form(&form, Matrix::moved(place.x0 - whole.x0, place.y0 - whole.y0), resources, 0);
    painter.shown.runs.len() > before
}

/// What a field holds that has no look of its own yet.
fn value(field: &Dict<'_>, painter: &mut Painter<'_>) {
    let parent = || field.get::<Dict<'_>>("Parent").and_then(|parent| parent.get::<PdfString<'_>>("V"));
    let Some(said) = field.get::<PdfString<'_>>("V").or_else(parent) else { return };
    let Some(place) = field.get::<Rect>("Rect") else { return };
    let height = place.height().clamp(1.0, 12.0);
    for (row, line) in text(said.as_bytes()).lines().enumerate() {
        let down = f64::from(u32::try_from(row).unwrap_or(u32::MAX)) * height;
        let width = f64::from(u32::try_from(line.len()).unwrap_or(u32::MAX)) * height / 2.0;
        let at = Matrix::moved(place.x0, place.y1 - height - down);
        painter.shown.runs.extend(Run::new(line.to_owned(), at, width, height));
    }
}

/// A text string (ISO 32000-1 §7.9.2.2): UTF-16 or UTF-8 with a mark, else nearly Latin-1.
pub(super) fn text(bytes: &[u8]) -> String {
    let decoded = match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0,
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0,
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest),
        bytes => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    };
    decoded.replace('\r', "\n")
}
