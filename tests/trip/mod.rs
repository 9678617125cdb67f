//! From a mailbox to the asker's thread, on real servers, with the program as an operator runs it; also when the
//! process is killed on the way.
//!
//! | module | what it shows |
//! |---|---|
//! | `site` | a Dovecot, a Postfix, a database and a configuration |
//! | `round` | the real round trip, approved in a browser |
//! | `killed` | SIGKILL before and after every commit: nothing lost, nothing doubled |
//! | `returned` | a reply that the server took and could not deliver |
//! | `nodes` | two nodes on one PostgreSQL, one of them killed |

mod killed;
mod nodes;
mod returned;
mod round;
mod site;
