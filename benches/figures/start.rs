//! `serve` to ready on a database that exists.

use std::time::Duration;

use crate::{
    program::{Backend, Site, percentile},
    support::dovecot::Dovecot,
};

pub(crate) fn measure() {
    for backend in Backend::ALL {
        let Some(dovecot) = Dovecot::start() else { return };
        let Some(site) = Site::new(&dovecot, backend) else { continue };
        site.start(&["cases"]).wait();
        let mut times: Vec<Duration> = (0..11)
            .map(|_| {
                let mut running = site.start(&["serve"]);
                while !running.printed().contains("ready") {
                    assert!(running.look(), "serve ended");
                    std::thread::sleep(Duration::from_millis(1));
                }
                let ready = running.started.elapsed();
                running.stop();
                ready
            })
            .collect();
        times.sort();
        println!(
            "start    {:<10} serve to ready: median {:.0} ms, slowest of {} {:.0} ms",
            backend.name(),
            percentile(&times, 0.5).as_secs_f64() * 1000.0,
            times.len(),
            percentile(&times, 1.0).as_secs_f64() * 1000.0
        );
    }
}
