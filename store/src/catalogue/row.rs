//! An edition and an entry as rows.

use caseconsult_core::{
    catalog::{Dataset, Descriptor, Edition, Entry, Interval, TextSource},
    domain::{
        code::{Code, CodeSystem},
        instant::Instant,
    },
};
use jiff::civil::Date;

use super::look::found;
use crate::{StoreError, row::Column};

/// The columns that [`EditionRow`] reads.
macro_rules! edition_columns {
    () => {
        "id, dataset, name, publisher, effective_from, effective_to, sha256, file_name, code_rows, rejected, imported_at"
    };
}
pub(super) use edition_columns;

#[derive(sqlx::FromRow)]
pub(super) struct EditionRow {
    id: String,
    dataset: String,
    name: String,
    publisher: String,
    effective_from: String,
    effective_to: Option<String>,
    sha256: String,
    file_name: String,
    code_rows: i64,
    rejected: i64,
    imported_at: i64,
}

impl TryFrom<EditionRow> for Edition {
    type Error = StoreError;

    fn try_from(row: EditionRow) -> Result<Self, StoreError> {
        let column = |name| Column("editions", name);
        Ok(Self {
            id: column("id").read(&row.id)?,
            dataset: column("dataset").name(Dataset::read, &row.dataset)?,
            name: row.name,
            publisher: row.publisher,
            effective: Interval {
                from: column("effective_from").read(&row.effective_from)?,
                to: column("effective_to").read_some::<Date>(row.effective_to.as_deref())?,
            },
            sha256: column("sha256").read(&row.sha256)?,
            file_name: row.file_name,
            rows: column("code_rows").count(row.code_rows)?,
            rejected: column("rejected").count(row.rejected)?,
            imported_at: Instant::from_micros(row.imported_at),
        })
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct EntryRow {
    edition_id: String,
    system: String,
    code: String,
    title: String,
    short_title: String,
    source: String,
    billable: bool,
    valid_from: String,
    valid_to: Option<String>,
    see_also: String,
}

found!(EntryRow {
    1 edition_id,
    2 system,
    3 code,
    4 title,
    5 short_title,
    6 source,
    7 billable,
    8 valid_from,
    9 valid_to,
    10 see_also,
});

impl EntryRow {
    /// Its system and code as stored, by which rows of an edition are paged.
    pub(super) fn place(&self) -> (String, String) {
        (self.system.clone(), self.code.clone())
    }
}

impl TryFrom<EntryRow> for Entry {
    type Error = StoreError;

    fn try_from(row: EntryRow) -> Result<Self, StoreError> {
        let column = |name| Column("codes", name);
        let system = column("system").name(CodeSystem::read, &row.system)?;
        Ok(Self {
            edition: column("edition_id").read(&row.edition_id)?,
            system,
            code: Code::normal(system, &row.code),
            title: Descriptor { text: row.title, source: column("source").name(TextSource::read, &row.source)? },
            short_title: row.short_title,
            billable: row.billable,
            valid: Interval {
                from: column("valid_from").read(&row.valid_from)?,
                to: column("valid_to").read_some::<Date>(row.valid_to.as_deref())?,
            },
            see_also: row.see_also.split_whitespace().map(|code| Code::normal(system, code)).collect(),
        })
    }
}

/// Codes as one text, between blanks: no code holds one.
pub(super) fn codes(codes: &[Code]) -> String {
    codes.iter().map(Code::as_str).collect::<Vec<_>>().join(" ")
}
