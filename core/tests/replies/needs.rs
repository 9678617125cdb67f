//! Whether drafts ask for the key facts that a mail lacks (label `answer-needs`), and for nothing else.
//!
//! | figure | over | counts |
//! |---|---|---|
//! | `abstains` | mails that lack exactly one key fact | the draft asks for it and does not call its answer supported |
//! | `asks` | key facts that are lacking, in all mails | those that the draft asks for |
//! | `needless` | all coding mails | those in which something is asked for that is not lacking |

use std::{collections::BTreeMap, env, fs};

use caseconsult_core::draft::{
    Facts,
    answer::{Answer, Certainty},
    gap::Ask,
    kind::Kind,
};

use crate::{
    drafted::{drafted, folder, share},
    mails::Labelled,
};

/// By how much a figure may be worse.
const SLACK: f64 = 0.001 + 0.000_05;

const HEAD: &str = "\
# How well drafts ask for what is missing, on the mails that may be read and on those that nobody opened
# (core/tests/replies/needs.rs). A test fails when a figure becomes worse by more than 0.001. Written by CASECONSULT_NEEDS=write, never by hand.
";

const HOW: &str = "If that is meant, write the figures anew and say why:
    CASECONSULT_NEEDS=write cargo test -p caseconsult-core --test replies needs -- --nocapture
What is asked wrongly:
    CASECONSULT_NEEDS=misses cargo test -p caseconsult-core --test replies needs -- --nocapture";

/// The label of what is asked for; none for what is no key fact.
const fn label(ask: Ask) -> &'static str {
    match ask {
        Ask::Question => "question",
        Ask::Codes => "code",
        Ask::DateOfService => "dos",
        Ask::WhichDate => "which date",
        Ask::Year => "year",
        Ask::MoreCharacters | Ask::Record => "record",
        Ask::Side => "site",
        Ask::Payer => "payer",
        Ask::State => "state",
        Ask::Setting => "setting",
        Ask::Session => "session",
        Ask::Extent => "extent",
        Ask::Diagnosis => "dx",
        Ask::Denial | Ask::Remark => "denial",
        Ask::Time => "time",
        Ask::Dose => "dose",
        Ask::Route => "route",
        Ask::Product => "ndc",
        Ask::PatientStatus => "status",
        Ask::Who => "who",
        Ask::Relation => "relation",
        Ask::SurgeryDate => "surgery-date",
        Ask::Modality => "modality",
        Ask::PatientPlace => "place",
        Ask::Intent => "intent",
    }
}

#[derive(Default)]
struct Tally {
    one_lacking: u32,
    abstained: u32,
    lacking: u32,
    asked: u32,
    coding: u32,
    needless: u32,
}

impl Tally {
    fn count(&mut self, mail: &Labelled, facts: &Facts) -> bool {
        let asked: Vec<&str> = facts.gaps.iter().map(|gap| label(gap.ask)).collect();
        let is_asked = |fact: &String| asked.contains(&fact.as_str());
        let mut is_right = true;
        self.coding += 1;
        if asked.iter().any(|fact| !mail.lacks.iter().any(|lacking| lacking == fact)) {
            self.needless += 1;
            is_right = false;
        }
        let found = mail.lacks.iter().filter(|fact| is_asked(fact)).count();
        self.lacking += u32::try_from(mail.lacks.len()).unwrap();
        self.asked += u32::try_from(found).unwrap();
        is_right &= found == mail.lacks.len();
        if let [fact] = mail.lacks.as_slice() {
            self.one_lacking += 1;
            let is_supported = Answer::of(facts).certainty.as_deref() == Some(&*Certainty::Supported.to_string());
            let abstains = is_asked(fact) && !is_supported;
            self.abstained += u32::from(abstains);
            is_right &= abstains;
        }
        is_right
    }

    fn figures(&self) -> BTreeMap<String, f64> {
        let share = |part: u32, of: u32| f64::from(part) / f64::from(of.max(1));
        BTreeMap::from([
            ("abstains".to_owned(), share(self.abstained, self.one_lacking)),
            ("asks".to_owned(), share(self.asked, self.lacking)),
            ("asks_nothing_needless".to_owned(), 1.0 - share(self.needless, self.coding)),
        ])
    }
}

#[test]
fn drafts_ask_for_what_is_missing_as_well_as_they_did() {
    let wish = env::var("CASECONSULT_NEEDS").unwrap_or_default();
    let mut figures = BTreeMap::new();
    // Whoever works on what is asked looks at the tune share alone.
    let shares = if wish == "misses" { &["tune"][..] } else { &["tune", "unopened"] };
    for name in shares {
        let (mut all, mut but_dates) = (Tally::default(), Tally::default());
        for mail in share(name).iter().filter(|mail| !mail.kinds.contains(&Kind::K0)) {
            let (facts, _) = drafted(mail);
            let is_right = all.count(mail, &facts);
            if mail.lacks != ["dos"] {
                but_dates.count(mail, &facts);
            }
            if wish == "misses" && !is_right {
                let asked: Vec<&str> = facts.gaps.iter().map(|gap| label(gap.ask)).collect();
                let kinds: Vec<Kind> = facts.kinds.iter().map(|asked| asked.kind).collect();
                println!("{} {:?} told {kinds:?}: lacks {:?}, asks {asked:?}", mail.name, mail.kinds, mail.lacks);
            }
        }
        println!("{name}: something needless in {} of {} coding mails", all.needless, all.coding);
        figures.extend([((*name).to_owned(), all.figures()), (format!("{name}_but_dates"), but_dates.figures())]);
    }
    println!("{figures:#?}");
    let file = folder().join("needs.toml");
    match wish.as_str() {
        "write" => {
            let mut out = HEAD.to_owned();
            for (share, figures) in &figures {
                out.push_str(&format!("\n[{share}]\n"));
                figures.iter().for_each(|(name, figure)| out.push_str(&format!("{name} = {figure:.4}\n")));
            }
            fs::write(&file, out).unwrap();
        }
        "misses" => return,
        "" => {}
        other => panic!("CASECONSULT_NEEDS is write or misses, not {other:?}"),
    }
    let held: BTreeMap<String, BTreeMap<String, f64>> = toml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    for (share, held) in held {
        for (name, held) in held {
            let now = figures.get(&share).and_then(|now| now.get(&name)).copied().unwrap_or(0.0);
            assert!(now >= held - SLACK, "{share}.{name} was {held:.4} and is {now:.4}\n{HOW}");
        }
    }
}
