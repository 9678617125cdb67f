//! How much each sign speaks for each kind, learned from the mails of `tune` and written to
//! `core/src/draft/kind/weights.txt`.
//!
//! Each kind is a logistic regression of its own, in which mails that ask it weigh as much in all as the others. Large
//! weights cost (ridge, C = 0.05) and rare signs are left out, so that what is learned is what many mails share; both
//! numbers are those that read mails of other hands best when each fifth of them was kept back. The same mails give
//! the same file: nothing is drawn by lot.

use std::{collections::BTreeMap, fmt::Write as _};

use caseconsult_core::draft::kind::{self, Kind, sign::ONCE, weights::BIAS};

use super::mails::Labelled;

/// A sign of fewer mails is left out.
const FEWEST: usize = 3;
/// What a mail's error costs beside the squares of the weights.
const C: f64 = 0.05;
/// A weight of fewer hundredths is left out.
const LEAST: i32 = 3;
const ROUNDS: usize = 400;

/// One mail: the signs that are seen, by number, with their amounts.
type Seen = Vec<(usize, f64)>;

/// The file of the weights.
pub(super) fn weights(mails: &[Labelled]) -> String {
    let signs: Vec<BTreeMap<String, i32>> = mails.iter().map(|mail| kind::signs_of_mail(&mail.reading())).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in signs.iter().flat_map(BTreeMap::keys) {
        *counts.entry(name).or_default() += 1;
    }
    let names: Vec<&str> = counts.iter().filter(|(_, count)| **count >= FEWEST).map(|(name, _)| *name).collect();
    let seen: Vec<Seen> = signs
        .iter()
        .map(|signs| {
            let number = |(name, amount): (&String, &i32)| {
                let number = names.binary_search(&name.as_str()).ok()?;
                Some((number, f64::from(*amount) / f64::from(ONCE)))
            };
            signs.iter().filter_map(number).collect()
        })
        .collect();
    let learned: Vec<Learned> = std::thread::scope(|scope| {
        let (seen, names) = (&seen, &names);
        let learn = |kind: Kind| {
            let asked: Vec<bool> = mails.iter().map(|mail| mail.kinds.contains(&kind)).collect();
            scope.spawn(move || Learned::of(seen, &asked, names.len()))
        };
        let running: Vec<_> = Kind::ALL.into_iter().map(learn).collect();
        running.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let mut out = format!(
        "# Learned from the {} mails of tests/kinds/tune by CASECONSULT_KINDS=learn (tests/kinds/README.md), never by hand.\n",
        mails.len()
    );
    let mut line = |name: &str, weight: &dyn Fn(&Learned) -> f64, least: i32| {
        let row = Kind::ALL.into_iter().zip(&learned).map(|(kind, learned)| (kind, hundredths(weight(learned))));
        let row: Vec<String> =
            row.filter(|(_, points)| points.abs() >= least).map(|(kind, points)| format!("{kind} {points}")).collect();
        if !row.is_empty() {
            let _ = writeln!(out, "{name}: {}", row.join(", "));
        }
    };
    line(BIAS, &|learned| learned.bias, 1);
    for (number, name) in names.iter().enumerate() {
        line(name, &|learned| learned.weights[number], LEAST);
    }
    out
}

fn hundredths(weight: f64) -> i32 {
    format!("{:.0}", weight * 100.0).parse().unwrap()
}

/// What was learned of one kind.
struct Learned {
    weights: Vec<f64>,
    bias: f64,
}

impl Learned {
    /// Least cost by Nesterov's accelerated gradient, with the step that the steepest curve allows.
    fn of(seen: &[Seen], asked: &[bool], signs: usize) -> Self {
        let asking = asked.iter().filter(|asked| **asked).count();
        let all = seen.len() as f64;
        let cost = |asks: bool| C * all / (2.0 * (if asks { asking } else { seen.len() - asking }).max(1) as f64);
        let curve = 1.0 + 0.25 * steepest(seen, asked, &cost, signs);
        let mut at = Self { weights: vec![0.0; signs], bias: 0.0 };
        let mut ahead = Self { weights: vec![0.0; signs], bias: 0.0 };
        for round in 0..ROUNDS {
            let mut slope = Self { weights: ahead.weights.clone(), bias: 0.0 };
            for (mail, asks) in seen.iter().zip(asked.iter().copied()) {
                let score = ahead.score(mail);
                let chance = 1.0 / (1.0 + (-score).exp());
                let error = cost(asks) * (chance - f64::from(u8::from(asks)));
                slope.bias += error;
                for (sign, amount) in mail {
                    slope.weights[*sign] += error * amount;
                }
            }
            let momentum = round as f64 / (round as f64 + 3.0);
            let step = |now: &mut f64, ahead: &mut f64, slope: f64| {
                let next = *ahead - slope / curve;
                *ahead = next + momentum * (next - *now);
                *now = next;
            };
            for ((now, ahead), slope) in at.weights.iter_mut().zip(&mut ahead.weights).zip(slope.weights) {
                step(now, ahead, slope);
            }
            step(&mut at.bias, &mut ahead.bias, slope.bias);
        }
        at
    }

    fn score(&self, mail: &Seen) -> f64 {
        self.bias + mail.iter().map(|(sign, amount)| self.weights[*sign] * amount).sum::<f64>()
    }
}

/// The largest eigenvalue of the weighted signs, the bias among them, by power iteration; a tenth more, to be safe.
fn steepest(seen: &[Seen], asked: &[bool], cost: &dyn Fn(bool) -> f64, signs: usize) -> f64 {
    let mut along = vec![1.0; signs + 1];
    let mut length = 0.0;
    for _ in 0..30 {
        let mut next = vec![0.0; signs + 1];
        for (mail, asks) in seen.iter().zip(asked.iter().copied()) {
            let across = along[signs] + mail.iter().map(|(sign, amount)| along[*sign] * amount).sum::<f64>();
            next[signs] += cost(asks) * across;
            for (sign, amount) in mail {
                next[*sign] += cost(asks) * across * amount;
            }
        }
        length = next.iter().map(|one| one * one).sum::<f64>().sqrt();
        along = next.into_iter().map(|one| one / length.max(f64::MIN_POSITIVE)).collect();
    }
    1.1 * length
}

#[test]
fn what_only_one_kind_shows_is_learned_for_it() {
    // Sign 0 goes with the kind, sign 1 with the others, sign 2 with both alike.
    let seen: Vec<Seen> = (0..60).map(|mail| vec![(usize::from(mail % 3 != 0), 1.0), (2, 1.0)]).collect();
    let asked: Vec<bool> = (0..60).map(|mail| mail % 3 == 0).collect();
    let learned = Learned::of(&seen, &asked, 3);
    assert!(learned.weights[0] > 0.2 && learned.weights[1] < -0.2 && learned.weights[2].abs() < 0.05);
    assert!(learned.score(&seen[0]) > 0.0 && learned.score(&seen[1]) < 0.0);
}
