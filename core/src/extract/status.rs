//! What the text says about a code: asked about, billed, denied, deleted, ruled out, or of another time.
//!
//! It looks at the words between one mention and the next, within a sentence, and never decides whether something is
//! a code. An active verb speaks of the code behind it ("they denied 20610"), a passive one of the code before it ("20610
//! was denied"). `read` calls it once all mentions are known; each byte is looked at a bounded number of times.

use super::{
    remittance_row,
    signal::{Signal, is_in, is_plain, signals},
    status_words::{ACTING, ASKING, BREAKING, CLOSING, LEADING, LINKING, MAYBE},
};
use crate::domain::mention::{Mention, Status};

/// How far from a code its words are looked for, in bytes.
const REACH: usize = 120;

/// Says for each mention what the text says about it. Mentions are sorted by where they stand.
pub(super) fn tell(text: &str, mentions: &mut [Mention]) {
    let gaps: Vec<Gap<'_>> = (0..=mentions.len()).map(|at| Gap::between(text, mentions, at)).collect();
    let mut before: Option<Status> = None;
    for (mention, gap) in mentions.iter_mut().zip(&gaps) {
        before = gap.of_next(before).or_else(|| gap.carried(before));
        mention.status = before.unwrap_or_default();
    }
    let mut after: Option<Status> = None;
    for (mention, gap) in mentions.iter_mut().zip(gaps.iter().skip(1)).rev() {
        let said = gap.of_last(mention.status);
        after = said.or(after.filter(|_| gap.is_list));
        let kept = |after: Status| match mention.status {
            Status::Negated => true,
            Status::Historical => after == Status::Billed,
            // "denied 20610, 99213 was paid": a list's last word is of its own.
            Status::Denied | Status::Billed => said.is_none(),
            Status::Asked | Status::Deleted => false,
        };
        if let Some(after) = after.filter(|after| !kept(*after)) {
            mention.status = after;
        }
    }
    let ends: Vec<usize> = mentions.iter().skip(1).map(|next| next.span.start).chain([text.len()]).collect();
    for (mention, end) in mentions.iter_mut().zip(ends) {
        let to = floor(text, end.min(mention.span.end + REACH));
        let row = text.get(mention.span.end..to).unwrap_or_default();
        if mention.status == Status::Asked && remittance_row::is_denied(row.split('\n').next().unwrap_or_default()) {
            mention.status = Status::Denied;
        }
    }
}

/// The words between two mentions, or before the first and behind the last.
struct Gap<'a> {
    /// What is left of the sentence of the mention before it.
    last: Vec<&'a str>,
    /// The sentence behind that, when it speaks of the same code: "It was deleted".
    then: Vec<&'a str>,
    /// What begins the sentence of the mention behind it.
    next: Vec<&'a str>,
    /// A mention stands before it, and no sentence ends in it.
    goes_on: bool,
    /// It is marks, "and", "or".
    is_list: bool,
    /// Nothing but a blank stands between its last word and the mention behind it.
    touches: bool,
    /// The mention behind it begins a line, and so does the one before it: rows of a table.
    is_row: bool,
    /// "In 2018 …": and what is so now is told behind it.
    in_past: bool,
    /// A mark or a line end follows the last sentence: it is whole.
    ends: bool,
}

