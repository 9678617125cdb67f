//! What one 50 MB mail adds to the poller's memory.

use crate::{
    mails::{big_mail, case_mail},
    program::{Backend, Site},
    support::dovecot::{Dovecot, OURS},
};

pub(crate) fn measure() {
    for backend in Backend::ALL {
        let peak = |with_big: bool| {
            let dovecot = Dovecot::start()?;
            for number in 0..200 {
                dovecot.put(OURS, &case_mail(number, 8_192));
            }
            if with_big {
                dovecot.put(OURS, &big_mail(50_000_000));
            }
            let site = Site::new(&dovecot, backend)?;
            site.start(&["cases"]).wait();
            Some(site.start(&["poll", "--once"]).wait().peak_mib)
        };
        if let (Some(without), Some(with)) = (peak(false), peak(true)) {
            println!(
                "big      {:<10} 200 mails: peak {without:.1} MiB; with a 50 MB mail among them {with:.1} MiB: {:+.1} MiB",
                backend.name(),
                with - without
            );
        }
    }
}
