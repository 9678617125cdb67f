//! `codes licence`: who accepted the terms of licensed files, and when. Without that such files are refused.

use std::io::{self, Write};

use anyhow::bail;
use caseconsult_core::catalog::Terms;
use caseconsult_store::{
    Clock, Db,
    catalogue::licence::{self, Licence},
};
use serde_json::json;

/// Sees that the terms of a release, if it has any, were accepted; `accepted_by` accepts them with this call.
///
/// # Errors
/// Names the terms, and how to accept them.
pub(super) async fn check(
    db: &Db,
    clock: &Clock,
    terms: Option<Terms>,
    accepted_by: Option<&str>,
    dry_run: bool,
) -> anyhow::Result<()> {
    let Some(terms) = terms else { return Ok(()) };
    if dry_run || licence::licences(db).await?.iter().any(|licence| licence.terms == terms) {
        return Ok(());
    }
    let Some(name) = accepted_by else {
        let word = terms.as_str();
        bail!(
            "this file comes under {}. Nobody has accepted that yet: `caseconsult codes licence accept {word} --by NAME`, \
             or import with --accept-licence NAME",
            terms.title()
        );
    };
    accept(db, clock, terms, name).await
}

/// Records that `by` accepted these terms.
///
/// # Errors
/// When no name is given, or the database refuses.
pub async fn accept(db: &Db, clock: &Clock, terms: Terms, by: &str) -> anyhow::Result<()> {
    if by.trim().is_empty() {
        bail!("say who accepts the terms");
    }
    Ok(licence::accept(db, clock, terms, by.trim()).await?)
}

/// All terms, and who accepted which.
///
/// # Errors
/// When the database cannot be read or nothing can be written to `out`.
pub async fn print(db: &Db, out: &mut (dyn Write + Send), as_json: bool) -> anyhow::Result<()> {
    let accepted = licence::licences(db).await?;
    for terms in Terms::ALL {
        let licence = accepted.iter().find(|licence| licence.terms == terms);
        if as_json {
            let (by, at) = (licence.map(|licence| &licence.accepted_by), licence.map(|l| l.accepted_at.to_string()));
            writeln!(out, "{}", json!({ "terms": terms, "accepted_by": by, "accepted_at": at }))?;
        } else {
            print_one(out, terms, licence)?;
        }
    }
    Ok(())
}

fn print_one(out: &mut dyn Write, terms: Terms, licence: Option<&Licence>) -> io::Result<()> {
    writeln!(out, "{}: {}", terms.as_str(), terms.title())?;
    match licence {
        Some(licence) => writeln!(out, "    accepted by {} on {}", licence.accepted_by, licence.accepted_at),
        None => writeln!(out, "    not accepted"),
    }
}
