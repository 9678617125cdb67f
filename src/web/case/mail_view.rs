//! A mail as the case page shows it: as text, in its parts, with every mention of a code marked.
//!
//! What may identify a patient is masked, each span a button that shows it and leaves a line in the case's history; a
//! date of service is shown, since no code can be looked up without it, and marked as private.
//!
//! Nothing of a mail is ever shown as HTML. Quoted text and signatures are folded away, and what they mention is
//! listed beside the fold, so that no code disappears with it.

use caseconsult_core::{
    domain::{
        instant::Instant,
        mention::{Mention, Place},
        span::Span,
    },
    extract::{DateOfService, Locations, Reading},
    identifier::{self, Found},
    mail::search_text::Part,
};
use serde::Serialize;

use super::{attachment_view::AttachmentView, file::MailFile};
use crate::{
    review::reveal::Visible,
    web::{
        codes::seen::{self, Chip},
        words::Moment,
    },
};

/// A part longer than this is folded when it is an attachment; characters.
const LONG_ATTACHMENT: usize = 1500;
/// Of more parts of attachments (pages, sheets) than these all are folded.
const MANY_PARTS: usize = 6;

/// One mail.
#[derive(Debug, Serialize)]
pub(super) struct MailView {
    id: String,
    from_name: String,
    from_address: String,
    sent: Option<Moment>,
    received: Moment,
    sha256: String,
    subject: Vec<Piece>,
    parts: Vec<PartView>,
    doubtful: Vec<Doubtful>,
    notes: Vec<String>,
    attachments: Vec<AttachmentView>,
    /// How many spans are masked.
    hidden: usize,
    is_read: bool,
    is_latest: bool,
}

/// One part of a mail.
#[derive(Debug, Serialize)]
struct PartView {
    place: &'static str,
    label: String,
    is_folded: bool,
    pieces: Vec<Piece>,
    chips: Vec<Chip>,
}

/// A stretch of text: marked, masked, or neither.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Piece {
    text: String,
    mark: Option<Mark>,
    /// The span that a click shows, as the form names it; the text is then the mask.
    hidden: Option<String>,
    /// Where the page goes on after a reveal.
    anchor: Option<usize>,
}

/// What a marked stretch is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Mark {
    /// The name of its colour.
    class: &'static str,
    /// The code alone, as its line among the facts is called; empty for what is no code.
    code: String,
    says: String,
}

/// What may be a code, and was not taken for one.
#[derive(Debug, Serialize)]
struct Doubtful {
    chip: Chip,
    reasons: String,
}

impl MailView {
    /// The view of this mail; without a reading its text is not shown.
    pub(super) fn new(mail: &MailFile, visible: &Visible, is_latest: bool, moment: impl Fn(Instant) -> Moment) -> Self {
        let (message, reading) = (&mail.message, mail.reading.as_ref());
        let (hidden, shown): (Vec<Found>, Vec<Found>) =
            mail.identifiers().into_iter().partition(|found| visible.hides(message.id, found));
        let veil = Veil { hidden, shown };
        let part_views = |reading: &Reading| {
            let shown = reading.parts.iter().filter(|part| part.place != Place::Subject);
            let attached = reading.parts.iter().filter(|part| part.place == Place::Attachment).count();
            let locations = reading.locations();
            shown.map(|part| PartView::new(reading, part, attached > MANY_PARTS, &locations, &veil)).collect()
        };
        let subject = reading.and_then(|reading| {
            let part = reading.parts.iter().find(|part| part.place == Place::Subject)?;
            Some(pieces(reading, part, &reading.locations(), &veil))
        });
        Self {
            id: message.id.to_string(),
            from_name: message.sender_name.clone(),
            from_address: message.sender.as_ref().map_or_else(String::new, |sender| sender.as_str().to_owned()),
            sent: message.sent_at.map(&moment),
            received: moment(message.received_at),
            sha256: message.sha256.to_string(),
            subject: subject.unwrap_or_else(|| vec![Piece::plain(&identifier::mask(&message.subject).0)]),
            parts: reading.map(part_views).unwrap_or_default(),
            doubtful: reading.map(|reading| doubtful(reading, &veil)).unwrap_or_default(),
            notes: mail.beside.notes.iter().map(|note| identifier::mask(&note.to_string()).0).collect(),
            attachments: mail.beside.attachments.iter().map(|one| AttachmentView::new(one, reading)).collect(),
            hidden: veil.hidden.len(),
            is_read: reading.is_some(),
            is_latest,
        }
    }
}

