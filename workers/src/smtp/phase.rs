//! The steps of an SMTP transaction, and what a failure in each of them means for the reply.
//!
//! The same words from a server mean different things at different steps: a 5xx to RCPT is about this mail, a 5xx
//! to AUTH is about us, and silence after the text was handed over means that nobody knows. So every failure
//! carries its step, and [`Failure::outcome`] is the one place that judges.

use std::{fmt, time::Duration};

use caseconsult_core::domain::outcome::SendOutcome;

/// A step, in the order they are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Name resolution and TCP.
    Connect,
    /// Greeting and EHLO.
    Hello,
    /// TLS, from the first byte or after STARTTLS.
    Tls,
    /// AUTH.
    SignIn,
    /// MAIL FROM.
    MailFrom,
    /// RCPT TO.
    RcptTo,
    /// The DATA command, up to its 354.
    Data,
    /// The mail's text and the final dot, which lettre writes in one call, up to the server's last answer.
    Text,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "connecting",
            Self::Hello => "greeting",
            Self::Tls => "TLS",
            Self::SignIn => "signing in",
            Self::MailFrom => "MAIL FROM",
            Self::RcptTo => "RCPT TO",
            Self::Data => "DATA",
            Self::Text => "the mail's text",
        })
    }
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The server answered 4xx or 5xx.
    Answer {
        /// RFC 5321 §4.2.1.
        code: u16,
        /// Its words, all lines joined.
        text: String,
    },
    /// No answer within this time.
    Silence(Duration),
    /// The connection broke, or what came is no SMTP.
    Broken(String),
    /// The server, or what we know of it, is not what the configuration says: wrong certificate, no STARTTLS, no
    /// usable way to sign in. Trying again does not help until an operator acts.
    Misfit(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer { code, text } => write!(f, "{code} {text}"),
            Self::Silence(limit) => write!(f, "no answer within {} s", limit.as_secs_f32()),
            Self::Broken(what) | Self::Misfit(what) => f.write_str(what),
        }
    }
}

impl From<lettre::transport::smtp::Error> for Trouble {
    fn from(error: lettre::transport::smtp::Error) -> Self {
        let words = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
        match error.status() {
            Some(code) => Self::Answer { code: code.into(), text: words },
            // What lettre calls its client's error is a server without the mechanism that we need, or one that
            // answers a wrong XOAUTH2 token with a challenge instead of 535.
            None if error.is_client() => Self::Misfit(words),
            None => Self::Broken(words),
        }
    }
}

/// A step that did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{phase}: {trouble}")]
pub struct Failure {
    /// Which step.
    pub phase: Phase,
    /// Why.
    pub trouble: Trouble,
}

impl Failure {
    /// What the failure means for the reply.
    ///
    /// Before its text was begun nothing can have been accepted (RFC 5321 §4.1.1.4), so a later try is safe. After
    /// that only a clear answer is safe to believe; anything else is [`SendOutcome::Uncertain`], because a lost
    /// answer cannot be told from a lost mail (RFC 1047).
    #[must_use]
    pub fn outcome(&self) -> SendOutcome {
        let reply = self.to_string();
        match (self.phase, &self.trouble) {
            (Phase::Text, Trouble::Answer { code: 400..=499, .. }) => SendOutcome::Later { reply },
            (Phase::Text, Trouble::Answer { code: 500..=599, .. }) => SendOutcome::Refused { reply },
            (Phase::Text, _) => SendOutcome::Uncertain { reply },
            (_, Trouble::Misfit(_)) => SendOutcome::Stopped { reply },
            (Phase::Tls | Phase::SignIn, Trouble::Answer { code: 500..=599, .. }) => SendOutcome::Stopped { reply },
            // 530 and 535: the server wants a sign-in (RFC 4954 §6), whatever it was asked for.
            (Phase::MailFrom | Phase::RcptTo | Phase::Data, Trouble::Answer { code: 530 | 535, .. }) => {
                SendOutcome::Stopped { reply }
            }
            (Phase::MailFrom | Phase::RcptTo | Phase::Data, Trouble::Answer { code: 500..=599, .. }) => {
                SendOutcome::Refused { reply }
            }
            _ => SendOutcome::Later { reply },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trouble_at_every_step_is_judged() {
        let phases = [
            Phase::Connect,
            Phase::Hello,
            Phase::Tls,
            Phase::SignIn,
            Phase::MailFrom,
            Phase::RcptTo,
            Phase::Data,
            Phase::Text,
        ];
        let answer = |code| Trouble::Answer { code, text: String::new() };
        // Columns: 421, 451, 530, 535, 550, silence, broken, misfit.
        let troubles = [
            answer(421),
            answer(451),
            answer(530),
            answer(535),
            answer(550),
            Trouble::Silence(Duration::from_secs(1)),
            Trouble::Broken(String::new()),
            Trouble::Misfit(String::new()),
        ];
        let table: Vec<String> = phases
            .iter()
            .map(|phase| {
                let row: String = troubles
                    .iter()
                    .map(|trouble| match (Failure { phase: *phase, trouble: trouble.clone() }).outcome() {
                        SendOutcome::Sent { .. } => 'T',
                        SendOutcome::Later { .. } => 'l',
                        SendOutcome::Refused { .. } => 'R',
                        SendOutcome::Uncertain { .. } => '?',
                        SendOutcome::Stopped { .. } => 'S',
                    })
                    .collect();
                format!("{phase}: {row}")
            })
            .collect();
        let expected = [
            "connecting: lllllllS",
            "greeting: lllllllS",
            "TLS: llSSSllS",
            "signing in: llSSSllS",
            "MAIL FROM: llSSRllS",
            "RCPT TO: llSSRllS",
            "DATA: llSSRllS",
            "the mail's text: llRRR???",
        ];
        assert_eq!(table, expected);
    }
}
