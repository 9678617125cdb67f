//! Units told in a sentence further off: "so two", "17003 thirteen", "with 13 on the units", "24G has a 1", and what
//! corrects a number told before: "No, make it 3".
//!
//! [`super::unit_words`] reads what stands beside a code while codes are still being found; [`give`] is called once behind
//! it, for codes that have no units yet, and reads whole sentences ([`super::clause`]). A number counts only where a word
//! or its place says so; minutes, doses, money and people are never units.

use super::{
    candidate::{Candidate, Family},
    clause::{self, Role, Word},
    confidence::Reason,
    ground::Ground,
    modifier, owner, phrasebook, unit_words, units,
    words::Cue,
};

/// Gives every code the units that the words behind it tell.
pub(super) fn give(ground: &Ground<'_>, codes: &mut [Candidate]) {
    respectively(ground, codes);
    for at in (0..codes.len()).rev() {
        let Some(code) = codes.get(at).filter(|code| code.family() == Family::Procedure && code.score.points() > 0)
        else {
            continue;
        };
        if ground.cell(code.first).is_some() {
            continue;
        }
        let next = codes.get(at + 1);
        let to = next.map_or(ground.text().len(), |next| next.shape.span.start);
        let (words, whole) = clause::words(ground, code.reach.end, to);
        let to_code = whole && next.is_some_and(|next| next.family() == Family::Procedure);
        let twice = next.and_then(|next| next.units).is_some_and(|units| units > 1);
        let sentence = Sentence {
            words: &words,
            code: code.shape.code.as_str(),
            tail: words
                .last()
                .filter(|_| next.is_some())
                .map_or("", |last| ground.between(last.span.end, to.min(last.span.end + 4))),
            whole,
            to_code,
            twice,
            lettered: is_lettered(code),
            wasted: is_wasted(code),
            listed: is_counted_list(ground, codes, at),
            modified: code.reach.last != code.shape.last && modifier::at(ground, code.reach.last).is_some(),
            settled: unit_words::is_settled(ground, code.first),
        };
        let before = at.checked_sub(1).and_then(|before| codes.get(before)).map_or(0, |before| before.reach.end);
        let told = code
            .units
            .or_else(|| sentence.told(ground, code.modifiers.is_empty()))
            .or_else(|| announced(ground, before, code.shape.span.start));
        let corrected = sentence.corrected(told.is_some());
        let Some(units) = corrected.or(told) else { continue };
        if let Some(code) = codes.get_mut(at) {
            code.units = Some(units);
            code.score.add(Reason::WithUnits);
        }
    }
}

/// "97110 and 97140, 2 and 1 units", "Codes: 97110, 97140 / Units: 2, 1": as many numbers as codes, in their order.
fn respectively(ground: &Ground<'_>, codes: &mut [Candidate]) {
    let mut first = 0;
    for at in 0..codes.len() {
        let joined = at.checked_sub(1).is_some_and(|before| owner::is_joined(ground, codes, before));
        let procedure = |at: usize| codes.get(at).is_some_and(|code| code.family() == Family::Procedure);
        let bare = |at: usize| codes.get(at).is_some_and(|code| code.units.is_none());
        if !joined || !procedure(at) || !at.checked_sub(1).is_some_and(bare) {
            first = at;
        }
        let goes_on = at + 1 < codes.len() && owner::is_joined(ground, codes, at);
        let Some(code) = codes.get(at).filter(|_| procedure(at) && at > first && !goes_on) else { continue };
        let (words, _) = clause::words(ground, code.shape.tail, code.shape.tail + 80);
        let Some(told) = counted_in_turn(&words, at + 1 - first) else { continue };
        for (code, count) in codes.get_mut(first..=at).into_iter().flatten().zip(told) {
            code.units = Some(count);
            code.score.add(Reason::WithUnits);
        }
    }
}

