//! Candidates: codes of the catalogue for what the mails describe in words, shown to the reviewer to accept. What is found
//! is the search's word and nobody's answer: nothing of it stands in a draft before a person takes it.

use std::sync::Arc;

use caseconsult_core::{
    domain::code::{Code, CodeSystem},
    draft::{Described, Facts, Mail},
    extract::Reading,
    search::rank::Asked,
};
use caseconsult_search::Index;
use caseconsult_store::{Db, accepted};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use super::file::CaseFile;
use crate::{
    command::codes::search,
    search::Held,
    web::{
        codes::{search::CodeView, seen},
        failure::Failure,
    },
};

/// Candidates for one thing in one system.
const SHOWN: usize = 5;

/// The panel.
#[derive(Debug, Default, Serialize)]
pub(in crate::web) struct Candidates {
    /// The day for which codes are looked up.
    on: Option<Date>,
    /// The index of the catalogue's wordings is still being made.
    is_being_made: bool,
    groups: Vec<Group>,
    /// What was taken already.
    accepted: Vec<Accepted>,
}

/// One thing that is described, in one code system.
#[derive(Debug, Serialize)]
struct Group {
    words: String,
    system: &'static str,
    codes: Vec<CodeView>,
    /// The same for programs, as `codes search --json` prints it.
    #[serde(skip)]
    lines: Vec<Value>,
}

#[derive(Debug, Serialize)]
struct Accepted {
    class: &'static str,
    system: &'static str,
    /// As forms name it.
    key: &'static str,
    code: String,
}

impl Candidates {
    /// For this case; without a draft, nothing. A panel without groups and without a remark is not shown.
    pub(in crate::web) async fn of(held: &Arc<Held>, db: &Db, file: &CaseFile) -> Result<Self, Failure> {
        let Some(facts) = file.draft.as_ref().and_then(|draft| serde_json::from_str::<Facts>(&draft.facts).ok()) else {
            return Ok(Self::default());
        };
        let taken = accepted::of_case(db, file.case.id).await?;
        let described = described(file, &facts);
        let mut panel = Self {
            accepted: taken.iter().map(|(system, code)| Accepted::new(*system, code)).collect(),
            ..Self::default()
        };
        if described.is_empty() {
            return Ok(panel);
        }
        let on = facts.date.first();
        panel.on = Some(on);
        let internal = |error: anyhow::Error| Failure::Internal(format!("candidates: {error:#}"));
        let Some(index) = held.ready(db).await.map_err(internal)? else {
            panel.is_being_made = true;
            return Ok(panel);
        };
        for one in &described {
            for system in &one.systems {
                let group = Group::of(db, &index, &one.words, *system, on).await.map_err(internal)?;
                panel.groups.push(group);
            }
        }
        Ok(panel)
    }

    /// As JSON: `on`, `index_is_being_made`, `accepted`, and `groups` with the lines of `codes search --json`.
    pub(in crate::web) fn json(&self) -> Value {
        let groups: Vec<Value> = self
            .groups
            .iter()
            .map(|group| serde_json::json!({ "words": group.words, "system": group.system, "codes": group.lines }))
            .collect();
        let accepted: Vec<Value> =
            self.accepted.iter().map(|one| serde_json::json!({ "system": one.key, "code": one.code })).collect();
        serde_json::json!({
            "on": self.on, "index_is_being_made": self.is_being_made, "groups": groups, "accepted": accepted,
        })
    }
}

fn described(file: &CaseFile, facts: &Facts) -> Vec<Described> {
    let read = || file.mails.iter().filter_map(|mail| Some((mail, mail.reading.as_ref()?)));
    let mails: Vec<Mail<'_>> = read()
        .map(|(mail, reading): (_, &Reading)| Mail {
            received: mail.message.received_at.date(),
            reading,
            unread_attachments: &[],
        })
        .collect();
    let kinds: Vec<_> = facts.kinds.iter().map(|asked| asked.kind).collect();
    let names: Vec<&str> = read().map(|(mail, _)| mail.message.sender_name.as_str()).collect();
    Described::all(&mails, &kinds, &names)
}

impl Group {
    async fn of(db: &Db, index: &Index, words: &str, system: CodeSystem, on: Date) -> anyhow::Result<Self> {
        let asked = Asked { on, system: Some(system), billable: true };
        let mut out = Vec::new();
        search::search(db, index, &mut out, words, asked, SHOWN, true).await?;
        let lines: Vec<Value> =
            String::from_utf8_lossy(&out).lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        let codes: Vec<CodeView> = lines.iter().filter_map(CodeView::of).take(SHOWN).collect();
        let lines = lines.into_iter().filter(|line| line.get("code").is_some()).take(SHOWN).collect();
        Ok(Self { words: words.to_owned(), system: system.title(), codes, lines })
    }
}

impl Accepted {
    fn new(system: CodeSystem, code: &Code) -> Self {
        Self { class: seen::class(system), system: system.title(), key: system.as_str(), code: code.to_string() }
    }
}
