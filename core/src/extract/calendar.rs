//! Dates as people write them: `3/4/26`, `03-04-2026`, `2026-03-04`, "March 4, 2026", "4 Mar 2026", "last Tuesday".
//!
//! It says which day is meant, not what happened on it; that is said in [`super::service`]. Numbers are read month
//! first, as American offices write, unless the first is no month.

use std::sync::LazyLock;

use jiff::{
    Span,
    civil::{Date, Weekday},
};
use regex::{Captures, Regex};

use crate::domain::span;

/// A date in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) span: span::Span,
    pub(super) first: Date,
    /// The last day, when several days of a month are written as one: "March 4-6, 2026".
    pub(super) last: Date,
    /// The year, or the whole day, was worked out from the day of the mail.
    pub(super) inferred: bool,
    /// How it is written.
    pub(super) form: Form,
}

/// How a date is written: some forms may as well be something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// With its year, or with the month's name.
    Full,
    /// `10/13`, which may be a fraction or two places of service.
    Short,
    /// "yesterday", "on Monday".
    Counted,
    /// A month as a whole, "October 2026": its first day stands for it, since code sets change with a month.
    Month,
}

/// One automaton for all forms; its time is linear in the text.
static FORMS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let month = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|\
                 oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
    let day = "[0-9]{1,2}(?:st|nd|rd|th)?";
    let dash = "[-\u{2010}-\u{2014}]";
    Regex::new(&format!(
        r"(?x)(?i)\b(?:
            (?P<iso_year>(?:19|20)[0-9]{{2}})[-/.](?P<iso_month>[0-9]{{1,2}})[-/.](?P<iso_day>[0-9]{{1,2}})
          | (?P<from_one>[0-9]{{1,2}})/(?P<from_two>[0-9]{{1,2}})\x20?{dash}\x20?
                (?P<to_one>[0-9]{{1,2}})/(?P<to_two>[0-9]{{1,2}})(?:/(?P<to_year>[0-9]{{4}}|[0-9]{{2}}))?
          | (?P<one>[0-9]{{1,2}})[-/.](?P<two>[0-9]{{1,2}})[-/.](?P<year>[0-9]{{4}}|[0-9]{{2}})
          | (?P<short_one>[0-9]{{1,2}})/(?P<short_two>[0-9]{{1,2}})
          | (?P<name>{month})\.?\x20+(?P<name_day>{day})(?:\x20?{dash}\x20?(?P<name_last>{day}))?
                (?:,?\x20+(?P<name_year>(?:19|20)[0-9]{{2}}))?
          | (?P<dashed_name>{month})-(?P<dashed_name_day>[0-9]{{1,2}})-(?P<dashed_name_year>(?:19|20)[0-9]{{2}})
          | (?P<dashed_day>[0-9]{{1,2}})-?(?P<dashed_month>{month})-?(?P<dashed_year>(?:19|20)[0-9]{{2}}|[0-9]{{2}})
          | (?P<day>{day})\x20+(?:of\x20)?(?P<day_name>{month})\.?,?(?:\x20+(?P<day_year>(?:19|20)[0-9]{{2}}))?
          | (?P<compact>(?:19|20)[0-9]{{6}})
          | (?P<american>(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:19|20)[0-9]{{2}})
          | (?:last|on|this|this\x20past)\x20(?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day
          | (?P<count>[0-9]{{1,2}}|an?|one|two|three|four|five|six|seven|eight|nine|ten)\x20(?P<unit>day|week)s?\x20ago
          | (?P<relative>yesterday|today)
          | (?P<whole_month>{month})\.?,?\x20+(?:of\x20)?(?P<whole_year>20[0-9]{{2}})
          | (?P<month_number>0?[1-9]|1[0-2])/(?P<number_year>20[0-9]{{2}})
          | (?:all\x20of|month\x20of|billing\x20period)\x20(?P<period_month>{month})
          | (?P<bare_month>{month})\.?(?:['\u{{2019}}]s)?\x20+(?:medicare\x20+)?
                (?:dates?|dos|visits?|claims?|services?|discharges?|encounters?|surger(?:y|ies)|bunch|billing)
        )\b"
    ))
    .ok()
});

