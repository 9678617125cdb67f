//! Times in minutes, and quantities given or thrown away: what units are counted from.
//!
//! A concentration (`40 mg/mL`) and a lab value (`180 mg/dL`) are no quantities; "within 24 hours" is no time spent.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde::{Deserialize, Serialize};

use super::stated::Stated;
use crate::domain::span::Span;

/// Time spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minutes {
    /// In minutes.
    pub minutes: u32,
}

/// What was given, or thrown away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// A decimal number without superfluous zeros.
    pub amount: String,
    /// Of what.
    pub unit: Measure,
    /// Whether it was thrown away.
    pub wasted: bool,
}

/// What a quantity is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    /// Milligrams.
    #[serde(rename = "mg")]
    Milligram,
    /// Micrograms.
    #[serde(rename = "mcg")]
    Microgram,
    /// Grams.
    #[serde(rename = "g")]
    Gram,
    /// Millilitres.
    #[serde(rename = "mL")]
    Millilitre,
    /// Units of a drug, which are no units of a claim.
    #[serde(rename = "U")]
    Unit,
    /// Vials.
    #[serde(rename = "vial")]
    Vial,
    /// Ampules.
    #[serde(rename = "ampule")]
    Ampule,
    /// Syringes.
    #[serde(rename = "syringe")]
    Syringe,
    /// Tablets.
    #[serde(rename = "tablet")]
    Tablet,
}

impl Measure {
    pub(crate) fn read(word: &str) -> Option<Self> {
        Some(match word {
            "mg" | "mgs" | "milligram" | "milligrams" => Self::Milligram,
            "mcg" | "ug" | "µg" | "μg" | "microgram" | "micrograms" => Self::Microgram,
            "g" | "gm" | "gms" | "gram" | "grams" => Self::Gram,
            "ml" | "mls" | "cc" | "ccs" | "milliliter" | "milliliters" => Self::Millilitre,
            "iu" | "unit" | "units" => Self::Unit,
            "vial" | "vials" => Self::Vial,
            "amp" | "amps" | "ampule" | "ampules" | "ampoule" | "ampoules" => Self::Ampule,
            "syringe" | "syringes" => Self::Syringe,
            "tablet" | "tablets" | "tabs" => Self::Tablet,
            _ => return None,
        })
    }

    /// As in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Milligram => "mg",
            Self::Microgram => "mcg",
            Self::Gram => "g",
            Self::Millilitre => "mL",
            Self::Unit => "U",
            Self::Vial => "vial",
            Self::Ampule => "ampule",
            Self::Syringe => "syringe",
            Self::Tablet => "tablet",
        }
    }
}

impl Quantity {
    /// `60 mg`, `20 mg thrown away`.
    #[must_use]
    pub fn words(&self) -> String {
        format!("{} {}{}", self.amount, self.unit.as_str(), if self.wasted { " thrown away" } else { "" })
    }
}

const SPELLED: &str = "one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|fifty|sixty|half\\x20an|an|a\\x20half|a";

/// How far from a number its words are looked for, in bytes.
const REACH: usize = 60;

static TIMES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?xi)(?:(?-u:\b)|^)(?:
            (?P<from_hour>[0-9]{{1,2}}):(?P<from_minute>[0-5][0-9])\x20?(?P<from_half>[ap]\.?m\.?)?
              (?:\x20?(?:-|\u2013|to|until|through)\x20?|,?\x20(?:end|ended|stop|stopped|out)\x20)(?P<to_hour>[0-9]{{1,2}}):(?P<to_minute>[0-5][0-9])\x20?(?P<to_half>[ap]\.?m\.?)?
          | (?P<hours>[0-9]{{1,2}}(?:\.[0-9]{{1,2}})?|{SPELLED})[\x20\n-]?(?:hours?|hrs?|h)(?-u:\b)
              (?:,?\x20(?:and\x20)?(?P<rest>[0-9]{{1,2}})[\x20-]?(?:minutes?|mins?|m)(?-u:\b))?
          | (?P<minutes>[0-9]{{1,3}}|{SPELLED})[\x20\n-]?(?:minutes?|mins?)(?-u:\b)
        )"
    ))
    .ok()
});

static QUANTITIES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?xi)(?-u:\b)(?P<amount>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,6}}(?:\.[0-9]{{1,4}})?|{SPELLED})[\x20\n\u00A0-]?
          (?P<unit>mgs?|milligrams?|mcg|ug|[µμ]g|micrograms?|gms?|grams?|g|mls?|ccs?|milliliters?|iu|units?|vials?|amps?|ampules?|ampoules?|syringes?|tablets?|tabs)(?-u:\b)"
    ))
    .ok()
});

