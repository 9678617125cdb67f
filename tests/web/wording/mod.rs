//! Drafts that a model phrases.
//!
//! | module | what it shows |
//! |---|---|
//! | `injection` | mails that instruct the program, and a model that obeys them |
//! | `trouble` | a model that is down, slow, cut off, or says nonsense |
//! | `page` | what the reviewer sees of it, and the way back |

mod injection;
mod page;
mod trouble;

use caseconsult_core::domain::{ids::CaseId, tag::CaseTag};
use caseconsult_store::{cases, drafts, drafts::Draft};

use super::{
    house::{ASKER, House},
    work,
};

/// A question that the embedded catalogue answers: a code that ended, on a day after that.
const ANSWERED: &str = "Medicare, office, DOS 11/12/2026: is C9166 still valid, or has it been deleted?";

/// The header lines of a mail from the asker.
fn head(house: &House) -> String {
    format!(
        "From: Pat Rivera <{ASKER}>\r\nTo: coder@consult.example.test\r\nMessage-ID: <{}@clinic.example.test>\r\n\
         Date: Fri, 20 Nov 2026 10:00:00 +0000\r\n",
        house.clock.id()
    )
}

/// A mail of this text through the door.
async fn taken_in(house: &House, text: &str) -> CaseId {
    let raw =
        format!("{}Subject: a question\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n", head(house));
    house.take_in(&raw).await
}

/// The same, drafted by this model.
async fn drafted(
    house: &House,
    text: &str,
    writer: Option<std::sync::Arc<caseconsult_workers::wording::Writer>>,
) -> CaseTag {
    let case = taken_in(house, text).await;
    work::run_worded(house, case, writer).await;
    cases::get(&house.db, case).await.unwrap().tag
}

async fn newest(house: &House, tag: &CaseTag) -> Draft {
    let case = cases::find(&house.db, tag).await.unwrap();
    drafts::latest(&house.db, case.id).await.unwrap().unwrap()
}
