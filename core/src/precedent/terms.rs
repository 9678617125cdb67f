//! What a case is found by. Words come from the masked text: what may identify somebody is blanked before the first word
//! is read, dates of service with it, and numbers are left out.

use serde::{Deserialize, Serialize};

use super::concept;
use crate::{
    domain::{
        code::{Code, CodeSystem},
        mention::Place,
    },
    draft::{brief::Mail, kind::Kind},
    extract::{
        Reading,
        said::{denial::Denial, reason},
    },
    identifier::Bare,
    search::word::words,
};

/// Of a mail no more than so many bytes of each of its parts are read: questions stand at the top.
const SEARCHED: usize = 16 * 1024;
/// Words that are kept of a case, the first ones.
const MOST_WORDS: usize = 160;
/// Codes that are kept of a case: who lists a fee schedule is not found by it.
const MOST_CODES: usize = 40;
/// Words of a code's title that count: the rest tells it from its siblings.
const TITLE_WORDS: usize = 6;
/// Longer ones are no words.
const LONGEST_WORD: usize = 24;

/// What a case is found by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What is asked.
    pub kinds: Vec<Kind>,
    /// The codes of the mails, ranges by their ends.
    pub codes: Vec<(CodeSystem, Code)>,
    /// The codes of the answer; empty of a case that was not answered yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advised: Vec<(CodeSystem, Code)>,
    /// Denial codes without their groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub denials: Vec<String>,
    /// Words in compared form, each once, and [concepts](concept), which begin with `=`.
    pub words: Vec<String>,
}

impl Terms {
    /// The terms of a case with these mails, which asks these kinds; `names` are those of the mails' headers.
    #[must_use]
    pub fn of(mails: &[Mail<'_>], kinds: &[Kind], names: &[&str]) -> Self {
        let mut terms = Self { kinds: kinds.to_vec(), ..Self::default() };
        for mail in mails {
            let own = own_words(mail.reading, names);
            for text in &own {
                terms.add_words(text);
            }
            for mention in &mail.reading.mentions {
                if mention.place != Place::Signature {
                    add_code(&mut terms.codes, mention.system, &mention.code);
                }
            }
            for denial in &mail.reading.said.denials {
                terms.add_denial(&denial.value);
            }
        }
        terms
    }

    /// The same with the codes of the answer that was given.
    #[must_use]
    pub fn answered_with<'a>(mut self, codes: impl IntoIterator<Item = (CodeSystem, &'a Code)>) -> Self {
        for (system, code) in codes {
            if !self.codes.iter().any(|(of, known)| *of == system && known == code) {
                add_code(&mut self.advised, system, code);
            }
        }
        self
    }

    /// The same with what these codes are called: who writes a code and who writes its name ask the same.
    #[must_use]
    pub fn called<'a>(mut self, titles: impl IntoIterator<Item = &'a str>) -> Self {
        for title in titles {
            let head: Vec<&str> = title.split_whitespace().take(TITLE_WORDS).collect();
            self.add_words(&head.join(" "));
        }
        self
    }

    /// All codes, of the question and of the answer.
    pub fn all_codes(&self) -> impl Iterator<Item = (CodeSystem, &Code)> {
        self.codes.iter().chain(&self.advised).map(|(system, code)| (*system, code))
    }

    fn add_denial(&mut self, denial: &Denial) {
        if !self.denials.contains(&denial.code) {
            self.denials.push(denial.code.clone());
        }
        // Who writes "duplicate" and who writes its reason code ask the same.
        if let Some(meaning) = reason::meaning(denial) {
            self.add_words(meaning);
        }
    }

    fn add_words(&mut self, text: &str) {
        let concepts = concept::concepts(text).into_iter().map(|concept| format!("={concept}"));
        let words = words(text).into_iter().map(|word| word.text.trim_start_matches('!').to_owned());
        for word in concepts.chain(words.filter(|word| is_word(word))) {
            if self.words.len() < MOST_WORDS && !self.words.contains(&word) {
                self.words.push(word);
            }
        }
    }
}