/// So many numbers in a list, with a word for units before or behind them.
fn counted_in_turn(words: &[Word<'_>], codes: usize) -> Option<Vec<u32>> {
    let lead =
        words.iter().take_while(|word| matches!(word.text, "with" | "at" | "for" | "in" | "and" | "Total")).count();
    let named = words.get(lead).is_some_and(|word| word.is(Role::Unit));
    let mut numbers = words.get(lead + usize::from(named)..)?.iter().filter(|word| !word.is(Role::And)).peekable();
    let mut told = Vec::new();
    while let Some(word) = numbers.next_if(|word| word.count.is_some() || word.text.contains('/')) {
        match word.count {
            Some(count) => told.push(count),
            // "2/1/1"
            None => told.extend(word.text.split('/').map_while(|part| part.parse::<u32>().ok())),
        }
    }
    let named = named || numbers.next().is_some_and(|word| word.is(Role::Unit));
    (named && told.len() == codes && told.iter().all(|count| (1..=MOST).contains(count))).then_some(told)
}

/// How far before a code its units are told, in bytes.
const LEADING: usize = 70;

/// "Units should read 60 on the J0897": the word for units, the number, and what puts it on the code behind it.
fn announced(ground: &Ground<'_>, from: usize, start: usize) -> Option<u32> {
    let from = from.max(start.saturating_sub(LEADING));
    let from = (from..=start).find(|at| ground.text().is_char_boundary(*at))?;
    let (words, whole) = clause::words(ground, from, start);
    let first = words.iter().rposition(|word| word.begins).unwrap_or(0);
    let words = words.get(first..).unwrap_or_default();
    let places = words.iter().rposition(|word| word.is(Role::Places) || word.text == "of")?;
    let number = places.checked_sub(1)?;
    let count = words.get(number)?.count.filter(|count| (1..=MOST).contains(count))?;
    let unit = words.iter().take(number).rposition(|word| word.is(Role::Unit))?;
    let straight =
        words.get(unit + 1..).unwrap_or_default().iter().all(|word| !word.gap.contains([',', ';', '(', ':']));
    let near = number - unit <= 4 && words.len() - places <= 4;
    let plain =
        words.get(places + 1..).unwrap_or_default().iter().all(|word| word.token.is_none_or(|_| word.cue.is_some()));
    (whole && straight && near && plain).then_some(count)
}

/// `97110 2, 97140 1, 97530 1`: the code before or the next one has a bare number behind it, and a comma behind that.
fn is_counted_list(ground: &Ground<'_>, codes: &[Candidate], at: usize) -> bool {
    let bare = |at: usize| {
        codes.get(at).is_some_and(|code| {
            let line = ground.line_after(code.reach.end, 8);
            let number = line.trim_start_matches([' ', '-', ':', '=']);
            let digits = number.bytes().take_while(u8::is_ascii_digit).count();
            let closed = number.get(digits..).unwrap_or_default().trim_start();
            let given = code.units.is_some() && code.reach.last != code.shape.last && !closed.starts_with('.');
            given || matches!(digits, 1 | 2) && number.len() < line.len() && is_end(closed)
        })
    };
    let near = |one: usize| {
        let ends = codes.get(one).zip(codes.get(one + 1));
        let gap = ends.and_then(|(one, other)| ground.gap_within(one.reach.end, other.shape.span.start, 12));
        gap.is_some_and(|gap| {
            gap.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | ',' | ';' | '\n' | '-' | ':' | '/' | '='))
        })
    };
    bare(at) && (near(at) && bare(at + 1) || at.checked_sub(1).is_some_and(|before| near(before) && bare(before)))
}

/// Whether what stands behind a number ends it: "2.", "2, 97140", but not "2. 97140", which numbers the next line.
fn is_end(behind: &str) -> bool {
    behind.is_empty() || behind.starts_with([',', ';', '/']) || behind.trim_end() == "."
}

/// Drugs and supplies are counted by the piece.
fn is_lettered(code: &Candidate) -> bool {
    code.shape.code.as_str().starts_with(|c: char| c.is_ascii_alphabetic())
}

/// JW: the line of what was thrown away.
fn is_wasted(code: &Candidate) -> bool {
    code.modifiers.iter().any(|modifier| modifier.as_str() == "JW")
}

/// No number of units is larger.
const MOST: u32 = 9_999;
/// A bare number of units is smaller.
const BARE: u32 = 100;

