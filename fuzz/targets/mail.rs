//! Any bytes as a mail.
#![no_main]

#[path = "../checks/mail.rs"]
mod mail;
#[path = "../checks/text.rs"]
mod text;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mail::check(bytes));
