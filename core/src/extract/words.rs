//! The words that say what a number is: "CPT", "modifier", "invoice", "Street".
//!
//! Everything that extraction knows of English is in this one table. The scanner keeps these words as tokens and
//! drops all others, so that each rule asks for a [`Cue`] and never for a spelling. A word has one meaning here, the
//! one that decides most often; what it weighs is said in [`super::confidence`].

use std::{collections::HashMap, sync::LazyLock};

use crate::domain::code::CodeSystem;

/// What a word says about the numbers beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// The name of a code system: `CPT`, `NDC`.
    System(CodeSystem),
    /// "procedure", "px", "E/M".
    Procedure,
    /// "dx", "diagnosis", "ICD-10".
    Diagnosis,
    /// "code", "codes".
    Code,
    /// "modifier", "mod".
    Modifier,
    /// "units", "qty".
    Unit,
    /// "x" between a code and a number of units.
    Times,
    /// "revenue", "rev", before "code" or a number.
    Revenue,
    /// Words of coding that hardly occur elsewhere: "bundled", "NCCI", "append".
    Coding,
    /// Words of billing, which ordinary business mail also uses: "bill", "claim denied", "payer".
    Billing,
    /// Words of medicine: "knee", "injection", "patient".
    Medicine,
    /// The number after it names a thing of its own: "invoice", "MRN", "room".
    Identifier,
    /// An identifier only with "#" or "number": "claim # 48213", but "on the claim 99213 was denied".
    MaybeIdentifier,
    /// "number", "no", "id": makes the word before it an identifier.
    Number,
    /// What is before "code" and makes it another kind of code: "area", "promo".
    OtherCode,
    /// "zip", "postcode".
    Zip,
    /// The full name of a state; the two-letter names are in `lookalike::zip`.
    State,
    /// "Street", "Ave", "Suite" after a number.
    Street,
    /// "phone", "fax", "ext".
    Phone,
    /// "total", "balance" before an amount.
    Money,
    /// "USD", "dollars" after an amount.
    Currency,
    /// "section", "CFR", "page", "version": the number after it is a place in a document or a release.
    Section,
    /// "patients", "miles": the number before it counts them.
    Counted,
    /// "mg", "mmHg".
    Dose,
    /// "minutes", "days".
    Duration,
    /// "RARC", "remark": denial codes look like codes.
    Remark,
    /// "is", "are", "was".
    Is,
    /// "and", "or".
    And,
    /// "with", "w", "plus".
    With,
    /// "to", "through".
    To,
    /// "a", "the", "of", "for", "on".
    Filler,
    /// "two", "three": a number of units.
    Amount(u8),
}