/// All times that the text says were spent.
pub(super) fn minutes(text: &str) -> Vec<Stated<Minutes>> {
    let Some(times) = TIMES.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    for one in times.captures_iter(text) {
        let Some(whole) = one.get(0) else { continue };
        if let Some(minutes) = spent(&one).filter(|minutes| (1..=24 * 60).contains(minutes))
            && !is_deadline(text, whole.start(), whole.end())
            && !is_letter(whole.as_str())
        {
            found.push(Stated::new(Span::new(whole.start(), whole.end()), Minutes { minutes }));
        }
    }
    found
}

/// "a H&P": a letter and no hour.
fn is_letter(written: &str) -> bool {
    written.ends_with('H') || written.ends_with('h') && !written.starts_with(|c: char| c.is_ascii_digit())
}

fn spent(one: &Captures<'_>) -> Option<u32> {
    let number = |name: &str| one.name(name).and_then(|digits| digits.as_str().parse::<u32>().ok());
    if let (Some(from), Some(to)) = (number("from_hour"), number("to_hour")) {
        let half = |name: &str| one.name(name).map(|half| half.as_str().to_ascii_lowercase().starts_with('p'));
        let of_day = |hour: u32, minute: u32, afternoon: Option<bool>| match afternoon {
            Some(true) if hour < 12 => (hour + 12) * 60 + minute,
            Some(false) if hour == 12 => minute,
            _ => hour * 60 + minute,
        };
        let later = half("to_half");
        let begun = of_day(from, number("from_minute")?, half("from_half").or(later));
        let ended = of_day(to, number("to_minute")?, later);
        return ended.checked_sub(begun).or_else(|| (ended + 12 * 60).checked_sub(begun));
    }
    if let Some(hours) = one.name("hours") {
        let hundredths = hundredths(hours.as_str())?;
        return Some(hundredths * 60 / 100 + number("rest").unwrap_or(0));
    }
    Some(hundredths(one.name("minutes")?.as_str())? / 100)
}

/// "within 24 hours", "in the next 10 minutes", "24 hours before": no time that was spent on a patient.
fn is_deadline(text: &str, start: usize, end: usize) -> bool {
    let before = near_before(text, start).trim_end();
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let after = near_after(text, end).trim_start();
    let next = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    ["within", "in", "every", "next", "last", "after", "past", "than"]
        .iter()
        .any(|word| last.eq_ignore_ascii_case(word))
        || ["ago", "before", "after", "later", "notice", "turnaround", "away", "hold"]
            .iter()
            .any(|word| next.eq_ignore_ascii_case(word))
}

/// All quantities that the text says were given or thrown away.
pub(super) fn quantities(text: &str) -> Vec<Stated<Quantity>> {
    let Some(quantities) = QUANTITIES.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    for one in quantities.captures_iter(text) {
        let (Some(whole), Some(amount), Some(word)) = (one.get(0), one.name("amount"), one.name("unit")) else {
            continue;
        };
        let span = Span::new(whole.start(), whole.end());
        let Some(unit) = Measure::read(&word.as_str().to_lowercase()) else { continue };
        if is_rate(text, span) || unit == Measure::Unit && !is_drug(text, span, word.as_str()) {
            continue;
        }
        // "a G code", "a 22 G needle".
        let article = amount.as_str().starts_with(['a', 'A', 'h', 'H']);
        let counted = matches!(unit, Measure::Vial | Measure::Ampule | Measure::Syringe | Measure::Tablet);
        if article && !counted || word.as_str() == "G" || unit == Measure::Gram && is_needle(text, span) {
            continue;
        }
        let Some(amount) = decimal(amount.as_str()) else { continue };
        let wasted = is_wasted(text, span);
        found.push(Stated::new(span, Quantity { amount, unit, wasted }));
    }
    found
}

/// "22 g needle": a gauge.
fn is_needle(text: &str, span: Span) -> bool {
    let after = near_after(text, span.end).trim_start().to_ascii_lowercase();
    ["needle", "gauge", "spinal", "angiocath", "iv", "catheter"].iter().any(|word| after.starts_with(word))
}

/// `40 mg/mL`, `180 mg/dL`, `5 mg per kg`, `1.4.2 g`.
fn is_rate(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).unwrap_or("");
    let after = near_after(text, span.end);
    let per = after.trim_start().to_ascii_lowercase();
    before.ends_with(['/', '.', '$', '#', '-'])
        || after.trim_start().starts_with('/')
        || per.starts_with("per ")
        || per.starts_with("increment")
        || per.starts_with("each")
}

/// Units of a drug: "100 units of Botox", "5,000 IU". Units of a code, of a service or of time are a claim's.
fn is_drug(text: &str, span: Span, unit: &str) -> bool {
    if unit.eq_ignore_ascii_case("iu") {
        return true;
    }
    let after = text.get(span.end..).unwrap_or("");
    let Some(of) = after.strip_prefix(" of ") else { return false };
    let word = of.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_ascii_lowercase();
    let other = [
        "service",
        "services",
        "therapy",
        "time",
        "this",
        "that",
        "it",
        "the",
        "each",
        "code",
        "cpt",
        "hcpcs",
        "treatment",
        "a",
        "work",
        "blood",
        "both",
    ];
    word.len() > 2 && !word.bytes().any(|b| b.is_ascii_digit()) && !other.contains(&word.as_str())
}

