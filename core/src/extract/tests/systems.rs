//! Each code system by itself.

use super::{check, check_listed, check_nothing};

#[test]
fn cpt_numbers() {
    check(&[
        ("Can I bill 20610 with 99213 the same day?", "CPT 20610; CPT 99213"),
        ("CPT 21256 was denied, why?", "CPT 21256"),
        ("CPT® 99213", "CPT 99213"),
        ("CPT-99213", "CPT 99213"),
        ("CPT: 99213", "CPT 99213"),
        ("CPT code is 27447.", "CPT 27447"),
        ("CPT#99213", "CPT 99213"),
        ("cpt 99213", "CPT 99213"),
        ("the procedure code 43239 was rejected", "CPT 43239"),
        ("E/M 99214 today", "CPT 99214"),
        ("Which code replaces 93720?", "CPT 93720"),
        ("We billed 17003 and got a denial", "CPT 17003"),
        ("Payer denied 11042 as bundled.", "CPT 11042"),
        ("Is 36415 separately payable with the visit?", "CPT 36415"),
        ("Medicare keeps denying 96372 when we report it with the office visit", "CPT 96372"),
        ("Our surgeon did a 29881 on the left knee; the payer wants a modifier", "CPT 29881"),
        ("(99213)", "CPT 99213"),
        ("#99213 denied", "CPT 99213"),
        ("+17003 denied", "CPT 17003"),
        ("20610* needs a modifier per the payer", "CPT 20610"),
        ("99213.", "CPT 99213"),
        ("CPT99213 and CPT20610", "CPT 99213; CPT 20610"),
        ("deleted90782 was replaced by CPT 96372", "CPT 90782; CPT 96372"),
        ("CPT 992l3 was billed", "CPT 99213"),
        ("coder asks: 992\u{AD}13 or 99214?", "CPT 99213; CPT 99214"),
        ("CPT\u{A0}99213\u{A0}denied", "CPT 99213"),
        ("anesthesia code 00840 was billed", "CPT 00840"),
        ("Is an E/M separately billable with 94010?", "CPT 94010"),
        ("How do I code a 45378 turned into 45385?", "CPT 45378; CPT 45385"),
        ("99213 denied. 99213 paid last year.", "CPT 99213; CPT 99213"),
    ]);
}

#[test]
fn cpt_with_letters() {
    check(&[
        ("Report 3074F for the measure", "CPT 3074F"),
        ("Category III code 0275T", "CPT 0275T"),
        ("PLA code 0001U denied by the payer", "CPT 0001U"),
        ("cpt ii code 2022f is denied", "CPT 2022F"),
        ("Is 0591T payable by Medicare?", "CPT 0591T"),
        ("administration billed as 0001A", "CPT 0001A"),
    ]);
    check_nothing(&["1500U of heparin were given", "1080p screen", "at 0800A we start", "CPT 99Z13 does not exist"]);
}

#[test]
fn hcpcs() {
    check(&[
        ("J1885 was denied", "HCPCS J1885"),
        ("j1885 denied as not medically necessary, hcpcs j1885", "HCPCS J1885; HCPCS J1885"),
        ("HCPCS Level II G0439", "HCPCS G0439"),
        ("HCPCS code: A4550", "HCPCS A4550"),
        ("Can I bill G0439 with 99213-25?", "HCPCS G0439; CPT 99213 [25]"),
        ("bill Q4101 per square cm", "HCPCS Q4101"),
        ("DME claim for E0601 denied", "HCPCS E0601"),
        ("D7210 is dental; can our surgeon bill it?", "HCPCS D7210"),
        ("code U0002a is listed twice", "HCPCS U0002"),
        ("HCPCSJ1885", "HCPCS J1885"),
        ("Is J0120-J9999 covered?", "HCPCS J0120-J9999"),
        ("HCPCS code JO120", "HCPCS J0120"),
        ("T1015 for the FQHC visit was denied by Medicaid", "HCPCS T1015"),
    ]);
}

