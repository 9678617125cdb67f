//! `caseconsult draft`: the draft for one mail at once, with nothing stored.
//!
//! With `--json` it prints what was read and what follows from it:
//!
//! | field | holds |
//! |---|---|
//! | `file` | as named on the command line |
//! | `text` | the text that was searched: subject, body, then what the attachments say |
//! | `mentions` | `start`, `end` (Unicode code points of `text`), `system` (`CPT`, `HCPCS`, `ICD10CM`, `ICD10PCS`, `ICD9`, `MODIFIER`, `DRG`, `REV`, `NDC`), `code` (normal form, a range as `A-B`), `modifiers`, `units` (or null), `place` (`subject`, `new`, `quoted`, `signature`, `forwarded`, `attachment`), `location` (within that place: the attachment's name with its page, or its sheet and cell; `table cell, column units` of a table in the text; else empty), `status`, `confidence`, `reasons` |
//! | `attachments` | `name`, `content_type`, `kind`, `size` (bytes), `note` (why it is not, or not wholly, in `text`; null when it is) and `says` (the same in words) |
//! | `dates` | dates of service: `start`, `end`, `from`, `to`, `cue` (`named`, `done`, `surgery`, `beside_code`, `alone`, `planned`), `inferred` |
//! | `said` | what is said around the codes, each with `start` and `end`; the lists are named below |
//! | `identifiers` | what may identify a patient: `start`, `end`, `kind` (`name`, `address`, `zip`, `date`, `age`, `phone`, `medical_record`, …), `confidence` (`certain`, `likely`), `reason` |
//! | `facts` | every statement that the draft may make, with its source |
//! | `draft` | the reply's source text |
//!
//! The lists of `said`, each in the order of the text:
//!
//! | list | of |
//! |---|---|
//! | `denials` | `list` (`carc`, `rarc`), `group` (`CO`, `PR`, `OA`, `PI`, `CR` or null), `code`, `line` (the procedure it stands by, or null) |
//! | `payers` | `kind` (`medicare`, `medicare_advantage`, `medicaid`, `commercial`, `tricare`, `va`, `workers_comp`, `auto`, `self_pay`), `name`, `state` (postal letters, or null) |
//! | `states` | `state` |
//! | `places` | `setting` (`office`, `emergency`, …), `pos` (two digits when written, or null) |
//! | `claims` | `claim` (`practitioner`, `facility`) |
//! | `sides` | `side` (`right`, `left`, `both` or null), `modifier` (of a finger, toe, eyelid or coronary artery, or null) |
//! | `sameness` | `of` (`session`, `day`, `visit`, `provider`, `incision`, `lesion`, `site`), `same` |
//! | `roles`, `patients` | `role` (`assistant`, `co_surgeon`, …); `patient` (`new`, `established`) |
//! | `minutes`, `quantities` | `minutes`; `amount`, `unit` (`mg`, `mcg`, `g`, `mL`, `U`, `vial`, …), `wasted` |
//! | `items` | the questions when there are several: `asks`, `codes` |

use std::{
    borrow::Cow,
    io::Read as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use caseconsult_core::{
    catalog::{self, Shelf, answer::Desk},
    domain::{
        code::{Code, CodeSystem},
        ids::CaseId,
        tag::CaseTag,
    },
    draft::{self, Brief, Facts, Mail, Wanted, kind::Told},
    extract::{self, DateJson, MentionJson, Reading, Said},
    identifier::{IdentifierJson, identifiers_json, of_reading},
    mail::{
        head::Head,
        message::{Attachment, Message, Unreadable},
        token::ThreadKey,
    },
};
use caseconsult_store::{Clock, Db, catalogue};
use caseconsult_workers::attachments::Reader;
use clap::Args;
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    config::Config,
    process::open::{house, templates},
};

/// Print the draft for one mail, without storing anything.
#[derive(Debug, Args)]
pub struct Draft {
    /// The mail, or - for standard input.
    file: PathBuf,
    /// Print mentions, facts and draft as JSON.
    #[arg(long)]
    json: bool,
    /// The day the mail arrived, in place of its Date header.
    #[arg(long, value_name = "YYYY-MM-DD")]
    received: Option<Date>,
}

#[derive(Serialize)]
struct Line<'a> {
    file: String,
    text: &'a str,
    mentions: Vec<MentionJson>,
    attachments: Vec<AttachmentLine<'a>>,
    dates: Vec<DateJson>,
    said: Said,
    identifiers: Vec<IdentifierJson>,
    facts: &'a Facts,
    draft: &'a str,
}

#[derive(Serialize)]
struct AttachmentLine<'a> {
    #[serde(flatten)]
    attachment: &'a Attachment,
    says: String,
}

