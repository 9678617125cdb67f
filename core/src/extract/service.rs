//! Dates of service: on which day was it done? Everything else about a code depends on that day.
//!
//! A date is one when the words before it say so, or behind it, or when it stands beside a code and nothing says otherwise.
//! A birth date, the date of a letter, of a denial or of a mail's header is none, and neither is an appointment to come. The
//! nearest word that says something decides, and speaks of one date, or of a list of dates. Where no date is called one, those
//! that are called nothing else are taken, also a month and a day to come, to be confirmed: who asks about a case and names a
//! day means its day.

use jiff::{ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize};

use super::{
    calendar::{self, Form, Written},
    ground::{Ground, is_dash},
    scan::Kind,
    service_words::{REACH, Words, is_bound, is_fraction, words_after, words_before},
    table::Column,
};
use crate::{
    domain::{mention::Place, span::Span},
    mail::search_text::SearchText,
};

/// A day, or days, of service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateOfService {
    /// Where it is written, both ends included.
    pub span: Span,
    /// First day.
    pub from: Date,
    /// Last day; the same as the first when it is one day.
    pub to: Date,
    /// What made it one.
    pub cue: ServiceCue,
    /// Its year, or the whole day, was worked out from the day of the mail: to be confirmed.
    pub inferred: bool,
}

/// What makes a date a date of service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceCue {
    /// "DOS", "date of service".
    Named,
    /// "seen on", "injected".
    Done,
    /// "surgery on": a global period counts from it.
    Surgery,
    /// It stands beside a code.
    BesideCode,
    /// Nothing is said of it, and no other day is called one of service.
    Alone,
    /// The same of a day to come: nothing was served yet, and the codes have to be in force on it.
    Planned,
}

/// Words right behind a date that make it one of service: "our 9/22/2026 claim".
const ITS: [&str; 4] = ["claim", "visit", "encounter", "dos"];
/// A day of which nothing is said is one of service for so many years: timely filing ends long before.
const RECENT: i16 = 3;
/// And for so many years ahead: what is scheduled is asked about before.
const AHEAD: i16 = 1;
/// More such days than this are a table or a calendar.
const MOST_ALONE: usize = 8;

/// The dates of service that the text names, in order.
#[must_use]
pub fn dates_of_service(text: &SearchText, mail_date: Option<Date>) -> Vec<DateOfService> {
    let ground = Ground::of(text);
    let mut found: Vec<DateOfService> = Vec::new();
    let mut alone: Vec<DateOfService> = Vec::new();
    let mut dates = calendar::dates(&text.text, mail_date).into_iter().peekable();
    let mut token = 0;
    // A list goes on: "DOS 3/4/26, 3/11/26".
    let mut previous: Option<(usize, ServiceCue)> = None;
    // Words before the last date speak of that one.
    let mut spoken = 0;
    while let Some(mut first) = dates.next() {
        let last = dates.next_if(|last| is_range(&text.text, &first, last)).unwrap_or(first);
        if first.inferred && !last.inferred {
            first = with_year_of(first, &last);
        }
        let span = Span::new(first.span.start, last.span.end);
        while ground.token(token).is_some_and(|one| one.span.end + REACH < span.start) {
            token += 1;
        }
        let continued =
            previous.filter(|(end, _)| is_list(text.text.get(*end..span.start).unwrap_or("x"))).map(|(_, cue)| cue);
        let cue = match words_before(&text.text, spoken, span.start) {
            _ if ground.column(span.start) == Some(Column::Service) => Some(ServiceCue::Named),
            _ if is_before(&ITS, &text.text, span.end) => Some(ServiceCue::Done),
            Words::Other => None,
            _ if is_before(&["surgery", "operation"], &text.text, span.end) => Some(ServiceCue::Surgery),
            Words::Named => Some(ServiceCue::Named),
            Words::Done => Some(ServiceCue::Done),
            Words::Surgery => Some(ServiceCue::Surgery),
            _ if first.form == Form::Month => None,
            Words::Nothing if is_header(&text.text, span) => None,
            Words::Nothing if continued.is_some() => continued,
            // A date without a year needs a word: "POS 02/10" stands beside codes too.
            Words::Nothing if first.inferred => None,
            Words::Nothing => match words_after(&text.text, span.end) {
                Words::Other | Words::Nothing if !beside_code(&ground, token, span) => None,
                Words::Other => None,
                Words::Surgery => Some(ServiceCue::Surgery),
                Words::Done | Words::Named => Some(ServiceCue::Done),
                Words::Nothing => Some(ServiceCue::BesideCode),
            },
        };
        previous = cue.map(|cue| (span.end, cue));
        spoken = span.end;
        // What is still to come was not served yet, unless it is called a date of service.
        let to_come = |cue: ServiceCue| cue != ServiceCue::Named && mail_date.is_some_and(|mail| first.first > mail);
        match cue.filter(|cue| first.first <= last.last && !to_come(*cue)) {
            Some(cue) => {
                let inferred = first.inferred || last.inferred;
                found.push(DateOfService { span, from: first.first, to: last.last, cue, inferred });
            }
            None => alone.extend(called_nothing(text, span, first, last, mail_date)),
        }
    }
    if !found.is_empty() {
        return found;
    }
    // What is quoted counts where the writer names no day himself.
    let is_own = |date: &DateOfService| matches!(text.place_at(date.span.start), Place::New | Place::Subject);
    if alone.iter().any(is_own) {
        alone.retain(is_own);
    }
    if alone.len() <= MOST_ALONE { alone } else { found }
}

