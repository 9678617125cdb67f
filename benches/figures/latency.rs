//! One mail at a time on an idle system: from the start of its LMTP delivery to its draft in the queue.

use std::time::{Duration, Instant};

use crate::{
    mails::case_mail,
    program::{Backend, Site, percentile},
    support::dovecot::{Dovecot, OURS},
};

const MAILS: usize = 40;

pub(crate) fn measure() {
    for backend in Backend::ALL {
        let Some(dovecot) = Dovecot::start() else { return };
        let Some(site) = Site::new(&dovecot, backend) else { continue };
        let runtime = Site::runtime();
        let mut running = site.start(&["serve"]);
        while !running.printed().contains("ready") {
            assert!(running.look(), "serve ended");
            std::thread::sleep(Duration::from_millis(5));
        }
        let mut times = runtime.block_on(async {
            let db = site.db().await;
            let mut times = Vec::new();
            // The first mail waits for the first connection to the mailbox, and is not counted.
            for number in 0..=MAILS {
                // Idle, and out of step with any poll.
                tokio::time::sleep(Duration::from_millis(400 + (number as u64 * 37) % 300)).await;
                let started = Instant::now();
                dovecot.deliver(OURS, &case_mail(number, 4_096));
                while Site::count(&db, "drafted").await <= number as u64 {
                    assert!(started.elapsed() < Duration::from_secs(60), "a mail took more than a minute");
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                if number > 0 {
                    times.push(started.elapsed());
                }
            }
            times
        });
        running.stop();
        times.sort();
        println!(
            "latency  {:<10} {MAILS} mails, LMTP to draft: p50 {:.0} ms, p95 {:.0} ms, longest {:.0} ms (Dovecot's own notice: 500 ms)",
            backend.name(),
            percentile(&times, 0.5).as_secs_f64() * 1000.0,
            percentile(&times, 0.95).as_secs_f64() * 1000.0,
            percentile(&times, 1.0).as_secs_f64() * 1000.0,
        );
    }
}
