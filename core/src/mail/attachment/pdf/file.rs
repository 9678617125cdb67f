//! The pages of a PDF, one passage each, and what is the matter with the file.

use hayro_syntax::{
    LoadPdfError, Pdf,
    object::{Array, Object, Stream},
    page::Page,
};

use super::{
    super::{
        bounds::{MOST_OPERATORS, MOST_PAGES},
        opened::Out,
        read::Verdict,
        remark::{NAMED_PAGES, Remark},
    },
    content::{Fonts, Painter, Shown},
    form,
    lines::lines,
    stream,
};

/// A page with a picture over this part of it is a scan,
const SCANNED: f64 = 0.5;
/// unless it has more text than a fax machine or a scanner prints on it; letters.
const STAMPED: usize = 150;

/// Reads page after page. A file that opens without a password is read, encrypted or not.
pub(in super::super) fn read(bytes: &[u8], out: &mut Out<'_>) -> Verdict {
    let pdf = match Pdf::new(bytes.to_vec()) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(_)) => return Ok(Some(Remark::Encrypted)),
        Err(LoadPdfError::Invalid) => return Ok(Some(Remark::Broken)),
    };
    let pages = pdf.pages();
    let mut fonts = Fonts::default();
    let mut left = MOST_OPERATORS;
    let mut count = Count::default();
    for (number, page) in (1..).zip(pages.iter().take(MOST_PAGES)) {
        let mut painter = Painter::new(&mut fonts, &mut left);
        paint(page, &mut painter);
        let notes = form::read(page, &mut painter);
        let shown = painter.shown;
        count.page(number, page, &shown);
        let mut text = lines(&shown.runs);
        for note in notes {
            text.push_str("\nNote on this page: ");
            text.push_str(&note);
            text.push('\n');
        }
        out.text(&format!("page {number}"), &text)?;
        if left == 0 {
            return Ok(Some(Remark::Cut));
        }
    }
    Ok(if pages.len() > MOST_PAGES { Some(Remark::Cut) } else { count.verdict() })
}

/// Carries out the streams of a page, as one (ISO 32000-1 §7.8.2).
fn paint(page: &Page<'_>, painter: &mut Painter<'_>) {
    let mut content = Vec::new();
    match page.raw().get::<Object<'_>>("Contents") {
        Some(Object::Stream(one)) => content = stream::bytes(&one),
        Some(Object::Array(all)) => {
            for part in streams(&all) {
                content.extend(stream::bytes(&part));
                content.push(b'\n');
            }
        }
        _ => {}
    }
    painter.stream(&content, page.resources(), 0);
}

/// The streams of a page that has several. Some thousand are drawings of CAD programs.
fn streams<'a>(all: &Array<'a>) -> impl Iterator<Item = Stream<'a>> {
    all.iter::<Object<'a>>().take(4_096).filter_map(Object::into_stream)
}

/// What is counted over the pages.
#[derive(Default)]
struct Count {
    letters: usize,
    nameless: usize,
    first: Vec<u32>,
    without: u32,
    with: u32,
}

impl Count {
    fn page(&mut self, number: u32, page: &Page<'_>, shown: &Shown) {
        let letters = shown.runs.iter().map(|run| run.text.trim().chars().count()).sum::<usize>();
        self.letters += letters;
        self.nameless += shown.nameless;
        let (width, height) = page.base_dimensions();
        let whole = f64::from(width) * f64::from(height);
        let is_scan = shown.largest_picture > SCANNED * whole && letters < STAMPED;
        if (letters == 0 && (shown.has_marks || shown.nameless > 0)) || is_scan {
            self.without += 1;
            if self.first.len() < NAMED_PAGES {
                self.first.push(number);
            }
        } else if letters > 0 {
            self.with += 1;
        }
    }

    fn verdict(self) -> Option<Remark> {
        let Self { letters, nameless, first, without, with } = self;
        match (with, without) {
            _ if nameless > letters => Some(Remark::NoLetters),
            (0, _) => Some(Remark::NoText),
            (_, 0) => None,
            (_, count) => Some(Remark::PagesWithoutText { first, count }),
        }
    }
}
