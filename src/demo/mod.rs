//! What `caseconsult demo` starts with: thirteen invented case mails of different kinds. No person, practice or
//! case in them is real.

/// The sample mails, by file name. They are delivered into the demo's mailbox once, when it is made.
pub const MAILS: [(&str, &str); 13] = [
    ("01-knee-injection-with-visit.eml", include_str!("mails/01-knee-injection-with-visit.eml")),
    ("02-orbit-reconstruction-graft.eml", include_str!("mails/02-orbit-reconstruction-graft.eml")),
    ("03-back-pain-needs-more-characters.eml", include_str!("mails/03-back-pain-needs-more-characters.eml")),
    ("04-phone-visit-code-ended.eml", include_str!("mails/04-phone-visit-code-ended.eml")),
    ("05-bilateral-knees-html.eml", include_str!("mails/05-bilateral-knees-html.eml")),
    ("06-range-of-visit-codes.eml", include_str!("mails/06-range-of-visit-codes.eml")),
    ("07-fracture-seventh-character.eml", include_str!("mails/07-fracture-seventh-character.eml")),
    ("08-drug-units-and-waste.eml", include_str!("mails/08-drug-units-and-waste.eml")),
    ("09-follow-up-quoting-an-old-answer.eml", include_str!("mails/09-follow-up-quoting-an-old-answer.eml")),
    ("10-a-code-nobody-knows.eml", include_str!("mails/10-a-code-nobody-knows.eml")),
    ("11-question-without-a-code.eml", include_str!("mails/11-question-without-a-code.eml")),
    ("12-out-of-office.eml", include_str!("mails/12-out-of-office.eml")),
    ("13-claim-lines-in-a-sheet.eml", include_str!("mails/13-claim-lines-in-a-sheet.eml")),
];
