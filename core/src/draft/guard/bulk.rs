//! The guard on a scale: ten thousand replies with a flaw in most of them, and a thousand in which somebody hides it. No flaw
//! gets out, and what has none is not stopped. Everything is drawn from fixed seeds.
//!
//! Without optimisation a check takes some milliseconds: then every fourth of the ten thousand is checked, and all of them with
//! `CASECONSULT_GUARD=all`. By the invented tables (`sample_desk`) 20610 denies 99211 whatever the modifier and has at most two
//! units a day (MAI 2).

mod flaw;

use std::{
    env,
    fmt::Write as _,
    sync::{LazyLock, Mutex},
    thread,
};

use flaw::{Dice, Flaw, SOUND, flawed};
use jiff::civil::{Date, date};

use super::*;
use crate::{
    catalog::{Shelf, starter},
    domain::{address::EmailAddress, code::CodeSystem},
    draft::{
        Facts, Templates, compose, sample_desk,
        samples::{Invented, licensed_shelf},
    },
};

const DAY: Date = date(2025, 2, 3);

/// The built-in catalogue, and the invented licensed file.
static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let both = [starter(), licensed_shelf()];
    let editions: Vec<_> = both.iter().flat_map(|shelf| shelf.editions()).cloned().collect();
    let entries = both
        .iter()
        .flat_map(|shelf| CodeSystem::ALL.into_iter().flat_map(|system| shelf.of_system(system)))
        .cloned()
        .collect();
    Shelf::new(editions, entries)
});

/// What a drafted reply says around the place of the answer.
struct Drafted {
    facts: Facts,
    before: String,
    after: String,
}

/// Replies to mails about these codes: some name none of the flawed ones, some tell all about them already, which is when a
/// contradiction is hardest to see.
static DRAFTED: LazyLock<Vec<Drafted>> = LazyLock::new(|| {
    let templates = Templates::embedded().unwrap();
    let mails: [(&str, &[(CodeSystem, &str)]); 5] = [
        (
            "Medicare, office: can we bill 20610 with 99211 the same day?",
            &[(CodeSystem::Cpt, "20610"), (CodeSystem::Cpt, "99211")],
        ),
        (
            "Medicare, office: how many units of 20610 can we report with 99211?",
            &[(CodeSystem::Cpt, "20610"), (CodeSystem::Cpt, "99211")],
        ),
        (
            "Medicare, office: can we bill C9166 with E11, and K9999 with 20610 and 99211? Which is right?",
            &[
                (CodeSystem::Hcpcs, "C9166"),
                (CodeSystem::Hcpcs, "K9999"),
                (CodeSystem::Icd10Cm, "E11"),
                (CodeSystem::Cpt, "20610"),
                (CodeSystem::Cpt, "99211"),
            ],
        ),
        (
            "Which of 20610 and 99211 can we report for a knee injection?",
            &[(CodeSystem::Cpt, "20610"), (CodeSystem::Cpt, "99211")],
        ),
        (
            "Aetna, hospital outpatient: may G35.A go with 20610 and 99211, and is J9998 valid?",
            &[
                (CodeSystem::Icd10Cm, "G35.A"),
                (CodeSystem::Cpt, "20610"),
                (CodeSystem::Cpt, "99211"),
                (CodeSystem::Hcpcs, "J9998"),
            ],
        ),
    ];
    mails
        .iter()
        .map(|(text, codes)| {
            let facts = Invented::mail(text).codes(codes).on(DAY).facts_with(&SHELF, sample_desk::desk());
            let draft = compose(&templates, &facts).unwrap();
            // A check costs by length: the question, what the rules say of codes that are unfit, and the edits are kept.
            let section = |title: &str| {
                let from = draft.find(title).unwrap_or(draft.len());
                let rest = draft.get(from..).unwrap_or("");
                rest.get(..rest.find("\n\n## ").unwrap_or(rest.len())).unwrap_or(rest)
            };
            let unfit: Vec<&str> = section("## Short answer").lines().filter(|line| line.starts_with("- ")).collect();
            Drafted {
                before: format!("{}\n\n## Short answer\n", section("## Your question")),
                after: format!("{}\n\n{}\n", unfit.join("\n"), section("## Edit checks")),
                facts,
            }
        })
        .collect()
});

impl Drafted {
    /// The reply with this answer.
    fn answered(&self, answer: &str) -> String {
        format!("{}\n{answer}\n\n{}", self.before, self.after)
    }

    /// The rules that stop it.
    fn stopped(&self, text: &str) -> Vec<Rule> {
        let asker = EmailAddress::parse("pat@clinic.example.test").unwrap();
        let about = GuardInput {
            shelf: &SHELF,
            desk: sample_desk::desk(),
            on: DAY,
            date_known: true,
            // Without the list of sources no citation is judged.
            sources: &[],
            payer: self.facts.stated.payer,
            asker: Some(&asker),
            recipient: &asker,
        };
        blocking(&check(text, &about), &[]).into_iter().map(|found| found.rule).collect()
    }
}

/// Does `one` for each number below `count`, on two threads, and returns what went wrong.
fn each(count: usize, one: impl Fn(usize) -> Option<String> + Sync) -> Vec<String> {
    let wrong = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for half in 0..2 {
            let (one, wrong) = (&one, &wrong);
            scope.spawn(move || {
                for nth in (half..count).step_by(2) {
                    if let Some(what) = one(nth) {
                        wrong.lock().unwrap().push(what);
                    }
                }
            });
        }
    });
    wrong.into_inner().unwrap()
}

