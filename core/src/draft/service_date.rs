//! The days on which codes are looked up, and how they are known. A reply never prints a date of service, which is
//! an identifier of the patient (45 CFR 164.514(b)(2)(i)(C)); it names the editions of that day instead.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::brief::Mail;
use crate::extract::ServiceCue;

/// More days than this are not looked up one by one; the reply asks which code belongs to which day.
const MOST_DAYS: usize = 4;

/// How the days are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The asker wrote them in full.
    Given,
    /// The year of at least one, or the whole day, was worked out from the day of the mail.
    Inferred,
    /// The asker names them without saying what was done on them, and no other day is one of service.
    Alone,
    /// The asker wrote none: the day of the first mail stands in.
    Assumed,
}

/// The days of service of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceDate {
    /// How they are known.
    pub basis: Basis,
    /// The days, earliest first; never empty. A stretch of days counts with its first and last.
    pub days: Vec<Date>,
    /// Days that were stated and are not looked up, because there are too many.
    pub left_out: usize,
    /// The asker's words for them. Private.
    pub words: Vec<String>,
}

impl ServiceDate {
    /// What the mails say. `today` stands in when there is no mail at all.
    #[must_use]
    pub fn read(mails: &[Mail<'_>], today: Date) -> Self {
        let stated = || mails.iter().flat_map(|mail| mail.reading.dates.iter().map(move |date| (mail, date)));
        let mut days: Vec<Date> = stated().flat_map(|(_, date)| [date.from, date.to]).collect();
        days.sort_unstable();
        days.dedup();
        if days.is_empty() {
            return Self { basis: Basis::Assumed, days: vec![today], left_out: 0, words: Vec::new() };
        }
        let basis = if stated().any(|(_, date)| matches!(date.cue, ServiceCue::Alone | ServiceCue::Planned)) {
            Basis::Alone
        } else if stated().any(|(_, date)| date.inferred) {
            Basis::Inferred
        } else {
            Basis::Given
        };
        let mut words: Vec<String> =
            stated().map(|(mail, date)| date.span.of(&mail.reading.text).trim().to_owned()).collect();
        words.retain(|text| !text.is_empty());
        words.dedup();
        words.truncate(MOST_DAYS);
        let left_out = days.len().saturating_sub(MOST_DAYS);
        days.truncate(MOST_DAYS);
        Self { basis, days, left_out, words }
    }

    /// Whether the asker gave a date.
    #[must_use]
    pub fn known(&self) -> bool {
        self.basis != Basis::Assumed
    }

    /// The earliest day: the one on which the guard checks the final text.
    #[must_use]
    pub fn first(&self) -> Date {
        self.days.first().copied().unwrap_or(Date::ZERO)
    }

    /// Whether more than one day is spoken of.
    #[must_use]
    pub fn several(&self) -> bool {
        self.days.len() > 1
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        domain::span::Span,
        extract::{DateOfService, Reading, ServiceCue},
    };

    fn stated(start: usize, end: usize, day: Date, inferred: bool) -> DateOfService {
        DateOfService { span: Span::new(start, end), from: day, to: day, cue: ServiceCue::Named, inferred }
    }

    fn read(dates: &[DateOfService]) -> ServiceDate {
        let text = "DOS 3/12 and 2024-03-14".to_owned();
        let reading = Reading { text, dates: dates.to_vec(), ..Reading::default() };
        let mail = Mail { received: date(2024, 4, 1), reading: &reading, unread_attachments: &[] };
        ServiceDate::read(&[mail], date(2024, 4, 1))
    }

    #[test]
    fn the_days_are_sorted_and_one_guessed_year_makes_the_whole_inferred() {
        let later = stated(13, 23, date(2024, 3, 14), false);
        let earlier = stated(4, 8, date(2024, 3, 12), true);
        let both = read(&[later.clone(), earlier]);
        assert_eq!(both.days, [date(2024, 3, 12), date(2024, 3, 14)]);
        assert_eq!((both.basis, both.first(), both.several()), (Basis::Inferred, date(2024, 3, 12), true));
        assert_eq!(both.words, ["2024-03-14", "3/12"]);
        assert_eq!(read(&[later]).basis, Basis::Given);
    }

    #[test]
    fn without_a_date_the_day_of_the_mail_is_assumed() {
        let assumed = read(&[]);
        assert_eq!((assumed.basis, assumed.known(), assumed.first()), (Basis::Assumed, false, date(2024, 4, 1)));
    }

    #[test]
    fn only_the_first_days_of_many_are_kept() {
        let dates: Vec<DateOfService> = (1..=9).map(|day| stated(0, 0, date(2024, 3, day), false)).collect();
        assert_eq!((read(&dates).days.len(), read(&dates).left_out), (4, 5));
    }
}
