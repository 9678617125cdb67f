//! The words behind a code, and the number of units that they tell: "so two", "with 13 on the units", "No, make it 3".
//!
//! A number counts only where a word or its place says so; minutes, doses, money and people are never units.
//! [`super::unit_told`] asks once for each code.

use super::{
    clause::{Role, Word, is_leader, told_anew},
    ground::Ground,
    modifier, phrasebook, units,
    words::Cue,
};

/// No number of units is larger.
pub(super) const MOST: u32 = 9_999;
/// A bare number of units is smaller.
const BARE: u32 = 100;

/// The words behind a code.
pub(super) struct Sentence<'w, 'a> {
    pub(super) words: &'w [Word<'a>],
    pub(super) code: &'w str,
    /// What stands between the last of them and the next code.
    pub(super) tail: &'a str,
    /// They reach the next code.
    pub(super) whole: bool,
    /// It is one of a procedure.
    pub(super) to_code: bool,
    /// The next code has several units.
    pub(super) twice: bool,
    /// The code is one of HCPCS, which drugs are counted by.
    pub(super) lettered: bool,
    /// It bears JW: what was thrown away is counted.
    pub(super) wasted: bool,
    /// The code before it or the next has a bare number behind it, too.
    pub(super) listed: bool,
    /// A modifier stands right before the words.
    pub(super) modified: bool,
    /// What is said is that it was denied or paid, perhaps several times.
    pub(super) settled: bool,
}

impl Sentence<'_, '_> {
    fn word(&self, at: usize) -> Option<&Word<'_>> {
        self.words.get(at)
    }

    /// The units that the first sentence tells.
    pub(super) fn told(&self, ground: &Ground<'_>, bare: bool) -> Option<u32> {
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
                ) || next.text == "of" && self.word(at + 2).is_none_or(|word| word.text != "them")
                    || matches!(next.text, "line" | "lines" | "or")
            })
    }

    /// The number that a later sentence puts in the place of the one told: "No, make it 3", "so it's 8".
    pub(super) fn corrected(&self, told: bool) -> Option<u32> {
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
            if later && only && counted && (made || is && told_anew(self.words, at)) {
                found = Some(count);
            }
        }
        found
    }
}
