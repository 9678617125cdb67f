//! Slows down whoever guesses passwords: a token bucket for each name at each peer, and one for each peer.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use caseconsult_core::domain::instant::Instant;

/// Tries at once for one name from one peer; then one more each [`NAME_REFILL_SECONDS`].
const NAME_CAPACITY: f64 = 5.0;
const NAME_REFILL_SECONDS: f64 = 30.0;
/// Tries at once from one peer, whatever the name. Wide, since a proxy in front makes all reviewers one peer.
const PEER_CAPACITY: f64 = 60.0;
const PEER_REFILL_SECONDS: f64 = 1.0;
/// Buckets kept; beyond it the full ones, which say nothing, are dropped.
const MOST_BUCKETS: usize = 10_000;

/// Counts sign-in tries. In memory: a restart forgives, and each process counts for itself.
#[derive(Debug, Default)]
pub(super) struct Throttle(Mutex<HashMap<Key, Bucket>>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Name(String, Option<IpAddr>),
    Peer(Option<IpAddr>),
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

impl Throttle {
    /// Takes one try. `false`: too many, and nothing was compared.
    pub(super) fn admit(&self, name: &str, peer: Option<IpAddr>, now: Instant) -> bool {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > MOST_BUCKETS {
            buckets.retain(|key, bucket| bucket.filled(key.limits(), now) < key.limits().0);
        }
        [Key::Peer(peer), Key::Name(short(name), peer)].into_iter().all(|key| {
            let limits = key.limits();
            let bucket = buckets.entry(key).or_insert(Bucket { tokens: limits.0, at: now });
            bucket.take(limits, now)
        })
    }

    /// A right password: the name's bucket is full again.
    pub(super) fn forgive(&self, name: &str, peer: Option<IpAddr>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&Key::Name(short(name), peer));
    }
}

impl Key {
    const fn limits(&self) -> (f64, f64) {
        match self {
            Self::Name(..) => (NAME_CAPACITY, NAME_REFILL_SECONDS),
            Self::Peer(_) => (PEER_CAPACITY, PEER_REFILL_SECONDS),
        }
    }
}

impl Bucket {
    fn filled(self, (capacity, refill_seconds): (f64, f64), now: Instant) -> f64 {
        (self.tokens + now.since(self.at).as_secs_f64() / refill_seconds).min(capacity)
    }

    fn take(&mut self, limits: (f64, f64), now: Instant) -> bool {
        let tokens = self.filled(limits, now);
        let admitted = tokens >= 1.0;
        *self = Self { tokens: if admitted { tokens - 1.0 } else { tokens }, at: now };
        admitted
    }
}

/// A name as a key: what is typed may be of any length, and letter case makes no new bucket.
fn short(name: &str) -> String {
    name.trim().chars().take(64).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn five_tries_then_one_each_half_minute() {
        let throttle = Throttle::default();
        let start = Instant::from_micros(0);
        let tries = |at| (0..10).filter(|_| throttle.admit("Pat", None, at)).count();
        assert_eq!(tries(start), 5);
        assert_eq!(tries(start.plus(Duration::from_secs(29))), 0);
        assert_eq!(tries(start.plus(Duration::from_secs(61))), 2);
        assert!(throttle.admit("kim", None, start), "another name is not slowed down");
        throttle.forgive("pat", None);
        assert_eq!(tries(start.plus(Duration::from_secs(61))), 5);
    }

    #[test]
    fn one_peer_cannot_try_many_names() {
        let throttle = Throttle::default();
        let now = Instant::from_micros(0);
        let admitted = (0..500).filter(|number| throttle.admit(&format!("name{number}"), None, now)).count();
        assert_eq!(admitted, 60);
    }
}
