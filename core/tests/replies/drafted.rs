//! One labelled mail → the facts and the draft that a fresh installation makes of it.

use std::{path::PathBuf, sync::LazyLock};

use caseconsult_core::{
    catalog::{self, answer::Desk},
    domain::{ids::CaseId, tag::CaseTag},
    draft::{Brief, Facts, Mail, Templates, ValidRules, compose, facts},
};
use uuid::Uuid;

use crate::mails::{self, Labelled};

static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| Templates::embedded().unwrap());

/// The folder of the mails.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/kinds")
}

/// The mails of a share: `tune` may be read, of `unopened` only figures are printed.
pub(crate) fn share(name: &str) -> Vec<Labelled> {
    mails::share(&folder().join(name)).unwrap_or_else(|error| panic!("{error}"))
}

/// The facts of a mail, and its draft.
pub(crate) fn drafted(mail: &Labelled) -> (Facts, String) {
    let reading = mail.reading();
    let mails = [Mail { received: mails::RECEIVED, reading: &reading, unread_attachments: &[] }];
    let tag = CaseTag::of(CaseId::new(Uuid::from_u128(0x0195_0000_0000_7000_8000_0012_3456_789A)));
    let desk = Desk::default();
    let facts = facts(&Brief {
        tag: &tag,
        mails: &mails,
        kinds: &caseconsult_core::draft::kind::Told::of(&mails).kinds,
        shelf: catalog::starter(),
        accepted: &[],
        desk: &desk,
        house: ValidRules::none(),
    });
    let draft = compose(&TEMPLATES, &facts).unwrap();
    (facts, draft)
}