const PHRASEBOOK: &[(Cue, &str)] = &[
    (Cue::System(CodeSystem::Cpt), "cpt cpts cpt4"),
    (Cue::System(CodeSystem::Hcpcs), "hcpcs hcpc hcpcsii jcode jcodes"),
    (Cue::System(CodeSystem::Icd10Pcs), "pcs"),
    (Cue::System(CodeSystem::Icd9Cm), "icd9 icd9cm"),
    (Cue::System(CodeSystem::Icd10Cm), "icd10 icd10cm"),
    (Cue::System(CodeSystem::MsDrg), "drg drgs msdrg msdrgs"),
    (Cue::System(CodeSystem::Ndc), "ndc ndcs"),
    (Cue::Procedure, "procedure procedures proc procs px em addon addons"),
    (Cue::Diagnosis, "dx dxs diag diagnosis diagnoses diagnostic icd icds"),
    (Cue::Code, "code codes"),
    (Cue::Modifier, "modifier modifiers mod mods modifer modifers"),
    (Cue::Unit, "unit units qty quantity"),
    (Cue::Times, "x times"),
    (Cue::Revenue, "revenue rev"),
    (
        Cue::Coding,
        "coding coded coder coders recode recoded miscoded upcode upcoded downcode downcoded downcoding unbundle \
         unbundled unbundling bundle bundled bundling bundles bundling ncci cci ptp mue mues lcd lcds ncd ncds rvu rvus \
         wrvu wrvus append appended appending appends crosswalk opps asc mppr medically bilateral bilaterally addendum \
         separately unlisted eob eobs era remittance carc cob superbill chargemaster cdm fee-schedule edits edit global",
    ),
    (
        Cue::Billing,
        "bill billed billing bills billable rebill rebilled biller billers charge charges charged charging claim \
         claims deny denied denies denial denials denying payer payers payor payors medicare medicaid insurance \
         insurer reimburse reimbursed reimbursement reimburses payable allowed submit submitted submitting resubmit \
         resubmitted report reported reporting reportable use used using cover covered coverage noncovered pay pays \
         paid paying aetna cigna humana uhc unitedhealthcare bcbs tricare anthem appeal appealed audit audited \
         carrier carriers mac macs copay deductible precert preauth authorization auth visit visits service services \
         documented documentation document perform performed performing deleted replaced replaces replacing added revised valid invalid session",
    ),
    (
        Cue::Medicine,
        "patient patient's pt pts physician physicians surgeon surgeons surgery surgeries surgical provider providers \
         doctor clinic hospital clinician nurse np anesthesia anesthesiologist injection injections injected inject knee knees \
         shoulder hip spine spinal lumbar cervical thoracic biopsy biopsies lesion lesions excision repair arthroscopy \
         endoscopy colonoscopy egd ekg ecg xray ct mri ultrasound catheter catheterization stent fracture wound \
         debridement vaccine vaccination immunization infusion chemo chemotherapy therapy therapist pt/ot evaluation \
         exam office consult consultation telehealth preventive screening inpatient outpatient observation operative \
         op postop preop postoperative preoperative intraoperative surgeon's laceration graft flap closure drainage \
         laparoscopic laparoscopy nerve block epidural joint bursa tendon ligament breast skin cpap dme orthotic \
         prosthetic pathology lab labs radiology imaging guidance fluoroscopy fluoro obstetric maternity delivery \
         newborn diabetes hypertension htn copd asthma pneumonia cancer neoplasm sepsis obesity infection ulcer",
    ),
    (
        Cue::Identifier,
        "invoice invoices inv po order orders ticket tickets account accounts acct accts mrn npi npis tin ein ssn dea \
         ptan upin clia serial tracking confirmation reference ref batch docket contract grant project suite apt room \
         rm box bldg building route highway hwy model part sku lot badge employee member subscriber isbn patent \
         license licence lic registration vin plate flight gate locker asset job shipment package parcel receipt \
         voucher cheque transaction trx trace icn dcn tcn ucn pcn meeting passcode pin password booking reservation \
         conversation incident bug issue build port pid form",
    ),
    (
        Cue::MaybeIdentifier,
        "claimid case cases check policy group patientid chart encounter encounters item items line lines id ids \
         file record event message msg payment deposit request user customer client vendor store unitno sample",
    ),
    (Cue::Number, "no nos nr num number numbers ending"),
    (
        Cue::OtherCode,
        "area promo discount coupon access verification security error exit status country source product qr bar gate \
         door color colour dress postal dial dialing conference login sort swift routing activation referral tax site reset wifi authentication pairing alarm lockbox garage parking invite registration confirmation \
         location department dept cost naics sic taxonomy pos postcode reason hex entry unlock offer gl ledger",
    ),
    (Cue::Zip, "zip zips zipcode zipcodes postcode postcodes"),
    (
        Cue::State,
        "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois \
         indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri \
         montana nebraska nevada hampshire jersey mexico york carolina dakota ohio oklahoma oregon pennsylvania \
         tennessee texas utah vermont virginia washington wisconsin wyoming",
    ),
    (
        Cue::Street,
        "street st avenue ave road rd boulevard blvd lane ln drive dr court ct way parkway pkwy circle cir plaza \
         terrace place pl turnpike pike square floor broadway loop trail trl crossing",
    ),
    (Cue::Phone, "phone phones tel telephone fax cell mobile ext extension extn pager hotline dial"),
    (
        Cue::Money,
        "total totals subtotal totaling balance amount amounts price cost costs fee fees sum budget salary refund owed owe owes owing grand",
    ),
    (Cue::Currency, "usd eur gbp dollars dollar cents bucks euros pounds"),
    (
        Cue::Section,
        "section sections sec cfr usc page pages pg pp paragraph para chapter ch appendix exhibit figure fig table \
         title rule version ver release v vol volume article clause subpart slide row column col cell step footnote \
         agenda attachment schedule fr register",
    ),
    (
        Cue::Counted,
        "patients members people employees records rows miles feet ft sqft sq copies pages shares points votes users \
         participants attendees subscribers customers households students residents beds encounters charts lives \
         steps words files emails messages calories gallons acres lbs pounds kg kilometers km others respondents \
         physicians hospitals claims accounts visits lines",
    ),
    (
        Cue::Dose,
        "mg mcg ug ml cc iu meq mmol mmhg g gm grams mm cm mhz khz kb mb gb cells dl mgdl percent pct degrees bpm \
         ng pg volts watts psi kg/m2",
    ),
    (
        Cue::Duration,
        "minute minutes min mins hour hours hr hrs day days week weeks wk wks month months mo year years yr yrs yo \
         second seconds sec old am pm",
    ),
    (Cue::Remark, "rarc rarcs remark remarks carc carcs"),
    (Cue::Is, "is are was were be as equals being"),
    (Cue::And, "and or nor versus vs then but"),
    (Cue::With, "with w plus without wo along having needs need requires require requiring w/o"),
    (Cue::To, "to through thru until thr"),
    (
        Cue::Filler,
        "a an the of for on in this that these those both either our my your their his her it its level ii i if than \
         like also only just same primary secondary principal new old main second first each per any about following \
         proper correct appropriate right so called eg ie",
    ),
    (Cue::Amount(1), "one"),
    (Cue::Amount(2), "two twice"),
    (Cue::Amount(3), "three"),
    (Cue::Amount(4), "four"),
    (Cue::Amount(5), "five"),
    (Cue::Amount(6), "six"),
    (Cue::Amount(7), "seven"),
    (Cue::Amount(8), "eight"),
    (Cue::Amount(9), "nine"),
    (Cue::Amount(10), "ten"),
    (Cue::Amount(12), "twelve"),
];

