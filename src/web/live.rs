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

use super::{
    failure::Failure,
    queue::{self, Wanted},
    router::Shared,
    session::{self, SignedIn},
};

/// How often a page looks by itself: the change may have been made by another process.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// `GET /live/queue`. The first event comes with the first change after the page was made.
pub(super) async fn queue(
    State(shared): State<Arc<Shared>>,
    who: SignedIn,
    cookies: CookieJar,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let print = queue::load(&shared, &who, &wanted).await?.print;
    let changes = changes(Watcher { shared, cookies, wanted, print });
    Ok(Sse::new(changes).keep_alive(KeepAlive::default()).into_response())
}

struct Watcher {
    shared: Arc<Shared>,
    cookies: CookieJar,
    wanted: Wanted,
    /// What the page shows already.
    print: String,
}

/// Ends with the server, with the session, and with the first failure; the browser then asks again.
fn changes(watcher: Watcher) -> impl Stream<Item = Result<Event, Infallible>> {
    let bell = watcher.shared.context.bell.listen();
    stream::unfold((watcher, bell), |(mut watcher, mut bell)| async move {
        loop {
            tokio::select! {
                () = watcher.shared.stop.cancelled() => return None,
                _ = bell.changed() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
            if let Some(html) = watcher.look().await.ok()? {
                return Some((Ok(Event::default().event("queue").data(html)), (watcher, bell)));
            }
        }
    })
}

impl Watcher {
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
