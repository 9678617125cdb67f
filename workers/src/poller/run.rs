//! The poller from outside: for ever, or once; a lost connection is opened again after a pause that grows.

use std::{io, sync::Arc, time::Duration};

use caseconsult_store::StoreError;
use tokio::{sync::Notify, time::sleep};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::{
    Summary,
    visit::{Progress, drain, stay},
};
use crate::{context::Context, imap::ImapError, settings::ImapSettings};

/// Why mails cannot be taken.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PollError {
    /// The mail server, or the way to it.
    #[error(transparent)]
    Imap(#[from] ImapError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A large mail has no room.
    #[error("cannot write to the folder for temporary files: {0}")]
    Spool(io::Error),
    /// Somebody else takes mails from this mailbox now.
    #[error("another process takes mails from this mailbox")]
    Busy,
}

/// Connections in a row that failed before the mailbox was open, after which [`once`] gives up.
const UNOPENED: u32 = 3;
/// Connections in a row that settled no mail, after which [`once`] gives up. Finding one mail that breaks the
/// connection takes two.
const FRUITLESS: u32 = 6;

/// Takes mails until `stop` is cancelled. `wake` makes it look at once. A refused password is tried again, more and
/// more seldom, since it is renewed elsewhere.
///
/// # Errors
/// Only what a change of the configuration alone can mend ([`ImapError::is_configuration`]).
pub async fn run(
    context: Context,
    settings: ImapSettings,
    wake: Arc<Notify>,
    stop: CancellationToken,
) -> Result<(), PollError> {
    let mut progress = Progress::default();
    let mut pause = Pause::new(&settings);
    loop {
        let Err(error) = tokio::select! {
            () = stop.cancelled() => return Ok(()),
            ended = stay(&context, &settings, &wake, &mut progress) => ended,
        };
        if is_configuration(&error) {
            return Err(error);
        }
        if progress.useful {
            pause.reset();
        }
        let length = pause.next();
        warn!(imap.host = settings.host, imap.error = %error, pause.ms = length.as_millis() as u64, "taking mails is interrupted");
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            () = wake.notified() => {}
            () = sleep(length) => {}
        }
    }
}

/// Takes what is in the mailbox, and returns what became of it. `waiting` in the summary counts mails that the
/// server lists but did not give.
///
/// # Errors
/// When the mailbox cannot be opened, or connections keep failing without a mail being settled.
pub async fn once(context: &Context, settings: &ImapSettings) -> Result<Summary, PollError> {
    let mut progress = Progress::default();
    let mut pause = Pause::new(settings);
    let (mut unopened, mut fruitless) = (0, 0);
    loop {
        let before = progress.summary;
        let error = match drain(context, settings, &mut progress).await {
            Ok(waiting) => return Ok(Summary { waiting, ..progress.summary }),
            Err(error) => error,
        };
        unopened = if progress.opened { 0 } else { unopened + 1 };
        fruitless = if progress.summary == before { fruitless + 1 } else { 0 };
        let hopeless = is_configuration(&error) || matches!(error, PollError::Imap(ImapError::SignIn(_)));
        if hopeless || unopened == UNOPENED || fruitless == FRUITLESS {
            return Err(error);
        }
        if progress.useful {
            pause.reset();
        }
        info!(imap.host = settings.host, imap.error = %error, "connecting again");
        sleep(pause.next()).await;
    }
}

const fn is_configuration(error: &PollError) -> bool {
    matches!(error, PollError::Imap(error) if error.is_configuration())
}

/// The pause before the next connection: doubles up to a limit, less a random part of up to a half, so that many
/// pollers do not come back in one moment.
struct Pause {
    first: Duration,
    longest: Duration,
    next: Duration,
}

impl Pause {
    const fn new(settings: &ImapSettings) -> Self {
        Self { first: settings.min_backoff, longest: settings.max_backoff, next: settings.min_backoff }
    }

    const fn reset(&mut self) {
        self.next = self.first;
    }

    fn next(&mut self) -> Duration {
        let length = self.next.min(self.longest);
        self.next = length.saturating_mul(2);
        length.mul_f64(rand::random_range(0.5..=1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::SignIn;

    #[test]
    fn pauses_grow_to_the_limit_and_begin_again_after_a_success() {
        let mut settings = ImapSettings::new("localhost", "coder", SignIn::Nobody);
        (settings.min_backoff, settings.max_backoff) = (Duration::from_secs(1), Duration::from_secs(5));
        let mut pause = Pause::new(&settings);
        for most in [1.0, 2.0, 4.0, 5.0, 5.0] {
            let length = pause.next().as_secs_f64();
            assert!((most / 2.0..=most).contains(&length), "{length} of {most}");
        }
        pause.reset();
        assert!(pause.next() <= Duration::from_secs(1));
    }
}
