//! Steps that do what a test says, and count what they did. They commit like the real ones.

use std::{
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex},
    time::Duration,
};

use caseconsult_core::{
    domain::{
        case::{CaseEvent, CaseState, HoldReason, Step},
        event::Actor,
        ids::CaseId,
        outcome::Cause,
    },
    draft::Templates,
    mail::token::ThreadKey,
};
use caseconsult_store::{
    Clock, Db, StoreError,
    cases::{self, Case},
};
use caseconsult_workers::{
    attachments::Reader,
    bell::Bell,
    context::Context,
    queue::{self, Failure, QueueError, Steps, Work},
    settings::WorkSettings,
};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::store::given::{accept, address, arrival};

/// What a step does with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Does {
    Well,
    Panic,
    Hang,
    Later,
    Never,
}

/// The script that all steps of a test follow.
#[derive(Clone, Default)]
pub(crate) struct Script(Arc<Mutex<Lines>>);

#[derive(Default)]
struct Lines {
    does: HashMap<(CaseId, &'static str), Vec<Does>>,
    made: Vec<(CaseId, &'static str)>,
}

impl Script {
    /// What the step does with the case at its first, second, … try; the last is repeated.
    pub(crate) fn set(&self, case: CaseId, step: Step, does: &[Does]) {
        self.0.lock().unwrap().does.insert((case, step.queue()), does.to_vec());
    }

    /// How often the step was tried with this case.
    pub(crate) fn tries(&self, case: CaseId, step: Step) -> usize {
        self.0.lock().unwrap().made.iter().filter(|made| **made == (case, step.queue())).count()
    }

    /// How many tries there were in all.
    pub(crate) fn all_tries(&self) -> usize {
        self.0.lock().unwrap().made.len()
    }

    fn next(&self, case: CaseId, step: &'static str) -> Does {
        let mut lines = self.0.lock().unwrap();
        lines.made.push((case, step));
        let tries = lines.made.iter().filter(|made| **made == (case, step)).count();
        let does = lines.does.get(&(case, step)).map_or(&[][..], Vec::as_slice);
        does.get(tries - 1).or(does.last()).copied().unwrap_or(Does::Well)
    }

    fn steps(&self, db: &Db) -> Steps<Extracting, Drafting, Delivering> {
        let (db, script) = (db.clone(), self.clone());
        Steps {
            extract: Extracting(db.clone(), script.clone()),
            draft: Drafting(db.clone(), script.clone()),
            deliver: Delivering(db, script),
        }
    }
}

macro_rules! step {
    ($name:ident, $step:expr, $event:expr) => {
        pub(crate) struct $name(Db, Script);

        impl Work for $name {
            const STEP: Step = $step;
            const TOGETHER: usize = 8;
            type Ground = ();
            type Made = ();

            async fn prepare(&self, _: &[Case]) -> Result<(), Failure> {
                Ok(())
            }

            async fn make(&self, case: &Case, (): &()) -> Result<(), Failure> {
                match self.1.next(case.id, $step.queue()) {
                    Does::Well => Ok(()),
                    Does::Panic => panic!("as the script says"),
                    Does::Hang => std::future::pending().await,
                    Does::Later => Err(Failure::Later(Cause::new("not now"))),
                    Does::Never => Err(Failure::Never(HoldReason::Unreadable { what: "nothing".to_owned() })),
                }
            }

            fn commit(&self, made: Vec<(Case, ())>) -> impl Future<Output = Vec<Result<(), StoreError>>> + Send {
                let db = self.0.clone();
                async move {
                    let mut results = Vec::new();
                    for (case, ()) in made {
                        let done = cases::advance_now(&db, &Clock::system(), &case, &$event, Actor::Machine).await;
                        results.push(done.map(|_| ()));
                    }
                    results
                }
            }
        }
    };
}
step!(Extracting, Step::Extract, CaseEvent::Extracted);
step!(Drafting, Step::Draft, CaseEvent::Drafted);
step!(Delivering, Step::Deliver, CaseEvent::SendRefused);

/// Short everything.
pub(crate) fn quick() -> WorkSettings {
    WorkSettings {
        concurrency: 4,
        lease: Duration::from_secs(5),
        max_attempts: 3,
        retry_base: Duration::from_millis(100),
        poll_every: Duration::from_millis(250),
        reconcile_every: Duration::from_secs(1),
    }
}

/// A process of this name.
pub(crate) fn context(db: &Db, node: &str) -> Context {
    Context {
        db: db.clone(),
        clock: Clock::system(),
        thread_key: Arc::new(ThreadKey::new(b"a secret of the tests")),
        own_address: address("coder@example.test"),
        own_name: "Coding desk".to_owned(),
        own_aliases: Vec::new(),
        templates: Arc::new(Templates::embedded().unwrap()),
        house: Arc::default(),
        max_mail_bytes: 1 << 20,
        reader: Reader::new(env!("CARGO_BIN_EXE_caseconsult").into()),
        bell: Bell::new(),
        node: node.to_owned(),
    }
}

/// Workers that run until they are told to stop.
pub(crate) struct Running {
    stop: CancellationToken,
    task: JoinHandle<Result<(), QueueError>>,
}

impl Running {
    pub(crate) fn start(db: &Db, node: &str, script: &Script, settings: WorkSettings) -> Self {
        let stop = CancellationToken::new();
        let task = tokio::spawn(queue::run(context(db, node), script.steps(db), settings, stop.clone()));
        Self { stop, task }
    }

    /// Stops them and waits until they have ended.
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        self.task.await.unwrap().unwrap();
    }
}

/// Works until nothing is owed.
pub(crate) async fn until_idle(db: &Db, node: &str, script: &Script, settings: WorkSettings) {
    queue::until_idle(context(db, node), script.steps(db), settings, CancellationToken::new()).await.unwrap();
}

/// So many new cases.
pub(crate) async fn received(db: &Db, count: u32) -> Vec<CaseId> {
    static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(1);
    let mut ids = Vec::new();
    for _ in 0..count {
        let uid = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let taken = accept(db, arrival(uid, "pat@example.test", &format!("queue question {uid}"))).await;
        ids.push(taken.case.unwrap());
    }
    ids
}

/// Waits until the case is in a state of this name; fails after twenty seconds.
pub(crate) async fn reaches(db: &Db, case: CaseId, state: &str) -> Case {
    let mut last = None;
    for _ in 0..800 {
        let case = cases::get(db, case).await.unwrap();
        if case.state.name() == state {
            return case;
        }
        last = Some(case);
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("not {state} after 20 s: {last:?}");
}

/// Whether all cases have a draft.
pub(crate) async fn all_drafted(db: &Db, ids: &[CaseId]) -> bool {
    for id in ids {
        if cases::get(db, *id).await.unwrap().state != CaseState::Drafted {
            return false;
        }
    }
    true
}
