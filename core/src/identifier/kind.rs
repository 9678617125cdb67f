//! The kinds of identifiers, by the list of 45 CFR 164.514(b)(2)(i), and what stands in their place.

use serde::{Deserialize, Serialize};

/// A kind of identifier. The letter in brackets is that of the regulation's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identifier {
    /// (A) The name of a patient, of his family, of an employer; and of whoever writes or treats.
    Name,
    /// (B) A street, a post office box, a town: what is smaller than a state.
    #[serde(alias = "street")]
    Address,
    /// (B) A ZIP code.
    Zip,
    /// (C) A day or month; the year alone is none.
    #[serde(alias = "day")]
    Date,
    /// (C) An age over 89.
    #[serde(alias = "old_age")]
    Age,
    /// (D) A telephone number.
    Phone,
    /// (E) A fax number.
    Fax,
    /// (F) A mail address.
    Email,
    /// (G) A social security number, or its last four digits.
    Ssn,
    /// (H) A medical record number.
    MedicalRecord,
    /// (I) A number of a health plan: member, subscriber, policy, group; a Medicare beneficiary identifier.
    HealthPlan,
    /// (J) A number of an account or card.
    Account,
    /// (K) A number of a certificate or licence; NPI and DEA.
    Licence,
    /// (L) A number of a vehicle, its plate included.
    Vehicle,
    /// (M) A serial, lot or unique device number.
    Device,
    /// (N) A web address. Private in an asker's mail; in a reply it may be a source.
    #[serde(alias = "link")]
    Url,
    /// (O) An address of the internet protocol.
    Ip,
    /// (P) A finger, voice, iris or palm print.
    Biometric,
    /// (Q) A photograph that shows a face, or the name of a picture's file.
    Photo,
    /// (R) Any other unique number: of a claim, an order, an authorisation, an accession.
    Number,
}

impl Identifier {
    /// Its stable name: `medical_record`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
            Self::Zip => "zip",
            Self::Date => "date",
            Self::Age => "age",
            Self::Phone => "phone",
            Self::Fax => "fax",
            Self::Email => "email",
            Self::Ssn => "ssn",
            Self::MedicalRecord => "medical_record",
            Self::HealthPlan => "health_plan",
            Self::Account => "account",
            Self::Licence => "licence",
            Self::Vehicle => "vehicle",
            Self::Device => "device",
            Self::Url => "url",
            Self::Ip => "ip",
            Self::Biometric => "biometric",
            Self::Photo => "photo",
            Self::Number => "number",
        }
    }

    /// What stands in its place.
    #[must_use]
    pub const fn mask(self) -> &'static str {
        match self {
            Self::Name => "[name]",
            Self::Address => "[address]",
            Self::Zip => "[ZIP]",
            Self::Date => "[date]",
            Self::Age => "[age over 89]",
            Self::Phone | Self::Fax => "[phone]",
            Self::Email => "[email]",
            Self::Ssn
            | Self::MedicalRecord
            | Self::HealthPlan
            | Self::Account
            | Self::Licence
            | Self::Vehicle
            | Self::Device
            | Self::Number => "[number]",
            Self::Url | Self::Ip => "[link]",
            Self::Biometric => "[biometric]",
            Self::Photo => "[picture]",
        }
    }

    /// What it is, for people: `a telephone number`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Name => "a name",
            Self::Address => "an address or town",
            Self::Zip => "a ZIP code",
            Self::Date => "a date",
            Self::Age => "an age over 89",
            Self::Phone => "a telephone number",
            Self::Fax => "a fax number",
            Self::Email => "a mail address",
            Self::Ssn => "a social security number",
            Self::MedicalRecord => "a medical record number",
            Self::HealthPlan => "a member or policy number",
            Self::Account => "an account number",
            Self::Licence => "a licence number",
            Self::Vehicle => "a vehicle or plate number",
            Self::Device => "a device's serial or lot number",
            Self::Url => "a web address",
            Self::Ip => "an internet address",
            Self::Biometric => "a biometric mark",
            Self::Photo => "a picture of a person",
            Self::Number => "a claim, order or reference number",
        }
    }
}
