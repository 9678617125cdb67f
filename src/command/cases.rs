//! `caseconsult cases`, `show`, `approve`: the review queue for scripts. The same rules as on the pages: a claim is
//! taken, findings block, a stale case is refused.
//!
//! `cases --json` prints one object a line: `tag`, `state`, `stale`, `received` (UTC), `asker` (masked), `cause`.
//! `show --json` adds `mails`, `draft`, `replies` (each with `state` of its tries), `history` and `answered_before`: replies
//! that were sent to questions like this one, with what they share and what has changed since, masked.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context as _, bail};
use caseconsult_core::{
    domain::{case::CaseState, tag::CaseTag},
    draft::guard::{Finding, Override, Rule, Severity},
};
use caseconsult_store::{
    Clock, Db,
    cases::{self, Case, Filter},
    drafts, events, replies, users,
};
use clap::Args;
use serde_json::{Value, json};

use crate::{
    config::Config,
    precedent::{self, Answered},
    process::open,
    review::{self, ReviewError},
};

/// List cases.
#[derive(Debug, Args)]
pub struct List {
    /// Only cases in this state: received, extracted, drafted, in_review, approved, sending, sent, uncertain,
    /// undeliverable, awaiting_asker, held, ignored, closed.
    #[arg(long, value_parser = CaseState::NAMES.to_vec())]
    state: Vec<String>,
    /// At most so many.
    #[arg(long, default_value_t = 1_000)]
    limit: i64,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Show one case.
#[derive(Debug, Args)]
pub struct Show {
    /// Its tag, e.g. CC-7F3K2QAB.
    tag: String,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

/// Approve a case's reply: claims it, checks it, and queues exactly these bytes for sending.
#[derive(Debug, Args)]
pub struct Approve {
    /// The case's tag.
    tag: String,
    /// Who approves.
    #[arg(long)]
    by: String,
    /// The reply's text, or - for standard input; without it the newest draft as it is.
    #[arg(long)]
    body: Option<PathBuf>,
    /// Override a finding: RULE=REASON. The reason is recorded.
    #[arg(long = "override", value_name = "RULE=REASON")]
    overrides: Vec<String>,
}

/// Prints the list.
///
/// # Errors
/// When the database cannot be used.
pub async fn list(options: &List, config: &Config) -> anyhow::Result<()> {
    let db = open::database(config).await?;
    let states =
        CaseState::NAMES.into_iter().filter(|name| options.state.iter().any(|wanted| wanted == name)).collect();
    for case in cases::list(&db, &Filter { states, limit: options.limit, offset: 0 }).await? {
        if options.json {
            println!("{}", row(&case));
        } else {
            let asker = case.asker.as_ref().map_or_else(|| "nobody".to_owned(), ToString::to_string);
            let stale = if case.stale { "new mail" } else { "" };
            println!("{}  {:<14} {}  {asker:<32} {stale}", case.tag, case.state.name(), case.received_at);
        }
    }
    Ok(())
}

fn row(case: &Case) -> Value {
    json!({
        "tag": case.tag,
        "state": case.state.name(),
        "stale": case.stale,
        "received": case.received_at.timestamp(),
        "asker": case.asker.as_ref().map(ToString::to_string),
        "cause": case.last_cause.as_ref().map(ToString::to_string),
    })
}

/// Prints the case.
///
/// # Errors
/// When the database cannot be used or there is no such case.
pub async fn show(options: &Show, config: &Config) -> anyhow::Result<()> {
    let db = open::database(config).await?;
    let case = find(&db, &options.tag).await?;
    let draft = drafts::latest(&db, case.id).await?;
    if options.json {
        println!("{}", whole(&db, &case, draft.map(|draft| draft.body), &answered_before(&db, &case).await?).await?);
        return Ok(());
    }
    println!("{}  {}  received {}", case.tag, case.state.name(), case.received_at);
    if let CaseState::Held { reason } = &case.state {
        println!("held: {reason}");
    }
    for event in events::of_case(&db, case.id).await? {
        println!("  {}  {}", event.at, event.what);
    }
    match draft {
        Some(draft) => println!("\n{}", draft.body),
        None => println!("\nThere is no draft yet."),
    }
    for answered in answered_before(&db, &case).await? {
        println!("\nanswered before: {} sent {}, likeness {}", answered.case, answered.sent, answered.likeness);
        for change in &answered.changes {
            println!("  changed since: {}", change.words);
        }
        for line in answered.answer.lines().filter(|line| !line.trim().is_empty()) {
            println!("  {line}");
        }
    }
    Ok(())
}

async fn answered_before(db: &Db, case: &Case) -> anyhow::Result<Vec<Answered>> {
    let (terms, facts) = precedent::of_case(db, case).await?;
    Ok(precedent::look(&precedent::Held::default(), db, case, &terms, facts.as_ref()).await?)
}

async fn whole(db: &Db, case: &Case, draft: Option<String>, answered: &[Answered]) -> anyhow::Result<Value> {
    let mut value = row(case);
    let mut sent = Vec::new();
    for reply in replies::of_case(db, case.id).await? {
        let attempts = replies::attempts(db, reply.id).await?;
        let tries: Vec<_> =
            attempts.iter().map(|attempt| json!({"outcome": attempt.outcome, "server": attempt.reply_text})).collect();
        sent.push(json!({"message_id": reply.header_id, "sha256": reply.sha256, "tries": tries}));
    }
    let history: Vec<_> = events::of_case(db, case.id)
        .await?
        .iter()
        .map(|event| json!({"at": event.at.timestamp(), "what": event.what}))
        .collect();
    value["mails"] = json!(cases::messages(db, case.id).await?.len());
    value["draft"] = json!(draft);
    value["replies"] = json!(sent);
    value["history"] = json!(history);
    value["answered_before"] = json!(answered);
    Ok(value)
}

async fn find(db: &Db, tag: &str) -> anyhow::Result<Case> {
    let tag = CaseTag::read(tag).with_context(|| format!("{tag:?} is no case tag: they look like CC-7F3K2QAB"))?;
    cases::find(db, &tag).await.with_context(|| format!("{tag}"))
}

/// Approves; findings that block are printed and make the exit code non-zero.
///
/// # Errors
/// When the case cannot be claimed or has changed, or the database cannot be used.
pub async fn approve(options: &Approve, config: &Config) -> anyhow::Result<ExitCode> {
    let clock = Clock::system();
    let context = open::context(config, &clock).await?;
    let desk = open::desk(config, &context);
    let person = users::by_name(&desk.db, &options.by)
        .await?
        .filter(|person| !person.disabled)
        .with_context(|| format!("there is no reviewer named {:?}: see caseconsult user list", options.by))?;
    let case = find(&desk.db, &options.tag).await?;
    let body = match &options.body {
        Some(file) => String::from_utf8(super::draft::read(file)?).context("the reply's text is not UTF-8")?,
        None => drafts::latest(&desk.db, case.id).await?.context("there is no draft yet")?.body,
    };
    let overrides = options.overrides.iter().map(|text| read_override(text)).collect::<anyhow::Result<Vec<_>>>()?;
    let case = review::claim(&desk, case.id, person.id, false).await?;
    match review::approve(&desk, &case, person.id, &body, &overrides).await {
        Ok(case) => {
            println!("{} is approved and queued", case.tag);
            Ok(ExitCode::SUCCESS)
        }
        Err(ReviewError::Findings(findings)) => {
            for finding in &findings {
                print_finding(finding);
            }
            eprintln!(
                "caseconsult: nothing was approved: mend the text, or override each rule with --override RULE=REASON"
            );
            Ok(ExitCode::FAILURE)
        }
        Err(error) => Err(error.into()),
    }
}

fn print_finding(finding: &Finding) {
    let weight = match finding.severity {
        Severity::Hard => "blocks",
        Severity::Soft => "warns",
    };
    println!("{:<12} {weight}: {} {}", finding.rule, finding.message, finding.remedy);
}

fn read_override(text: &str) -> anyhow::Result<Override> {
    let Some((rule, reason)) = text.split_once('=') else { bail!("--override {text:?}: the form is RULE=REASON") };
    let rule = Rule::read(rule).with_context(|| format!("--override {text:?}: there is no rule {rule:?}"))?;
    Ok(Override { rule, reason: reason.trim().to_owned() })
}
