//! Looking for what was answered before among 100,000 replies that were sent: of 10,000 cases with ten replies each.
//!
//! Their terms are mixed from the labelled mails (`tests/kinds/tune`), two mails a reply and with other codes, so that words
//! are as frequent as they are in mails. Measured are the first look, which reads all terms, and later ones: with the
//! question to the database what was sent since, the five likest with their replies and facts, what they share and what has
//! changed. The questions are those mails as they are.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use caseconsult::precedent::{Held, look};
use caseconsult_core::{
    catalog::{self, answer::Desk},
    domain::{
        case::CaseState,
        code::{Code, CodeSystem},
        ids::{CaseId, DraftId, ReplyId},
        tag::CaseTag,
    },
    draft::{self, Brief, Facts, Mail, Templates, ValidRules, kind},
    extract::Reading,
    mail::search_text::SearchText,
    precedent::Terms,
};
use caseconsult_store::{Clock, Db, cases::Case};
use jiff::civil::date;
use sqlx::QueryBuilder;
use uuid::Uuid;

use crate::{
    program::{Backend, Site, percentile},
    support::dovecot::Dovecot,
};

const CASES: usize = 10_000;
const REPLIES_EACH: usize = 10;
const LOOKS: usize = 1_000;

pub(crate) fn measure() {
    let Some(dovecot) = Dovecot::start() else { return };
    let asked = questions();
    for backend in Backend::ALL {
        let Some(site) = Site::new(&dovecot, backend) else { continue };
        site.start(&["cases"]).wait();
        Site::runtime().block_on(async {
            let db = site.db().await;
            fill(&db, &asked).await;
            time(&db, backend, &asked).await;
        });
    }
}

/// The labelled mails: their terms, and their facts by the embedded catalogue.
fn questions() -> Vec<(Terms, Facts)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/kinds/tune");
    let mut names: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let mut questions = Vec::new();
    for name in names {
        for piece in fs::read_to_string(name).unwrap().split("=== ").skip(1) {
            let body = piece.lines().skip(1).filter(|line| !line.starts_with("# ")).collect::<Vec<_>>().join("\n");
            let received = date(2026, 11, 20);
            let reading = Reading::of(&SearchText::plain(&body), catalog::starter(), Some(received));
            let mail = Mail { received, reading: &reading, unread_attachments: &[] };
            let kinds: Vec<_> = kind::of_mail(&reading).iter().map(|asked| asked.kind).collect();
            let tag = CaseTag::of(CaseId::new(Uuid::nil()));
            let (shelf, desk) = (catalog::starter(), Desk::default());
            let facts = draft::facts(&Brief {
                tag: &tag,
                mails: &[mail],
                kinds: &kind::Told::of(&[mail]).kinds,
                shelf,
                accepted: &[],
                desk: &desk,
                house: ValidRules::none(),
            });
            questions.push((Terms::of(&[mail], &kinds, &[]), facts));
        }
    }
    questions
}

/// Half of one mail's terms and half of another's.
fn mixed(asked: &[(Terms, Facts)], at: usize) -> Terms {
    let pick = |salt: usize| &asked[(at.wrapping_mul(2_654_435_761).wrapping_add(salt * 97)) % asked.len()].0;
    let (one, other) = (pick(at), pick(at / 7 + 1));
    let half = |terms: &Terms, from: usize| terms.words.iter().skip(from).step_by(2).cloned().collect::<Vec<_>>();
    let mut terms = Terms { kinds: one.kinds.clone(), words: half(one, 0), ..Terms::default() };
    for word in half(other, 1) {
        if !terms.words.contains(&word) {
            terms.words.push(word);
        }
    }
    for (system, code) in &one.codes {
        let mut text = code.as_str().to_owned();
        if matches!(system, CodeSystem::Cpt | CodeSystem::Hcpcs) {
            text.truncate(text.len().saturating_sub(2));
            text.push_str(&format!("{:02}", at % 100));
        }
        terms.codes.push((*system, Code::normal(*system, &text)));
    }
    terms
}

fn id(kind: u128, number: usize) -> String {
    Uuid::from_u128((kind << 64) + number as u128 + 1).to_string()
}

/// One a minute.
fn sent_at(number: usize) -> i64 {
    number as i64 * 60_000_000
}

macro_rules! rows {
    ($db:expr, $sql:expr, $rows:expr, |$row:ident, $item:ident| $push:block) => {
        for items in $rows.chunks(400) {
            match $db {
                Db::Sqlite { write, .. } => {
                    let mut query = QueryBuilder::<sqlx::Sqlite>::new($sql);
                    query.push_values(items, |mut $row, $item| $push);
                    query.build().execute(write).await.unwrap();
                }
                Db::Postgres { pool, .. } => {
                    let mut query = QueryBuilder::<sqlx::Postgres>::new($sql);
                    query.push_values(items, |mut $row, $item| $push);
                    query.build().execute(pool).await.unwrap();
                }
            }
        }
    };
}