/// The words behind a code.
struct Sentence<'w, 'a> {
    words: &'w [Word<'a>],
    code: &'w str,
    /// What stands between the last of them and the next code.
    tail: &'a str,
    /// They reach the next code.
    whole: bool,
    /// It is one of a procedure.
    to_code: bool,
    /// The next code has several units.
    twice: bool,
    lettered: bool,
    wasted: bool,
    /// The code before it or the next has a bare number behind it, too.
    listed: bool,
    /// A modifier stands right before the words.
    modified: bool,
    /// What is said is that it was denied or paid, perhaps several times.
    settled: bool,
}

impl Sentence<'_, '_> {
    fn word(&self, at: usize) -> Option<&Word<'_>> {
        self.words.get(at)
    }

    /// The units that the first sentence tells.
    fn told(&self, ground: &Ground<'_>, bare: bool) -> Option<u32> {
        for (at, word) in self.words.iter().enumerate() {
            if at > 0 && (word.begins || word.gap.contains(';')) || at == 0 && word.begins && !is_leader(word.gap) {
                return None;
            }
            match word.role {
                Some(Role::Turns | Role::Pays | Role::Limit) => return None,
                // "99291 once and 99292 times two"; alone, "once" may be a day.
                Some(Role::Often(1)) if at == 0 && self.twice && self.closes(at) => return Some(1),
                Some(Role::Often(2)) if at == 0 && !self.settled && self.is_for(at) => return Some(2),
                _ => {}
            }
            if let Some(count) = units::glued(word.text) {
                return Some(count);
            }
            let Some(count) = word.count.filter(|count| (1..=MOST).contains(count) && !self.is_measured(at)) else {
                continue;
            };
            let is_modifier = word.is_digits()
                && word.text.len() == 2
                && modifier::is_numeric(word.text.as_bytes())
                && modifier::goes_with(self.code, word.text);
            if self.counts_units(at) && !self.goes_to_next(at)
                || self.is_result(at) && !is_modifier
                || self.is_share(at)
                || self.is_times(at)
                || self.is_dosed(at)
                || self.is_of_them(at)
                || !is_modifier && (self.is_carried(at) || self.is_changed(at))
                || self.is_last_piece(at) && !is_modifier
                || at == 0 && self.stands_beside(ground, word) && !(is_modifier && bare && !is_leader(word.gap))
            {
                return Some(count);
            }
        }
        None
    }

    /// "14 quarter-hour units", "units two", "13 on the units", "24G has a 1".
    fn counts_units(&self, at: usize) -> bool {
        let is_unit = |at: usize| self.word(at).is_some_and(|word| word.is(Role::Unit));
        let joined = |at: usize| {
            self.word(at).is_some_and(|word| !word.begins && !word.gap.contains([',', ';', '.', '(', ')', '/']))
        };
        let plain = |at: usize| {
            self.word(at).is_some_and(|word| {
                word.role.is_none() && word.count.is_none() && word.text.bytes().all(|b| b.is_ascii_lowercase())
            })
        };
        let behind = (at + 1..at + 4).find(|at| !plain(*at)).unwrap_or(at);
        // Of anesthesia, the time and the base.
        let timed =
            behind.checked_sub(1).and_then(|at| self.word(at)).is_some_and(|word| matches!(word.text, "time" | "base"));
        if is_unit(behind) && !timed && (at + 1..=behind).all(joined) && self.is_named_behind(behind) {
            return true;
        }
        // "12 in units", "13 on the units box"
        if self.word(at + 1).is_some_and(|word| matches!(word.text, "on" | "in" | "under")) {
            let unit = at + 2 + usize::from(self.word(at + 2).is_some_and(|word| word.text == "the"));
            if is_unit(unit) && (at + 1..=unit).all(joined) {
                return true;
            }
        }
        // "units two", "24G has a 1", "(LT, unit 1)"
        let links = |at: usize| {
            self.word(at).is_some_and(|word| {
                matches!(
                    word.text,
                    "of" | "are"
                        | "is"
                        | "should"
                        | "be"
                        | "a"
                        | "has"
                        | "shows"
                        | "says"
                        | "reads"
                        | "at"
                        | "was"
                        | "were"
                        | "as"
                )
            })
        };
        let Some(unit) = (at.saturating_sub(3)..at).rev().find(|at| !links(*at)) else { return false };
        let word = self.word(unit).filter(|word| word.is(Role::Unit));
        let marked = |word: &Word<'_>| word.gap.contains([',', '(', ':']);
        // "unit 12" is where somebody lives.
        let counted = word.is_some_and(|word| !word.text.eq_ignore_ascii_case("unit") || marked(word) || unit + 1 < at);
        counted
            && (unit + 1..=at)
                .all(|at| self.word(at).is_some_and(|word| !word.begins && !word.gap.contains([',', ';', '.'])))
    }

    /// "91 qty 2": the 91 is not counted by what counts the 2.
    fn is_named_behind(&self, unit: usize) -> bool {
        let named = self
            .word(unit)
            .is_some_and(|word| matches!(word.text.to_ascii_lowercase().as_str(), "qty" | "quantity" | "24g"));
        !named || self.word(unit + 1).is_none_or(|word| word.count.is_none())
    }

    /// "so two", "that makes 4", "hence 3".
    fn is_result(&self, at: usize) -> bool {
        let word = |back: usize| at.checked_sub(back).and_then(|at| self.word(at));
        let small = word(0).is_some_and(|word| word.count < Some(BARE));
        let billed = small
            && word(1).is_some_and(|word| {
                matches!(
                    word.text,
                    "bill"
                        | "billed"
                        | "charge"
                        | "charged"
                        | "keyed"
                        | "entered"
                        | "report"
                        | "that's"
                        | "get"
                        | "gives"
                        | "count"
                )
            });
        let so = billed
            || word(1).is_some_and(|word| word.is(Role::So))
            || word(1).is_some_and(|word| matches!(word.text, "is" | "are" | "that's" | "it's" | "just" | "only"))
                && word(2).is_some_and(|word| word.is(Role::So))
            || self.word(at).is_some_and(|word| matches!(word.gap.trim(), "=" | "->" | "→" | "=>"));
        let of_them = self.word(at + 1).is_some_and(|next| next.text == "of")
            && self.word(at + 2).is_some_and(|next| next.text == "them");
        so && at > 0 && (self.closes(at) || of_them)
    }

    /// "J9312 for 67, then", "at 750 a visit", "with JW for the 3 wasted".
    fn is_share(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.word(at)).map_or("", |word| word.text);
        let next = self.word(at + 1).filter(|next| !next.begins && next.gap == " ").map_or("", |next| next.text);
        let lost = matches!(next, "wasted" | "discarded" | "unused" | "left" | "tossed" | "dumped" | "thrown");
        let keyed = at.checked_sub(2).and_then(|at| self.word(at)).is_some_and(|word| {
            matches!(
                word.text,
                "bill"
                    | "billed"
                    | "keyed"
                    | "entered"
                    | "out"
                    | "in"
                    | "posted"
                    | "sent"
                    | "down"
                    | "reported"
                    | "report"
                    | "goes"
                    | "go"
                    | "counts"
                    | "counted"
                    | "went"
            )
        });
        self.wasted && lost
            || before == "as" && keyed && self.closes(at) && self.word(at).is_some_and(|word| word.count < Some(BARE))
            || before == "at" && matches!(next, "a" | "per" | "each" | "every")
            || self.lettered && before == "for" && at == 1 && self.closes(at)
            || self.lettered && at <= 1 && matches!(next, "billed" | "charged" | "keyed")
    }

    /// "97110 with 2 and", "had 2,", "is 2.": nothing but such words stands between.
    fn is_carried(&self, at: usize) -> bool {
        let says = |word: &Word<'_>| {
            word.is(Role::Carries)
                || matches!(word.text, "at" | "for" | "is" | "was" | "as" | "were" | "are" | "be" | "says" | "say")
        };
        let last = at.checked_sub(1).and_then(|at| self.word(at)).is_some_and(says);
        let straight =
            self.words.iter().take(at).all(|word| says(word) || matches!(word.role, Some(Role::Links | Role::Joins)));
        let small = self.word(at).is_some_and(|word| word.count < Some(BARE) && word.gap == " ");
        last && straight && small && self.closes(at) && !self.settled
    }

    /// "changed to 2", "was 3, now 2", "2 not 3", "2 instead of 3".
    fn is_changed(&self, at: usize) -> bool {
        let word = |back: usize| at.checked_sub(back).and_then(|at| self.word(at)).map_or("", |word| word.text);
        let changed = matches!(
            word(2),
            "changed"
                | "lowered"
                | "reduced"
                | "corrected"
                | "raised"
                | "increased"
                | "set"
                | "updated"
                | "adjusted"
                | "dropped"
        );
        let next = |ahead: usize| self.word(at + ahead);
        let not = next(1).is_some_and(|next| next.text == "not") && next(2).is_some_and(|next| next.count.is_some())
            || next(1).is_some_and(|next| next.text == "instead") && next(3).is_some_and(|next| next.count.is_some());
        let comes = matches!(
            word(2),
            "comes" | "came" | "come" | "out" | "up" | "rounds" | "rounded" | "amounts" | "adds" | "down" | "works"
        );
        let other = matches!(word(1), "other" | "remaining") && self.closes(at);
        other
            || word(1) == "to" && (changed || comes) && self.closes(at)
            || not
            || word(1) == "now" && at > 1 && self.closes(at)
    }

    /// `J1885 60 mg, 4`, "J1885 (60 mg) 4": behind the dose.
    fn is_dosed(&self, at: usize) -> bool {
        let dose = |word: &Word<'_>| {
            let unit = word.text.trim_start_matches(|c: char| c.is_ascii_digit());
            word.cue == Some(Cue::Dose)
                || unit.len() < word.text.len() && phrasebook::cue(unit.as_bytes()) == Some(Cue::Dose)
                || matches!(word.text, "IM" | "IV" | "SQ" | "SC")
        };
        let behind = at.checked_sub(1).and_then(|at| self.word(at)).is_some_and(dose) && at <= 4;
        let parted = self.word(at).is_some_and(|word| {
            word.count < Some(BARE) && matches!(word.gap.trim_end(), "," | ")" | ":" | ");" | ")," | ";")
        });
        self.lettered && behind && parted && self.closes(at)
    }

    /// "96415 three times for the rest"; without "for" it may be so often a year.
    fn is_times(&self, at: usize) -> bool {
        at == 0 && !self.settled && self.word(1).is_some_and(|next| next.text == "times") && self.is_for(1)
    }

    /// Whether it ends there, or the word behind says what for.
    fn is_for(&self, at: usize) -> bool {
        self.closes(at) || self.word(at + 1).is_some_and(|next| next.text == "for")
    }

    /// "J1885, 4 of them", "one each".
    fn is_of_them(&self, at: usize) -> bool {
        let next = self.word(at + 1).map_or("", |next| next.text);
        let them = next == "of" && self.word(at + 2).is_some_and(|word| word.text == "them");
        at == 0 && (them || matches!(next, "each" | "apiece") && self.closes(1))
    }

    /// ", one.", "we keep, 1.": the last piece of the sentence.
    fn is_last_piece(&self, at: usize) -> bool {
        let Some(word) = self.word(at).filter(|word| word.count.is_some_and(|count| count < BARE)) else {
            return false;
        };
        let ends = match self.word(at + 1) {
            Some(next) => next.begins,
            None => !self.whole || !self.to_code,
        };
        at <= 3 && word.gap.trim() == "," && ends && self.words.iter().take(at).all(|word| word.count.is_none())
    }

    /// "17000 one and", `J2785 4 (0.4 mg)`, `86003 ....... 23`, "J9312 for 67,".
    fn stands_beside(&self, ground: &Ground<'_>, word: &Word<'_>) -> bool {
        if is_leader(word.gap) {
            return ground.line_after(word.span.end, 8).trim().is_empty();
        }
        // "90472 3 more"
        if self.word(1).is_some_and(|next| next.text == "more") && word.gap == " " {
            return true;
        }
        let bare = self.lettered || self.listed || self.modified;
        let near = matches!(word.gap, " " | "  " | " - " | " – ")
            || bare && matches!(word.gap.trim(), ":" | "=" | "/" | "--" | "—" | ",");
        if matches!(word.gap.trim_matches([' ', ']', ')']), "@" | "*") {
            return true;
        }
        // `95004 (62)`: what could be a modifier, and goes with none such code.
        if matches!(word.gap, " (" | "(")
            && word.count >= Some(20)
            && self.word(1).map_or(self.tail, |next| next.gap).starts_with(')')
        {
            return true;
        }
        let spelled = word.cue.is_some();
        near && self.closes(0) && (spelled || bare && word.count.is_some_and(|count| count < BARE))
    }

    /// A mark, "and" or the end stands behind it.
    fn closes(&self, at: usize) -> bool {
        let Some(next) = self.word(at + 1) else {
            // "1. 29827-RT 2. 29826-RT" numbers the next one.
            return !self.whole || !self.tail.starts_with(['.', ')']) || self.tail.contains('\n');
        };
        next.begins || next.is(Role::And) || next.gap.contains([',', ';', ')', '(', '.', '\n', '/', '—', '–'])
    }

    /// "2 units of J1885": what is counted is the next code.
    fn goes_to_next(&self, at: usize) -> bool {
        let behind = self.words.get(at + 1..).unwrap_or_default();
        let rest = behind
            .iter()
            .position(|word| word.is(Role::Unit))
            .map_or(behind, |unit| behind.get(unit + 1..).unwrap_or_default());
        self.to_code
            && rest.len() <= 3
            && rest.first().is_some_and(|word| matches!(word.text, "of" | "for" | "on" | "each"))
            && !rest.iter().any(|word| word.begins || word.gap.contains([',', '.', ';', ')']))
    }

    /// "38 minutes", "$4", "4 mg", "60%".
    fn is_measured(&self, at: usize) -> bool {
        let Some(word) = self.word(at) else { return true };
        let next = self.word(at + 1).filter(|next| !next.begins && next.gap.chars().all(|c| c == ' ' || c == '-'));
        let single = word.text.eq_ignore_ascii_case("single");
        single && !self.word(at + 1).is_some_and(|next| next.is(Role::Unit))
            || word.gap.ends_with(['$', '#', '€', '£'])
            || next.is_some_and(|next| {
                matches!(
                    next.cue,
                    Some(Cue::Dose | Cue::Duration | Cue::Currency | Cue::Counted | Cue::Medicine | Cue::Street)
                ) || next.text == "of" && !self.word(at + 2).is_some_and(|word| word.text == "them")
                    || matches!(next.text, "line" | "lines" | "or")
            })
    }

    /// The number that a later sentence puts in the place of the one told: "No, make it 3", "so it's 8".
    fn corrected(&self, told: bool) -> Option<u32> {
        let mut found = None;
        let mut counted = told;
        let mut later = false;
        for (at, word) in self.words.iter().enumerate() {
            later |= word.begins || word.gap.contains([';', ',']) || word.text == "but";
            let next =
                at + 1 + usize::from(self.word(at + 1).is_some_and(|word| matches!(word.text, "as" | "with" | "in")));
            counted |= word.is(Role::Keyed) && self.word(next).is_some_and(|next| next.count.is_some());
            let Some(count) = word.count.filter(|count| (1..=MOST).contains(count) && !self.is_measured(at)) else {
                continue;
            };
            let back = |back: usize| at.checked_sub(back).and_then(|at| self.word(at)).map_or("", |word| word.text);
            let made = back(1) == "it" && matches!(back(2), "make" | "Make" | "made" | "change" | "Change" | "correct");
            let is = matches!(back(1), "it's" | "It's")
                || matches!(back(1), "be" | "is" | "been") && matches!(back(2), "should" | "it" | "have" | "must");
            let only = self.closes(at) || self.word(at + 1).is_some_and(|next| next.is(Role::Unit));
            if later && only && counted && (made || is && told_so(self.words, at)) {
                found = Some(count);
            }
        }
        found
    }
}

/// "I counted again, so it's 8": what was told is told anew.
fn told_so(words: &[Word<'_>], at: usize) -> bool {
    let first = at.saturating_sub(14);
    let words = words.get(first..at).unwrap_or_default();
    words.iter().any(|word| {
        matches!(
            word.text.to_ascii_lowercase().as_str(),
            "no" | "sorry"
                | "again"
                | "miscounted"
                | "wrong"
                | "mistake"
                | "correction"
                | "actually"
                | "wait"
                | "recounted"
                | "oops"
                | "typo"
                | "instead"
                | "not"
                | "keyed"
                | "entered"
                | "but"
                | "typed"
        )
    })
}

/// `....... 23`: a leader of dots between a code and its number.
fn is_leader(gap: &str) -> bool {
    let dots = gap.trim();
    (dots.len() >= 3 || dots == "…") && dots.chars().all(|c| matches!(c, '.' | '…' | '_'))
}
