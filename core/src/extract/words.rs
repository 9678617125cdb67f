//! The words that say what a number is: "CPT", "modifier", "invoice", "Street".
//!
//! Everything that extraction knows of English is in this one table. The scanner keeps these words as tokens and
//! drops all others, so that each rule asks for a [`Cue`] and never for a spelling; [`super::phrasebook`] looks words
//! up. A word has one meaning here, the one that decides most often; what it weighs is said in [`super::confidence`].

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
    /// "units", "qty", "increments".
    Unit,
    /// "x" between a code and a number of units.
    Times,
    /// "revenue", "rev", before "code" or a number.
    Revenue,
    /// Words of coding that hardly occur elsewhere: "bundled", "NCCI", "append".
    Coding,
    /// Words of billing, which ordinary business mail also uses: "bill", "claim denied", "payer".
    Billing,
    /// Words that billing shares with all business: "paid", "report", "use".
    Handling,
    /// Words of medicine that offices and hospitals use in any mail: "patient", "clinic".
    Medicine,
    /// Words of what is done to patients: "knee", "injection", "arthroscopy".
    Clinical,
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
    /// "parcel", "printer", "tickets": what offices write about all day, and coders hardly ever.
    Everyday,
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

impl Cue {
    /// Whether it speaks of care, or of coding and billing it.
    pub(super) const fn is_care(self) -> bool {
        matches!(
            self,
            Self::System(_)
                | Self::Procedure
                | Self::Diagnosis
                | Self::Code
                | Self::Modifier
                | Self::Coding
                | Self::Billing
                | Self::Handling
                | Self::Medicine
                | Self::Clinical
                | Self::Remark
        )
    }

    /// Whether it speaks of everyday business: orders, rooms, streets, amounts.
    pub(super) const fn is_everyday(self) -> bool {
        matches!(
            self,
            Self::Everyday
                | Self::Identifier
                | Self::OtherCode
                | Self::Street
                | Self::State
                | Self::Phone
                | Self::Money
                | Self::Currency
                | Self::Counted
                | Self::Section
        )
    }
}

