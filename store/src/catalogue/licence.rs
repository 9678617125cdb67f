//! Who accepted which terms for this installation. Asked before a licensed file is taken in.

use caseconsult_core::{catalog::Terms, domain::instant::Instant};

use crate::{
    Clock, Db, StoreError,
    db::{both::both, text::storable},
    row::Column,
};

/// Terms that were accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// Which.
    pub terms: Terms,
    /// By whom, in their own words.
    pub accepted_by: String,
    /// When.
    pub accepted_at: Instant,
}

/// All that were accepted.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn licences(db: &Db) -> Result<Vec<Licence>, StoreError> {
    const ALL: &str = "SELECT terms, accepted_by, accepted_at FROM licences ORDER BY terms";
    let rows: Vec<(String, String, i64)> = both!(db.reader(), pool => sqlx::query_as(ALL).fetch_all(pool).await?);
    rows.into_iter()
        .map(|(terms, accepted_by, accepted_at)| {
            let terms = Column("licences", "terms").name(Terms::read, &terms)?;
            Ok(Licence { terms, accepted_by, accepted_at: Instant::from_micros(accepted_at) })
        })
        .collect()
}

/// Records that terms were accepted. Who accepted them first stays on record.
///
/// # Errors
/// When the database refuses.
pub async fn accept(db: &Db, clock: &Clock, terms: Terms, by: &str) -> Result<(), StoreError> {
    const ADD: &str =
        "INSERT INTO licences (terms, accepted_by, accepted_at) VALUES ($1, $2, $3) ON CONFLICT (terms) DO NOTHING";
    let mut tx = db.begin_durable().await?;
    both!(tx.connection(), conn => {
        sqlx::query(ADD)
            .bind(terms.as_str())
            .bind(storable(by).as_ref())
            .bind(clock.now().micros())
            .execute(conn)
            .await?;
    });
    tx.commit().await
}
