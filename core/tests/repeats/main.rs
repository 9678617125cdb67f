//! Whether the earlier of two like questions is found again: the pairs of `tests/kinds/repeats` (its README tells their
//! form). Every earlier question is kept with the codes of its answer, as a reply that was sent is; every later one is then
//! looked up among all of them, and once more with the mails of `tests/kinds/tune` thrown in as other cases.
//!
//! The pairs were parted by their number in the files, odd ones to `tune`, even ones to `unopened`, before anybody looked
//! at them; neither the texts of the second half nor what is missed in it may be read. Both halves lie in one haystack.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking, and its helpers fail with it")]

#[path = "../../../tests/kinds/mails.rs"]
#[expect(dead_code, reason = "the labels of the injection set are for the program's own tests")]
mod mails;
mod pairs;

use std::{collections::BTreeMap, env, fs, path::PathBuf};

use caseconsult_core::{
    catalog,
    domain::ids::{CaseId, ReplyId},
    draft::{Mail, guard, kind},
    extract::Reading,
    precedent::{Index, Shared, Terms},
};
use pairs::Pair;
use uuid::Uuid;

const HOW: &str = "If that is meant, write the figures anew, look at what git diff says of them, and say why:
    CASECONSULT_REPEATS=write cargo test -p caseconsult-core --test repeats -- --nocapture
What is not found in the tune half:
    CASECONSULT_REPEATS=misses cargo test -p caseconsult-core --test repeats -- --nocapture";

/// The halves, and which of them is printed.
const HALVES: [&str; 2] = ["tune", "unopened"];
/// How far down a reviewer looks.
const FIRST: usize = 3;

/// Figures by half.
type Figures = BTreeMap<String, BTreeMap<String, f64>>;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/kinds")
}

/// As `src/precedent` makes them, from a mail and the facts of its draft.
fn terms(reading: &Reading) -> Terms {
    let mail = Mail { received: mails::RECEIVED, reading, unread_attachments: &[] };
    let kinds: Vec<_> = kind::of_mail(reading).iter().map(|asked| asked.kind).collect();
    let codes = reading.mentions.iter().map(|mention| (mention.system, &mention.code));
    let titles = codes.flat_map(|(system, code)| catalog::starter().entries(system, code).first());
    Terms::of(&[mail], &kinds, &[]).called(titles.map(|entry| entry.title.text.as_str()))
}

/// As a reply that was sent is kept.
fn kept(pair: &Pair) -> Terms {
    let codes = guard::codes_in(&pair.answer);
    terms(&pair.earlier()).answered_with(codes.iter().map(|(system, code)| (*system, code)))
}

fn number(at: usize) -> u128 {
    at as u128 + 1
}

/// The earlier questions of all pairs, then other cases.
fn haystack(pairs: &[Pair], others: &[Terms]) -> Index {
    let mut index = Index::default();
    for (at, terms) in pairs.iter().map(kept).chain(others.iter().cloned()).enumerate() {
        let id = Uuid::from_u128(number(at));
        index.add(ReplyId::new(id), CaseId::new(id), &terms);
    }
    index
}

/// On which place the pair's earlier question stands, from 1.
fn place(index: &Index, later: &Terms, at: usize) -> Option<usize> {
    let found = index.find(later, CaseId::new(Uuid::nil()), 10);
    found.iter().position(|found| found.reply.uuid().as_u128() == number(at)).map(|place| place + 1)
}

