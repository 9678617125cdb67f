//! Invented files of each format, as small as they can be.

use std::io::{Cursor, Write as _};

use zip::{ZipWriter, write::SimpleFileOptions};

/// The rows of the invented claim.
pub(super) const ROWS: [[&str; 4]; 3] =
    [["CPT", "Modifier", "Dx", "Units"], ["99213", "25", "M17.11", "1"], ["J3301", "", "M17.11", "4"]];

pub(super) fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The rows as lines with this between two cells.
pub(super) fn delimited(mark: &str) -> Vec<u8> {
    ROWS.map(|row| row.join(mark)).join("\r\n").into_bytes()
}

/// A PDF of these objects; object 1 is the catalogue. `trailer` goes beside its root.
pub(super) fn pdf_of(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        file.extend(format!("{number} 0 obj\n").into_bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let table = file.len();
    let count = objects.len() + 1;
    file.extend(format!("xref\n0 {count}\n0000000000 65535 f \n").into_bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    file.extend(
        format!("trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n").into_bytes(),
    );
    file
}

pub(super) fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let begins = format!("<< {dictionary} /Length {} >>\nstream\n", bytes.len());
    [begins.as_bytes(), bytes, b"\nendstream"].concat()
}

/// A PDF with one page for each content.
pub(super) fn pdf(pages: &[&str]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 5 + 2 * page)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
        stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray", b"x"),
    ];
    for (page, content) in pages.iter().enumerate() {
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R \
                 /Resources << /Font << /F1 3 0 R >> /XObject << /Scan 4 0 R >> >> >>",
                6 + 2 * page
            )
            .into_bytes(),
        );
        objects.push(stream("", content.as_bytes()));
    }
    pdf_of(&objects, "")
}

/// The rows as a page draws a table.
pub(super) fn drawn_rows() -> String {
    let mut content = String::from("BT /F1 10 Tf ");
    for (down, row) in ROWS.iter().enumerate() {
        for (right, cell) in row.iter().enumerate() {
            content.push_str(&format!("1 0 0 1 {} {} Tm ({cell}) Tj ", 72 + 90 * right, 700 - 20 * down));
        }
    }
    content + "ET"
}

/// A page that is one picture.
pub(super) const SCAN: &str = "q 612 0 0 792 0 0 cm /Scan Do Q";

pub(super) fn docx() -> Vec<u8> {
    let mut body = String::from("<w:p><w:r><w:t>Op note: we used 20610-RT.</w:t></w:r></w:p><w:tbl>");
    for row in ROWS {
        body.push_str("<w:tr>");
        for cell in row {
            body.push_str(&format!("<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>"));
        }
        body.push_str("</w:tr>");
    }
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:tbl></w:body></w:document>");
    zip_of(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

pub(super) fn xlsx() -> Vec<u8> {
    let mut rows = String::new();
    for (nth, row) in (3..).zip(ROWS) {
        rows.push_str(&format!("<row r=\"{nth}\">"));
        for (column, cell) in ["B", "C", "D", "E"].iter().zip(row) {
            let reference = format!("{column}{nth}");
            if cell.is_empty() {
                continue;
            }
            if cell.bytes().all(|byte| byte.is_ascii_digit()) {
                rows.push_str(&format!("<c r=\"{reference}\"><v>{cell}</v></c>"));
            } else {
                rows.push_str(&format!("<c r=\"{reference}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"));
            }
        }
        rows.push_str("</row>");
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let sheet = format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>");
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{links}\"><sheets><sheet name=\"Claims\" sheetId=\"1\" r:id=\"r1\"/></sheets>\
         </workbook>"
    );
    let targets = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
         Type=\"{links}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let root = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
         Type=\"{links}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    zip_of(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", targets.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

pub(super) fn ods() -> Vec<u8> {
    let mut rows = String::new();
    for row in ROWS {
        rows.push_str("<table:table-row>");
        for cell in row {
            rows.push_str(&format!(
                "<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>"
            ));
        }
        rows.push_str("</table:table-row>");
    }
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"Claims\">{rows}</table:table></office:spreadsheet></office:body>\
         </office:document-content>"
    );
    zip_of(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest xmlns:manifest=\"m\"/>"),
        ("content.xml", content.as_bytes()),
    ])
}

pub(super) fn rtf() -> Vec<u8> {
    let mut text = String::from(r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0 Op note: \b 20610-RT\b0\par ");
    for row in ROWS {
        text.push_str(r"\trowd ");
        for cell in row {
            text.push_str(&format!("{cell}\\cell "));
        }
        text.push_str("\\row ");
    }
    (text + "}").into_bytes()
}

/// Outlook's packing of a text and one file.
pub(super) fn winmail(text: &str, name: &str, bytes: &[u8]) -> Vec<u8> {
    let attribute = |level: u8, id: u32, content: &[u8]| {
        let length = u32::try_from(content.len()).unwrap();
        [&[level][..], &id.to_le_bytes(), &length.to_le_bytes(), content, &[0, 0]].concat()
    };
    [
        b"\x78\x9F\x3E\x22\x01\0".to_vec(),
        attribute(1, 0x0002_800C, format!("{text}\0").as_bytes()),
        attribute(2, 0x0006_9002, &[0; 14]),
        attribute(2, 0x0001_8010, format!("{name}\0").as_bytes()),
        attribute(2, 0x0006_800F, bytes),
    ]
    .concat()
}