impl PartView {
    fn new(reading: &Reading, part: &Part, many: bool, locations: &Locations<'_>, veil: &Veil) -> Self {
        let text = part.span.of(&reading.text);
        let is_folded = match part.place {
            Place::Quoted | Place::Signature => true,
            Place::Attachment => many || text.chars().count() > LONG_ATTACHMENT,
            Place::Subject | Place::New | Place::Forwarded => false,
        };
        let mentions: Vec<&Mention> = mentions_in(reading, part).collect();
        Self {
            place: match part.place {
                Place::Subject => "Subject",
                Place::New => "Written now",
                Place::Quoted => "Quoted text",
                Place::Signature => "Signature",
                Place::Forwarded => "Forwarded mail",
                Place::Attachment => "Attachment",
            },
            label: identifier::mask(&part.label).0,
            is_folded,
            pieces: pieces(reading, part, locations, veil),
            chips: Chip::each_once(mentions.into_iter()),
        }
    }
}

pub(super) fn mentions_in<'a>(reading: &'a Reading, part: &'a Part) -> impl Iterator<Item = &'a Mention> {
    reading.mentions.iter().filter(|mention| part.span.contains(mention.span))
}

/// What of a mail is masked for the reader, and what was revealed to him.
#[derive(Debug, Default)]
struct Veil {
    hidden: Vec<Found>,
    shown: Vec<Found>,
}

impl Veil {
    fn covers(&self, span: Span) -> bool {
        self.hidden.iter().any(|found| found.span.overlaps(span))
    }
}

impl Piece {
    fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), mark: None, hidden: None, anchor: None }
    }
}

fn doubtful(reading: &Reading, veil: &Veil) -> Vec<Doubtful> {
    let possibles = reading.possibles.iter().filter(|it| !veil.covers(it.mention.span));
    possibles.map(|it| Doubtful { chip: Chip::of(&it.mention), reasons: it.reasons.join("; ") }).collect()
}