impl<'a> AttachmentLine<'a> {
    fn new(attachment: &'a Attachment) -> Self {
        Self { attachment, says: attachment.note.as_ref().map(ToString::to_string).unwrap_or_default() }
    }
}

/// Prints the draft.
///
/// # Errors
/// When the mail cannot be read as one; the message says what was found.
pub async fn run(options: &Draft, config: &Config) -> anyhow::Result<()> {
    let clock = Clock::system();
    let raw = read(&options.file)?;
    let message = open(&raw).with_context(|| format!("{} cannot be read as a mail", options.file.display()))?;
    // No case is made, so nobody's signature has to be recognised.
    let head = Head::read(&raw, &ThreadKey::new(&[]), &[]);
    let received = options.received.or(head.sent_at.map(|sent| sent.date())).unwrap_or_else(|| clock.now().date());
    let books = Books::open(config).await?;
    let mut shelf = books.shelf(&extract::candidates(&message.text)).await?;
    let reading = Reading::of(&message.text, &*shelf, Some(received));
    let tag = CaseTag::of(CaseId::new(clock.id()));
    let unread = message.unread();
    let mail = Mail { received, reading: &reading, unread_attachments: &unread };
    let mails = [mail];
    let kinds = Told::of(&mails).kinds;
    let wanted = Wanted::for_mails(&mails, &kinds);
    let desk = books.desk(&wanted).await?;
    books.add_children(&mut shelf, &wanted.days).await?;
    let house = house(config)?;
    let house = house.valid_on(clock.now().date());
    let facts = draft::facts(&Brief {
        tag: &tag,
        mails: &mails,
        kinds: &kinds,
        shelf: &shelf,
        accepted: &[],
        desk: &desk,
        house,
    });
    let body = draft::compose(&templates(config)?, &facts)?;
    if options.json {
        let line = Line {
            file: options.file.display().to_string(),
            text: &reading.text,
            mentions: reading.mentions_json(),
            attachments: message.attachments.iter().map(AttachmentLine::new).collect(),
            dates: reading.dates_json(),
            said: reading.said_json(),
            identifiers: identifiers_json(&reading.text, &of_reading(&reading, &[])),
            facts: &facts,
            draft: &body,
        };
        println!("{}", serde_json::to_string_pretty(&line)?);
    } else {
        println!("{body}");
    }
    Ok(())
}

/// Reads the mail with its attachments, as the extract step does.
fn open(raw: &[u8]) -> Result<Message, Unreadable> {
    tokio::task::block_in_place(|| Message::open(raw, &Reader::own().of_case()))
}

/// The bytes of a file, or of standard input for `-`.
pub(super) fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if file.as_os_str() == "-" {
        std::io::stdin().read_to_end(&mut bytes).context("cannot read standard input")?;
    } else {
        bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    }
    Ok(bytes)
}

/// The catalogue at hand: that of the configured database where there is one, else the embedded one.
pub(super) enum Books {
    Embedded,
    Database(Db),
}

impl Books {
    /// Opens the configured database when it exists already; makes none.
    pub(super) async fn open(config: &Config) -> anyhow::Result<Self> {
        let url = &config.database.url;
        let missing =
            url.strip_prefix("sqlite:").is_some_and(|path| !Path::new(path.trim_start_matches("//")).exists());
        if missing {
            return Ok(Self::Embedded);
        }
        let db = Db::open(&config.database.settings()).await?;
        match db.schema().await? {
            (found, known) if found == known => Ok(Self::Database(db)),
            (0, _) => Ok(Self::Embedded),
            (found, known) => bail!(
                "the database has schema version {found}, this program wants {known}: start it once with serve or work"
            ),
        }
    }

    /// What it says of these codes.
    pub(super) async fn shelf(&self, codes: &[(CodeSystem, Code)]) -> anyhow::Result<Cow<'static, Shelf>> {
        Ok(match self {
            Self::Embedded => Cow::Borrowed(catalog::starter()),
            Self::Database(db) => Cow::Owned(catalogue::shelf(db, codes).await?),
        })
    }

    /// What is billable below the headers of these days; of the embedded ones nothing is told.
    async fn add_children(&self, shelf: &mut Cow<'static, Shelf>, days: &[Date]) -> anyhow::Result<()> {
        if let Self::Database(db) = self {
            catalogue::add_children(db, shelf.to_mut(), days).await?;
        }
        Ok(())
    }

    /// What its edit tables say of them; the embedded one has none.
    async fn desk(&self, wanted: &Wanted) -> anyhow::Result<Desk> {
        Ok(match self {
            Self::Embedded => Desk::default(),
            Self::Database(db) => catalogue::desk(db, &wanted.tables, &wanted.keys, &wanted.days).await?,
        })
    }
}
