//! From a text to its mentions: the story of extraction, step by step.
//!
//! 1. `scan` keeps the words that could be codes, and those that say what they are.
//! 2. Each code system says what it sees there; the likeliest in its surroundings becomes a candidate.
//! 3. Modifiers and units are attached, those beside a code and those further off; lists and repetitions carry certainty from one candidate to another.
//! 4. Ranges are joined, short forms spelled out, lone modifiers found.
//! 5. What has enough points is a mention, what has some is a possible one.
//!
//! Nothing here reads a clock, a database or a file. Every byte is looked at a bounded number of times.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{
    attach,
    candidate::Candidate,
    code_list,
    coding::CodingWindow,
    company,
    ground::Ground,
    known::{Known, Nothing},
    lone, owner, range, shapes, status, unit_told, units,
};
use crate::{
    domain::{
        code::{Code, CodeSystem},
        mention::Mention,
    },
    mail::search_text::SearchText,
};

/// Something that may be a code: shown to the reviewer, who may accept it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Possible {
    /// What it would be.
    pub mention: Mention,
    /// Its points; a mention has five.
    pub points: i32,
    /// Why, in words, for and against.
    pub reasons: Vec<String>,
}

/// What was read: mentions and possible mentions, each sorted by where they stand, none overlapping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What is read as a code.
    pub mentions: Vec<Mention>,
    /// What may be one.
    pub possibles: Vec<Possible>,
}

/// The codes that a catalogue should be asked about before the text is read: everything that could be one, each
/// once, ends of ranges included.
#[must_use]
pub fn candidates(text: &SearchText) -> Vec<(CodeSystem, Code)> {
    let ground = Ground::of(text);
    let mut seen = HashSet::new();
    let mut wanted = Vec::new();
    let mut add = |system: CodeSystem, written: &str| {
        let code = Code::normal(system, written);
        if seen.insert((system, code.clone())) {
            wanted.push((system, code));
        }
    };
    for index in (0..ground.tokens.len()).filter(|index| shapes::can_be(&ground, *index)) {
        for shape in shapes::at(&ground, index, shapes::Thread::default()).into_iter().flatten() {
            add(shape.system, shape.code.as_str());
            if let Some(end) = shape.range_end {
                add(shape.system, end.as_str());
            }
        }
    }
    // Short forms ("99213, 14") and lone modifiers show only when the text is read.
    for candidate in find(&ground, &Nothing) {
        let code = candidate.code();
        match code.ends(candidate.shape.system) {
            Some((first, last)) => {
                add(candidate.shape.system, first.as_str());
                add(candidate.shape.system, last.as_str());
            }
            None => add(candidate.shape.system, code.as_str()),
        }
    }
    wanted
}

/// The codes that the text mentions.
#[must_use]
pub fn mentions(text: &SearchText, known: &dyn Known) -> Vec<Mention> {
    findings(text, known).mentions
}

/// The codes that the text mentions, and those that it may mention.
#[must_use]
pub fn findings(text: &SearchText, known: &dyn Known) -> Findings {
    let mut findings = Findings::default();
    for candidate in find(&Ground::of(text), known) {
        if candidate.score.is_mention() {
            findings.mentions.push(candidate.mention());
        } else {
            findings.possibles.push(Possible {
                mention: candidate.mention(),
                points: candidate.score.points(),
                reasons: candidate.score.reasons().map(str::to_owned).collect(),
            });
        }
    }
    status::tell(&text.text, &mut findings.mentions);
    findings
}

/// How much the rules look at in a text, in tokens and bytes.
#[cfg(test)]
pub(super) fn work(text: &SearchText) -> usize {
    let ground = Ground::of(text);
    let _ = find(&ground, &Nothing);
    ground.looked()
}

/// All candidates worth showing, sorted and disjoint.
fn find(ground: &Ground<'_>, known: &dyn Known) -> Vec<Candidate> {
    let mut found = first_look(ground, known);
    let claims = owner::give(ground, &mut found);
    code_list::share(ground, &mut found);
    unit_told::give(ground, &mut found);
    company::settle(ground, &mut found);
    join_ranges(ground, &mut found);
    spell_out(ground, &mut found);
    units::share(ground, &mut found);
    // Only what is read as a code can own a modifier; a "possible" must not swallow one.
    let unsure = found.extract_if(.., |one| !one.score.is_mention());
    let possibles: Vec<Candidate> = unsure.filter(|one| one.score.is_possible()).collect();
    let claimed = claims.held_by(&found);
    let alone = lone::find(ground, &mut found, &claimed);
    found.extend(alone.iter().filter_map(|one| lone::candidate(ground, one)));
    found.extend(possibles);
    put_in_order(&mut found);
    found
}

