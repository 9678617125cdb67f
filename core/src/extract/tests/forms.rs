//! The forms in which askers write codes, one by one, and what looks like a code and is none.

use super::{check, check_nothing};

#[test]
fn each_form_is_read() {
    check(&[
        ("CPT 93556, 59", "CPT 93556 [59]"),
        ("64483 LT denied", "CPT 64483 [LT]"),
        ("27447 RT or LT?", "CPT 27447 [RT LT]"),
        ("do payers want RT or LT on the claim line for procedures?", "MODIFIER RT; MODIFIER LT"),
        ("modifier-57 on 99284", "CPT 99284 [57]"),
        ("a 22 modifier on 58571", "CPT 58571 [22]"),
        ("when is a -25 needed on an E/M visit?", "MODIFIER 25"),
        ("J1885 \u{2013}JW", "HCPCS J1885 [JW]"),
        ("99213 w/ 25", "CPT 99213 [25]"),
        ("99213 25 mod", "CPT 99213 [25]"),
        ("is XU or XS better on the claim?", "MODIFIER XU; MODIFIER XS"),
        ("can 99223 carry 25 and 57", "CPT 99223 [25 57]"),
        ("99213-2557", "CPT 99213 [25 57]"),
        ("20610RT", "CPT 20610 [RT]"),
        ("99213-09925", "CPT 99213 [25]"),
        ("modifier 09924 on the old claims", "MODIFIER 24"),
        ("99202-99205", "CPT 99202-99205"),
        ("99202\u{2013}99205", "CPT 99202-99205"),
        ("CPT 10021- 19999", "CPT 10021-19999"),
        ("93454 through 93461 were billed", "CPT 93454-93461"),
        ("99217-36", "CPT 99217-99236"),
        ("preventive 9939X", "CPT 99390-99399"),
        ("J0120-J9999", "HCPCS J0120-J9999"),
        ("99213/99214", "CPT 99213; CPT 99214"),
        ("29826/29823 denied", "CPT 29826; CPT 29823"),
        ("99213, 14 and 15", "CPT 99213; CPT 99214; CPT 99215"),
        ("CPT 64483, 64484 x2", "CPT 64483; CPT 64484 x2"),
        ("17003x13 per the payer", "CPT 17003 x13"),
        ("CPT 97110 with 2 units", "CPT 97110 x2"),
        ("3 units of J1885", "HCPCS J1885 x3"),
        ("J1885 (2)", "HCPCS J1885 x2"),
        ("E11.9", "ICD10CM E11.9"),
        ("dx E119", "ICD10CM E11.9"),
        ("Which 7th character for S82.-?", "ICD10CM S82"),
        ("dx 428.x", "ICD9 428"),
        ("E11. 621 with the ulcer", "ICD10CM E11.621"),
        ("ICD-10 code B9729", "ICD10CM B97.29"),
        ("ZO1.810 preop exam", "ICD10CM Z01.810"),
        ("codes under M54.5x changed", "ICD10CM M54.5"),
        ("Z00.00/Z00.01", "ICD10CM Z00.00; ICD10CM Z00.01"),
        ("ICD-9 250.00, V58.69 and E885.9", "ICD9 250.00; ICD9 V58.69; ICD9 E885.9"),
        ("0DTJ4ZZ for the appendix", "ICD10PCS 0DTJ4ZZ"),
        ("CPT99213", "CPT 99213"),
        ("CPT\u{AE} 99213", "CPT 99213"),
        ("deleted90782 and CPT 96372", "CPT 90782; CPT 96372"),
        ("N63Mass in breast, dx", "ICD10CM N63"),
        ("code U0002a is listed twice", "HCPCS U0002"),
        ("+17003 denied", "CPT 17003"),
        ("20610* needs a modifier per the payer", "CPT 20610"),
        ("#99213 denied", "CPT 99213"),
        ("(99213)", "CPT 99213"),
        ("99213.", "CPT 99213"),
        ("codes 20610,\n20605 and\n99213", "CPT 20610; CPT 20605; CPT 99213"),
        ("CPT 992l3 was billed", "CPT 99213"),
        ("CPT 99Z13 does not exist", ""),
        ("MS-DRG 470", "DRG 470"),
        ("rev code 450", "REV 0450"),
        ("revenue code 0450", "REV 0450"),
        ("NDC 0409-1412-04", "NDC 0409-1412-04"),
        ("NDC 00409141204", "NDC 00409141204"),
    ]);
    check(&[
        ("CPT\u{A0}99213\u{A0}denied, coder asks: 992\u{AD}14", "CPT 99213; CPT 99214"),
        ("CPT 45378\u{2014}PT, 36415\u{2011}59", "CPT 45378 [PT]; CPT 36415 [59]"),
    ]);
}

#[test]
fn nothing_else_is() {
    check_nothing(&[
        "Chicago, IL 60614-1234",
        "our ZIP is 60614",
        "60614-1234",
        "Tel: (312) 555-0199, fax 3125550199, ext. 48213",
        "$12,500.00 of the 12500 USD",
        "03/04/2026, 2026-03-04, FY2026, at 10:30 or 1430",
        "48213 North Main Street",
        "account 48213, claim # 48213, member ID 48213, MRN: 20610, NPI 1234567893",
        "invoice 48213, order 48213, case # 99213",
        "section 12345, 42 CFR 410.78, § 12345",
        "250.00 mg, BP 120/80, glucose 142, HbA1c 7.1",
        "he is 59 years old, 48213 members came",
        "page 20610, IMG_20610.jpg",
        "550e8400-e29b-41d4-a716-446655440000, 0x99213, deadbeef99213",
        "https://example.test/99213 and <20610.99213@mail.example.test>",
        "version 10.1.2, R12.2.1, build 20610",
    ]);
}

#[test]
fn shortened_words_and_what_goes_with_a_code() {
    check(&[
        ("99214, mod. 25, with 17000 mod. 59", "CPT 99214 [25]; CPT 17000 [59]"),
        ("G0463 PO was denied", "HCPCS G0463 [PO]"),
        ("is 57 right on CPT 99223 day before 44970?", "CPT 99223 [57]; CPT 44970"),
    ]);
}
