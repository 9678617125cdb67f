//! What a case and an earlier one have in common, for people: a reviewer sees why a reply is shown.

use serde::Serialize;

use super::{concept, terms::Terms, weight::families};
use crate::{
    domain::code::{Code, CodeSystem},
    draft::kind::Kind,
};

/// Words that are shown.
const MOST_WORDS: usize = 8;

/// What two cases have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Shared {
    /// Kinds of question.
    pub kinds: Vec<Kind>,
    /// Codes of both.
    pub codes: Vec<(CodeSystem, Code)>,
    /// Codes of the earlier case that are akin to one of this case, in families of at least three characters.
    pub akin: Vec<(CodeSystem, Code)>,
    /// Denial codes.
    pub denials: Vec<String>,
    /// Subjects that both speak of in whatever words: `nail`, `wastage`.
    pub subjects: Vec<String>,
    /// Words of both, in compared form.
    pub words: Vec<String>,
}

impl Shared {
    /// Between a case and an earlier one.
    #[must_use]
    pub fn between(now: &Terms, earlier: &Terms) -> Self {
        let has = |system: CodeSystem, code: &Code| now.all_codes().any(|(of, known)| of == system && known == code);
        let (codes, others): (Vec<_>, Vec<_>) = earlier.all_codes().partition(|(system, code)| has(*system, code));
        let long = |system, code: &Code| {
            let families = families(system, code);
            families
                .filter(|family| matches!(family, super::weight::Term::Family(_, begins) if begins.len() > 2))
                .collect::<Vec<_>>()
        };
        let ours: Vec<_> = now.all_codes().flat_map(|(system, code)| long(system, code)).collect();
        let is_akin =
            |(system, code): &(CodeSystem, &Code)| long(*system, code).iter().any(|family| ours.contains(family));
        let owned = |(system, code): (CodeSystem, &Code)| (system, code.clone());
        let words = now.words.iter().filter(|word| earlier.words.contains(word));
        let (subjects, words): (Vec<&String>, Vec<&String>) = words.partition(|word| word.starts_with('='));
        Self {
            kinds: now.kinds.iter().copied().filter(|kind| earlier.kinds.contains(kind)).collect(),
            codes: codes.into_iter().map(owned).collect(),
            akin: others.into_iter().filter(is_akin).map(owned).collect(),
            denials: now.denials.iter().filter(|code| earlier.denials.contains(code)).cloned().collect(),
            subjects: subjects.into_iter().take(MOST_WORDS).map(|word| concept::in_words(word)).collect(),
            // Whoever reads "doe" in "does" learns nothing from it.
            words: words.into_iter().filter(|word| word.len() > 3).take(MOST_WORDS).cloned().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(codes: &[&str], words: &[&str]) -> Terms {
        Terms {
            kinds: vec![Kind::K2],
            codes: codes.iter().map(|code| (CodeSystem::Cpt, Code::normal(CodeSystem::Cpt, code))).collect(),
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            ..Terms::default()
        }
    }

    #[test]
    fn it_says_why_an_earlier_case_is_like_this_one() {
        let now = terms(&["20610", "64493"], &["=own_drug", "knee", "doe", "apart"]);
        let earlier = terms(&["20610", "64494", "99213"], &["=own_drug", "knee", "doe", "other"]);
        let shared = Shared::between(&now, &earlier);
        let codes = |list: &[(CodeSystem, Code)]| list.iter().map(|(_, code)| code.to_string()).collect::<Vec<_>>();
        assert_eq!((codes(&shared.codes), codes(&shared.akin)), (vec!["20610".to_owned()], vec!["64494".to_owned()]));
        assert_eq!((shared.subjects, shared.words), (vec!["own drug".to_owned()], vec!["knee".to_owned()]));
        assert_eq!(Shared::between(&now, &Terms::default()), Shared::default());
    }
}
