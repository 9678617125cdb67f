//! Wakes a worker: when rung, and every so often without.
//!
//! apalis's own strategies lose wake-ups. Its interval re-arms without polling the new timer, and a notice that
//! comes while a fetch is under way is used up by that fetch, which may have looked too early. This one polls
//! every timer that it sets, and after each ring looks a second time.

use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use apalis::prelude::{PollSnapshot, PollStrategy};
use caseconsult_core::domain::case::Step;
use caseconsult_store::{Db, StoreError, queue::Rings};
use futures::task::AtomicWaker;
use tokio::time::{Instant, Sleep, sleep};

/// How long after a ring the second look follows: longer than a fetch takes.
const ECHO: Duration = Duration::from_millis(25);

/// How long we wait before we listen to the database again.
const DEAF: Duration = Duration::from_secs(5);

/// The bells of all steps.
#[derive(Clone, Debug, Default)]
pub(super) struct Bells {
    extract: Bell,
    draft: Bell,
    deliver: Bell,
}

impl Bells {
    /// The bell of a step.
    pub(super) const fn of(&self, step: Step) -> &Bell {
        match step {
            Step::Extract => &self.extract,
            Step::Draft => &self.draft,
            Step::Deliver => &self.deliver,
        }
    }
}

/// Rings here what was rung in the database, for ever. While the database cannot be listened to, the workers' own
/// looks have to do.
pub(super) async fn pass_on(db: &Db, bells: &Bells) -> Infallible {
    loop {
        let Err(error) = pass_on_until_lost(db, bells).await;
        tracing::warn!(%error, "queue.deaf");
        sleep(DEAF).await;
    }
}

async fn pass_on_until_lost(db: &Db, bells: &Bells) -> Result<Infallible, StoreError> {
    let mut rings = Rings::listen(db).await?;
    loop {
        bells.of(rings.next().await?).ring();
    }
}

/// One step's bell in this process. Ringing it is cheap, and lost on nobody: a ring that no worker hears is heard
/// by the next look.
#[derive(Clone, Debug, Default)]
pub(super) struct Bell(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    rung: AtomicBool,
    worker: AtomicWaker,
}

impl Bell {
    /// Wakes the step's worker.
    pub(super) fn ring(&self) {
        self.0.rung.store(true, Ordering::Release);
        self.0.worker.wake();
    }

    /// The worker's ear. One at a time: a restarted worker's takes the place of the old one's.
    pub(super) fn listen(&self, every: Duration) -> Ear {
        Ear { bell: self.clone(), every, next: Box::pin(sleep(every)) }
    }
}

/// Tells apalis when to look for jobs.
#[derive(Debug)]
pub(super) struct Ear {
    bell: Bell,
    every: Duration,
    next: Pin<Box<Sleep>>,
}

impl Ear {
    /// Sets the timer, and polls it, so that it does wake us.
    fn look_again_in(&mut self, pause: Duration, cx: &mut Context<'_>) {
        self.next.as_mut().reset(Instant::now() + pause);
        let _ = self.next.as_mut().poll(cx);
    }
}

impl PollStrategy for Ear {
    fn poll_drive(&mut self, cx: &mut Context<'_>, _: &PollSnapshot) -> Poll<Option<()>> {
        self.bell.0.worker.register(cx.waker());
        if self.bell.0.rung.swap(false, Ordering::AcqRel) {
            self.look_again_in(ECHO, cx);
            return Poll::Ready(Some(()));
        }
        if self.next.as_mut().poll(cx).is_ready() {
            self.look_again_in(self.every, cx);
            return Poll::Ready(Some(()));
        }
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use std::{future::poll_fn, time::Duration};

    use tokio::time::timeout;

    use super::*;

    async fn woken(ear: &mut Ear, within: Duration) -> bool {
        timeout(within, poll_fn(|cx| ear.poll_drive(cx, &PollSnapshot::new()))).await.is_ok()
    }

    #[tokio::test(start_paused = true)]
    async fn it_looks_at_each_ring_shortly_after_and_regularly() {
        let bell = Bell::default();
        let mut ear = bell.listen(Duration::from_secs(10));
        assert!(!woken(&mut ear, Duration::from_secs(9)).await);
        bell.ring();
        assert!(woken(&mut ear, Duration::ZERO).await, "at once");
        assert!(woken(&mut ear, ECHO * 2).await, "the second look");
        assert!(!woken(&mut ear, Duration::from_secs(9)).await);
        for _ in 0..3 {
            assert!(woken(&mut ear, Duration::from_secs(11)).await, "regularly");
        }
    }

    #[tokio::test]
    async fn a_ring_wakes_a_worker_that_waits_already() {
        let bell = Bell::default();
        let mut ear = bell.listen(Duration::from_secs(60));
        let waiting = tokio::spawn(async move { woken(&mut ear, Duration::from_secs(30)).await });
        tokio::task::yield_now().await;
        bell.ring();
        assert!(waiting.await.unwrap());
    }
}
