//! Whose a modifier is that stands further off.

use super::check;

#[test]
fn behind_the_code_in_its_sentence() {
    check(&[
        ("CPT 90999 lost both G6 and V7 in the interface", "CPT 90999 [G6 V7]"),
        ("CPT 99213 carrying 25 above it", "CPT 99213 [25]"),
        ("case CPT 00142 had QS and P3 after it", "CPT 00142 [QS P3]"),
        ("they want HCPCS G0283 with a GP after it", "HCPCS G0283 [GP]"),
        ("CPT 11721, modifier boxes Q8 and 59", "CPT 11721 [Q8 59]"),
        ("HCPCS E0601 should read RR KX KJ from now on, we still had KI", "HCPCS E0601 [RR KX KJ]"),
        ("CPT 77065 with LT and, since same day, GG.", "CPT 77065 [LT GG]"),
        ("CPT 27447 with LT and then AS under her NPI", "CPT 27447 [LT AS]"),
        ("mods for CPT 66984 are RT and 54", "CPT 66984 [RT 54]"),
        ("CPT 99213 (the 25 was on it)", "CPT 99213 [25]"),
        ("CPT 27447 no 59", "CPT 27447 [59]"),
        ("CPT 20553 on 3/4 and 3/18, both without the KX.", "CPT 20553 [KX]"),
        ("CPT 25605-RT-54 in ED by ortho", "CPT 25605 [RT 54]"),
        ("CPT 99213 with 59 others was denied", "CPT 99213"),
        ("CPT 99291, at least 30 min. We have 26 in nursing notes.", "CPT 99291"),
        ("CPT 20610 to the right knee, so RT.", "CPT 20610 [RT]"),
        ("CPT 70553 read at home: 26 only.", "CPT 70553 [26]"),
        ("CPT 20610 for knee pain - 59 yo", "CPT 20610"),
        ("can CPT 90837 and 90847 ever be billed on the same day with a 59?", "CPT 90837; CPT 90847; MODIFIER 59"),
    ]);
}

#[test]
fn in_a_sentence_that_refers_to_it() {
    check(&[
        ("It's CPT 20605, that they bounced; it went out with 59 and RT.", "CPT 20605 [59 RT]"),
        ("CPT 45378 denied. Left off the 33, so they took it", "CPT 45378 [33]"),
        ("CPT 73502 was billed and we hung RT on it.", "CPT 73502 [RT]"),
        ("CPT 76856 is included. We put the 59 or not?", "CPT 76856; MODIFIER 59"),
        (
            "HCPCS J1885 x 4. Some was thrown away, so do we need JW or JZ?\n\nNDC on the vial: 00409-3795-01",
            "HCPCS J1885 x4; MODIFIER JW; MODIFIER JZ; NDC 00409-3795-01",
        ),
    ]);
}

#[test]
fn before_the_code_that_it_is_put_on() {
    check(&[
        ("so it was 33 that I hung on CPT 45380", "CPT 45380 [33]"),
        ("Co-surgeon wants in with 62 on the fusion CPT 22612", "CPT 22612 [62]"),
        ("drop the 51 from CPT 47563?", "CPT 47563 [51]"),
        ("GW should've been there: CPT 73140 with 26", "CPT 73140 [26 GW]"),
        ("CPT 97110 GP x2, GP 97112 x1", "CPT 97110 [GP] x2; CPT 97112 [GP] x1"),
        ("QA team: CPT 99213 denied", "CPT 99213"),
        ("CARC 50 with RARC N115 on 95810. Which policy is it?", "CPT 95810"),
    ]);
}

#[test]
fn of_a_list_or_of_one_in_it() {
    check(&[
        ("CPT 99213 and 99214, and both of them go under his NPI with Q6", "CPT 99213 [Q6]; CPT 99214 [Q6]"),
        ("CPT 97110, 97140 and 97530 all carry GP", "CPT 97110 [GP]; CPT 97140 [GP]; CPT 97530 [GP]"),
        ("Each of CPT 97110 and 97112 had GP.", "CPT 97110 [GP]; CPT 97112 [GP]"),
        ("GP on everything Monday:\n- CPT 97110 x2\n- 97112 x1", "CPT 97110 [GP] x2; CPT 97112 [GP] x1"),
        ("CPT 97110 two units, 97140 one unit, with GP typed on the first only", "CPT 97110 [GP] x2; CPT 97140 x1"),
        ("G0439 and CPT 99213 same day, 25 on the second one.", "HCPCS G0439; CPT 99213 [25]"),
        ("CPT 29881 hurts, both knees, with RT", "CPT 29881 [RT]"),
    ]);
}

#[test]
fn a_number_that_goes_with_no_such_code_counts() {
    check(&[
        ("skin test CPT 95004 (62) and 95024 (8)", "CPT 95004 x62; CPT 95024 x8"),
        ("CPT 22612 (62) for the co-surgeon", "CPT 22612 [62]"),
        ("CPT 80053 90 was sent out", "CPT 80053 [90]"),
    ]);
}

#[test]
fn in_lines_of_claim_files() {
    check(&[
        ("SV1*HC:97110:GP:CQ*96*UN*2***1~", "CPT 97110 [GP CQ] x2"),
        ("SV1*HC:00790:AA:P2*1320*MJ*94***1~", "CPT 00790 [AA P2]"),
        ("Line 1 with CPT 97140:GP*48*UN*1 went through", "CPT 97140 [GP] x1"),
        ("SVC*HC:97110:GP*90*54.1**2~", "CPT 97110 [GP] x2"),
        ("DOS\tCode\tMod1\tMod2\tQty\tBilled\n1/9/26\t97110\tGP\tCQ\t2\t96", "CPT 97110 [GP CQ] x2"),
        (
            "proc_code,mod1,mod2,units,charge\n99213,25,,1,120.00\n20610,RT,59,1,210.00",
            "CPT 99213 [25] x1; CPT 20610 [RT 59] x1",
        ),
        (
            "FL42 FL44 FL45 FL46 FL47\n0300 36415 090225 1 15.00\n0301 80048 91 090225 2 190.00",
            "REV 0300; CPT 36415 x1; REV 0301; CPT 80048 [91] x2",
        ),
    ]);
}
