//! Modifiers with their codes, and alone.

use super::{check, check_nothing};

#[test]
fn attached() {
    check(&[
        ("99213-25", "CPT 99213 [25]"),
        ("99213 -25", "CPT 99213 [25]"),
        ("99213 - 25", "CPT 99213 [25]"),
        ("20610-RT-50", "CPT 20610 [RT 50]"),
        ("CPT 45380    CO-97", "CPT 45380"),
        ("97530-CO-59", "CPT 97530 [CO 59]"),
        ("20610 RT", "CPT 20610 [RT]"),
        ("29822-RT-59", "CPT 29822 [RT 59]"),
        ("CPT 93556, 59", "CPT 93556 [59]"),
        ("64483 LT", "CPT 64483 [LT]"),
        ("20610RT", "CPT 20610 [RT]"),
        ("J1885\u{2013}JW", "HCPCS J1885 [JW]"),
        ("J9035-JZ", "HCPCS J9035 [JZ]"),
        ("99213 w/ 25", "CPT 99213 [25]"),
        ("99213 with 25", "CPT 99213 [25]"),
        ("99213 with modifier 25", "CPT 99213 [25]"),
        ("99213 with a 25 modifier", "CPT 99213 [25]"),
        ("99213 w/mod 25", "CPT 99213 [25]"),
        ("99213 (modifier 25)", "CPT 99213 [25]"),
        ("99213 25 mod", "CPT 99213 [25]"),
        ("99213 visit with modifier 25", "CPT 99213 [25]"),
        ("99213 with modifiers 25 and 57", "CPT 99213 [25 57]"),
        ("99213-25, 57", "CPT 99213 [25 57]"),
        ("20610 RT or LT", "CPT 20610 [RT LT]"),
        ("20610-RT/LT", "CPT 20610 [RT LT]"),
        ("97110 GP KX", "CPT 97110 [GP KX]"),
        ("98940 AT", "CPT 98940 [AT]"),
        ("G0283 GP", "HCPCS G0283 [GP]"),
        ("CPT 77067 26", "CPT 77067 [26]"),
        ("should I append modifier 25 to 99213?", "CPT 99213 [25]"),
        ("modifier 25 on the 99213", "CPT 99213 [25]"),
        ("a 22 modifier on 27447", "CPT 27447 [22]"),
        ("add -59 to 20610 per NCCI", "CPT 20610 [59]"),
        ("20610-50, 77002-26 and 99213-25", "CPT 20610 [50]; CPT 77002 [26]; CPT 99213 [25]"),
        ("99213-\n25", "CPT 99213 [25]"),
        ("99213\u{2011}25", "CPT 99213 [25]"),
        ("billed 17000, 17003-59", "CPT 17000; CPT 17003 [59]"),
        ("0275T-RT", "CPT 0275T [RT]"),
        ("99213/25", "CPT 99213 [25]"),
    ]);
}

#[test]
fn alone() {
    check(&[
        ("does this need modifier 59?", "MODIFIER 59"),
        ("modifier-57 for the decision", "MODIFIER 57"),
        ("a 22 modifier", "MODIFIER 22"),
        ("When is a -25 needed on an E/M visit?", "MODIFIER 25"),
        ("modifiers 25 and 57", "MODIFIER 25; MODIFIER 57"),
        ("Use XU instead of modifier 59", "MODIFIER XU; MODIFIER 59"),
        ("modifier RT or LT", "MODIFIER RT; MODIFIER LT"),
        ("do payers want RT or LT on the claim line for procedures?", "MODIFIER RT; MODIFIER LT"),
        ("E/M w/ 25 was denied by the payer", "MODIFIER 25"),
        ("the 25 mod was missing", "MODIFIER 25"),
        ("modifier 09924 on the old claims", "MODIFIER 24"),
        ("mod. 59", "MODIFIER 59"),
    ]);
}

#[test]
fn numbers_that_are_no_modifiers() {
    check(&[
        ("99213 25 minutes", "CPT 99213"),
        ("99213 with 25 minutes of counselling", "CPT 99213"),
        ("CPT 20610 50 mg was given", "CPT 20610"),
        ("CPT 99213, 25 patients", "CPT 99213"),
        ("CPT 70450 CT head", "CPT 70450"),
        ("99213 for a 59 year old", "CPT 99213"),
        ("CO-97 denial on 99213", "CPT 99213"),
        ("denied PR-204 and CO 16", ""),
        ("99213 was 25% of visits", "CPT 99213"),
        ("99213.25 was denied", "CPT 99213 [25]"),
        ("20550-59RT", "CPT 20550 [59 RT]"),
        ("99213-2595 and 9921425", "CPT 99213 [25 95]; CPT 99214 [25]"),
        ("using 76 on 93005", "CPT 93005 [76]"),
        ("do I need 25 on 99214 or 57?", "CPT 99214 [25 57]"),
        ("can 99223 carry 25 and 57", "CPT 99223 [25 57]"),
    ]);
    check_nothing(&[
        "it was -25 degrees outside",
        "he is 59 years old",
        "meet on 3/25 or 3-26",
        "CO 80202 is in Denver",
    ]);
}