/// The part's text, cut at what is masked, at its codes, at what may be codes, and at its dates of service. What is
/// masked goes first: no other mark may uncover a piece of it.
fn pieces(reading: &Reading, part: &Part, locations: &Locations<'_>, veil: &Veil) -> Vec<Piece> {
    let codes = reading.mentions.iter().map(|mention| (mention.span, Mark::code(mention, locations)));
    let possibles = reading.possibles.iter().map(|it| (it.mention.span, Mark::possible(&it.mention)));
    let dates = reading.dates.iter().map(|date| (date.span, Mark::date(date)));
    let shown = veil.shown.iter().filter(|found| !found.needed).map(|found| (found.span, Mark::revealed(found)));
    let within = |span: Span| Span::new(span.start.max(part.span.start), span.end.min(part.span.end));
    let mut marks: Vec<(Span, Cut<'_>)> = codes
        .chain(possibles)
        .chain(shown)
        .chain(dates)
        .filter(|(span, _)| part.span.contains(*span) && !veil.covers(*span))
        .map(|(span, mark)| (span, Cut::Mark(mark)))
        .collect();
    let hidden = veil.hidden.iter().map(|found| (within(found.span), Cut::Mask(found)));
    marks.extend(hidden.filter(|(span, _)| !span.is_empty()));
    marks.sort_by_key(|(span, _)| *span);

    let text = &reading.text;
    let mut pieces = Vec::new();
    let mut at = part.span.start;
    for (span, mark) in marks {
        // A span that does not fit the text (an overlap, or half a character) is left unmarked rather than guessed.
        let (Some(before), Some(marked)) = (text.get(at..span.start), text.get(span.start..span.end)) else {
            continue;
        };
        if !before.is_empty() {
            pieces.push(Piece::plain(before));
        }
        pieces.push(match mark {
            Cut::Mark(mark) => Piece { mark: Some(mark), anchor: Some(span.start), ..Piece::plain(marked) },
            Cut::Mask(found) => Piece {
                hidden: Some(format!("{}-{}", found.span.start, found.span.end)),
                mark: Some(Mark::hidden(found)),
                ..Piece::plain(found.identifier.mask())
            },
        });
        at = span.end;
    }
    if let Some(rest) = text.get(at..part.span.end)
        && !rest.is_empty()
    {
        pieces.push(Piece::plain(rest));
    }
    pieces
}

/// Where a text is cut.
enum Cut<'a> {
    Mark(Mark),
    Mask(&'a Found),
}

impl Mark {
    fn hidden(found: &Found) -> Self {
        let says = format!(
            "Show {}; the case's history keeps that you did. Why it is masked: {}",
            found.identifier.words(),
            found.reason
        );
        Self { class: "masked", code: String::new(), says }
    }

    fn revealed(found: &Found) -> Self {
        Self { class: "revealed", code: String::new(), says: format!("Private: {}", found.identifier.words()) }
    }

    fn code(mention: &Mention, locations: &Locations<'_>) -> Self {
        let mut says = says(mention);
        let location = locations.at(mention.span.start);
        if !location.is_empty() {
            says.push_str(&format!("; {location}"));
        }
        Self { class: seen::class(mention.system), code: mention.code.to_string(), says }
    }

    fn possible(mention: &Mention) -> Self {
        Self { class: "maybe", code: String::new(), says: format!("Perhaps {}; not taken for a code", says(mention)) }
    }

    fn date(date: &DateOfService) -> Self {
        let days = if date.from == date.to { date.from.to_string() } else { format!("{} to {}", date.from, date.to) };
        let remark = if date.inferred { ", worked out from the mail's own date" } else { "" };
        Self {
            class: "date",
            code: String::new(),
            says: format!("Date of service {days}{remark}; private: a reply names the edition instead"),
        }
    }
}

/// `CPT 99213, modifier 25, 2 units`.
fn says(mention: &Mention) -> String {
    let mut says = format!("{} {}", mention.system, mention.code);
    for modifier in &mention.modifiers {
        says.push_str(&format!(", modifier {modifier}"));
    }
    if let Some(units) = mention.units {
        says.push_str(&format!(", {units} {}", if units == 1 { "unit" } else { "units" }));
    }
    says
}

#[cfg(test)]
mod tests {
    use caseconsult_core::{
        domain::code::{Code, CodeSystem},
        extract::Possible,
        mail::search_text::SearchText,
    };

    use super::*;

    fn mention(start: usize, end: usize) -> Mention {
        let code = Code::normal(CodeSystem::Cpt, "99213");
        Mention { units: Some(2), ..Mention::bare(Span::new(start, end), CodeSystem::Cpt, code) }
    }

    fn shown(text: &str, mentions: Vec<Mention>) -> String {
        let search = SearchText::plain(text);
        let reading = Reading { text: search.text, parts: search.parts, mentions, ..Reading::default() };
        let pieces = pieces(&reading, &reading.parts[0], &reading.locations(), &Veil::default());
        pieces
            .iter()
            .map(|piece| if piece.mark.is_some() { format!("[{}]", piece.text) } else { piece.text.clone() })
            .collect()
    }

    #[test]
    fn the_text_is_cut_at_its_codes_and_nothing_of_it_is_lost() {
        for (mentions, expected) in [
            (vec![mention(5, 10)], "bill [99213], é"),
            (vec![], "bill 99213, é"),
            (vec![mention(5, 10), mention(7, 10)], "bill [99213], é"),
            (vec![mention(12, 13)], "bill 99213, é"),
            (vec![mention(5, 500)], "bill 99213, é"),
            (vec![mention(12, 14), mention(0, 4)], "[bill] 99213, [é]"),
        ] {
            assert_eq!(shown("bill 99213, é", mentions.clone()), expected, "{mentions:?}");
        }
    }

    #[test]
    fn what_is_masked_is_never_uncovered_by_another_mark() {
        let search = SearchText::plain("call Dana Ruiz, 20610");
        let possible = Possible { mention: mention(10, 14), points: 1, reasons: Vec::new() };
        let reading = Reading {
            text: search.text,
            parts: search.parts,
            mentions: vec![mention(16, 21)],
            possibles: vec![possible],
            ..Reading::default()
        };
        let found = identifier::of_reading(&reading, &["Dana Ruiz"]);
        let veil = Veil { hidden: found.clone(), shown: Vec::new() };
        let text = |veil: &Veil| {
            pieces(&reading, &reading.parts[0], &reading.locations(), veil)
                .iter()
                .map(|piece| piece.text.as_str())
                .collect::<Vec<_>>()
                .join("|")
        };
        assert_eq!(text(&veil), "call |[name]|, |20610");
        assert!(doubtful(&reading, &veil).is_empty());
        assert_eq!(text(&Veil { hidden: Vec::new(), shown: found }).replace('|', ""), "call Dana Ruiz, 20610");
    }

    #[test]
    fn a_mark_says_what_it_marks() {
        let mut search = SearchText::default();
        search.push(Place::Attachment, "note.pdf, page 2", "99213");
        let reading = Reading { text: search.text, parts: search.parts, ..Reading::default() };
        let says = Mark::code(&mention(0, 5), &reading.locations()).says;
        assert_eq!(says, "CPT 99213, 2 units; note.pdf, page 2");
    }
}
