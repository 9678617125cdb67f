//! Ranges, lists and short forms.

use super::check;

#[test]
fn ranges() {
    check(&[
        ("codes 99202-99205", "CPT 99202-99205"),
        ("99202\u{2013}99205", "CPT 99202-99205"),
        ("CPT 10021- 19999", "CPT 10021-19999"),
        ("93454 to 93461 were billed", "CPT 93454-93461"),
        ("CPT codes 93454 through 93461", "CPT 93454-93461"),
        ("99217-36", "CPT 99217-99236"),
        ("99221-23", "CPT 99221-99223"),
        ("99203-5 are denied", "CPT 99203-99205"),
        ("E/M 99304 thru 99310", "CPT 99304-99310"),
        ("preventive 9939X", "CPT 99390-99399"),
        ("J0120-J9999", "HCPCS J0120-J9999"),
        ("CPT 20600-20610", "CPT 20600-20610"),
        ("0001U-0010U PLA codes", "CPT 0001U-0010U"),
        ("We changed 99213 to 99214 after audit", "CPT 99213; CPT 99214"),
        ("downcoded 99215 to 99213", "CPT 99215; CPT 99213"),
    ]);
}

#[test]
fn lists() {
    check(&[
        ("99213/99214", "CPT 99213; CPT 99214"),
        ("29826/29823 denied", "CPT 29826; CPT 29823"),
        ("99213, 14 and 15", "CPT 99213; CPT 99214; CPT 99215"),
        ("99213/14", "CPT 99213; CPT 99214"),
        ("99213/4", "CPT 99213; CPT 99214"),
        ("99221, 22 and 23", "CPT 99221; CPT 99222; CPT 99223"),
        ("CPT 20610, 20605 and 20600", "CPT 20610; CPT 20605; CPT 20600"),
        ("CPT codes:\n- 20610\n- 20605\n- 20600", "CPT 20610; CPT 20605; CPT 20600"),
        ("> we billed 20610,\n> 20605, and 99213", "CPT 20610; CPT 20605; CPT 99213"),
        ("20610 with 20605 (CPT)", "CPT 20610; CPT 20605"),
        ("billed: 20610; 77002; J1030", "CPT 20610; CPT 77002; HCPCS J1030"),
        ("CPT\tMod\tUnits\n20610\tRT\t1\n99213\t25\t1", "CPT 20610 [RT] x1; CPT 99213 [25] x1"),
        (
            "| 20610 | RT | M17.11 |\n| 99213 | 25 | I10 |",
            "CPT 20610 [RT]; ICD10CM M17.11; CPT 99213 [25]; ICD10CM I10",
        ),
    ]);
}
