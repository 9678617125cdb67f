//! 1,000 case mails from the mailbox to drafts in the queue, `serve` at its default settings.

use std::time::Duration;

use crate::{
    mails::case_mail,
    program::{Backend, Site},
    support::dovecot::{Dovecot, OURS},
};

const MAILS: usize = 1_000;

pub(crate) fn measure() {
    for backend in Backend::ALL {
        let Some(dovecot) = Dovecot::start() else { return };
        for number in 0..MAILS {
            dovecot.put(OURS, &case_mail(number, 4_096));
        }
        dovecot.doveadm(&["mailbox", "status", "-u", OURS, "messages", "INBOX"]);
        let Some(site) = Site::new(&dovecot, backend) else { continue };
        site.start(&["cases"]).wait();
        let runtime = Site::runtime();
        let mut running = site.start(&["serve"]);
        let wall = runtime.block_on(async {
            let db = site.db().await;
            while Site::count(&db, "drafted").await < MAILS as u64 {
                assert!(running.look(), "serve ended");
                assert!(running.started.elapsed() < Duration::from_secs(300), "not finished in 300 s");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            running.started.elapsed()
        });
        let used = running.stop();
        println!(
            "flow     {:<10} {MAILS} case mails to drafts: {:.0} mails/s (with the start of the process); CPU {:.2} ms a mail; peak {:.0} MiB",
            backend.name(),
            MAILS as f64 / wall.as_secs_f64(),
            used.cpu.as_secs_f64() * 1000.0 / MAILS as f64,
            used.peak_mib
        );
    }
}
