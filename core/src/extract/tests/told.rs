//! Units told in a sentence, and numbers that are none.

use super::check;

#[test]
fn told_in_words() {
    check(&[
        ("CPT 17000 one and 17003 thirteen.", "CPT 17000 x1; CPT 17003 x13"),
        ("That's CPT 17003 with 13 on the units, right?", "CPT 17003 x13"),
        ("HCPCS J2506 JZ with 12 in units for the drug", "HCPCS J2506 [JZ] x12"),
        ("HCPCS G0277 4 increments on the UB", "HCPCS G0277 x4"),
        ("HCPCS T1019 with 14 quarter-hour units", "HCPCS T1019 x14"),
        ("HCPCS J0178 LT JZ units two (2 mg)", "HCPCS J0178 [LT JZ] x2"),
        ("CPT 64483 (LT, unit 1)", "CPT 64483 [LT] x1"),
        ("CPT 95886 so two.", "CPT 95886 x2"),
        ("CPT 36415 we keep, 1.", "CPT 36415 x1"),
        ("HCPCS J1439 at 750 a visit", "HCPCS J1439 x750"),
        ("HCPCS J9312 for 67, then J9312 with JW for the 3 wasted.", "HCPCS J9312 x67; HCPCS J9312 [JW] x3"),
        ("CPT 86003 ....... 23\nCPT 82785 ........ 1", "CPT 86003 x23; CPT 82785 x1"),
        ("CPT 97110 with 2 and 97140 with 1", "CPT 97110 x2; CPT 97140 x1"),
        ("CPT 84132 91 qty 2", "CPT 84132 [91] x2"),
        ("billed 4 of CPT 90472", "CPT 90472 x4"),
        ("CPT 97110 and 97140, 2 and 1 units", "CPT 97110 x2; CPT 97140 x1"),
        ("CPT 97110, 97140\nUnits: 2, 1", "CPT 97110 x2; CPT 97140 x1"),
        ("Units should read 60 on the HCPCS J0897 line", "HCPCS J0897 x60"),
        ("Three CPT 97110 and two CPT 97140.", "CPT 97110; CPT 97140"),
        ("billed three 97110 and one 97140.", "CPT 97110 x3; CPT 97140 x1"),
    ]);
}

#[test]
fn what_is_corrected_is_the_later_number() {
    check(&[
        ("CPT 64636 LT, 2 units. No, make it 3, I miscounted.", "CPT 64636 [LT] x3"),
        ("CPT 88305 because I had keyed 9. I counted again, so it's 8.", "CPT 88305 x8"),
        ("CPT 17003 was entered as 1 but should have been 7", "CPT 17003 x7"),
        ("CPT 97110 x3. It is 4 pm, sorry.", "CPT 97110 x3"),
    ]);
}

#[test]
fn numbers_that_are_no_units() {
    check(&[
        ("CPT 99291, 128 minutes in all", "CPT 99291"),
        ("HCPCS E0601 ships the same day from unit 12", "HCPCS E0601"),
        ("CPT 97606 3x a week in the office", "CPT 97606"),
        ("MUE for CPT 97110 is 6", "CPT 97110"),
        ("CPT 00790 104 minutes (7 time units)", "CPT 00790"),
        ("PROCEDURES: 1. 29827-RT 2. 29826-RT 3. 29828-RT-51", "CPT 29827 [RT]; CPT 29826 [RT]; CPT 29828 [RT 51]"),
        ("they will not pay for CPT 36415 twice.", "CPT 36415"),
        ("CPT 99213 so 4 pm works", "CPT 99213"),
        ("CPT 20610 for 2 patients", "CPT 20610"),
    ]);
}
