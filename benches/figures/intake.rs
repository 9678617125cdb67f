//! 5,000 mails of 8 KB from Dovecot over TLS to committed ledger rows, beside mbsync with fsync in the same run.

use std::{
    fs,
    process::Command,
    time::{Duration, Instant},
};

use crate::{
    bare_fetch::bare_fetch,
    mails::case_mail,
    program::{Backend, Site},
    support::dovecot::{Dovecot, OURS, PASSWORD},
};

const MAILS: usize = 5_000;
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) fn measure() {
    let Some(dovecot) = Dovecot::start() else { return };
    for number in 0..MAILS {
        dovecot.put(OURS, &case_mail(number, 8_192));
    }
    // The first SELECT of 5,000 new files is the server's work, not the client's; so is the first look at their sizes,
    // which it keeps for whoever comes next.
    dovecot.doveadm(&["mailbox", "status", "-u", OURS, "messages", "INBOX"]);
    dovecot.doveadm(&["fetch", "-u", OURS, "size.virtual", "mailbox", "INBOX", "all"]);
    let mbsync = mbsync(&dovecot);
    let bare = MAILS as f64 / Site::runtime().block_on(bare_fetch(&dovecot)).as_secs_f64();
    println!(
        "intake   one FETCH of the {MAILS} mails, thrown away: {bare:.0} mails/s, the most that one connection gives"
    );
    for backend in Backend::ALL {
        let Some(site) = Site::new(&dovecot, backend) else { continue };
        // A database that exists: making its tables is no part of intake.
        site.start(&["cases"]).wait();
        let poll = site.start(&["poll", "--once"]);
        let committed = Site::runtime().block_on(committed(&site, poll.started));
        let used = poll.wait();
        let rate = MAILS as f64 / committed.as_secs_f64();
        let ratio = mbsync
            .map_or_else(String::new, |other| format!(", {:.1} times mbsync with fsync ({other:.0}/s)", rate / other));
        let share = 100.0 * rate / bare;
        println!(
            "intake   {:<10} {MAILS} mails of 8 KB: {rate:.0} mails/s{ratio}, {share:.0} % of the bare \
             FETCH; {:.0}/s with the marks on the server; CPU {:.2} ms a mail; peak {:.0} MiB",
            backend.name(),
            MAILS as f64 / used.wall.as_secs_f64(),
            used.cpu.as_secs_f64() * 1000.0 / MAILS as f64,
            used.peak_mib
        );
        // Marks are undone, so that the next backend finds the same mailbox.
        dovecot.doveadm(&["flags", "remove", "-u", OURS, "\\Seen", "mailbox", "INBOX", "all"]);
    }
}

/// How long after the start every mail is a case that another connection sees.
async fn committed(site: &Site, started: Instant) -> Duration {
    let db = site.db().await;
    loop {
        let count = Site::count(&db, "received").await;
        let elapsed = started.elapsed();
        if count == MAILS as u64 {
            return elapsed;
        }
        assert!(elapsed < PATIENCE, "{count} of {MAILS} mails are cases after {elapsed:?}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Mails a second of mbsync, copying the same mailbox into a Maildir.
fn mbsync(dovecot: &Dovecot) -> Option<f64> {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().display();
    fs::create_dir(folder.path().join("mail")).unwrap();
    let text = format!(
        "FSync yes\nIMAPAccount a\nHost localhost\nPort {}\nUser {OURS}\nPass \"{PASSWORD}\"\nSSLType IMAPS\nCertificateFile {}\n\
         AuthMechs LOGIN\n\nIMAPStore far\nAccount a\n\nMaildirStore near\nPath {place}/mail/\nInbox {place}/mail/INBOX\n\n\
         Channel c\nFar :far:\nNear :near:\nPatterns INBOX\nCreate Near\nSync Pull\nSyncState {place}/state-\n",
        dovecot.imaps_port,
        dovecot.certs.ca.display()
    );
    let file = folder.path().join("mbsyncrc");
    fs::write(&file, text).unwrap();
    let started = Instant::now();
    match Command::new("mbsync").arg("-c").arg(&file).arg("c").status() {
        Ok(status) if status.success() => Some(MAILS as f64 / started.elapsed().as_secs_f64()),
        Ok(status) => {
            println!("intake   mbsync failed ({status}): no baseline");
            None
        }
        Err(_) => {
            println!("intake   mbsync is not installed (Debian: isync): no baseline");
            None
        }
    }
}
