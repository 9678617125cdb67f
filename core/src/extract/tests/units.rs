//! Units beside a code.

use super::check;

#[test]
fn units() {
    check(&[
        ("J1885 x 4", "HCPCS J1885 x4"),
        ("J1885 x4", "HCPCS J1885 x4"),
        ("J1885 X 4 units", "HCPCS J1885 x4"),
        ("17003x13 per the payer", "CPT 17003 x13"),
        ("CPT 97110 with 2 units", "CPT 97110 x2"),
        ("3 units of J1885", "HCPCS J1885 x3"),
        ("J1885 (2)", "HCPCS J1885 x2"),
        ("CPT 64483, 64484 x2", "CPT 64483; CPT 64484 x2"),
        ("97110-GP x 2", "CPT 97110 [GP] x2"),
        ("97110 GP, 2 units", "CPT 97110 [GP] x2"),
        ("CPT 97110, units: 3", "CPT 97110 x3"),
        ("CPT 97110 qty 3", "CPT 97110 x3"),
        ("two units of CPT 97530", "CPT 97530 x2"),
        ("2 x 99213", "CPT 99213 x2"),
        ("2x20610 CPT", "CPT 20610 x2"),
        ("J1885 \u{D7}2", "HCPCS J1885 x2"),
        ("20610-50 x 1", "CPT 20610 [50] x1"),
        ("CPT 97110 x 30 minutes", "CPT 97110"),
        ("billed J1885 60 mg", "HCPCS J1885"),
        ("bill 99406 for 2 units?", "CPT 99406 x2"),
        ("billed:\n96413: 1\n96415: 2", "CPT 96413 x1; CPT 96415 x2"),
        ("99214 was billed as 2 units", "CPT 99214 x2"),
        ("bill 76882 twice", "CPT 76882 x2"),
        ("they denied CPT 76882 twice", "CPT 76882"),
        ("CPT 76882 was billed twice", "CPT 76882"),
        ("quantity of 60 for A4253 on the claim", "HCPCS A4253 x60"),
        ("units billed for 99417: 3", "CPT 99417 x3"),
        ("billed L3000 2 ea", "HCPCS L3000 x2"),
        ("- 36415\n- 96361 - 3 units of CPT", "CPT 36415; CPT 96361 x3"),
    ]);
}
