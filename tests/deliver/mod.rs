//! Replies to real and lying SMTP servers.
//!
//! | module | what it shows |
//! |---|---|
//! | `letter` | a reply to send, and how to reach a server |
//! | `faults` | every fault at every step is judged rightly, and no mail is taken twice |
//! | `outbox` | from an approval to the state in which each fault leaves it |
//! | `copies` | copies of sent replies in a real Sent mailbox |
//! | `real` | Postfix: STARTTLS, sign-in, its refusals, and an answer lost after the dot |

mod copies;
mod faults;
mod letter;
mod outbox;
mod real;