/// A day that no word close by calls anything else, when it can be one of service: not long ago, not far ahead.
fn called_nothing(
    text: &SearchText,
    span: Span,
    first: Written,
    last: Written,
    mail_date: Option<Date>,
) -> Option<DateOfService> {
    let mail = mail_date?;
    let (since, until) = (mail.checked_sub(RECENT.years()).ok()?, mail.checked_add(AHEAD.years()).ok()?);
    let fits = since <= first.first
        && first.first <= last.last
        && last.last <= until
        && text.place_at(span.start) != Place::Signature
        && !is_header(&text.text, span)
        && !is_bound(&text.text, span)
        && match first.form {
            Form::Full | Form::Month => true,
            Form::Short => follows_on(&text.text, span.start) || !is_fraction(&text.text, span),
            Form::Counted => span.of(&text.text).starts_with(['o', 'O', 'y', 'Y']),
        };
    let cue = if first.first > mail { ServiceCue::Planned } else { ServiceCue::Alone };
    fits.then_some(DateOfService { span, from: first.first, to: last.last, cue, inferred: true })
}

/// "total shoulder on 10/29": a day and no number of another kind.
fn follows_on(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or("").trim_end();
    before.rsplit(|c: char| !c.is_alphabetic()).next().is_some_and(|word| word.eq_ignore_ascii_case("on"))
}

/// "3/4/26 - 3/6/26", "March 4 to March 6, 2026".
fn is_range(text: &str, first: &Written, last: &Written) -> bool {
    let gap = text.get(first.span.end..last.span.start).unwrap_or("x");
    let trimmed = gap.trim();
    gap.len() <= 12
        && (trimmed.chars().count() == 1 && trimmed.chars().all(is_dash)
            || ["to", "through", "thru", "until"].iter().any(|word| trimmed.eq_ignore_ascii_case(word)))
}

fn is_list(gap: &str) -> bool {
    gap.len() <= 8 && gap.split(|c: char| !c.is_alphanumeric()).all(|word| matches!(word, "" | "and" | "or"))
}

/// "3/2-3/5/26": the year of the last day is that of the first as well.
fn with_year_of(first: Written, last: &Written) -> Written {
    let in_year = |year: i16| Date::new(year, first.first.month(), first.first.day()).ok();
    let day = in_year(last.first.year()).filter(|day| *day <= last.first).or_else(|| in_year(last.first.year() - 1));
    day.map_or(first, |day| Written { first: day, last: day, inferred: false, ..first })
}

