//! The conformance suite: every function of the store, on both databases.
//!
//! | module | what it shows |
//! |---|---|
//! | `given` | a database, mails and cases to begin with |
//! | `schema` | migrations, and that both schemas are the same |
//! | `door` | what becomes of mails that come in |
//! | `ledger` | what the poller goes by |
//! | `life` | transitions, claims, leases and retries, and their races |
//! | `together` | several cases leased for one bell, and rings that are heard |
//! | `outbox` | drafts, approvals, and tries to send |
//! | `bounced` | replies that come back |
//! | `precedents` | what sent replies are found by |
//! | `accepted` | codes that a reviewer took from the candidates |
//! | `bells` | jobs, and what is done about lost ones |
//! | `users` | accounts and sessions |
//! | `editions` | imports, and the built-in catalogue below them |

mod accepted;
mod bells;
mod bounced;
mod door;
mod editions;
pub(crate) mod given;
mod ledger;
mod life;
mod outbox;
mod precedents;
mod schema;
mod together;
mod users;

/// Makes a test for each database out of each `async fn name(db: Db)`.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    let (db, _folder) = $crate::store::given::sqlite().await;
                    super::$name(db).await;
                }
            )+
        }
        mod postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    let Some(db) = $crate::store::given::postgres().await else { return };
                    super::$name(db.clone()).await;
                    db.close().await;
                }
            )+
        }
    };
}
pub(crate) use on_both;