impl<'a> Gap<'a> {
    fn between(text: &'a str, mentions: &[Mention], at: usize) -> Self {
        let last = at.checked_sub(1).and_then(|last| mentions.get(last));
        let start = last.map_or(0, |last| last.span.end);
        let end = mentions.get(at).map_or(text.len(), |next| next.span.start);
        let first = floor(text, (start + REACH).min(end));
        let second = floor(text, end.saturating_sub(REACH).max(start));
        let (head, tail) = (text.get(start..first).unwrap_or_default(), text.get(second..end).unwrap_or_default());
        let stop = ends(head).next();
        let rest = stop.and_then(|stop| head.get(stop + 1..)).unwrap_or_default();
        let rest = ends(rest).next().map_or(rest, |stop| rest.get(..stop).unwrap_or_default());
        let of_last = stop.map_or(head, |stop| head.get(..stop).unwrap_or_default());
        let begun = ends(tail).last().and_then(|stop| tail.get(stop + 1..));
        let goes_on = last.is_some() && begun.is_none() && end.saturating_sub(start) <= REACH;
        let of_next = begun.unwrap_or(tail);
        let next: Vec<&str> = words(of_next).collect();
        let listed = |word: &&str| matches!(*word, "and" | "or" | "the") || word.len() <= 2;
        let begins_line = |at: usize| {
            let from = floor(text, at.saturating_sub(16));
            let before = text.get(from..at).unwrap_or_default();
            let line = before.rsplit_once('\n').map(|(_, line)| line).or((from == 0).then_some(before));
            let named = |word: &str| is_in(&["cpt", "hcpcs", "code", "line"], word) || word.len() == 1;
            line.is_some_and(|line| words(line).all(named))
        };
        let is_row =
            goes_on && mentions.get(at).is_some_and(|next| begins_line(next.span.start)) && of_next.contains('\n');
        // A row tells of its own code; a text that is wrapped goes on.
        let is_row = is_row
            && (last.is_some_and(|last| begins_line(last.span.start))
                || of_next.trim_start().starts_with(['-', ':', '|', '=']));
        let touches = of_next.ends_with(' ')
            && of_next.trim_end().ends_with(char::is_alphanumeric)
            && !of_next.trim_end_matches(' ').is_empty();
        let in_past = names_past_year(&next) && {
            let behind = text.get(end..floor(text, (end + REACH).min(text.len()))).unwrap_or_default();
            words(behind).any(|word| is_in(&["now", "today", "nowadays", "anymore"], word))
        };
        Self {
            in_past,
            last: words(if is_row { of_last.split('\n').next().unwrap_or_default() } else { of_last })
                .skip_while(is_attached)
                .collect(),
            then: words(rest).take(6).collect(),
            is_list: goes_on && next.iter().all(listed),
            next,
            goes_on,
            touches,
            is_row,
            ends: stop.is_some() || end == text.len() || of_last.contains('\n'),
        }
    }

    /// What it says of the mention behind it: "denied 99213", "not 99214", "instead of 99214". `before` is what is said of
    /// the mention before it.
    fn of_next(&self, before: Option<Status>) -> Option<Status> {
        if self.is_row {
            return None;
        }
        let said = &self.next;
        let mut found = self.in_past.then_some(Status::Historical);
        let mut not: Option<usize> = None;
        for signal in signals(said) {
            let word = said.get(signal.first).copied().unwrap_or_default();
            let tail = said.get(signal.end..).unwrap_or_default();
            let leads = tail.iter().all(|word| is_in(&LEADING, word) || word.len() <= 2);
            // "is gone since 2023, so we billed": what asks stands in the same clause.
            let clause = said.iter().take(signal.first).rposition(|word| is_in(&BREAKING, word)).map_or(0, |at| at + 1);
            let earlier = said.get(clause..signal.first).unwrap_or_default();
            let broken = tail.iter().any(|word| is_in(&BREAKING, word));
            let denied_by_not = not.is_some_and(|end| signal.first <= end + 1);
            found = match signal.says {
                _ if broken => None,
                Status::Negated => {
                    not = Some(signal.end);
                    let doubt = tail
                        .iter()
                        .any(|word| is_in(&["sure", "only", "just", "know", "clear", "certain", "yet"], word));
                    if tail.len() <= 2 && !doubt { Some(Status::Negated) } else { found }
                }
                // "was denied" speaks of what came before, unless it leads on: "was charged as 99203".
                _ if is_passive(&signal, said) && !(leads && (!self.goes_on || !tail.is_empty())) => found,
                Status::Denied if is_passive(&signal, said) && self.goes_on => {
                    // "36415 was denied with 80053": the other one was only there.
                    if tail.last().is_some_and(|word| word.eq_ignore_ascii_case("with")) {
                        Some(Status::Billed)
                    } else {
                        found
                    }
                }
                Status::Denied if is_plain_denial(word) && earlier.iter().any(|one| is_in(&MAYBE, one)) => found,
                Status::Denied if tail.iter().any(|word| word.eq_ignore_ascii_case("into")) => found,
                Status::Billed if denied_by_not => Some(if signal.pays { Status::Denied } else { Status::Negated }),
                Status::Billed if found == Some(Status::Historical) => found,
                Status::Billed if earlier.iter().any(|one| is_in(&ASKING, one)) => found,
                Status::Billed if is_plain(word) && !earlier.iter().any(|one| is_in(&ACTING, one)) => found,
                other => Some(other),
            };
        }
        // "paid for 64483, not for 64484".
        let short = self.goes_on && said.len() <= 3 && found == Some(Status::Negated);
        if short && before == Some(Status::Billed) && said.last().is_some_and(|word| word.eq_ignore_ascii_case("for")) {
            return Some(Status::Denied);
        }
        // "better than 20610", "rather report 20611 than 20610".
        if self.goes_on && said.len() <= 3 && said.last().is_some_and(|word| word.eq_ignore_ascii_case("than")) {
            return Some(Status::Negated);
        }
        found
    }