/// Words that are in every mail, in compared form.
const EVERYWHERE: &str = " can could would should do doe did is are was were be been am has have had how what which when where who \
    why it its she he her him his they them their we us our you your me my if so then than there this these those here ther \
    just only also get got put per via yes ok okay please thank thanks hello hi dear one two ";

fn is_word(word: &str) -> bool {
    !EVERYWHERE.contains(&format!(" {word} "))
        && (2..=LONGEST_WORD).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn add_code(codes: &mut Vec<(CodeSystem, Code)>, system: CodeSystem, code: &Code) {
    let ends = match code.ends(system) {
        Some((first, last)) => vec![first, last],
        None => vec![code.clone()],
    };
    for code in ends {
        if codes.len() < MOST_CODES && !codes.iter().any(|(of, known)| *of == system && *known == code) {
            codes.push((system, code));
        }
    }
}

/// The subject and what the sender wrote now; where he wrote nothing, what he passes on. Identifiers and codes are blanked.
fn own_words(reading: &Reading, names: &[&str]) -> Vec<String> {
    let wrote =
        reading.parts.iter().any(|part| part.place == Place::New && !part.span.of(&reading.text).trim().is_empty());
    let counts = |place: Place| match place {
        Place::Subject => true,
        Place::New => wrote,
        Place::Quoted | Place::Forwarded => !wrote,
        Place::Signature | Place::Attachment => false,
    };
    let bare = Bare::of(reading, names);
    let parts = reading.parts.iter().filter(|part| counts(part.place));
    parts.map(|part| bare.stretch(part.span, SEARCHED, " . ")).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::{catalog::starter, mail::search_text::SearchText};

    fn terms(text: &str, names: &[&str]) -> Terms {
        let reading = Reading::of(&SearchText::plain(text), starter(), None);
        let mail = Mail { received: date(2026, 3, 2), reading: &reading, unread_attachments: &[] };
        Terms::of(&[mail], &[Kind::K2], names)
    }

    #[test]
    fn a_case_is_known_by_its_codes_and_words_and_by_nobody_in_it() {
        let terms = terms(
            "Patient Eleanor Whitlock, DOB 04/17/1958, MRN 00447120, seen 3/2/2026: 99213-25 and 20610 denied CO-97. \
             Knee injection at 1420 Maple Court, Springfield, IL 62704. Both? Dana Ruiz",
            &["Dana Ruiz"],
        );
        let codes: Vec<&str> = terms.codes.iter().map(|(_, code)| code.as_str()).collect();
        assert!(codes.contains(&"99213") && codes.contains(&"20610"), "{codes:?}");
        assert_eq!(terms.denials, ["97"]);
        assert!(terms.words.contains(&"knee".to_owned()), "{terms:?}");
        let stored = serde_json::to_string(&terms).unwrap().to_lowercase();
        for private in ["eleanor", "whitlock", "1958", "447120", "mapl", "springfield", "62704", "dana", "ruiz"] {
            assert!(!stored.contains(private), "{private} in {stored}");
        }
        assert_eq!(serde_json::from_str::<Terms>(&serde_json::to_string(&terms).unwrap()).unwrap(), terms);
    }

    #[test]
    fn an_answer_adds_the_codes_that_were_not_asked_about() {
        let code = |text: &str| Code::normal(CodeSystem::Cpt, text);
        let (asked, advised) = (code("20610"), code("76942"));
        let terms = terms("Can we bill CPT 20610?", &[]);
        let terms = terms.answered_with([(CodeSystem::Cpt, &asked), (CodeSystem::Cpt, &advised)]);
        assert_eq!(terms.advised, [(CodeSystem::Cpt, advised)]);
        assert_eq!(terms.all_codes().count(), 2);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn every_text_has_terms_and_they_are_few(text in "\\PC{0,300}") {
            let terms = terms(&text, &[]);
            prop_assert!(terms.words.len() <= MOST_WORDS && terms.codes.len() <= MOST_CODES);
        }
    }
}