/// The longest word in the table.
pub(super) const LONGEST: usize = 20;

/// The table, and which lengths occur for each first letter: most words of a mail are refused by that alone.
struct Phrasebook {
    meanings: HashMap<&'static [u8], Cue>,
    lengths: [u32; 26],
}

static TABLE: LazyLock<Phrasebook> = LazyLock::new(|| {
    let mut meanings = HashMap::new();
    let mut lengths = [0_u32; 26];
    for &(cue, words) in PHRASEBOOK {
        for word in words.split_whitespace() {
            // The first line of the table that names a word decides.
            meanings.entry(word.as_bytes()).or_insert(cue);
            if let Some(slot) = first_letter(word.as_bytes()).and_then(|letter| lengths.get_mut(letter)) {
                *slot |= 1 << word.len().min(31);
            }
        }
    }
    Phrasebook { meanings, lengths }
});

/// What `word` says, in any case.
pub(super) fn cue(word: &[u8]) -> Option<Cue> {
    let lengths = TABLE.lengths.get(first_letter(word)?)?;
    if word.len() > LONGEST || lengths & (1 << word.len()) == 0 {
        return None;
    }
    let mut lower = [0_u8; LONGEST];
    for (to, from) in lower.iter_mut().zip(word) {
        *to = from.to_ascii_lowercase();
    }
    TABLE.meanings.get(lower.get(..word.len())?).copied()
}

fn first_letter(word: &[u8]) -> Option<usize> {
    let first = word.first()?.to_ascii_lowercase();
    first.is_ascii_lowercase().then(|| usize::from(first - b'a'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_any_case() {
        assert_eq!(cue(b"CPT"), Some(Cue::System(CodeSystem::Cpt)));
        assert_eq!(cue(b"Modifier"), Some(Cue::Modifier));
        assert_eq!(cue(b"zipcode"), Some(Cue::Zip));
        assert_eq!(cue(b"umbrella"), None);
        assert_eq!(cue(b""), None);
    }

    #[test]
    fn no_word_is_longer_than_the_buffer() {
        for (_, words) in PHRASEBOOK {
            for word in words.split_whitespace() {
                assert!(word.len() <= LONGEST, "{word}");
                assert!(cue(word.as_bytes()).is_some(), "{word}");
            }
        }
    }
}
