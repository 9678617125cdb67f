//! Every code of every format is found, with its modifiers and units, and says where it stands.

use super::{
    files::{self, SCAN, delimited, docx, drawn_rows, ods, pdf, rtf, winmail, xlsx, zip_of},
    mail::{mail, said},
};

/// The mentions of the invented claim, each with where it stands.
fn claim(places: [&str; 4]) -> Vec<String> {
    let codes = ["99213-25 x1", "M17.11", "J3301 x4", "M17.11"];
    codes.iter().zip(places).map(|(code, place)| format!("{code} in {place}")).collect()
}

fn columns(file: &str) -> [String; 4] {
    ["procedure", "diagnosis", "procedure", "diagnosis"].map(|column| format!("{file}, table cell, column {column}"))
}

#[test]
fn tables_of_every_format_keep_their_columns() {
    let octets = "application/octet-stream";
    let html = files::ROWS.map(|row| format!("<tr><td>{}</td></tr>", row.join("</td><td>"))).concat();
    for (name, content_type, bytes, within) in [
        ("claim.csv", "application/vnd.ms-excel", delimited(","), ""),
        ("claim.csv", "text/csv", delimited(";"), ""),
        ("claim.txt", octets, delimited("\t"), ""),
        ("claim.html", octets, format!("<html><table>{html}</table></html>").into_bytes(), ""),
        ("claim.pdf", "application/pdf", pdf(&[&drawn_rows()]), ", page 1"),
        ("claim.docx", octets, docx(), ""),
        ("claim.rtf", "application/msword", rtf(), ""),
    ] {
        let said = said(&mail(&[(name, content_type, &bytes)]));
        let places = columns(&format!("{name}{within}"));
        let expected = claim(places.each_ref().map(String::as_str));
        let found: Vec<_> = said.mentions().into_iter().filter(|one| !one.starts_with("20610")).collect();
        assert_eq!(found, expected, "{name} {content_type}");
        let [(listed, _, "")] = said.attachments()[..] else { panic!("{:?}", said.attachments()) };
        assert_eq!(listed, name);
        assert!(!said.draft().contains("does not use"), "{}", said.draft());
    }
}

#[test]
fn cells_of_sheets_have_the_names_that_the_sheet_gives_them() {
    let cells = |columns: [&str; 2], row: usize| {
        [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(column, down)| format!("cell {}{}", columns[column], row + down))
    };
    for (name, bytes, cells) in
        [("claim.xlsx", xlsx(), cells(["B", "D"], 4)), ("claim.ods", ods(), cells(["A", "C"], 2))]
    {
        let places = cells.map(|cell| format!("{name}, sheet Claims, {cell}"));
        let said = said(&mail(&[(name, "application/octet-stream", &bytes)]));
        assert_eq!(said.mentions(), claim(places.each_ref().map(String::as_str)), "{name}");
        assert_eq!(said.attachments(), [(name, "workbook", "")]);
    }
}

#[test]
fn packed_files_are_read_one_level_deep() {
    let inner = zip_of(&[("deep.txt", b"CPT 99999")]);
    let archive = zip_of(&[
        ("notes/claim.csv", &delimited(",")),
        ("scan.png", b"\x89PNG\r\n"),
        ("more.zip", &inner),
        ("asked.eml", b"Subject: old\r\n\r\nIs CPT 20610 right?\r\n"),
    ]);
    let said_of = said(&mail(&[("all.zip", "application/zip", &archive)]));
    assert_eq!(
        said_of.attachments(),
        [
            ("all.zip", "archive", ""),
            ("all.zip, notes/claim.csv", "delimited", ""),
            ("all.zip, scan.png", "picture", "No text found: look at it"),
            ("all.zip, more.zip", "archive", "Packed too deep to be searched: look at it"),
            ("all.zip, asked.eml", "mail", ""),
        ]
    );
    let mentions = said_of.mentions();
    assert_eq!(mentions.len(), 5, "{mentions:?}");
    assert!(mentions[0].starts_with("99213-25 x1 in all.zip, notes/claim.csv"), "{mentions:?}");
    assert_eq!(mentions[4], "20610 in all.zip, asked.eml");
    assert!(said_of.draft().contains("2 attachments that this reply does not use"), "{}", said_of.draft());

    let packed = winmail("Is CPT 20610 right?", "claim.csv", &delimited(","));
    let said_of = said(&mail(&[("winmail.dat", "application/ms-tnef", &packed)]));
    let mentions = said_of.mentions();
    assert_eq!(mentions[0], "20610 in winmail.dat, text");
    assert!(mentions[1].starts_with("99213-25 x1 in winmail.dat, claim.csv"), "{mentions:?}");
}

#[test]
fn a_pdf_says_which_page_and_which_pages_have_no_text() {
    let text = |line: &str| format!("BT /F1 10 Tf 72 700 Td ({line}) Tj ET");
    let (first, third) = (text("Op note: CPT 20610-RT was done."), text("Denied: CPT 99213, modifier 25"));
    let stamped = format!("{SCAN} {}", text("FAX p. 2"));
    let file = pdf(&[&first, &stamped, &third]);
    let said = said(&mail(&[("op note.pdf", "application/pdf", &file)]));
    assert_eq!(said.mentions(), ["20610-RT in op note.pdf, page 1", "99213-25 in op note.pdf, page 3"]);
    assert_eq!(said.attachments(), [("op note.pdf", "pdf", "Page 2 holds no text: look at it")]);
}

#[test]
fn files_beside_the_plain_version_of_a_text_are_read() {
    let mail = format!(
        "Subject: x\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain\r\n\r\n\
         Is that right?\r\n--a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n\
         <p>Is that right?</p>\r\n--b\r\nContent-Type: application/pdf; name=note.pdf\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\n{}\r\n--b--\r\n--a--\r\n",
        String::from_utf8(pdf(&["BT /F1 10 Tf 72 700 Td (CPT 20610) Tj ET"])).unwrap()
    );
    assert_eq!(said(mail.as_bytes()).mentions(), ["20610 in note.pdf, page 1"]);
}
