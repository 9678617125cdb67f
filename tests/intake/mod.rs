//! Mails from real and lying IMAP servers, from Maildirs and from files: each ends in the right ledger state.

mod dovecot_smoke;
