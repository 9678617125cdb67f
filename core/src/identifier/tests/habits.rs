//! Habits of writing, each in several ways, and beside each the lines that must not be read so. All lines are invented.

use crate::identifier::{About, find, mask};

/// Every one of these lines is masked as it says.
#[track_caller]
fn masked(lines: &[(&str, &str)]) {
    for (text, expected) in lines {
        assert_eq!(mask(text).0, *expected, "{text}");
    }
}

/// Nothing is masked in any of these lines.
#[track_caller]
fn stays(lines: &[&str]) {
    for text in lines {
        assert_eq!(mask(text).0, *text);
    }
}

#[test]
fn ages_of_ninety_and_more_in_all_ways() {
    masked(&[
        (
            "age 91, aged 94 and 97, ages: 92",
            "age [age over 89], aged [age over 89] and [age over 89], ages: [age over 89]",
        ),
        (
            "a 94F, a 95 M, F/92, 96 yo, 91 y.o.",
            "a [age over 89], a [age over 89] M, F/[age over 89], [age over 89], [age over 89].",
        ),
        ("she is 93 and he turned 90.", "she is [age over 89] and he turned [age over 89]."),
        (
            "in her nineties, mid-90s, a ninety-four-year-old",
            "in her [age over 89], mid-[age over 89], a [age over 89]-year-old",
        ),
        ("DOB 3/4/1931 (94)", "DOB [date] ([age over 89])"),
        ("a woman of 96; 90 or older", "a woman of [age over 89]; [age over 89] or older"),
        ("Dolores Vance, 95, fell", "[name], [age over 89], fell"),
        (
            "id,age,sex,code\nGA-114,84,F,99483\nGA-118,92,M,99483",
            "id,age,sex,code\n[number],84,F,99483\n[number],[age over 89],M,99483",
        ),
    ]);
    stays(&[
        "89 years old, 45 y/o, over 65",
        "95 units, 94 minutes, 92%, BP 94/60, temp 98 F",
        "99213-95, modifier 95, the 90s were better",
        "within ninety days, ninety minutes",
    ]);
}

#[test]
fn numbers_in_lists_and_of_one_form() {
    masked(&[
        ("MRNs 551022, 551788 and 552035", "MRNs [number], [number] and [number]"),
        ("ids MV-71 and MV-72", "ids [number] and [number]"),
        ("MRN N550181, and later N541007", "MRN [number], and later [number]"),
        ("D. Pomerleau (P-20771)", "[name] ([number])"),
        ("user=mfitzroy chart=70018234", "user=[number] chart=[number]"),
        ("account ends in 5518; Humana H 6610 2290", "account ends in [number]; Humana [number]"),
    ]);
    stays(&["Medicare LCD L33822 and NCD 220.6.17", "please check A0427-RH", "Aetna 12345 claims", "Cigna in 2024"]);
}

#[test]
fn social_security_numbers_with_their_first_digits_crossed_out() {
    masked(&[
        ("***-**-5127, xxx-xx-0344, XXX-XX-4471", "***-**-[number], [number], [number]"),
        ("900.22.4178", "[number]"),
    ]);
    stays(&["------ 0450", "** 12 **"]);
}

#[test]
fn boxes_of_the_claim_form_are_no_addresses() {
    masked(&[
        ("Box 2 VAN DYKE, ESTELLE R. Box 26 VDY00417.", "Box 2 [name]. Box 26 [number]."),
        ("Box 3 06 09 1951", "Box 3 [date]"),
        ("Box 12, Star Route, Winner, SD 57580", "[address], SD [ZIP]"),
    ]);
    stays(&["Box 24 and box 21 are right", "item 17 is empty"]);
}

#[test]
fn fields_of_messages() {
    masked(&[
        (
            "PID|1||004471829^^^STBR^MR||OKONKWO^CHIDI^A||19610314|M|||77 BIRCH LN^^TOLEDO^OH^43604",
            "PID|1||[number]||[name]||[date]|M|||[address]^OH^[ZIP]",
        ),
        ("NM1*IL*1*PFEIFFER*DOLORES*J***MI*3KD9WE2PY48~", "NM1*IL*1*[name]***MI*[number]~"),
        ("N4*ERIE*PA*16509~", "N4*[address]*PA*[ZIP]~"),
        ("CLM*PFE22107*186***11:B:1~", "CLM*[number]*186***11:B:1~"),
    ]);
    stays(&["NM1*PR*2*AETNA*****PI*60054~".trim_end_matches("*****PI*60054~"), "SV1*HC:99214:25*186*UN*1~"]);
}

#[test]
fn streets_and_what_follows_them() {
    masked(&[
        ("41 Heron Way Lot 9, Bangor ME 04401", "[address] ME [ZIP]"),
        ("37 1/2 Prospect Pl., Utica NY 13501", "[address] NY [ZIP]"),
        ("lives at 2 Calle Luna", "lives at [address]"),
        ("4410 N.W. 23rd St., Unit 7, Ames", "[address]"),
        ("9 w 5th st apt 2 erie pa 16501", "[address] pa [ZIP]"),
    ]);
    stays(&[
        "Head CT 70450",
        "71250 chest ct",
        "Ann Lee, MD 20610".trim_start_matches("Ann Lee"),
        "Medicaid of Texas 99213",
    ]);
}

#[test]
fn days_from_one_to_another() {
    masked(&[
        ("3/14-16, 3/14/24-3/16/24", "[date], [date]-[date]"),
        ("March 4, 6 and 11; 04JUN2025; the fourth of March", "[date]; [date]; the [date]"),
        ("Mon 3/4 and 3/4 @ 0915", "[date] and [date] @ 0915"),
    ]);
    stays(&["3/4 inch", "1/2-3 tablets", "section 30.6.15"]);
}

#[test]
fn names_as_lists_notes_and_small_letters_have_them() {
    masked(&[
        ("ATTENDING: FEINBERG, R", "ATTENDING: [name]"),
        ("J. P. Morales called", "[name] called"),
        ("hi dana, saw john smith", "hi [name], saw [name]"),
        ("Ms. K. and Dr. Brand", "Ms. [name]. and Dr. [name]"),
        ("pt A.R., 34. A.R. has Ambetter.", "pt [name]., 34. [name]. has Ambetter."),
        ("may May Hope be billed? Hope has Medicaid", "may [name] be billed? [name] has Medicaid"),
    ]);
    stays(&["Robotic Nissen with a Heller myotomy", "Foley exchange", "Hope this helps", "Will do."]);
}

#[test]
fn a_code_outranks_every_rule() {
    let text = "id,age,code\nA12,92,99483";
    let start = text.find("99483").unwrap();
    let code = crate::domain::span::Span::new(start, start + 5);
    let found = find(text, &About { codes: Some(&[code]), ..About::default() });
    assert!(found.iter().all(|one| !one.span.overlaps(code)) && found.len() == 2, "{found:?}");
}
