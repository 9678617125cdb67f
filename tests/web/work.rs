//! What the workers do between intake and review, done at once: their own steps, without a queue between them.

use std::sync::Arc;

use caseconsult_core::{
    domain::{case::CaseState, ids::CaseId},
    draft::Templates,
};
use caseconsult_store::cases;
use caseconsult_workers::{
    attachments::Reader,
    context::Context,
    draft::Draft,
    extract::Extract,
    queue::{Failure, Work},
    wording::Writer,
};

use super::house::House;

/// Extracts and drafts, when the case waits for it.
pub(super) async fn run(house: &House, id: CaseId) {
    run_worded(house, id, None).await;
}

/// The same with a model that phrases the draft. A case that is to be held is held.
pub(super) async fn run_worded(house: &House, id: CaseId, writer: Option<Arc<Writer>>) {
    if cases::get(&house.db, id).await.unwrap().state == CaseState::Received {
        take(house, id, Extract::new(context(house))).await;
        take(house, id, Draft::new(context(house)).worded_by(writer)).await;
    }
}

async fn take<W: Work>(house: &House, id: CaseId, work: W) {
    let case = cases::get(&house.db, id).await.unwrap();
    let ground = work.prepare(std::slice::from_ref(&case)).await.unwrap();
    match work.make(&case, &ground).await {
        Ok(made) => {
            for result in work.commit(vec![(case, made)]).await {
                result.unwrap();
            }
        }
        Err(Failure::Never(reason)) => work.put_aside(&context(house), &case, reason).await.unwrap(),
        Err(other) => panic!("{other:?}"),
    }
}

/// What the workers are given in this house.
pub(super) fn context(house: &House) -> Context {
    Context {
        db: house.db.clone(),
        clock: house.clock.clone(),
        thread_key: house.desk.thread_key.clone(),
        own_address: house.desk.own_address.clone(),
        own_name: house.desk.own_name.clone(),
        own_aliases: Vec::new(),
        templates: Arc::new(Templates::embedded().unwrap()),
        house: Arc::default(),
        max_mail_bytes: 50 << 20,
        reader: Reader::new(env!("CARGO_BIN_EXE_caseconsult").into()),
        bell: house.bell.clone(),
        node: "test".to_owned(),
    }
}
