//! Single lines: what is masked, and what must stay.

use crate::identifier::mask;

#[test]
fn identifiers_are_taken_out() {
    for (text, masked) in [
        ("write to pat.o'neil@clinic.example.test today", "write to [email] today"),
        ("call (214) 555-0142 or 214.555.0143 or +1 214-555-0144", "call [phone] or [phone] or [phone]"),
        ("SSN 078-05-1120, also ssn: 078051120", "SSN [number], also ssn: [number]"),
        ("MRN 4471923 and MRN: A-99213", "MRN [number] and MRN: [number]"),
        (
            "member ID: XYZ900123, acct #5567, claim no. 12345678",
            "member ID: [number], acct #[number], claim no. [number]",
        ),
        ("MBI 1EG4-TE5-MK73 was used", "MBI [number] was used"),
        ("NPI 1234567893", "NPI [number]"),
        ("DOB 3/4/1951, seen 2024-03-12", "DOB [date], seen [date]"),
        ("seen March 3rd, 2024, 4 April 2024, May 5th and 5 May", "seen [date], [date], [date] and [date]"),
        ("lives at 1200 West Main Street, Dallas, TX 75201", "lives at [address], TX [ZIP]"),
        ("zip 75201 and 92 year-old, 101 y/o", "zip [ZIP] and [age over 89] year-old, [age over 89]"),
        ("Mrs. Jane Doe saw Dr. Smith", "Mrs. [name] saw Dr. [name]"),
        ("Patient John Q. Doe had a fall", "Patient [name] had a fall"),
        ("OKONKWO, CHIDINMA A / smith, john dob 5/6/50", "[name] / [name] dob [date]"),
        ("Hi Dana,\n\nThanks!\nmel", "Hi [name],\n\nThanks!\n[name]"),
        ("see https://portal.example.test/x?mrn=1 from 203.0.113.84", "see [link] from [link]"),
        ("pt name is dolores kim, seen today", "pt name is [name], seen today"),
        ("plate NM 447-RKT, lot TU03K9A, serial WC-2209-44713", "plate [number], lot [number], serial [number]"),
    ] {
        assert_eq!(mask(text).0, masked);
    }
}

#[test]
fn codes_and_what_looks_like_identifiers_stay() {
    for text in [
        "99213-25, 20610-RT-50 and 99202-99205",
        "Head CT 70450 and OR 21256, PA 99213",
        "Chest, CT 71250",
        "NDC 0409-1412-04 and 12345-6789-01",
        "E11.621, S72.001A, 0DTJ4ZZ, G0008, 0001U",
        "the procedure is called arthrodesis, the form is named in the letter",
        "our claim 99213 was denied; member of the team; the account",
        "ICD-10-CM FY2026, 74,260 codes, POS 11",
        "an 89 year old, 45 y/o, 3/4 inch, strength 4/5, 99214/99215",
        "Moh's surgery, Mohs surgery, Colles fracture, patient has Medicare",
        "Osgood-Schlatter, Graves' disease, a Bankart repair, LeFort I, Hartmann pouch",
        "may 5 units be billed in 2024?",
        "Toradol J1885 RT, KX and GA; Novitas and Noridian differ. Please Advise",
        "Spring Valley Orthopedics and St. Joseph Hospital",
        "see https://www.cms.gov/files/document/r123.pdf",
    ] {
        let (masked, kinds) = mask(text);
        assert_eq!((masked.as_str(), kinds.len()), (text, 0));
    }
}
