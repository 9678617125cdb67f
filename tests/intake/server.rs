//! The private Dovecot does what the other tests rely on.

use crate::support::dovecot::{Dovecot, OURS};

#[test]
fn a_mail_delivered_by_lmtp_or_put_as_a_file_is_in_the_inbox() {
    let Some(server) = Dovecot::start() else { return };
    server.deliver(OURS, b"Subject: one\r\n\r\n.a line with a dot\r\n");
    server.put(OURS, b"Subject: two\r\n\r\nbytes \xFF\r\n");
    assert_eq!(server.count(OURS, "INBOX"), 2, "{}", server.log());
    assert!(server.mails(OURS, "INBOX").iter().any(|mail| mail.ends_with(b"\n\n.a line with a dot\n")));
    assert!(server.mails(OURS, "INBOX").iter().any(|mail| mail.ends_with(b"bytes \xFF\r\n")));
}