/// All dates of `text`, in order. Those without a year need the day of the mail, and are left out without it.
pub(super) fn dates(text: &str, mail_date: Option<Date>) -> Vec<Written> {
    let Some(forms) = FORMS.as_ref() else { return Vec::new() };
    let mut dates = Vec::new();
    let mut from = 0;
    while let Some(found) = forms.captures_at(text, from) {
        let Some(whole) = found.get(0) else { break };
        let span = span::Span::new(whole.start(), whole.end());
        let day = if is_part_of_longer(text, span) { None } else { read(&found, mail_date) };
        if let Some((first, last, inferred)) = day {
            dates.push(Written { span, first, last, inferred, form: Form::of(&found) });
            from = whole.end();
        } else {
            // "MAR 10/23/26" and "95 of October 2026" hold a day behind what is none.
            from = text.ceil_char_boundary(whole.start() + 1);
        }
    }
    dates
}

impl Form {
    fn of(found: &Captures<'_>) -> Self {
        let has = |names: &[&str]| names.iter().any(|name| found.name(name).is_some());
        if has(&["short_one"]) || has(&["from_one"]) && !has(&["to_year"]) {
            Self::Short
        } else if has(&["whole_month", "month_number", "period_month", "bare_month"]) {
            Self::Month
        } else if has(&["weekday", "count", "relative"]) {
            Self::Counted
        } else {
            Self::Full
        }
    }
}

/// `1/2/3/2026`, `10.3.4.2`, `3/4%`: the piece is no date.
fn is_part_of_longer(text: &str, span: span::Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default().chars().next_back();
    let mut after = text.get(span.end..).unwrap_or_default().chars();
    let (next, then) = (after.next(), after.next());
    let joined = |c: char| matches!(c, '/' | '.' | '-' | '$' | '#');
    before.is_some_and(|c| joined(c) && !matches!(c, '-'))
        || next == Some('%')
        || next.is_some_and(|c| matches!(c, '/' | '.')) && then.is_some_and(|c| c.is_ascii_digit())
}

fn read(found: &Captures<'_>, mail_date: Option<Date>) -> Option<(Date, Date, bool)> {
    let number = |name: &str| found.name(name).and_then(|digits| leading_number(digits.as_str()));
    let one_day = |date: Date| Some((date, date, false));
    if let Some(year) = number("iso_year") {
        return one_day(date(year, number("iso_month")?, number("iso_day")?)?);
    }
    if let (Some(one), Some(two), Some(year)) = (number("one"), number("two"), found.name("year")) {
        let year = full_year(year.as_str())?;
        return one_day(date(year, one, two).or_else(|| date(year, two, one))?);
    }
    if let (Some(month), Some(day), Some(to_month), Some(to_day)) =
        (number("from_one"), number("from_two"), number("to_one"), number("to_two"))
    {
        let last = match found.name("to_year") {
            Some(year) => date(full_year(year.as_str())?, to_month, to_day)?,
            None => before(mail_date?, to_month, to_day)?,
        };
        return Some((before(last, month, day)?, last, found.name("to_year").is_none()));
    }
    if let (Some(month), Some(day)) = (number("short_one"), number("short_two")) {
        let date = before(mail_date?, month, day)?;
        return Some((date, date, true));
    }
    if let (Some(name), Some(day)) = (found.name("name"), number("name_day")) {
        let (month, last) = (month(name.as_str())?, number("name_last").unwrap_or(day));
        return match number("name_year") {
            Some(year) => Some((date(year, month, day)?, date(year, month, last)?, false)),
            None => Some((before(mail_date?, month, day)?, before(mail_date?, month, last)?, true)),
        };
    }
    if let (Some(day), Some(name)) = (number("day"), found.name("day_name")) {
        let month = month(name.as_str())?;
        return match number("day_year") {
            Some(year) => one_day(date(year, month, day)?),
            None => before(mail_date?, month, day).map(|date| (date, date, true)),
        };
    }
    if let (Some(name), Some(day), Some(year)) =
        (found.name("dashed_name"), number("dashed_name_day"), number("dashed_name_year"))
    {
        return one_day(date(year, month(name.as_str())?, day)?);
    }
    if let (Some(day), Some(name), Some(year)) =
        (number("dashed_day"), found.name("dashed_month"), found.name("dashed_year"))
    {
        return one_day(date(full_year(year.as_str())?, month(name.as_str())?, day)?);
    }
    if let Some(digits) = found.name("american") {
        let part = |from: usize, to: usize| digits.as_str().get(from..to).and_then(leading_number);
        return one_day(date(part(4, 8)?, part(0, 2)?, part(2, 4)?)?);
    }
    if let Some(digits) = found.name("compact") {
        let part = |from: usize, to: usize| digits.as_str().get(from..to).and_then(leading_number);
        return one_day(date(part(0, 4)?, part(4, 6)?, part(6, 8)?)?);
    }
    let written = found.name("whole_month").and_then(|name| month(name.as_str())).or_else(|| number("month_number"));
    if let (Some(month), Some(year)) = (written, number("whole_year").or_else(|| number("number_year"))) {
        let day = date(year, month, 1)?;
        return Some((day, day, true));
    }
    if let Some(name) = found.name("bare_month").or_else(|| found.name("period_month")) {
        let day = before(mail_date?, month(name.as_str())?, 1)?;
        return Some((day, day, true));
    }
    let day = relative(found, mail_date?)?;
    Some((day, day, true))
}