#[test]
fn icd10cm() {
    check(&[
        ("E11.9", "ICD10CM E11.9"),
        ("dx E119", "ICD10CM E11.9"),
        ("dx: e11.9", "ICD10CM E11.9"),
        ("S72.001A for the fracture", "ICD10CM S72.001A"),
        ("diagnosis S72001A", "ICD10CM S72.001A"),
        ("W19.XXXA", "ICD10CM W19.XXXA"),
        ("T36.0X1A", "ICD10CM T36.0X1A"),
        ("Which 7th character for S82.-?", "ICD10CM S82"),
        ("codes under M54.5x changed", "ICD10CM M54.5"),
        ("E11. 621 with the ulcer", "ICD10CM E11.621"),
        ("ICD-10 code B9729", "ICD10CM B97.29"),
        ("ZO1.810 preop exam", "ICD10CM Z01.810"),
        ("Z00.00/Z00.01", "ICD10CM Z00.00; ICD10CM Z00.01"),
        ("dx I10 and E78.5", "ICD10CM I10; ICD10CM E78.5"),
        ("E78.5, I10, N18.30", "ICD10CM E78.5; ICD10CM I10; ICD10CM N18.30"),
        ("ICD-10-CM Z23 with the vaccine", "ICD10CM Z23"),
        ("N63Mass in breast, dx", "ICD10CM N63"),
        ("U07.1 was the dx", "ICD10CM U07.1"),
        ("M17.11 links to 20610-RT", "ICD10CM M17.11; CPT 20610 [RT]"),
        ("Is Z3A.38 needed with O80?", "ICD10CM Z3A.38; ICD10CM O80"),
        ("C7A.00 staging", "ICD10CM C7A.00"),
        ("the diagnosis codes E08-E13", "ICD10CM E08-E13"),
        ("I20.0-I25.9 is covered", "ICD10CM I20.0-I25.9"),
        ("ICD-10 code F32.A", "ICD10CM F32.A"),
    ]);
    check_nothing(&["a vitamin B12 shot", "room B12 is free", "sheet cell D12 holds the total", "take I95 north"]);
}

/// A few diagnoses of FY2026 have a letter in second place too: `QA0` and below.
#[test]
fn icd10cm_with_two_letters() {
    check(&[
        ("QA0.0101", "ICD10CM QA0.0101"),
        ("dx QA00101", "ICD10CM QA0.0101"),
        ("dx: qa0.0101", "ICD10CM QA0.0101"),
        ("dx qa00101", "ICD10CM QA0.0101"),
        ("ICD-10-CM QA0.8 and F84.0", "ICD10CM QA0.8; ICD10CM F84.0"),
        ("diagnosis QA08, is it billable?", "ICD10CM QA0.8"),
        ("F84.0, QA0.0151", "ICD10CM F84.0; ICD10CM QA0.0151"),
        ("dx F84.0, QA00151", "ICD10CM F84.0; ICD10CM QA0.0151"),
        ("Which codes are under QA0.-?", "ICD10CM QA0"),
        ("QA0.001x", "ICD10CM QA0.001"),
        ("QA0. 0101 with the seizures", "ICD10CM QA0.0101"),
        ("dx QA0", "ICD10CM QA0"),
        ("Is ICD-10 QA0 valid?", "ICD10CM QA0"),
        ("95816 for QA0.0142", "CPT 95816; ICD10CM QA0.0142"),
    ]);
    let lookalikes = [
        ("The QA0 team looks at each dx", ""),
        ("QA1 2024 report, dx E11.9", "ICD10CM E11.9"),
        ("QA team: 99213 denied", "CPT 99213"),
        ("QA0 reviewed 99213 and the dx", "CPT 99213"),
        ("QA2.1 of the tool, dx E11.9", "ICD10CM E11.9"),
        ("dx review by QA12", ""),
        ("AB0.01 is the version, dx E11.9", "ICD10CM E11.9"),
        ("the payer denied the QA0850 pump, medicare", ""),
        ("HCPCS QA001", ""),
        ("QA001 Medicare claim denied", ""),
        ("20610-QA", "CPT 20610 [QA]"),
        ("QA0Team will look at the dx", ""),
        ("model QA00101 for the diagnosis", ""),
        ("QA0.9.1 is the build, dx E11.9", "ICD10CM E11.9"),
        ("ticket QA0-118, dx E11.9", "ICD10CM E11.9"),
    ];
    check(&lookalikes);
    check(&[("the QA00101 scanner was billed as E0601", "HCPCS E0601")]);
    // Nor when an edition lists what they look like.
    check_listed(&lookalikes);
}

