//! Between two looks: IDLE where the server has it, NOOP otherwise, in rounds so short that a connection which died
//! without a word is noticed within `idle_round` + `answer_timeout` (25 s + 30 s by default).

use std::time::Duration;

use tokio::{sync::Notify, time::Instant};
use tracing::debug;

use crate::{
    imap::{ImapError, Session, idle::Notice},
    settings::ImapSettings,
};

/// Returns when it is time to look: mails came or went, somebody called, or `poll_every` has passed. `idles` is
/// cleared when the server turns out not to IDLE.
///
/// # Errors
/// When the connection is dead.
pub(super) async fn wait(
    session: &mut Session,
    settings: &ImapSettings,
    wake: &Notify,
    idles: &mut bool,
) -> Result<(), ImapError> {
    let until = Instant::now() + settings.poll_every;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left == Duration::ZERO {
            return Ok(());
        }
        let round = left.min(settings.idle_round);
        let notice = if *idles {
            match session.idle(round, wake.notified()).await {
                Err(ImapError::Refused { text, .. }) => {
                    debug!(imap.text = %text, "the server does not IDLE; asking now and then instead");
                    *idles = false;
                    continue;
                }
                other => other?,
            }
        } else {
            tokio::select! {
                () = wake.notified() => Notice::Called,
                () = tokio::time::sleep(round) => if session.noop().await? { Notice::Changed } else { Notice::Quiet },
            }
        };
        if notice != Notice::Quiet {
            return Ok(());
        }
    }
}
