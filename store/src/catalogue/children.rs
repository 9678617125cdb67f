//! The billable codes below the headers of a shelf. Called where a person is told that a code needs more characters.

use caseconsult_core::{
    catalog::{Child, Children, Entry, Shelf, starter},
    domain::code::{Code, CodeSystem},
};
use jiff::civil::Date;

use crate::{
    Db, StoreError,
    db::{both::both, lookup},
    row::Column,
};

/// Puts what is billable below each header of these days on the shelf. The built-in catalogue holds some codes of a
/// family and not the others: of its headers nothing is told.
///
/// # Errors
/// When the database does not answer.
pub async fn add_children(db: &Db, shelf: &mut Shelf, days: &[Date]) -> Result<(), StoreError> {
    let headers: Vec<Entry> = days.iter().flat_map(|day| shelf.headers(*day)).cloned().collect();
    for header in headers {
        if shelf.children(&header).is_some() {
            continue;
        }
        if starter().editions().into_iter().any(|edition| edition.id == header.edition) {
            continue;
        }
        let children = below(db, &header).await?;
        shelf.add_children(header.edition, header.code.clone(), children);
    }
    Ok(())
}

async fn below(db: &Db, header: &Entry) -> Result<Children, StoreError> {
    let on = db.reader();
    let bytewise = lookup::bytewise(&on);
    // No code has a character beyond ASCII, so all that begin with the header sort before the header with DEL.
    let condition = format!(
        "FROM codes WHERE edition_id = $1 AND system = $2 AND code{bytewise} > $3 AND code{bytewise} < $4 AND billable"
    );
    let named = format!("SELECT code, title {condition} ORDER BY code{bytewise} LIMIT $5");
    let counted = format!("SELECT COUNT(*) {condition}");
    let (edition, system) = (header.edition.to_string(), header.system.as_str());
    let (from, to) = (header.code.as_str(), format!("{}\u{7f}", header.code));
    let shown = i64::try_from(Children::SHOWN).unwrap_or(i64::MAX);
    let (rows, count): (Vec<(String, String)>, i64) = both!(on, pool => {
        let rows = sqlx::query_as(sqlx::AssertSqlSafe(named))
            .bind(&edition)
            .bind(system)
            .bind(from)
            .bind(&to)
            .bind(shown)
            .fetch_all(pool)
            .await?;
        let count = sqlx::query_scalar(sqlx::AssertSqlSafe(counted))
            .bind(&edition)
            .bind(system)
            .bind(from)
            .bind(&to)
            .fetch_one(pool)
            .await?;
        (rows, count)
    });
    let first = rows.into_iter().map(|(code, title)| child(header.system, &code, title)).collect();
    Ok(Children { first, count: Column("codes", "code").count(count)? })
}

fn child(system: CodeSystem, code: &str, title: String) -> Child {
    Child { code: Code::normal(system, code), title }
}