/// "wasted 50 mg", "20 mg discarded", "10 mg left over".
fn is_wasted(text: &str, span: Span) -> bool {
    const WASTE: [&str; 11] = [
        "waste",
        "wasted",
        "wastage",
        "discard",
        "discarded",
        "discarding",
        "leftover",
        "unused",
        "threw",
        "thrown",
        "tossed",
    ];
    let is_waste = |word: &str| WASTE.iter().any(|one| word.eq_ignore_ascii_case(one));
    let clause = |c: char| matches!(c, '.' | ',' | ';' | '?' | '!' | '\n');
    let before = near_before(text, span.start).rsplit(clause).next().unwrap_or("");
    let after = near_after(text, span.end).split(clause).next().unwrap_or("");
    let last: Vec<&str> = before.split_whitespace().rev().take(3).collect();
    let next: Vec<&str> = after.split_whitespace().take(3).collect();
    let stops = |word: &&&str| !matches!(word.to_ascii_lowercase().as_str(), "and" | "given" | "but" | "gave");
    next.iter().take_while(stops).any(|word| is_waste(word.trim_matches(|c: char| !c.is_alphanumeric())))
        || next.first().is_some_and(|word| word.eq_ignore_ascii_case("left"))
        || last.iter().take_while(stops).take(2).any(|word| is_waste(word.trim_matches(|c: char| !c.is_alphanumeric())))
}

/// A few words before a place.
fn near_before(text: &str, at: usize) -> &str {
    text.get(text.floor_char_boundary(at.saturating_sub(REACH))..at).unwrap_or("")
}

/// A few words behind a place.
fn near_after(text: &str, at: usize) -> &str {
    text.get(at..text.floor_char_boundary((at + REACH).min(text.len()))).unwrap_or("")
}

/// A number, in digits or spelled, in hundredths.
fn hundredths(text: &str) -> Option<u32> {
    let lower = text.to_ascii_lowercase();
    let spelled = [
        ("one", 100),
        ("two", 200),
        ("three", 300),
        ("four", 400),
        ("five", 500),
        ("six", 600),
        ("seven", 700),
        ("eight", 800),
        ("nine", 900),
        ("ten", 1000),
        ("fifteen", 1500),
        ("twenty", 2000),
        ("thirty", 3000),
        ("forty", 4000),
        ("fifty", 5000),
        ("sixty", 6000),
        ("half an", 50),
        ("a half", 50),
        ("an", 100),
        ("a", 100),
    ];
    if let Some((_, value)) = spelled.iter().find(|(word, _)| *word == lower) {
        return Some(*value);
    }
    let (whole, part) = lower.split_once('.').unwrap_or((&lower, ""));
    let part = format!("{part:0<2}");
    Some(whole.parse::<u32>().ok()? * 100 + part.get(..2)?.parse::<u32>().ok()?)
}

/// `1,000` is `1000`, `0.50` is `0.5`, `two` is `2`.
fn decimal(text: &str) -> Option<String> {
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let hundredths = hundredths(text)?;
        return (hundredths % 100 == 0).then(|| (hundredths / 100).to_string());
    }
    let digits = text.replace(',', "");
    let plain = if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { &digits };
    let whole = plain.trim_start_matches('0');
    Some(match whole.chars().next() {
        None => return None,
        Some('.') => format!("0{whole}"),
        Some(_) => whole.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_quantities() {
        let shown = |text: &str| {
            let times = minutes(text).into_iter().map(|one| format!("{} min", one.value.minutes));
            let quantities = quantities(text).into_iter().map(|one| one.value.words());
            times.chain(quantities).collect::<Vec<_>>().join("; ")
        };
        for (text, expected) in [
            ("45 minutes, 53-minute, 1.5 hours, 1 hr 20 min", "45 min; 53 min; 90 min; 80 min"),
            ("from 11:50 am to 12:35 pm", "45 min"),
            ("within 24 hours, the minutes of 3 meetings, 10 minutes ago", ""),
            ("60 mg, 0.50 mL, 1,000 mcg, two vials", "60 mg; 0.5 mL; 1000 mcg; 2 vial"),
            ("40 mg/mL, 180 mg/dL, 5 mg per kg", ""),
            ("80 mg given and 20 mg discarded; wasted 5 mL", "80 mg; 20 mg thrown away; 5 mL thrown away"),
            ("100 units of Botox, 3 units of J1885, 4 units of service", "100 U"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
