//! `caseconsult doctor`: tries everything that the configuration names, one line each, and changes nothing: no mail
//! is marked, none is sent, and no database is brought up to date.

use std::{fmt::Display, process::ExitCode, time::Duration};

use caseconsult_core::{
    catalog,
    draft::{HouseBook, samples, wording::Statements},
};
use caseconsult_store::{Clock, Db, StoreError, catalogue, users};
use caseconsult_workers::{
    imap::{self, ImapError, mailbox::MailboxName},
    settings::{ImapSettings, SmtpSettings, Transport},
    smtp,
    wording::{Trouble, Writer},
};
use clap::Args;
use jiff::civil::Date;

use crate::{
    config::{Config, ConfigError},
    process::open,
};

/// Check the configuration and everything that it names.
#[derive(Debug, Args)]
pub struct Doctor {}

/// Longest time for one check: a person waits.
const PATIENCE: Duration = Duration::from_secs(20);

/// Prints one line a check; the exit code says whether all went well.
///
/// # Errors
/// None: what is wrong is a line.
pub async fn run(_: &Doctor, config: Result<Config, ConfigError>) -> anyhow::Result<ExitCode> {
    let mut report = Report::default();
    match config {
        Err(error) => report.wrong("configuration", &error),
        Ok(config) => {
            report.fine("configuration", "read");
            identity(&mut report, &config);
            database(&mut report, &config).await;
            mailbox(&mut report, &config).await;
            delivery(&mut report, &config).await;
            report.check("templates", open::templates(&config).map(|_| "all sections can be written"));
            wording(&mut report, &config).await;
            house_rules(&mut report, &config, Clock::system().now().date());
            report.check("web", config.web.check().map(|()| format!("listens on {}", config.web.listen)));
        }
    }
    Ok(if report.wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[derive(Default)]
struct Report {
    wrong: u32,
}

impl Report {
    fn fine(&self, what: &str, words: impl Display) {
        println!("ok     {what:<14} {words}");
    }

    /// Works, and an operator may want to know.
    fn note(&self, what: &str, words: impl Display) {
        println!("note   {what:<14} {words}");
    }

    fn wrong(&mut self, what: &str, words: impl Display) {
        self.wrong += 1;
        println!("WRONG  {what:<14} {words}");
    }

    fn check<T: Display, E: Display>(&mut self, what: &str, result: Result<T, E>) {
        match result {
            Ok(words) => self.fine(what, words),
            Err(error) => self.wrong(what, format!("{error:#}")),
        }
    }
}

fn identity(report: &mut Report, config: &Config) {
    report.check("identity", config.identity.address().map(|address| address.as_str().to_owned()));
    report.check("secret", config.identity.secret().map(|_| "long enough"));
}

async fn database(report: &mut Report, config: &Config) {
    let db = match Db::open(&config.database.settings()).await {
        Ok(db) => db,
        Err(error) => return report.wrong("database", error),
    };
    match schema(&db).await {
        Ok(words) => report.fine("database", words),
        Err(error) => return report.wrong("database", error),
    }
    match users::list(&db).await {
        Ok(people) if people.iter().any(|person| !person.disabled) => {
            report.fine("accounts", format!("{} may sign in", people.iter().filter(|person| !person.disabled).count()));
        }
        Ok(_) => report.note("accounts", "nobody may sign in yet: caseconsult user add NAME"),
        // An empty database has no tables before the first start.
        Err(_) => report.note("accounts", "will be made at the first start"),
    }
    if let Ok(editions) = catalogue::editions(&db).await {
        catalogue_age(report, &editions, Clock::system().now().date());
    }
}

async fn schema(db: &Db) -> Result<String, StoreError> {
    db.ping().await?;
    let (found, known) = db.schema().await?;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    Ok(if found == known {
        format!("answers, schema version {known}")
    } else {
        format!("answers, schema version {found}; the next start brings it to {known}")
    })
}

/// Every mistake, and what is worth looking at in rules that have none.
fn house_rules(report: &mut Report, config: &Config, today: Date) {
    let files = match config.replies.house_files() {
        Ok(files) => files,
        Err(error) => return report.wrong("house rules", error),
    };
    if files.is_empty() {
        return;
    }
    let (book, errors) = HouseBook::read(files);
    if errors.is_empty() {
        let (rules, snippets) = (book.rules().len(), book.snippets().len());
        let valid = book.rules().iter().filter(|rule| rule.is_valid_on(today)).count();
        let noun = if snippets == 1 { "snippet" } else { "snippets" };
        report.fine("house rules", format!("{valid} of {rules} rules are valid today; {snippets} {noun}"));
    }
    for error in errors {
        report.wrong("house rules", error);
    }
    for doubt in book.doubts(today) {
        report.note("house rules", doubt);
    }
}

/// A code set that does not cover today answers yesterday's questions.
fn catalogue_age(report: &mut Report, editions: &[catalog::Edition], today: Date) {
    if editions.is_empty() {
        return report.note("catalogue", "only the starter catalogue: caseconsult codes import FILES…");
    }
    for edition in editions {
        let words = format!("{}, {}, {} codes", edition.name, edition.effective, edition.rows);
        if edition.effective.to.is_some_and(|to| to < today) {
            report.note("catalogue", format!("{words}; it has ended: import its successor"));
        } else {
            report.fine("catalogue", words);
        }
    }
}

async fn mailbox(report: &mut Report, config: &Config) {
    match &config.intake.imap {
        Some(section) => match section.settings() {
            Ok(settings) => {
                let tried = tokio::time::timeout(PATIENCE, try_mailbox(&settings)).await;
                report.check("mailbox", flat(tried));
            }
            Err(error) => report.wrong("mailbox", error),
        },
        None if config.intake.maildir.is_none() => {
            report.wrong("mailbox", "there is none: add [intake.imap] or [intake.maildir]");
        }
        None => {}
    }
    if let Some(maildir) = &config.intake.maildir {
        let new = maildir.path.join("new");
        report.check(
            "maildir",
            std::fs::read_dir(&new)
                .map(|entries| format!("{} new", entries.count()))
                .map_err(|error| format!("cannot read {}: {error}", new.display())),
        );
    }
}

async fn delivery(report: &mut Report, config: &Config) {
    match config.delivery.transport() {
        Err(error) => report.wrong("delivery", error),
        Ok(None) => report.wrong("delivery", "there is none: add [delivery.smtp], or [delivery.folder] to try out"),
        Ok(Some(Transport::Smtp(settings))) => {
            let tried = tokio::time::timeout(PATIENCE, try_delivery(&settings)).await;
            report.check("delivery", flat(tried));
        }
        Ok(Some(Transport::Folder(path))) => {
            report.note("delivery", format!("replies become files in {} and go nowhere", path.display()));
        }
    }
}

/// Has the model phrase an invented sample, as it would a draft.
async fn wording(report: &mut Report, config: &Config) {
    match open::writer(config) {
        Ok(None) => {}
        Ok(Some(writer)) => match try_wording(&writer).await {
            Ok(words) => report.fine("wording", words),
            Err(trouble) => report.wrong("wording", trouble),
        },
        Err(error) => report.wrong("wording", format!("{error:#}")),
    }
}

/// What comes of a sample; the settings bound its time.
async fn try_wording(writer: &Writer) -> Result<String, Trouble> {
    let statements = samples::all().iter().rev().find_map(|sample| Statements::of(&sample.facts)).unwrap_or_default();
    let wording = writer.wording(&statements, Clock::system().now()).await?;
    Ok(format!(
        "{} phrased a sample: {} sentences taken, {} dropped",
        writer.model(),
        wording.kept,
        wording.dropped.len()
    ))
}

/// Signs in and opens every mailbox that is named; nothing in them changes.
async fn try_mailbox(settings: &ImapSettings) -> Result<String, ImapError> {
    let mut session = imap::connect(settings).await?;
    for name in [&settings.done_mailbox, &settings.sent_mailbox].into_iter().flatten() {
        session.select(&MailboxName::new(name)?).await?;
    }
    let selected = session.select(&MailboxName::new(&settings.mailbox)?).await?;
    Ok(format!("signed in, {} holds {} mails", settings.mailbox, selected.exists))
}

/// Signs in; no mail is offered.
async fn try_delivery(settings: &SmtpSettings) -> Result<&'static str, String> {
    match smtp::open(settings).await {
        Ok(_) => Ok("signed in, the server takes mail"),
        Err(failure) => Err(failure.to_string()),
    }
}

fn flat<T, E: Display>(tried: Result<Result<T, E>, tokio::time::error::Elapsed>) -> Result<T, String> {
    match tried {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err(format!("no answer within {} s", PATIENCE.as_secs())),
    }
}