async fn fill(db: &Db, asked: &[(Terms, Facts)]) {
    let cases: Vec<usize> = (0..CASES).collect();
    rows!(
        db,
        "INSERT INTO cases (id, tag, state, detail, asker, asker_name, received_at, updated_at) ",
        cases,
        |row, number| {
            let tag = CaseTag::of(CaseId::new(Uuid::from_u128((1 << 64) + *number as u128 + 1)));
            row.push_bind(id(1, *number))
                .push_bind(format!("{tag}{number}"))
                .push_bind("closed")
                .push_bind("\"closed\"")
                .push_bind("asker@practice.example")
                .push_bind("Pat Example")
                .push_bind(0_i64)
                .push_bind(0_i64);
        }
    );
    let facts: Vec<String> = asked.iter().map(|(_, facts)| serde_json::to_string(facts).unwrap()).collect();
    let templates = Templates::embedded().unwrap();
    let bodies: Vec<String> = asked.iter().map(|(_, facts)| draft::compose(&templates, facts).unwrap()).collect();
    rows!(db, "INSERT INTO drafts (id, case_id, version, body, facts, made_at) ", cases, |row, number| {
        row.push_bind(DraftId::new(Uuid::from_u128((2 << 64) + *number as u128)).to_string())
            .push_bind(id(1, *number))
            .push_bind(1_i64)
            .push_bind(bodies[*number % bodies.len()].as_str())
            .push_bind(facts[*number % facts.len()].as_str())
            .push_bind(0_i64);
    });
    let replies: Vec<usize> = (0..CASES * REPLIES_EACH).collect();
    rows!(
        db,
        "INSERT INTO replies (id, case_id, draft_version, header_id, sender, recipient, bytes, sha256, body, approved_by, \
         approved_at, sent_at) ",
        replies,
        |row, number| {
            row.push_bind(id(3, *number))
                .push_bind(id(1, *number % CASES))
                .push_bind(1_i64)
                .push_bind(format!("<{number}@ours.example>"))
                .push_bind("coder@ours.example")
                .push_bind("asker@practice.example")
                .push_bind(bodies[*number % CASES % bodies.len()].as_bytes())
                .push_bind("")
                .push_bind(bodies[*number % CASES % bodies.len()].as_str())
                .push_bind("kim")
                .push_bind(sent_at(*number))
                .push_bind(sent_at(*number));
        }
    );
    rows!(db, "INSERT INTO precedents (reply_id, case_id, terms, sent_at) ", replies, |row, number| {
        row.push_bind(id(3, *number))
            .push_bind(id(1, *number % CASES))
            .push_bind(serde_json::to_string(&mixed(asked, *number)).unwrap())
            .push_bind(sent_at(*number));
    });
}

async fn time(db: &Db, backend: Backend, asked: &[(Terms, Facts)]) {
    let case = Case {
        id: CaseId::new(Clock::system().id()),
        tag: CaseTag::of(CaseId::new(Uuid::nil())),
        state: CaseState::Drafted,
        version: 1,
        stale: false,
        asker: None,
        asker_name: String::new(),
        subject: String::new(),
        received_at: Clock::system().now(),
        updated_at: Clock::system().now(),
        hint: None,
        claim: None,
        attempts: 0,
        next_try_at: None,
        last_cause: None,
    };
    let held = Held::default();
    let began = Instant::now();
    held.find(db, &Terms::default(), case.id, 1).await.unwrap();
    let first = began.elapsed();
    let mut ranking: Vec<Duration> = Vec::new();
    let mut whole: Vec<Duration> = Vec::new();
    let mut shown = 0;
    for at in 0..LOOKS {
        let (terms, facts) = &asked[at % asked.len()];
        let began = Instant::now();
        let likest: Vec<ReplyId> =
            held.find(db, terms, case.id, 10).await.unwrap().iter().map(|likeness| likeness.reply).collect();
        ranking.push(began.elapsed());
        assert!(!likest.is_empty());
        let began = Instant::now();
        shown += look(&held, db, &case, terms, Some(facts)).await.unwrap().len();
        whole.push(began.elapsed());
    }
    ranking.sort();
    whole.sort();
    let ms = |times: &[Duration], part: f64| percentile(times, part).as_secs_f64() * 1000.0;
    println!(
        "precedents {:<10} {} replies: first look {:.2} s; ranked p50 {:.2} ms, p99 {:.2} ms; \
         with what is shown ({shown} in {LOOKS}) p50 {:.2} ms, p99 {:.2} ms",
        backend.name(),
        CASES * REPLIES_EACH,
        first.as_secs_f64(),
        ms(&ranking, 0.5),
        ms(&ranking, 0.99),
        ms(&whole, 0.5),
        ms(&whole, 0.99)
    );
}
