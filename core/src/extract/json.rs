//! What is stored for a mail, and the documented JSON of its mentions.
//!
//! Inside the program a span counts bytes. Outside, offsets count Unicode code points, since that is what other
//! languages index by; `Offsets` converts a whole sorted list in one pass over the text.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    known::Known,
    location::Locations,
    read::{Possible, findings},
    said::Said,
    service::{DateOfService, ServiceCue, dates_of_service},
};
use crate::{
    domain::mention::Mention,
    mail::search_text::{Part, SearchText},
};

/// All that was read in a mail: the text, where its stretches come from, and what was found. The store keeps it as
/// JSON. Spans count bytes of `text`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The text that was searched. Private.
    pub text: String,
    /// Which part of the mail each stretch of it is.
    pub parts: Vec<Part>,
    /// The codes that it mentions.
    pub mentions: Vec<Mention>,
    /// What may be codes; for the reviewer alone.
    pub possibles: Vec<Possible>,
    /// Dates of service.
    pub dates: Vec<DateOfService>,
    /// What is said around the codes. Readings stored before this was read have none of it.
    #[serde(default)]
    pub said: Said,
}

impl Reading {
    /// Reads a text. `mail_date` is the day on which it was sent, for dates like "last Tuesday".
    #[must_use]
    pub fn of(text: &SearchText, known: &dyn Known, mail_date: Option<Date>) -> Self {
        let found = findings(text, known);
        let said = Said::of(text, &found);
        Self {
            text: text.text.clone(),
            parts: text.parts.clone(),
            mentions: found.mentions,
            possibles: found.possibles,
            dates: dates_of_service(text, mail_date),
            said,
        }
    }

    /// The dates of service as printed.
    #[must_use]
    pub fn dates_json(&self) -> Vec<DateJson> {
        let mut offsets = Offsets::of(&self.text);
        let dates = self.dates.iter();
        dates
            .map(|date| DateJson {
                start: offsets.at(date.span.start),
                end: offsets.at(date.span.end),
                from: date.from,
                to: date.to,
                cue: date.cue,
                inferred: date.inferred,
            })
            .collect()
    }

    /// What is said around the codes, as printed: its spans count code points.
    #[must_use]
    pub fn said_json(&self) -> Said {
        self.said.printed(&self.text)
    }

    /// The mentions as printed.
    #[must_use]
    pub fn mentions_json(&self) -> Vec<MentionJson> {
        let locations = self.locations();
        let mut printed = mentions_json(&self.text, &self.mentions);
        for (line, mention) in printed.iter_mut().zip(&self.mentions) {
            line.location = locations.at(mention.span.start);
        }
        printed
    }

    /// Where things stand within their place.
    #[must_use]
    pub fn locations(&self) -> Locations<'_> {
        Locations::of(&self.text, &self.parts)
    }
}

/// A mention as printed by `caseconsult mentions` and `caseconsult draft --json`. The fields are stable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MentionJson {
    /// First code point of the code in the searched text, from 0.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// `CPT`, `HCPCS`, `ICD10CM`, `ICD10PCS`, `ICD9`, `MODIFIER`, `DRG`, `REV` or `NDC`.
    pub system: &'static str,
    /// Normalised: upper case, ICD with its dot, DRG three and revenue code four digits, a range as `A-B`, a category
    /// without its placeholder.
    pub code: String,
    /// Attached modifiers, in the order written.
    pub modifiers: Vec<String>,
    /// Units, when the text says how many.
    pub units: Option<u32>,
    /// `subject`, `new`, `quoted`, `signature`, `forwarded` or `attachment`.
    pub place: &'static str,
    /// Where within that place: the attachment's name with its page, or its sheet and cell; `table cell, column units`
    /// of a table in the text. Left out where there is no more to say than the place does.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub location: String,
    /// `asked`, `billed`, `denied`, `deleted`, `negated` or `historical`.
    pub status: &'static str,
    /// `certain` or `likely`.
    pub confidence: &'static str,
    /// Why it was read as a code, for and against.
    pub reasons: Vec<Cow<'static, str>>,
}