pub(super) const PHRASEBOOK: &[(Cue, &str)] = &[
    (Cue::System(CodeSystem::Cpt), "cpt cpts cpt4"),
    (Cue::System(CodeSystem::Hcpcs), "hcpcs hcpc hcpcsii jcode jcodes"),
    (Cue::System(CodeSystem::Icd10Pcs), "pcs"),
    (Cue::System(CodeSystem::Icd9Cm), "icd9 icd9cm"),
    (Cue::System(CodeSystem::Icd10Cm), "icd10 icd10cm"),
    (Cue::System(CodeSystem::MsDrg), "drg drgs msdrg msdrgs"),
    (Cue::System(CodeSystem::Ndc), "ndc ndcs"),
    (Cue::Procedure, "procedure procedures proc procs px em addon addons"),
    (Cue::Diagnosis, "dx dxs pdx sdx adx diag diags diagnosis diagnoses icd icds comorbidity comorbidities"),
    (Cue::Code, "code codes"),
    (Cue::Modifier, "modifier modifiers mod mods modifer modifers"),
    (Cue::Unit, "unit units qty quantity u increment increments"),
    (Cue::Times, "x times"),
    (Cue::Revenue, "revenue rev"),
    (
        Cue::Coding,
        "coding coded coder coders recode recoded miscoded upcode upcoded downcode downcoded downcoding unbundle \
         unbundled unbundling bundle bundled bundling bundles ncci cci ptp mue mues lcd lcds ncd ncds rvu rvus \
         wrvu wrvus append appended appending appends crosswalk opps asc mppr medically bilateral bilaterally \
         addendum noncovered payer payers payor payors denial denials precert preauth authorization auth copay \
         deductible bcbs tricare rebill separately unlisted eob eobs era remittance carc cob superbill \
         chargemaster cdm edits edit global dos hcc hccs grouper unbundles upcodes opps apc apcs ascs fqhc rhc \
         cms noridian novitas palmetto wps ngs scrubber clearinghouse recoup recouped recoupment takeback takebacks \
         writeoff underpaid sequencing comorbid poa mcc mdm ub04 cms1500 hcfa profee taxable capitated optum molina \
         wellcare ambetter centene kaiser inclusive incidental mutually exclusive unspecified laterality",
    ),
    (
        Cue::Billing,
        "bill billed billing bills billable rebilled biller billers claim claims deny denied denies denying \
         medicare medicaid insurance insurer reimburse reimbursed reimbursement reimburses resubmit resubmitted \
         reportable reported reporting schedule aetna cigna humana uhc unitedhealthcare anthem appeal appealed carrier \
         carriers mac macs incident reject rejected rejects rejecting rejection rejections remit remits mcare mcaid \
         subsequent established",
    ),
    (
        Cue::Handling,
        "charge charges charged charging payable allowed submit submitted submitting report use used using cover \
         covered coverage pay pays paid paying audit audited visit visits service services documented \
         documentation document perform performed performing deleted replaced replaces replacing add adds adding added revised \
         valid invalid session",
    ),
    (
        Cue::Medicine,
        "patient patients pt pts physician physicians surgeon surgeons provider providers doctor doctors clinic \
         hospital clinician nurse np anesthesiologist office inpatient outpatient pediatric dermatology \
         cardiology orthopedic orthopedics ortho podiatry urology gastroenterology neurology oncology radiology \
         pathology therapist therapists dme obgyn medical health healthcare",
    ),
    (
        Cue::Clinical,
        "surgery surgeries surgical anesthesia injection injections injected inject knee knees shoulder shoulders \
         hip hips wrist elbow ankle spine spinal lumbar cervical thoracic biopsy biopsies bx lesion lesions polyp \
         polyps excision excised repair repaired scope scopes scoped laceration graft flap closure drainage \
         aspiration aspirated egd ekg ecg xray xrays ct mri ultrasound catheter stent stents fracture fractures \
         wound wounds debridement vaccine vaccines vaccination immunization infusion chemo chemotherapy therapy \
         evaluation exam diagnostic consult consultation telehealth preventive screening observation operative op \
         postop preop intraop lap laparoscopic chole appy nerve block blocks epidural joint joints bursa tendon \
         ligament meniscus acl breast skin cpap orthotic prosthetic guidance fluoroscopy fluoro maternity \
         delivery newborn cesarean nst iud leep colpo cysto tka tha diabetes hypertension htn copd asthma \
         pneumonia cancer neoplasm sepsis obesity infection ulcer ulcers cyst cysts tumor tumors mass hernia \
         cataract pacemaker dialysis intubation ventilator spirometry audiometry allergy immunotherapy specimen \
         specimens lab labs cbc ua strep flu covid swab venipuncture uterus ovary ovaries bladder kidney liver \
         lung lungs artery vein veins bowel colon stomach gallbladder appendix thyroid prostate eyelid retina \
         cornea sinus septum tonsils adenoids toe toes finger fingers thumb pelvis femur tibia fibula humerus \
         clavicle rotator labrum disc discs vertebra muscle fascia scalp adhesions nodes lymph implant implants \
         neurostim ablation ablations afib flutter cath caths pacer capsule manometry glaucoma carpal bunion nail nails \
         wart warts mole psych psychotherapy eval evals anes anesth cardioversion echo doppler holter apnea emg ncs \
         botox kenalog toradol ketorolac rocephin lidocaine dexamethasone synvisc hydration pap vasectomy tubal \
         antepartum postpartum gyn plantar rectal nasal tonsil eyes retinal dosimetry infusions scoliosis arthritis \
         migraine depression anxiety asthmatic smear glucose inr intravitreal tympanostomy",
    ),
    (
        Cue::Identifier,
        "invoice invoices inv quote quotation po order orders ticket tickets account accounts acct accts mrn mrns npi npis tin ein ssn \
         dea transmittal mln ptan upin clia serial tracking requisition barcode receipts bed stall seat bib buzzer confirmation reference ref batch docket contract \
         grant project suite apt room rm box bldg building route highway hwy model part sku lot badge employee \
         member subscriber certificate isbn patent license licence lic registration vin plate flight gate locker asset job \
         shipment package parcel receipt voucher cheque transaction trx trace icn dcn tcn ucn pcn meeting \
         passcode pin password booking reservation conversation bug issue build port pid form claimid policy group patientid deposit \
         customer client vendor store unitno keypad combo padlock \
         user users role roles module modules profile profiles queue queues statement statements fob fobs slip \
         juror channel memo desk index journal copier",
    ),
    (
        Cue::MaybeIdentifier,
        "case cases check encounter encounters item items line lines id ids \
         file record chart event message msg payment request user sample",
    ),
    (Cue::Number, "no nos nr num number numbers ending ends"),
    (
        Cue::OtherCode,
        "area promo discount coupon access verification security error errors exit status country source product \
         qr bar door color colour dress postal dial dialing conference login sort swift routing activation \
         tax site reset wifi authentication pairing alarm lockbox garage parking invite location \
         department dept cost naics sic taxonomy pos postcode reason hex entry unlock offer gl ledger",
    ),
    (Cue::Zip, "zip zips zipcode zipcodes postcodes"),
    (
        Cue::State,
        "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho \
         illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota \
         mississippi missouri montana nebraska nevada hampshire jersey mexico york carolina dakota ohio oklahoma \
         oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming",
    ),
    (
        Cue::Street,
        "street st avenue ave road rd boulevard blvd lane ln drive dr court way parkway pkwy circle cir plaza \
         terrace place pl turnpike pike square floor broadway loop trail trl crossing",
    ),
    (Cue::Phone, "phone phones tel telephone fax cell mobile ext extension extn pager hotline"),
    (
        Cue::Money,
        "total totals subtotal totaling balance amount amounts price costs fee fees sum budget salary refund owed \
         owe owes owing grand",
    ),
    (Cue::Currency, "usd eur gbp dollars dollar cents bucks euros pounds"),
    (
        Cue::Section,
        "section sections sec cfr usc page pages pg pp paragraph para chapter ch exhibit figure fig table title \
         rule version ver v vol volume article clause subpart slide row column col step footnote agenda \
         attachment fr register",
    ),
    (
        Cue::Counted,
        "members people employees records rows miles feet ft sqft sq copies shares points votes users \
         participants attendees subscribers customers households students residents beds charts lives steps words \
         files emails messages calories gallons acres lbs kg kilometers km others respondents hospitals",
    ),
    (
        Cue::Dose,
        "mg mcg ug ml cc iu meq mmol mmhg g gm grams mm cm mhz khz kb mb gb cells dl mgdl percent pct degrees bpm \
         ng volts watts psi",
    ),
    (
        Cue::Duration,
        "minute minutes min mins hour hours hr hrs day days week weeks wk wks month months mo year years yr yrs \
         yo second seconds old am pm",
    ),
    (Cue::Remark, "rarc rarcs remark remarks carcs"),
    (
        Cue::Everyday,
        "parcel parcels printer printers toner cartridge cartridges shipped shipping ships freight warehouse carton \
         cartons pallet supplier catalog catalogue tickets elevator plumber pump driver drivers gala auction raffle \
         dinner lunch picnic potluck museum tour club network server laptop desk hotel airport bus train library \
         weather lease tenant tenants landlord garden recipe weekend concert delivered deliver courier voucher \
         boxes box truck tires fuel mileage parking garage keys key cylinder shelf shelves furniture paint carpet \
         lamp battery batteries cable camera phone dog cat runners ski helmet kiosk rsvp sponsors shop sale \
         discount buyer buyers customer customers refund postage stamp envelope envelopes labels ribbons gloves \
         inventory reorder vendor staffing permit inspection roof window windows door doors fence plate toll \
         website browser password firewall router switch backup software firmware batch branch commit timeout",
    ),
    (Cue::Is, "is are was were be as equals being"),
    (Cue::And, "and or nor versus vs then but"),
    (Cue::With, "with w plus without wo along having carry carries carrying needs need requires require requiring"),
    (Cue::To, "to through thru until thr"),
    (
        Cue::Filler,
        "a an the of for on in this that these those both either our my your their his her it its level ii i if \
         than like also only just same primary secondary principal new main first each per any about following \
         proper correct appropriate right so called eg ie from whether",
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
    (Cue::Amount(11), "eleven"),
    (Cue::Amount(12), "twelve"),
    (Cue::Amount(13), "thirteen"),
    (Cue::Amount(14), "fourteen"),
    (Cue::Amount(15), "fifteen"),
    (Cue::Amount(16), "sixteen"),
    (Cue::Amount(17), "seventeen"),
    (Cue::Amount(18), "eighteen"),
    (Cue::Amount(19), "nineteen"),
    (Cue::Amount(100), "hundred"),
];