/// "last Tuesday", "yesterday".
fn relative(found: &Captures<'_>, mail_date: Date) -> Option<Date> {
    if let Some(word) = found.name("relative") {
        return if word.as_str().eq_ignore_ascii_case("today") { Some(mail_date) } else { mail_date.yesterday().ok() };
    }
    if let (Some(count), Some(unit)) = (found.name("count"), found.name("unit")) {
        const COUNTS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
        let count = count.as_str().to_ascii_lowercase();
        let spelled = COUNTS.iter().position(|word| *word == count).map(|at| at + 1);
        let article = count.starts_with('a').then_some(1);
        let count = i64::try_from(count.parse().ok().or(spelled).or(article)?).ok()?;
        let days = if unit.as_str().eq_ignore_ascii_case("week") { 7 * count } else { count };
        return mail_date.checked_sub(Span::new().days(days)).ok();
    }
    let weekday = match found.name("weekday")?.as_str().to_ascii_lowercase().as_str() {
        "mon" => Weekday::Monday,
        "tues" => Weekday::Tuesday,
        "wednes" => Weekday::Wednesday,
        "thurs" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "satur" => Weekday::Saturday,
        _ => Weekday::Sunday,
    };
    mail_date.nth_weekday(-1, weekday).ok()
}

/// The last such day that is not after the mail: a service that is spoken of without a year has happened.
fn before(mail_date: Date, month: i16, day: i16) -> Option<Date> {
    let this_year = date(mail_date.year(), month, day).filter(|date| *date <= mail_date);
    this_year.or_else(|| date(mail_date.year() - 1, month, day))
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn leading_number(digits: &str) -> Option<i16> {
    digits.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok()
}

/// `26` is 2026 and `68` is 1968: nobody asks about services before 1970, birth dates are that old.
fn full_year(year: &str) -> Option<i16> {
    let number: i16 = year.parse().ok()?;
    Some(match year.len() {
        4 => number,
        _ if number < 60 => 2000 + number,
        _ => 1900 + number,
    })
}

fn month(name: &str) -> Option<i16> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let place = MONTHS.iter().position(|month| name.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(month)))?;
    i16::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_many_forms() {
        let mail = jiff::civil::date(2026, 3, 12);
        for (text, expected) in [
            ("3/4/26", "2026-03-04"),
            ("03/04/2026", "2026-03-04"),
            ("3-4-2026", "2026-03-04"),
            ("03.04.2026", "2026-03-04"),
            ("25/12/2025", "2025-12-25"),
            ("2026-03-04", "2026-03-04"),
            ("20260304", "2026-03-04"),
            ("March 4, 2026", "2026-03-04"),
            ("Mar. 4th 2026", "2026-03-04"),
            ("4 Mar 2026", "2026-03-04"),
            ("4th of March, 2026", "2026-03-04"),
            ("3/4/68", "1968-03-04"),
            ("3/4", "2026-03-04 inferred"),
            ("12/30", "2025-12-30 inferred"),
            ("March 4", "2026-03-04 inferred"),
            ("last Tuesday", "2026-03-10 inferred"),
            ("last Thursday", "2026-03-05 inferred"),
            ("yesterday", "2026-03-11 inferred"),
            ("on Monday", "2026-03-09 inferred"),
            ("3 days ago", "2026-03-09 inferred"),
            ("two weeks ago", "2026-02-26 inferred"),
            ("07-Feb-2026", "2026-02-07"),
            ("Feb-07-2026", "2026-02-07"),
            ("2026.02.11", "2026-02-11"),
            ("02282026", "2026-02-28"),
            ("March 4-6, 2026", "2026-03-04 to 2026-03-06"),
            ("13/45/2026", ""),
            ("10.3.4.2026.1", ""),
            ("99213/99214", ""),
        ] {
            let shown: Vec<String> = dates(text, Some(mail))
                .iter()
                .map(|date| {
                    let to = if date.last == date.first { String::new() } else { format!(" to {}", date.last) };
                    format!("{}{to}{}", date.first, if date.inferred { " inferred" } else { "" })
                })
                .collect();
            assert_eq!(shown.join("; "), expected, "{text}");
        }
        assert!(dates("3/4 or last Tuesday", None).is_empty());
    }
}