#[test]
fn icd10pcs() {
    check(&[
        ("PCS 0DTJ4ZZ", "ICD10PCS 0DTJ4ZZ"),
        ("ICD-10-PCS code 02703DZ", "ICD10PCS 02703DZ"),
        ("inpatient procedure 0SRC0J9 with MS-DRG 470", "ICD10PCS 0SRC0J9; DRG 470"),
    ]);
    check_nothing(&["commit 3f2a9c1 broke it", "plate 7ABC123", "id 0a1b2c3 was logged"]);
}

#[test]
fn icd9cm() {
    check(&[
        ("ICD-9 250.00", "ICD9 250.00"),
        ("old dx 724.2 maps to M54.50", "ICD9 724.2; ICD10CM M54.50"),
        ("V58.69 was the diagnosis in 2014", "ICD9 V58.69"),
        ("E885.9 fall", "ICD9 E885.9"),
        ("428.x heart failure dx", "ICD9 428"),
        ("ICD-9-CM code 25000", "ICD9 250.00"),
        ("diagnosis 401.9 and 272.4", "ICD9 401.9; ICD9 272.4"),
    ]);
    check_nothing(&["the total was 250.00", "glucose 250.0 mg/dl", "a copay of 125.50"]);
}

#[test]
fn drg_revenue_ndc() {
    check(&[
        ("MS-DRG 470", "DRG 470"),
        ("DRG 64 vs DRG 65", "DRG 064; DRG 065"),
        ("DRGs 469 and 470", "DRG 469; DRG 470"),
        ("DRG470", "DRG 470"),
        ("rev code 450", "REV 0450"),
        ("revenue code 0450", "REV 0450"),
        ("revenue codes 0450, 0510 and 0636", "REV 0450; REV 0510; REV 0636"),
        ("rev 0636 with J1885", "REV 0636; HCPCS J1885"),
        ("NDC 0409-1412-04", "NDC 0409-1412-04"),
        ("NDC: 00409141204", "NDC 00409141204"),
        ("J1885 NDC 0409-3795-01 x 2 units", "HCPCS J1885; NDC 0409-3795-01 x2"),
        ("National drug code 50242-0060-01 billed with J9035", "NDC 50242-0060-01; HCPCS J9035"),
    ]);
    check_nothing(&["revenue 2020 was flat", "revenue of 450 million", "call 312-555-0199"]);
}