    /// What is said of the mention before it is said of the next as well in a list; "with" joins what was billed.
    fn carried(&self, before: Option<Status>) -> Option<Status> {
        if self.is_row && !self.is_list {
            return None;
        }
        if self.is_list {
            return before;
        }
        let joining = |word: &&str| {
            is_in(
                &["with", "and", "plus", "along", "both", "the", "under", "a", "an", "dx", "cpt", "line", "also"],
                word,
            ) || word.len() <= 2
        };
        let joined = self.goes_on && !self.next.is_empty() && self.next.iter().all(joining);
        let with = self.next.iter().any(|word| word.eq_ignore_ascii_case("with"));
        match before.filter(|_| joined) {
            Some(Status::Denied) if with => Some(Status::Billed),
            Some(Status::Negated | Status::Deleted) => None,
            other => other,
        }
    }

    /// What it says of the mention before it: "was denied", "denied as inclusive", "is gone". `known` is what the words before
    /// that mention say.
    fn of_last(&self, known: Status) -> Option<Status> {
        if self.is_ellipsis() && known == Status::Billed {
            return Some(Status::Denied);
        }
        self.said_of_last().or_else(|| self.told_then())
    }

    fn said_of_last(&self) -> Option<Status> {
        let said = &self.last;
        let all = signals(said);
        // "the second line, 20605, that they bounced", "I put 69210 down".
        let relative = said.first().is_some_and(|word| is_in(&["that", "which"], word))
            && said.get(1).is_some_and(|word| is_in(&ACTING, word));
        if let Some(signal) =
            all.first().filter(|signal| relative && signal.first == 2 && signal.says != Status::Negated)
        {
            return Some(signal.says);
        }
        if said.first().is_some_and(|word| word.eq_ignore_ascii_case("down")) {
            return Some(Status::Billed);
        }
        for (nth, signal) in all.iter().enumerate() {
            let earlier = said.get(..signal.first).unwrap_or_default();
            let linked = earlier.iter().any(|word| is_in(&LINKING, word));
            let word = said.get(signal.first).copied().unwrap_or_default();
            if signal.first > 8 || signal.says == Status::Negated || word.eq_ignore_ascii_case("replaces") {
                continue;
            }
            // "but paid 20611", "and we billed 99213": the next code's verb.
            let acting = earlier.iter().any(|word| is_in(&ACTING, word)) && !linked;
            let object = self.goes_on && self.touches && !self.is_row && signal.end == said.len();
            if acting
                || object && !linked
                || earlier.first().is_some_and(|word| is_in(&["but", "so", "then"], word)) && !linked
            {
                return None;
            }
            // "had been billed by the hospital", "which was billed": a clause of its own behind "because".
            if earlier
                .iter()
                .any(|word| is_in(&["because", "although", "when", "while", "after", "unless", "that", "before"], word))
            {
                return None;
            }
            let closed = said.get(signal.end).is_none_or(|next| is_in(&CLOSING, next) || next.len() <= 2);
            // "which was deleted" tells, "should we add" and "can … be billed" ask.
            let relative = said.get(1).is_some_and(|second| is_in(&LINKING, second));
            let asked = said.first().is_some_and(|first| is_in(&ASKING, first) && !is_in(&LINKING, first)) && !relative
                || earlier.last().is_some_and(|word| word.eq_ignore_ascii_case("be"));
            // "and four units were denied": something else was.
            let other = earlier.first().is_some_and(|word| word.eq_ignore_ascii_case("and"))
                && earlier.iter().position(|word| is_in(&LINKING, word)).is_some_and(|link| link >= 3);
            let whole = self.goes_on || self.ends;
            let not = nth
                .checked_sub(1)
                .and_then(|last| all.get(last))
                .is_some_and(|last| last.says == Status::Negated && last.end + 1 >= signal.first);
            let told = linked || closed && signal.first <= 2 && whole && (said.len() > 1 || self.ends || self.is_row);
            let says = if not && signal.says == Status::Billed { Status::Negated } else { signal.says };
            return told.then_some(says).filter(|_| !asked && !other);
        }
        None
    }

