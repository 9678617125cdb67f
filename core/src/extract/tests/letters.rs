//! Whole mails, as they come.

use super::check;

#[test]
fn questions() {
    check(&[
        (
            "Patient came in on 2/12/26 for bilateral knee injections under US guidance. Dr. did 20611 on both \
             knees and \
             40mg Kenalog each knee. We billed:\n\n20611-50\nJ3301 x 8\n99213-25\n\nUHC denied the 99213 as \
             inclusive and \
             paid J3301 only for 4 units. Dx was M17.0. Should I use M25.561/M25.562 instead? DOS 2/12/2026, claim # \
             24893321, DOB 5/6/1951.\n\nThanks,\nTina, CPC\nRiverside Orthopedics\n4510 Medical Center Dr, Suite 210\n\
             Dayton, OH 45402\nP: 937-555-0134",
            "CPT 20611; CPT 20611 [50]; HCPCS J3301 x8; CPT 99213 [25]; CPT 99213; HCPCS J3301 x4; ICD10CM M17.0; \
             ICD10CM M25.561; ICD10CM M25.562",
        ),
        (
            "we have a pt who had a 45385 and 45380 done same session, different polyps. Do I need 59 on the 45380 \
             or XS? \
             Medicare pt, K63.5 & D12.6",
            "CPT 45385; CPT 45380; CPT 45380 [XS 59]; ICD10CM K63.5; ICD10CM D12.6",
        ),
        (
            "Is there a cpt for removing a ganglion from the wrist? I was thinking 25111. The other coder says 25112.",
            "CPT 25111; CPT 25112",
        ),
        (
            "Can 64483 and 64484 be billed bilaterally? L4-5 and L5-S1 were done. Would it be 64483-50, 64484-50?",
            "CPT 64483; CPT 64484; CPT 64483 [50]; CPT 64484 [50]",
        ),
        (
            "99211 + 96372 same day? I say no. Office manager wants 99211-25. She says Blue Cross pays it",
            "CPT 99211; CPT 96372; CPT 99211 [25]",
        ),
        (
            "Received denial CO-97 N130 M15 for 36415 when billed with 80053, 85025 and 83036QW.",
            "CPT 36415; CPT 80053; CPT 85025; CPT 83036 [QW]",
        ),
        (
            "PA performed 12002 and the MD saw the pt. 99283-25 for facility, rev code 0450, NDC 00409-4276-01",
            "CPT 12002; CPT 99283 [25]; REV 0450; NDC 00409-4276-01",
        ),
        (
            "Please see below. CPT: 29827, 29826, 29824-59, 29823-59 (LT). ICD: M75.122, M19.012, S43.432A.",
            "CPT 29827; CPT 29826; CPT 29824 [59]; CPT 29823 [59 LT]; ICD10CM M75.122; ICD10CM M19.012; ICD10CM \
             S43.432A",
        ),
        (
            "dr smith did lap chole 47562 turned open 47600; also 49320? Op note attached (4 pages). Acct 10022345.",
            "CPT 47562; CPT 47600; CPT 49320",
        ),
        (
            "Physical therapy: 97110 (3), 97140 (1), 97530-59 (1), total timed min 68.",
            "CPT 97110 x3; CPT 97140 x1; CPT 97530 [59] x1",
        ),
        ("90471, 90472 x2, 90686, 90715: Z23", "CPT 90471; CPT 90472 x2; CPT 90686; CPT 90715; ICD10CM Z23"),
        (
            "can you tell me if G2211 can be added to 99214 when 99214 has a 25 modifier?",
            "HCPCS G2211; CPT 99214; CPT 99214 [25]",
        ),
        ("Anesthesia: 00790 AA P3, 3 hr 15 min. Which units?", "CPT 00790 [AA P3]"),
        (
            "HCPCS: E0601, A7030, A7034 (qty 1), A7038 (qty 2)/month, modifiers NU, KX",
            "HCPCS E0601; HCPCS A7030; HCPCS A7034 x1; HCPCS A7038 x2; MODIFIER NU; MODIFIER KX",
        ),
        (
            "wound 11042 (20 sq cm) and 97597 (first 20 sq cm). Graft Q4186 x 12",
            "CPT 11042; CPT 97597; HCPCS Q4186 x12",
        ),
        ("Insurance wants the 7th character. S82.891 - should be A or D?", "ICD10CM S82.891"),
        ("EOB line: 03/04/26 99214 25 11 1 165.00 CO45 42.10", "CPT 99214 [25]"),
        ("loop 2400 SV101 HC:99213:25 and HC:J3301", "CPT 99213 [25]; HCPCS J3301"),
        (
            "is 58300 with J7298 & 76998 okay, also 81025 (UPT). Z30.430, Z32.02",
            "CPT 58300; HCPCS J7298; CPT 76998; CPT 81025; ICD10CM Z30.430; ICD10CM Z32.02",
        ),
        (
            "Pt underwent ORIF distal radius 25609-LT on 1/15/2026. Returned 2/20 for cast removal 29705. Is this in the \
             global? The surgeon wants 99213-24. S52.572D. Medicare.\nJane Roe, CPC-A | 200 Main Street, Toledo, Ohio \
             43604 | ph 419.555.0123\nCONFIDENTIALITY NOTICE: 45 CFR 164.512",
            "CPT 25609 [LT]; CPT 29705; CPT 99213 [24]; ICD10CM S52.572D",
        ),
        ("Dr. Chen, ext 4512, room 20145 asked re: 20220 biopsy", "CPT 20220"),
    ]);
}