/// "after 3/1/2026 surgery": whether one of these words follows at once.
fn is_before(words: &[&str], text: &str, end: usize) -> bool {
    let word = text.get(end..).unwrap_or("").strip_prefix(' ').unwrap_or("");
    let word = word.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    words.iter().any(|one| word.eq_ignore_ascii_case(one))
}

/// "On Mar 4, 2026, at 9:12 AM, Pat wrote:".
fn is_header(text: &str, span: Span) -> bool {
    let mut end = (span.end + 160).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let after = text.get(span.end..end).unwrap_or_default();
    let line = after.split("\n\n").next().unwrap_or_default();
    line.trim_end().ends_with("wrote:") || line.lines().take(2).any(|line| line.trim_end().ends_with("wrote:"))
}

/// Whether a word of the shape of a procedure code stands near, on the same line.
fn beside_code(ground: &Ground<'_>, from: usize, span: Span) -> bool {
    let near = ground.tokens.iter().skip(from).take_while(|token| token.span.start <= span.end + REACH);
    near.filter(|token| matches!(token.kind, Kind::Digits | Kind::Mixed) && token.span.len() == 5).any(|token| {
        let (start, end) = (token.span.end.min(span.start), span.end.max(token.span.start));
        let between = if token.span.end <= span.start {
            ground.text().get(token.span.end..span.start)
        } else {
            ground.text().get(span.end..token.span.start)
        };
        start < end && between.is_some_and(|text| !text.contains(['\n', '?']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let dates = dates_of_service(&SearchText::plain(text), Some(jiff::civil::date(2026, 3, 12)));
        let shown: Vec<String> = dates
            .iter()
            .map(|date| {
                let to = if date.to == date.from { String::new() } else { format!(" to {}", date.to) };
                format!("{}{to}{}", date.from, if date.inferred { " inferred" } else { "" })
            })
            .collect();
        shown.join("; ")
    }

    #[test]
    fn what_words_make_a_date_of_service() {
        for (text, expected) in [
            ("DOS 3/4/26", "2026-03-04"),
            ("DOS: 03/04/2026 - 03/06/2026", "2026-03-04 to 2026-03-06"),
            ("date of service was March 4, 2026", "2026-03-04"),
            ("Dates of service 2026-03-04 through 2026-03-06", "2026-03-04 to 2026-03-06"),
            ("DOS 3/4/26, 3/5/26 and 3/6/26", "2026-03-04; 2026-03-05; 2026-03-06"),
            ("patient was seen on 4 Mar 2026", "2026-03-04"),
            ("surgery on March 4", "2026-03-04 inferred"),
            ("seen last Tuesday", "2026-03-10 inferred"),
            ("we billed 99213 on 3/4/2026", "2026-03-04"),
            ("03/04/2026 20610 RT", "2026-03-04"),
            ("DOB 3/4/1960, DOS 3/4/2026", "2026-03-04"),
            ("born 3/4/1960, CPT 99213", ""),
            ("date of birth 03/04/1960", ""),
            ("the letter dated 3/4/2026 about 99213", ""),
            ("Sent: Wednesday, March 4, 2026 9:12 AM", ""),
            ("Date: 4 Mar 2026 99213", ""),
            ("On Mar 4, 2026, at 9:12 AM, Pat wrote:\n> 99213", ""),
            ("The manual is effective 1/1/2026 for 99213", ""),
            ("meet on 3/4/2026", ""),
            ("Born 4/1/1951, 99387 on 1/9/2026", "2026-01-09"),
            ("DOS 3/2-3/5/26", "2026-03-02 to 2026-03-05"),
            ("On 3/4/2026 the patient was seen", "2026-03-04"),
            ("On 3/4/2026 we received a denial of 99213", ""),
            ("her next appointment is on 4/9/2026, 99213", ""),
            ("surgery is scheduled for 3/30/2026", "2026-03-30 inferred"),
            ("DOS 4/9/2026", "2026-04-09"),
            ("we saw him on Monday", "2026-03-09 inferred"),
            ("the office is closed on Monday", ""),
            ("seen two weeks ago", "2026-02-26 inferred"),
            ("claim denied 3/4/2026", ""),
            ("the payer rejected our 3/4/2026 claim for 92557", "2026-03-04"),
            ("DOS\tCPT\tMod\tUnits\n3/4/2026\t20610\tRT\t1\n3/5/2026\t20610\tLT\t1", "2026-03-04; 2026-03-05"),
            // Nothing is said of it, and no other day is one of service.
            ("Average risk, 3/4/2026, routine colonoscopy with a snare. PT or 33?", "2026-03-04 inferred"),
            ("total shoulder on 2/10, who bills the block?", "2026-02-10 inferred"),
            ("1st: 2/2/26 toe. 2nd: 2/16/26 the foot.", "2026-02-02 inferred; 2026-02-16 inferred"),
            ("3/4/2026 is what I mean, DOS 3/5/2026", "2026-03-05"),
            ("4/17/1958, 99213?", "1958-04-17"),
            ("starting 4/1/2026 we run a new test", "2026-04-01 inferred"),
            ("the ratio was 2/10 and the block went well", ""),
            ("wheezing 5 yo, Feb 19, 99214 and a neb, does it need 25?", "2026-02-19 inferred"),
            ("99442 on 1/15/2025 with a patient at home by voice", "2025-01-15 inferred"),
            ("36 minutes of talk, 2/13? Medicare.", "2026-02-13 inferred"),
            ("E0143 delivered 1/30/2026, denied CO-50", "2026-01-30 inferred"),
            ("Is M54.5 still good for February 2026?", "2026-02-01 inferred"),
            ("UB-04 lines for 1/2026 all show PO", "2026-01-01 inferred"),
            ("March's Medicare claims went out last week", "2026-03-01 inferred"),
            ("stay 2/3 to 2/8, sepsis", "2026-02-03 to 2026-02-08 inferred"),
            ("MAR 2/13/26, cancer center", "2026-02-13 inferred"),
            ("inpatient 2/3-2/9/2026: sepsis", "2026-02-03 to 2026-02-09 inferred"),
            ("stay 12/30-1/4, sepsis", "2025-12-30 to 2026-01-04 inferred"),
            ("every 99213-95 of January 2026 returned CO-5", "2026-01-01 inferred"),
            ("Medicare denied 99213 on 2/5, CO-97. Why?", "2026-02-05 inferred"),
            ("our office, POS 02/10 or 11?", ""),
            ("about 1/2 of the wound, 2/3 cm deep", ""),
            ("pain 7/10, moderate", ""),
            ("we added a drug in September", ""),
            ("the amendment effective 1/1/26 says so", ""),
            ("I'm out of office from 2/24 thru 3/1", ""),
            ("41 min total today", ""),
            ("the fee schedule of 2026", ""),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn the_day_of_an_operation_is_told_apart() {
        let text = "27447 surgery on 1/5/2026, seen 2/2/2026. Post-op day 5 after 3/1/2026 surgery.";
        let dates = dates_of_service(&SearchText::plain(text), None);
        let cues: Vec<ServiceCue> = dates.iter().map(|date| date.cue).collect();
        assert_eq!(cues, [ServiceCue::Surgery, ServiceCue::Done, ServiceCue::Surgery]);
    }

    #[test]
    fn the_span_is_what_is_written() {
        let text = "DOS 3/4/26 to 3/6/26.";
        let dates = dates_of_service(&SearchText::plain(text), None);
        assert_eq!(dates.first().map(|date| date.span.of(text)), Some("3/4/26 to 3/6/26"));
    }
}