/// Who writes a line to a coder means a code by its number, though no word says so.
#[test]
fn short_questions() {
    check(&[
        ("What is the wRVU of 27447?", "CPT 27447"),
        ("27447 global period?", "CPT 27447"),
        ("global days for 27130", "CPT 27130"),
        ("Is 31231 bilateral?", "CPT 31231"),
        ("is 69210 bilateral or unilateral", "CPT 69210"),
        ("does 93000 include the reading", "CPT 93000"),
        ("who can perform 96116?", "CPT 96116"),
        ("can a nurse do 99211", "CPT 99211"),
        ("how long is 90837", "CPT 90837"),
        ("time needed for 99291?", "CPT 99291"),
        ("time for 90832", "CPT 90832"),
        ("Frequency of 77067?", "CPT 77067"),
        ("how often can 83036 be done", "CPT 83036"),
        ("is there a limit on 97110", "CPT 97110"),
        ("need help with 43239 please", "CPT 43239"),
        ("question about 64483", "CPT 64483"),
        ("Re: 64483", "CPT 64483"),
        ("Subject: 20610", "CPT 20610"),
        ("help!! 62323", "CPT 62323"),
        ("thoughts on 15823?", "CPT 15823"),
        ("we did a 58558 today", "CPT 58558"),
        ("Dr did 52000 then 52332", "CPT 52000; CPT 52332"),
        ("pt came for 45378", "CPT 45378"),
        ("patient was scheduled for 29827", "CPT 29827"),
        ("patient needed 49505", "CPT 49505"),
        ("converted 47562 to 47600", "CPT 47562; CPT 47600"),
        ("43239 43248 45380", "CPT 43239; CPT 43248; CPT 45380"),
        ("11042 97597", "CPT 11042; CPT 97597"),
        ("11042\n97597\n15275", "CPT 11042; CPT 97597; CPT 15275"),
        ("11042, 97597", "CPT 11042; CPT 97597"),
        ("11042 & 97597", "CPT 11042; CPT 97597"),
        ("11042 + 97597", "CPT 11042; CPT 97597"),
        ("11042 vs 97597", "CPT 11042; CPT 97597"),
        ("11042 or 97597?", "CPT 11042; CPT 97597"),
        ("11042 w 97597?", "CPT 11042; CPT 97597"),
        ("11042/97597", "CPT 11042; CPT 97597"),
        ("11042 and 97597 same day?", "CPT 11042; CPT 97597"),
        ("20610 with US guidance or 20611", "CPT 20610; CPT 20611"),
        ("45385 then 45380 in another segment", "CPT 45385; CPT 45380"),
        ("36415 and 99000?", "CPT 36415; CPT 99000"),
        ("Do you get paid for 99070?", "CPT 99070"),
        ("Any luck getting 92250 paid with 92134?", "CPT 92250; CPT 92134"),
        ("92250 and 92134 are mutually exclusive?", "CPT 92250; CPT 92134"),
        ("Do we still use 90471 or is it 90460 for kids?", "CPT 90471; CPT 90460"),
        ("Ordered 70551 and 70553 by mistake", "CPT 70551; CPT 70553"),
        ("MRI 70553 auth", "CPT 70553"),
        ("auth for 70553", "CPT 70553"),
        ("precert for 27447 RT", "CPT 27447 [RT]"),
        ("approved for 62321 only", "CPT 62321"),
        ("they approved 64493 but we did 64494", "CPT 64493; CPT 64494"),
        ("Approved: 72148", "CPT 72148"),
        ("Requested: 72148, 72158", "CPT 72148; CPT 72158"),
        ("Tx plan 97110 97112 97530 97140", "CPT 97110; CPT 97112; CPT 97530; CPT 97140"),
        ("Charges: 99214 93000 36415", "CPT 99214; CPT 93000; CPT 36415"),
        ("charged 99214 93000 36415 80053 85025", "CPT 99214; CPT 93000; CPT 36415; CPT 80053; CPT 85025"),
        ("Labs 80053 85025 84443 83036 82306", "CPT 80053; CPT 85025; CPT 84443; CPT 83036; CPT 82306"),
        ("labs: 80053, 85025, 84443", "CPT 80053; CPT 85025; CPT 84443"),
        ("CMP 80053, CBC 85025, TSH 84443", "CPT 80053; CPT 85025; CPT 84443"),
        ("CMP (80053), CBC (85025), TSH (84443)", "CPT 80053; CPT 85025; CPT 84443"),
        ("echo 93306, stress 93015", "CPT 93306; CPT 93015"),
        ("Colonoscopy 45378, EGD 43235", "CPT 45378; CPT 43235"),
        ("vasectomy 55250", "CPT 55250"),
        ("Surgeon: total knee 27447", "CPT 27447"),
        ("Procedure done: 58661", "CPT 58661"),
        ("Procedures: 58661, 49320", "CPT 58661; CPT 49320"),
        ("PROCEDURE 58661", "CPT 58661"),
        ("CPT 58661/49320", "CPT 58661; CPT 49320"),
        ("Code 58661 vs 58662", "CPT 58661; CPT 58662"),
        ("codes 58661 58662", "CPT 58661; CPT 58662"),
        ("proc 58661", "CPT 58661"),
        ("primary 58661 secondary 49320", "CPT 58661; CPT 49320"),
        ("58661 primary, 49320 secondary", "CPT 58661; CPT 49320"),
        ("58661 is the primary", "CPT 58661"),
        ("the 58661 was denied", "CPT 58661"),
        ("58661 denied", "CPT 58661"),
        ("58661 not covered", "CPT 58661"),
        ("58661 requires auth", "CPT 58661"),
        ("58661 pays 600", "CPT 58661"),
        ("58661 (tubes) and 58571 (hyst)", "CPT 58661; CPT 58571"),
        ("20552/20553", "CPT 20552; CPT 20553"),
        ("20552-20553", "CPT 20552-20553"),
        ("20552 thru 20553", "CPT 20552-20553"),
        ("64490-64495 facet", "CPT 64490-64495"),
        ("J3301 & 20610", "HCPCS J3301; CPT 20610"),
        ("20610 J3301 M17.11", "CPT 20610; HCPCS J3301; ICD10CM M17.11"),
        ("M17.11 20610", "ICD10CM M17.11; CPT 20610"),
        ("20610 for M17.11", "CPT 20610; ICD10CM M17.11"),
        ("Z00.00 99396", "ICD10CM Z00.00; CPT 99396"),
        ("Dx Z12.31 with 77067", "ICD10CM Z12.31; CPT 77067"),
        ("Line 1 99213\nLine 2 20610\nLine 3 J3301", "CPT 99213; CPT 20610; HCPCS J3301"),
        ("Line 1: 58661\nLine 2: 49320", "CPT 58661; CPT 49320"),
        ("line 2 (58661) denied", "CPT 58661"),
        ("claim has 58661 and 49320", "CPT 58661; CPT 49320"),
        ("claim 58661 denied", "CPT 58661"),
        ("on the claim we have 20610", "CPT 20610"),
        ("Case #4: 58661 and 49320", "CPT 58661; CPT 49320"),
        ("Pt A - 58661, Pt B - 49320", "CPT 58661; CPT 49320"),
        ("Q1: 58661 or 58662?", "CPT 58661; CPT 58662"),
        ("1. 58661\n2. 58662", "CPT 58661; CPT 58662"),
        ("DOS 3/4/26 58661", "CPT 58661"),
        ("3/4: 58661, 3/11: 58662", "CPT 58661; CPT 58662"),
        ("anesthesia 00840", "CPT 00840"),
        ("anes for 27447 is 01402", "CPT 27447; CPT 01402"),
        ("00731 vs 00811", "CPT 00731; CPT 00811"),
        ("DRG 470", "DRG 470"),
        ("MS-DRG 470", "DRG 470"),
        ("DRGs 469-470", "DRG 469-470"),
        ("DRG 469 vs 470", "DRG 469; DRG 470"),
        ("DRG 469/470", "DRG 469; DRG 470"),
        ("DRG went from 470 to 469", "DRG 470; DRG 469"),
        ("moved from DRG 470 to 469", "DRG 470; DRG 469"),
        ("DRG: 871", "DRG 871"),
        ("grouped to 871, expected DRG 872", "DRG 871; DRG 872"),
        ("the DRG is 871", "DRG 871"),
        ("final DRG 871 (was 872)", "DRG 871; DRG 872"),
        ("DRG changed to 872", "DRG 872"),
        ("DRG 064-066", "DRG 064-066"),
        ("rev code 450", "REV 0450"),
        ("rev 0450", "REV 0450"),
        ("REV CODE: 0636", "REV 0636"),
        ("revenue code 0636 with J1885", "REV 0636; HCPCS J1885"),
        ("revenue codes 0360, 0250 and 0272", "REV 0360; REV 0250; REV 0272"),
        ("0450 99284", "REV 0450; CPT 99284"),
        ("99284 under 0450", "CPT 99284; REV 0450"),
        ("99284 (0450)", "CPT 99284; REV 0450"),
        ("99284 on rev 450", "CPT 99284; REV 0450"),
        ("99284 goes with 0450, revenue code", "CPT 99284; REV 0450"),
        ("0636 - J1885", "REV 0636; HCPCS J1885"),
        ("0762 G0378 x 14", "REV 0762; HCPCS G0378 x14"),
        ("rev codes 0250/0258/0636", "REV 0250; REV 0258; REV 0636"),
        ("is it 0250 or 0636 for the drug revenue code", "REV 0250; REV 0636"),
        ("rev code 0450 or 0456 or 0459", "REV 0450; REV 0456; REV 0459"),
        ("room and board 0120 revenue code", "REV 0120"),
        ("Rev 0120-0124", "REV 0120-0124"),
        ("NDC 0409-1412-04", "NDC 0409-1412-04"),
        ("NDC: 00409141204", "NDC 00409141204"),
        ("NDC# 00409-1412-04", "NDC 00409-1412-04"),
        ("ndc number 00409141204", "NDC 00409141204"),
        ("NDC N400409141204 ML10", "NDC 00409141204"),
        ("N400409141204UN1", "NDC 00409141204"),
    ]);
}
