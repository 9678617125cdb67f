//! One command at a time: its line goes out, its answers come in one by one, and only a tagged OK is success.
//!
//! The end of the connection, BYE, NO and BAD, an answer that cannot be parsed and a silent server each become an
//! error of their own. A command that was given up in the middle (its future was dropped) spoils the session: the
//! next command is refused, since its answers would be taken for the former's.

use std::{collections::BTreeSet, io::ErrorKind, panic::AssertUnwindSafe, time::Duration};

use async_imap::{
    Client,
    imap_proto::{Capability, Outcome, Response, ResponseCode, Status},
};
use futures::FutureExt;
use tokio::{io::AsyncWriteExt, time::timeout};

use super::{ImapError, wire::Wire};

/// A whole answer may take this many times the allowed silence, so that a server that sends a byte now and then
/// cannot hold us for ever.
const ANSWER_PER_SILENCE: u32 = 20;

/// A connection to an IMAP server.
#[derive(Debug)]
pub struct Session {
    client: Client<Wire>,
    silence: Duration,
    next_tag: u32,
    /// Set while a command is under way, and for good when one was given up.
    busy: bool,
    capabilities: BTreeSet<String>,
}

/// What a command's caller makes of one answer.
pub(super) enum Step {
    /// More answers follow.
    More,
    /// The tagged OK came.
    Finished,
    /// The server asks for the rest of the command (`+`).
    Continue,
}

impl Session {
    pub(super) fn over(wire: Wire, silence: Duration) -> Self {
        Self { client: Client::new(wire), silence, next_tag: 0, busy: false, capabilities: BTreeSet::new() }
    }

    /// Whether the server announced this capability (in upper case, e.g. `MOVE`, `AUTH=PLAIN`).
    #[must_use]
    pub fn can(&self, capability: &str) -> bool {
        self.capabilities.contains(capability)
    }

    /// The bare connection, without whatever the server sent ahead of TLS (that would be an injection).
    pub(super) fn into_wire(self) -> Wire {
        self.client.into_inner()
    }

    pub(super) fn wire(&mut self) -> &mut Wire {
        self.client.get_mut()
    }

    pub(super) const fn silence(&self) -> Duration {
        self.silence
    }

    /// Runs one command; `each` sees every answer, the tagged OK included, as it comes and before the next is read.
    ///
    /// # Errors
    /// Everything but a tagged OK. Answers that `each` saw before an error are true, but not all.
    pub(super) async fn exec(
        &mut self,
        command: &'static str,
        line: &str,
        mut each: impl FnMut(&Response<'_>),
    ) -> Result<(), ImapError> {
        let tag = self.send(command, line).await?;
        loop {
            match self.next(command, &tag, &mut each).await? {
                Step::Finished => return Ok(()),
                Step::More => {}
                Step::Continue => return Err(ImapError::Unreadable { command }),
            }
        }
    }

    /// Sends a command's line and returns its tag. Until its tagged answer was read, no other can be sent.
    pub(super) async fn send(&mut self, command: &'static str, line: &str) -> Result<String, ImapError> {
        if self.busy {
            return Err(ImapError::Lost { command, cause: "an earlier command was given up in the middle".to_owned() });
        }
        self.busy = true;
        self.next_tag += 1;
        let tag = format!("C{}", self.next_tag);
        self.write(command, format!("{tag} {line}\r\n").as_bytes()).await?;
        Ok(tag)
    }

    /// Writes bytes of the command under way, under the limit on silence.
    pub(super) async fn write(&mut self, command: &'static str, bytes: &[u8]) -> Result<(), ImapError> {
        let wire = self.client.get_mut();
        let writing = async {
            wire.write_all(bytes).await?;
            wire.flush().await
        };
        match timeout(self.silence, writing).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(ImapError::Lost { command, cause: error.to_string() }),
            Err(_) => Err(ImapError::Silent { command, limit: self.silence }),
        }
    }

    /// Reads the next answer to the command that runs under `tag`.
    pub(super) async fn next(
        &mut self,
        command: &'static str,
        tag: &str,
        each: &mut impl FnMut(&Response<'_>),
    ) -> Result<Step, ImapError> {
        let step = self
            .answer(command, |response| {
                let step = match response {
                    Response::Done { tag: theirs, status, outcome } if theirs.0 == tag => match status {
                        Status::Ok => Ok(Step::Finished),
                        _ => Err(ImapError::Refused { command, text: words(outcome) }),
                    },
                    Response::Continue(_) => Ok(Step::Continue),
                    _ => Ok(Step::More),
                };
                each(response);
                step
            })
            .await?;
        if matches!(step, Ok(Step::Finished) | Err(ImapError::Refused { .. })) {
            self.busy = false;
        }
        step
    }

    /// Reads one answer, whatever it is, under the limits.
    pub(super) async fn answer<T>(
        &mut self,
        command: &'static str,
        read: impl FnOnce(&Response<'_>) -> T,
    ) -> Result<T, ImapError> {
        let limit = self.silence * ANSWER_PER_SILENCE;
        timeout(limit, self.news(command, read)).await.unwrap_or(Err(ImapError::Silent { command, limit }))
    }

    /// Reads one answer, for which the server may take its time. Can be dropped without losing bytes.
    pub(super) async fn news<T>(
        &mut self,
        command: &'static str,
        read: impl FnOnce(&Response<'_>) -> T,
    ) -> Result<T, ImapError> {
        // The parser panics on a few lines that no honest server sends; such a server is unreadable, no more.
        let response = match AssertUnwindSafe(self.client.read_response()).catch_unwind().await {
            Err(_) => return Err(ImapError::Unreadable { command }),
            Ok(Ok(Some(response))) => response,
            Ok(Ok(None)) => return Err(ImapError::Lost { command, cause: "the server closed it".to_owned() }),
            Ok(Err(error)) => {
                return Err(match error.kind() {
                    ErrorKind::TimedOut => ImapError::Silent { command, limit: self.silence },
                    // The parser's complaint quotes what it read, which may be a mail: it is not repeated.
                    ErrorKind::Other => ImapError::Unreadable { command },
                    kind => ImapError::Lost { command, cause: kind.to_string() },
                });
            }
        };
        match response.parsed() {
            Response::Data { status: Status::Bye, outcome } => {
                Err(ImapError::Lost { command, cause: format!("the server said BYE {}", words(outcome)) })
            }
            other => Ok(read(other)),
        }
    }

    /// Asks what the server can do; to be asked again after STARTTLS and after the sign-in.
    pub(super) async fn ask_capabilities(&mut self) -> Result<(), ImapError> {
        let mut found = BTreeSet::new();
        self.exec("CAPABILITY", "CAPABILITY", |response| match response {
            Response::Capabilities(list) => found.extend(list.iter().map(capability)),
            Response::Done { outcome: Outcome { code: Some(ResponseCode::Capabilities(list)), .. }, .. } => {
                found.extend(list.iter().map(capability));
            }
            _ => {}
        })
        .await?;
        self.capabilities = found;
        Ok(())
    }
}

fn capability(capability: &Capability<'_>) -> String {
    match capability {
        Capability::Imap4rev1 => "IMAP4REV1".to_owned(),
        Capability::Auth(mechanism) => format!("AUTH={}", mechanism.to_ascii_uppercase()),
        Capability::Atom(name) => name.to_ascii_uppercase(),
    }
}

/// A status line's words: one line, at most 200 characters.
pub(super) fn words(outcome: &Outcome<'_>) -> String {
    let text = outcome.information.as_deref().unwrap_or("no reason given");
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}
