//! Tells whoever shows cases that some of them changed in this process. The poller, the workers and the review pages
//! ring; open queue pages listen. It wakes no worker: those have bells of their own, in the database.

use tokio::sync::watch;

/// A doorbell: carries no content, so nothing private passes through it. Missing a ring costs only a moment, because
/// pages also look by themselves every few seconds. Clones ring the same one.
#[derive(Clone, Debug)]
pub struct Bell(watch::Sender<u64>);

impl Bell {
    /// A silent bell.
    #[must_use]
    pub fn new() -> Self {
        Self(watch::Sender::new(0))
    }

    /// Something changed, and is committed.
    pub fn ring(&self) {
        self.0.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Hears every ring from now on; several rings may be heard as one.
    #[must_use]
    pub fn listen(&self) -> watch::Receiver<u64> {
        self.0.subscribe()
    }
}

impl Default for Bell {
    fn default() -> Self {
        Self::new()
    }
}
