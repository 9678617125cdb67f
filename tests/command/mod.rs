//! The command line, as a person or a script uses it.
//!
//! | module | what it shows |
//! |---|---|
//! | `run` | starts the program in a folder of its own |
//! | `mistakes` | a wrong configuration, database or template: one clear line, non-zero exit |
//! | `first_steps` | `init`, `doctor`, `user` |
//! | `reading` | `draft` and `mentions`, whose JSON others rely on |
//! | `unasked` | a mail in which nobody asks is held, and released by a person |
//! | `templates` | the templates of drafts: exported, checked, replaced |
//! | `house_rules` | the operator's rules in drafts, and what `doctor` says of them |
//! | `demo` | the demo, dropped mails, Ctrl-C and a second run |

mod demo;
mod first_steps;
mod house_rules;
mod mistakes;
mod reading;
mod run;
mod templates;
mod unasked;
