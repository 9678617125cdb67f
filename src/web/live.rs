//! Live updates of the queue by server-sent events: the list as HTML, whenever it has changed.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{Query, State},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use axum_extra::extract::cookie::CookieJar;
use futures::{Stream, stream};
use tokio::{sync::watch, time::Instant};

use super::{
    failure::Failure,
    queue::{self, Wanted},
    router::Shared,
    session::{self, SignedIn},
};

/// How often a page looks by itself: the change may have been made by another process.
pub const LOOK_EVERY: Duration = Duration::from_secs(2);

/// How long a page rests between two looks, however often it is rung for: a mailbox may be pouring in.
const REST: Duration = Duration::from_millis(200);

/// `GET /live/queue`. The first event comes with the first change after the page was made.
pub(super) async fn queue(
    State(shared): State<Arc<Shared>>,
    who: SignedIn,
    cookies: CookieJar,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    // It listens before it looks, so that nothing falls between.
    let bell = shared.context.bell.listen();
    let print = queue::load(&shared, &who, &wanted).await?.print;
    let changes = changes(Watcher { shared, cookies, wanted, print, bell, rested: Instant::now() });
    Ok(Sse::new(changes).keep_alive(KeepAlive::default()).into_response())
}

struct Watcher {
    shared: Arc<Shared>,
    cookies: CookieJar,
    wanted: Wanted,
    /// What the page shows already.
    print: String,
    bell: watch::Receiver<u64>,
    /// When it may look again.
    rested: Instant,
}

/// Ends with the server, with the session, and with the first failure; the browser then asks again.
fn changes(watcher: Watcher) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(watcher, |mut watcher| async move {
        loop {
            watcher.wait().await?;
            if let Some(html) = watcher.look().await.ok()? {
                return Some((Ok(Event::default().event("queue").data(html)), watcher));
            }
        }
    })
}

impl Watcher {
    /// Until there may be something new; none when the server stops.
    async fn wait(&mut self) -> Option<()> {
        let Self { shared, bell, rested, .. } = self;
        let rung = async {
            // The bell lives as long as the server.
            let _ = bell.changed().await;
            tokio::time::sleep_until(*rested).await;
        };
        tokio::select! {
            () = shared.stop.cancelled() => return None,
            () = rung => {}
            () = tokio::time::sleep(shared.context.look_every) => {}
        }
        self.rested = Instant::now() + REST;
        Some(())
    }

    /// The list as HTML, when it is no longer what the page shows.
    async fn look(&mut self) -> Result<Option<String>, Failure> {
        let gone = || Failure::SignInNeeded { next: None };
        let who = session::find(&self.shared.context, &self.cookies).await?.ok_or_else(gone)?;
        let list = queue::load(&self.shared, &who, &self.wanted).await?;
        if list.print == self.print {
            return Ok(None);
        }
        self.print.clone_from(&list.print);
        Ok(Some(self.shared.context.pages.html(&list)?.0))
    }
}