    /// "…? It was deleted": the next sentence speaks of the same code.
    fn told_then(&self) -> Option<Status> {
        let (first, link) = (self.then.first()?, self.then.get(1)?);
        let same = is_in(&["it", "that", "this", "both", "they"], first) && is_in(&LINKING, link);
        let told =
            signals(&self.then).into_iter().find(|signal| signal.first <= 4 && signal.says != Status::Negated)?;
        (same && matches!(told.says, Status::Deleted | Status::Denied)).then_some(told.says)
    }

    /// "96372 was paid, J1885 was not."
    fn is_ellipsis(&self) -> bool {
        let said: Vec<String> = self.last.iter().map(|word| word.to_ascii_lowercase()).collect();
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        matches!(
            said.as_slice(),
            ["was" | "were" | "did" | "is", "not"] | ["wasn't" | "weren't" | "didn't" | "isn't" | "not"]
        )
    }
}

/// "in 2018", "back in 2018".
fn names_past_year(said: &[&str]) -> bool {
    said.windows(2).any(|two| {
        let &[before, year] = two else { return false };
        before.eq_ignore_ascii_case("in")
            && year.len() == 4
            && (year.starts_with("19") || year.starts_with("20"))
            && year.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Whether a participle behind a link speaks of what came before: "was denied", "keeps denying".
fn is_passive(signal: &Signal, said: &[&str]) -> bool {
    let link = |back: usize| signal.first.checked_sub(back).and_then(|at| said.get(at));
    let adverb = |word: &&str| {
        is_in(&["always", "never", "still", "just", "also", "again", "not", "been", "since", "now"], word)
    };
    link(1).is_some_and(|word| is_in(&LINKING, word))
        || link(1).is_some_and(adverb) && link(2).is_some_and(|word| is_in(&LINKING, word))
}

/// "deny", "reject": without an ending it may be of what is to come.
fn is_plain_denial(word: &str) -> bool {
    is_in(&["deny", "reject", "refuse", "recoup", "bundle"], word)
}

/// What is attached to a code and no word: `RT`, `59`, `x2`, "units".
fn is_attached(word: &&str) -> bool {
    let times = word.strip_prefix(['x', 'X']).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    times
        || word.len() <= 2
            && (word.bytes().any(|b| b.is_ascii_digit()) || !word.bytes().any(|b| b.is_ascii_lowercase()))
        || word.eq_ignore_ascii_case("units")
}

fn words(text: &str) -> impl Iterator<Item = &str> + Clone {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty())
}

/// Where sentences end.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().filter_map(move |(at, byte)| {
        let next = bytes.get(at + 1);
        let stop = matches!(byte, b'?' | b'!' | b';')
            || *byte == b'.' && next.is_none_or(u8::is_ascii_whitespace)
            || *byte == b'\n' && next == Some(&b'\n');
        stop.then_some(at)
    })
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use crate::{
        extract::{Nothing, mentions},
        mail::search_text::SearchText,
    };

    #[test]
    fn the_words_around_say_what_became_of_a_code() {
        for (text, expected) in [
            ("Can I bill CPT 20610 with CPT 99213?", "asked asked"),
            ("We billed CPT 20610-RT and CPT 99213.", "billed billed"),
            ("CPT 20610 was denied as bundled. Is CPT 20611 right?", "denied asked"),
            ("Medicare denied CPT 20610, CPT 99213 and CPT 77002", "denied denied denied"),
            ("We billed CPT 20610, and CPT 99213 was denied.", "billed denied"),
            ("Use CPT 99213, not CPT 99214", "asked negated"),
            ("CPT 99213 instead of CPT 99214", "asked negated"),
            ("CPT 90782 was deleted; CPT 96372 replaces it", "deleted asked"),
            ("Previously CPT 99201, now?", "historical"),
            ("They rejected CPT 20610 but paid CPT 20611.", "denied billed"),
            ("CPT 96372 was paid, CPT 90471 was not.", "billed denied"),
            ("We did not bill CPT 99215. They won't pay CPT 99214.", "negated denied"),
            ("Do not use CPT 99205, use CPT 99204.", "negated asked"),
            ("CPT 99441 is what? It was deleted. CPT 98012?", "deleted asked"),
            ("CPT 93000 - denied\nCPT 93005 - paid\nCPT 93010 - ?", "denied billed asked"),
            ("CPT 36415 was bundled into CPT 80053", "denied asked"),
            ("Will Medicare deny CPT 20610?", "asked"),
        ] {
            let found = mentions(&SearchText::plain(text), &Nothing);
            let statuses: Vec<_> = found.iter().map(|one| one.status.as_str()).collect();
            assert_eq!(statuses.join(" "), expected, "{text}");
        }
    }
}