/// Every token on its own, with what is attached to it and the list that it continues.
fn first_look(ground: &Ground<'_>, known: &dyn Known) -> Vec<Candidate> {
    // A guess that spares most of the growing where every other word is a code.
    let mut found: Vec<Candidate> = Vec::with_capacity(ground.tokens.len() / 4);
    let mut window = CodingWindow::new();
    // The last candidate when it was hopeless: a list of invoices goes on being one.
    let mut hopeless: Option<Candidate> = None;
    let mut index = 0;
    while index < ground.tokens.len() {
        if !shapes::can_be(ground, index) {
            index += 1;
            continue;
        }
        let previous = hopeless.as_ref().or(found.last());
        let Some(mut candidate) = shapes::best(ground, index, previous, &mut window, known) else {
            index += 1;
            continue;
        };
        if let Some(before) = found.last_mut() {
            company::look_back(ground, before, &candidate);
        }
        if candidate.score.is_hopeless() {
            index = candidate.shape.last + 1;
            hopeless = Some(candidate);
            continue;
        }
        range::short_end(ground, &mut candidate);
        attach::follow(ground, &mut candidate);
        // What nothing speaks for does not keep the words behind it.
        index = if candidate.score.points() > 0 { candidate.reach.last + 1 } else { candidate.shape.last + 1 };
        hopeless = None;
        found.push(candidate);
    }
    found
}

/// The ends of a range become one candidate. All of this changes the list where it is: a text dense with codes has a
/// candidate for every nine bytes, and each is larger than that by far.
fn join_ranges(ground: &Ground<'_>, found: &mut Vec<Candidate>) {
    found.dedup_by(|candidate, first| {
        let is_range = range::spans(ground, first, candidate);
        if is_range {
            *first = range::join(first, candidate);
        }
        is_range
    });
}

/// Short forms behind a certain code: "99213, 14 and 15".
fn spell_out(ground: &Ground<'_>, found: &mut Vec<Candidate>) {
    let certain = found.iter().filter(|one| one.score.is_mention());
    let short: Vec<Candidate> = certain.flat_map(|one| range::short_list(ground, one)).collect();
    if !short.is_empty() {
        found.extend(short);
        found.sort_by_key(|one| one.shape.span.start);
    }
}

/// Sorted by where they stand; of two that overlap the likelier stays.
fn put_in_order(found: &mut Vec<Candidate>) {
    found.sort_by_key(|one| (one.shape.span.start, -one.score.points()));
    found.dedup_by(|candidate, last| {
        let overlap = last.shape.span.overlaps(candidate.shape.span);
        if overlap && last.score.points() < candidate.score.points() {
            std::mem::swap(candidate, last);
        }
        overlap
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A catalogue that lists one code.
    struct Lists(CodeSystem, &'static str);

    impl Known for Lists {
        fn knows(&self, system: CodeSystem, code: &Code) -> Option<bool> {
            (system == self.0).then(|| code.as_str() == self.1)
        }
    }

    fn read(text: &str, known: &dyn Known) -> Vec<String> {
        mentions(&SearchText::plain(text), known).iter().map(|one| one.code.to_string()).collect()
    }

    #[test]
    fn the_catalogue_speaks_for_a_code_and_never_against_one() {
        assert_eq!(read("about J1885 and the lamp", &Nothing), [""; 0]);
        assert_eq!(read("about J1885 and the lamp", &Lists(CodeSystem::Hcpcs, "J1885")), ["J1885"]);
        assert_eq!(read("CPT 20610", &Lists(CodeSystem::Cpt, "21256")), ["20610"]);
        assert_eq!(read("invoice 21256", &Lists(CodeSystem::Cpt, "21256")), [""; 0]);
    }

    #[test]
    fn what_is_not_sure_is_possible_with_its_reasons() {
        let found = findings(&SearchText::plain("about J1885 and the lamp"), &Nothing);
        let possible = found.possibles.first().expect("a possible code");
        assert_eq!((possible.mention.code.as_str(), found.mentions.len()), ("J1885", 0));
        assert_eq!(possible.reasons, ["in a block of HCPCS", "nothing near speaks of coding"]);
    }

    #[test]
    fn a_catalogue_is_asked_about_all_that_could_be_a_code_and_the_ends_of_ranges() {
        let text = SearchText::plain("99202-99205, 99213, 14, e119 and J1885; 60614");
        let wanted: Vec<String> = candidates(&text).iter().map(|(_, code)| code.to_string()).collect();
        for code in ["99202", "99205", "99213", "99214", "E11.9", "J1885", "60614"] {
            assert!(wanted.contains(&code.to_owned()), "{code} in {wanted:?}");
        }
        let once: HashSet<_> = wanted.iter().collect();
        assert_eq!(once.len(), wanted.len());
    }
}