/// A date of service as printed by `caseconsult draft --json`. The fields are stable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DateJson {
    /// First code point of the date in the searched text, from 0.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// First day, `YYYY-MM-DD`.
    pub from: Date,
    /// Last day; the same as the first when it is one day.
    pub to: Date,
    /// `named`, `done`, `surgery` (a global period counts from it), `beside_code` or `alone`.
    pub cue: ServiceCue,
    /// Worked out from the day of the mail, in part or whole.
    pub inferred: bool,
}

/// Mentions, sorted by where they stand in `text`, as printed; without their locations.
#[must_use]
pub fn mentions_json(text: &str, mentions: &[Mention]) -> Vec<MentionJson> {
    let mut offsets = Offsets::of(text);
    mentions
        .iter()
        .map(|mention| MentionJson {
            start: offsets.at(mention.span.start),
            end: offsets.at(mention.span.end),
            system: mention.system.as_str(),
            code: mention.code.as_str().to_owned(),
            modifiers: mention.modifiers.iter().map(|modifier| modifier.as_str().to_owned()).collect(),
            units: mention.units,
            place: mention.place.as_str(),
            location: String::new(),
            status: mention.status.as_str(),
            confidence: mention.confidence.as_str(),
            reasons: mention.reasons.clone(),
        })
        .collect()
}

/// Byte offsets, asked in rising order, as counts of code points.
pub(crate) struct Offsets<'a> {
    rest: &'a [u8],
    bytes: usize,
    points: usize,
}

impl<'a> Offsets<'a> {
    pub(crate) const fn of(text: &'a str) -> Self {
        Self { rest: text.as_bytes(), bytes: 0, points: 0 }
    }

    pub(crate) fn at(&mut self, byte: usize) -> usize {
        let (passed, rest) = self.rest.split_at(byte.saturating_sub(self.bytes).min(self.rest.len()));
        // Every byte but a continuation byte (10xxxxxx) begins a code point.
        self.points += passed.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        self.bytes += passed.len();
        self.rest = rest;
        self.points
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::mention::Place, extract::Nothing};

    #[test]
    fn offsets_count_code_points() {
        let search = SearchText::plain("Knie \u{2014} \u{1F9B5} 20610\u{2013}RT, CPT 99213-25 x2");
        let reading = Reading::of(&search, &Nothing, None);
        let json = reading.mentions_json();
        let points: Vec<char> = search.text.chars().collect();
        let slices: Vec<String> = json.iter().map(|one| points[one.start..one.end].iter().collect()).collect();
        assert_eq!(slices, ["20610", "99213"]);
        let mut printed = serde_json::to_value(&json[1]).unwrap();
        let reasons = printed.as_object_mut().and_then(|fields| fields.remove("reasons")).unwrap();
        assert!(reasons.as_array().unwrap().contains(&"its code system is named".into()), "{reasons}");
        assert_eq!(
            printed,
            serde_json::json!({
                "start": 23, "end": 28, "system": "CPT", "code": "99213",
                "modifiers": ["25"], "units": 2, "place": "new", "status": "asked", "confidence": "certain",
            }),
        );
    }

    #[test]
    fn a_reading_survives_being_stored() {
        let mut search = SearchText::default();
        search.push(Place::Subject, "", "CPT 20610 denied");
        search.push(Place::Attachment, "note.txt", "DOS 03/04/2026: J1885 x 4, ZIP 60614");
        let reading = Reading::of(&search, &Nothing, None);
        let stored = serde_json::to_string(&reading).unwrap();
        assert_eq!(serde_json::from_str::<Reading>(&stored).unwrap(), reading);
        let places: Vec<&str> = reading.mentions_json().iter().map(|one| one.place).collect();
        assert_eq!(places, ["subject", "attachment"]);
        assert_eq!(reading.dates_json().len(), 1);
        let older = stored.replace(&serde_json::to_string(&reading.said).unwrap(), "{}");
        assert_eq!(serde_json::from_str::<Reading>(&older).unwrap().mentions, reading.mentions);
    }
}
