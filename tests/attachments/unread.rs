//! Files of which nothing can be read say why, in the list and in the draft; files that are made to hurt cost nothing
//! but themselves.

use super::{
    files::{SCAN, docx, pdf, pdf_of, stream, zip_of},
    mail::{mail, said},
};

#[test]
fn what_cannot_be_read_says_why() {
    let locked = pdf_of(
        &[
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            b"<< /Type /Pages /Kids [] /Count 0 >>".to_vec(),
            format!(
                "<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{}> /U <{}> >>",
                "41".repeat(32),
                "42".repeat(32)
            )
            .into_bytes(),
        ],
        "/Encrypt 3 0 R /ID [<00> <00>]",
    );
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let locked_xlsx = [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &[0; 600], &name].concat();
    let torn = docx();
    for (name, bytes, kind, says, asked) in [
        ("scan.pdf", pdf(&[SCAN]), "pdf", "No text found: look at it", "a picture or scan without text"),
        ("scan.jpg", b"\xFF\xD8\xFF\xE0".to_vec(), "picture", "No text found: look at it", "a picture or scan"),
        ("locked.pdf", locked, "pdf", "Encrypted, so not searched", "a file that is encrypted"),
        ("locked.xlsx", locked_xlsx, "old_office", "Encrypted, so not searched", "a file that is encrypted"),
        (
            "torn.docx",
            torn[..torn.len() / 2].to_vec(),
            "document",
            "Damaged, or not what",
            "a file that cannot be read",
        ),
        ("torn.pdf", b"%PDF-1.7 and no more".to_vec(), "pdf", "Damaged, or not what", "a file that cannot be read"),
        ("song.mp3", b"ID3\x03\0\0".to_vec(), "other", "Not a kind of file", "a kind of file that is not read here"),
    ] {
        let said = said(&mail(&[(name, "application/octet-stream", &bytes)]));
        let [(listed, found, why)] = said.attachments()[..] else { panic!("{:?}", said.attachments()) };
        assert_eq!((listed, found), (name, kind));
        assert!(why.starts_with(says), "{name}: {why}");
        let draft = said.draft();
        assert!(draft.contains(&format!("1 attachment that this reply does not use: {asked}")), "{name}: {draft}");
        assert!(!draft.contains(name), "{draft}");
    }
}

#[test]
fn what_was_read_before_a_bomb_is_kept() {
    let bomb = vec![b' '; 200 << 20];
    let document = b"<w:document xmlns:w=\"w\"><w:p><w:t>CPT 20610</w:t></w:p></w:document>";
    let archive = zip_of(&[("note.txt", b"Is CPT 99213 right?"), ("bomb.txt", &bomb), ("after.txt", b"CPT 20610")]);
    let said_of = said(&mail(&[("all.zip", "application/zip", &archive)]));
    assert_eq!(said_of.mentions(), ["99213 in all.zip, note.txt"]);
    assert!(said_of.attachments().contains(&("all.zip, bomb.txt", "text", "Too large to be searched: look at it")));

    let package = zip_of(&[("word/document.xml", document), ("word/comments.xml", &bomb)]);
    let said_of = said(&mail(&[("note.docx", "application/octet-stream", &package)]));
    assert_eq!(said_of.mentions(), ["20610 in note.docx"]);
    assert_eq!(said_of.attachments(), [("note.docx", "document", "Too long: only the beginning is searched")]);

    let book = zip_of(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", &bomb)]);
    let said_of = said(&mail(&[("claim.xlsx", "application/octet-stream", &book)]));
    assert_eq!(said_of.attachments(), [("claim.xlsx", "workbook", "Too large to be searched: look at it")]);
}

#[test]
fn a_pdf_that_loops_or_goes_on_for_ever_ends() {
    let text = "BT /F1 10 Tf 72 700 Td (CPT 20610) Tj ET";
    let many = vec![text; 3_000];
    let said_of = said(&mail(&[("long.pdf", "application/pdf", &pdf(&many))]));
    assert_eq!(said_of.attachments(), [("long.pdf", "pdf", "Too long: only the beginning is searched")]);
    assert_eq!(said_of.mentions().len(), 2_000);

    // A form that draws itself twice.
    let page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R \
        /Resources << /XObject << /A 5 0 R >> /Font << /F1 6 0 R >> >> >>";
    let loops = pdf_of(
        &[
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            b"<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>".to_vec(),
            page.to_vec(),
            stream("", format!("{text} /A Do").as_bytes()),
            stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", "/A Do ".repeat(50).as_bytes()),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
        ],
        "",
    );
    let said_of = said(&mail(&[("loops.pdf", "application/pdf", &loops)]));
    assert!(said_of.mentions().iter().any(|one| one == "20610 in loops.pdf, page 1"), "{:?}", said_of.mentions());
}