/// The first few, for whoever mends it.
fn report(wrong: &[String]) -> String {
    let mut out = format!("{} got out or were stopped without cause\n", wrong.len());
    for one in wrong.iter().take(40) {
        let _ = writeln!(out, "{one}");
    }
    out
}

#[test]
fn of_ten_thousand_replies_no_flawed_one_gets_out_and_no_sound_one_is_stopped() {
    let drafted = &*DRAFTED;
    let all = !cfg!(debug_assertions) || env::var("CASECONSULT_GUARD").is_ok_and(|wish| wish == "all");
    let every = if all { 1 } else { 4 };
    let wrong = each(10_000 / every, |nth| {
        let nth = nth * every;
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (nth as u64 + 1).wrapping_mul(0xd134_2543_de82_ef95));
        let base = dice.pick(drafted);
        let mut sentences: Vec<String> = (0..dice.below(3)).map(|_| (*dice.pick(&SOUND)).to_owned()).collect();
        // One in six has no flaw.
        let flaw = Flaw::ALL.get(dice.below(6)).copied();
        if let Some(flaw) = flaw {
            let at = if flaw == Flaw::Pair { 0 } else { dice.below(sentences.len() + 1) };
            sentences.insert(at, flawed(flaw, &mut dice));
        }
        let apart = if dice.below(2) == 0 { " " } else { "\n\n" };
        let answer =
            sentences.join(if sentences.iter().any(|one| one.starts_with(['-', '|'])) { "\n\n" } else { apart });
        let stopped = base.stopped(&base.answered(&answer));
        let right = match flaw {
            Some(flaw) => stopped.iter().any(|rule| flaw.rules().contains(rule)),
            None => stopped.is_empty(),
        };
        (!right).then(|| format!("{flaw:?}, stopped by {stopped:?}: {:?} | {answer}", base.facts.question.asked))
    });
    assert!(wrong.is_empty(), "{}", report(&wrong));
}

/// Ways in which a flaw is hidden from whoever looks for plain codes and numbers.
const DISGUISES: [fn(&str) -> String; 12] = [
    |text| digits(text, |d| format!("{d}\u{200b}")),
    |text| digits(text, |d| format!("\u{ad}{d}")),
    |text| digits(text, |d| char::from_u32(0xff10 + u32::from(d) - u32::from('0')).unwrap().to_string()),
    |text| digits(text, |d| format!("&#{};", u32::from(d))),
    |text| digits(text, |d| char::from_u32(0x1d7ce + u32::from(d) - u32::from('0')).unwrap().to_string()),
    |text| inside_numbers(text, "**"),
    |text| inside_numbers(text, "\u{2060}"),
    |text| text.replace('C', "\u{421}").replace('K', "\u{41a}").replace('J', "\u{408}").replace('E', "\u{415}"),
    str::to_lowercase,
    str::to_uppercase,
    |text| text.replace(' ', "\u{a0}"),
    |text| format!("> **Note:**\n> {}", text.replace('\n', "\n> ")),
];

/// The place of the small letters among them.
const SMALL: usize = 8;

fn digits(text: &str, shown: impl Fn(char) -> String) -> String {
    text.chars().map(|c| if c.is_ascii_digit() { shown(c) } else { c.to_string() }).collect()
}

/// A mark behind the second digit of every longer number.
fn inside_numbers(text: &str, mark: &str) -> String {
    let mut out = String::new();
    let mut run = 0;
    for c in text.chars() {
        if run == 2 && c.is_ascii_digit() {
            out.push_str(mark);
        }
        run = if c.is_ascii_digit() { run + 1 } else { 0 };
        out.push(c);
    }
    out
}

#[test]
fn of_a_thousand_replies_in_which_somebody_hides_a_flaw_none_gets_out() {
    let drafted = &*DRAFTED;
    let wrong = each(1_000, |nth| {
        let mut dice = Dice(0x2545_f491_4f6c_dd1d ^ (nth as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let base = dice.pick(drafted);
        let flaw = *dice.pick(&Flaw::ALL);
        let plain = flawed(flaw, &mut dice);
        let disguise = dice.below(DISGUISES.len());
        // A name in small letters is known by nobody.
        let disguise = if flaw == Flaw::Identifier && disguise == SMALL { 0 } else { disguise };
        let hidden = DISGUISES[disguise](&plain);
        let sound = *dice.pick(&SOUND);
        let answer = match dice.below(5) {
            0 => format!("{hidden}\n\n{sound}"),
            1 if flaw != Flaw::Pair => format!("{sound} {hidden}"),
            2 if hidden.ends_with('.') => format!("{hidden} {sound}"),
            // As if the asker had said it.
            3 => format!("You asked: {hidden}\n\n{sound}"),
            _ => hidden,
        };
        let stopped = base.stopped(&base.answered(&answer));
        let right = stopped.iter().any(|rule| flaw.rules().contains(rule));
        (!right).then(|| format!("{flaw:?}, stopped by {stopped:?}: {:?} | {answer}", base.facts.question.asked))
    });
    assert!(wrong.is_empty(), "{}", report(&wrong));
}