#[test]
fn an_earlier_answer_is_found_again_as_often_as_it_was() {
    let wish = env::var("CASECONSULT_REPEATS").unwrap_or_default();
    assert!(matches!(wish.as_str(), "" | "write" | "misses"), "CASECONSULT_REPEATS is write or misses, not {wish:?}");
    let halves = HALVES.map(|half| pairs::read(&folder().join("repeats").join(half).join("pairs.txt")));
    let first_of: Vec<usize> = vec![0, halves[0].len()];
    let pairs: Vec<Pair> = halves.into_iter().flatten().collect();
    let others: Vec<Terms> =
        mails::share(&folder().join("tune")).unwrap().iter().map(|mail| terms(&mail.reading())).collect();
    let alone = haystack(&pairs, &[]);
    let among_others = haystack(&pairs, &others);

    let mut figures = Figures::new();
    // Whoever works on the ranking looks at the tune half alone.
    let shown = if wish == "misses" { &HALVES[..1] } else { &HALVES[..] };
    for (half, from) in shown.iter().zip(first_of) {
        let of_half = pairs.iter().enumerate().filter(|(_, pair)| pair.half == *half);
        let (mut all, mut in_pairs, mut in_others, mut first) = (0_u32, 0_u32, 0_u32, 0_u32);
        for (at, pair) in of_half {
            assert!(at >= from);
            let later = terms(&pair.later());
            let places = (place(&alone, &later, at), place(&among_others, &later, at));
            let is_found = |place: Option<usize>| place.is_some_and(|place| place <= FIRST);
            all += 1;
            in_pairs += u32::from(is_found(places.0));
            in_others += u32::from(is_found(places.1));
            first += u32::from(places.1 == Some(1));
            if wish == "misses" && !(is_found(places.0) && is_found(places.1)) {
                println!("{}: places {places:?}; {:?}", pair.name, Shared::between(&later, &kept(pair)));
                println!("    asked {:?}\n    kept {:?}", later.words, kept(pair).words);
                println!("    kinds {:?} and {:?}, labelled {:?}", later.kinds, kept(pair).kinds, pair.kinds);
            }
        }
        println!(
            "{half}: {all} pairs; in the first {FIRST} among {}: {in_pairs}; with {} other cases: {in_others}, first {first}",
            pairs.len(),
            others.len()
        );
        let share = |count: u32| f64::from(count) / f64::from(all.max(1));
        let of_half = figures.entry((*half).to_owned()).or_default();
        of_half.insert("in_first_3".to_owned(), share(in_pairs));
        of_half.insert("in_first_3_with_others".to_owned(), share(in_others));
    }
    if wish == "misses" {
        return;
    }
    let file = folder().join("repeats.toml");
    if wish == "write" {
        fs::write(&file, written(&figures)).unwrap();
    }
    let held: Figures = toml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let worse = worse(&held, &figures);
    assert!(worse.is_empty(), "earlier answers are found less often than they were:\n  {}\n{HOW}", worse.join("\n  "));
}

fn written(figures: &Figures) -> String {
    let mut out = "# How often the earlier of two like questions is among the first three, by half of the pairs; and with the mails of\n\
                   # tune/ thrown in as other cases. Written by CASECONSULT_REPEATS=write, never by hand.\n"
        .to_owned();
    for (half, of_half) in figures {
        out.push_str(&format!("\n[{half}]\n"));
        for (name, figure) in of_half {
            out.push_str(&format!("{name} = {figure:.4}\n"));
        }
    }
    out
}

fn worse(held: &Figures, now: &Figures) -> Vec<String> {
    let figures = held.iter().flat_map(|(half, of_half)| of_half.iter().map(move |(name, held)| (half, name, *held)));
    let worse = figures.filter_map(|(half, name, held)| {
        let now = now.get(half).and_then(|of_half| of_half.get(name)).copied().unwrap_or_default();
        (held - now > 0.001).then(|| format!("{half}.{name} was {held:.4} and is {now:.4}"))
    });
    worse.collect()
}

#[test]
fn what_becomes_worse_is_named() {
    let of = |figure: f64| Figures::from([("tune".to_owned(), BTreeMap::from([("in_first_3".to_owned(), figure)]))]);
    assert_eq!(worse(&of(0.9), &of(0.8)), ["tune.in_first_3 was 0.9000 and is 0.8000"]);
    assert!(worse(&of(0.9), &of(0.95)).is_empty());
}
