//! Whatever the bytes are, every reader ends with an answer that is bounded.

use proptest::prelude::*;

use super::{
    bounds::MOST_TEXT,
    kind::Kind,
    open::{Attached, FileLabel, Here, Opener as _},
    opened::Opened,
    package::tests::zip_of,
};
use crate::mail::decoding::Encoding;

/// Names that lead to each reader, whatever the bytes say.
const NAMES: [&str; 9] = ["a.pdf", "a.docx", "a.xlsx", "a.xls", "a.rtf", "a.zip", "winmail.dat", "a.csv", "a.eml"];

fn opened(name: &str, body: &[u8]) -> Opened {
    let label = FileLabel {
        name: name.to_owned(),
        content_type: "application/octet-stream".to_owned(),
        encoding: Encoding::Plain,
        kind: Kind::Other,
    };
    let opened = Here.open(&Attached { label: &label, body });
    let length: usize = opened.passages.iter().map(|passage| passage.text.len()).sum();
    assert!(opened.is_done && length <= MOST_TEXT);
    opened
}

/// One small sound file of each format.
fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let document =
        b"<w:document xmlns:w='w'><w:p><w:r><w:t>99213 &amp; 25</w:t></w:r></w:p><w:tbl><w:tr><w:tc/></w:tr></w:tbl>\
        </w:document>";
    let page = "BT /F1 12 Tf 14 TL 72 700 Td [(992) -120 (13)] TJ T* (x) ' ET /Span << /ActualText (y) >> BDC EMC q 1 0 0 1 0 0 cm Q";
    let pdf = format!(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\n\
         endobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Annots [ << /Subtype /Widget \
         /V (20610) /Rect [1 2 3 4] >> ] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Times \
         /Encoding << /Differences [65 /one /f_i] >> /Widths [500 600] /FirstChar 65 >> >> >> >>\nendobj\n\
         4 0 obj\n<< /Length {} >>\nstream\n{page}\nendstream\nendobj\ntrailer\n<< /Root 1 0 R /Size 5 >>\n%%EOF",
        page.len()
    );
    let tnef =
        [&b"\x78\x9F\x3E\x22\x01\0\x01\x0C\x80\x02\0\x05\0\0\099213\0\0"[..], &[2, 2, 0x90, 6, 0, 1, 0, 0, 0, 0, 0, 0]];
    vec![
        ("a.pdf", pdf.into_bytes()),
        ("a.docx", zip_of(&[("word/document.xml", document)])),
        ("a.zip", zip_of(&[("a.csv", b"CPT,Units\n99213,1"), ("b/c.rtf", b"{\\rtf1 20610\\u8211 ?x}")])),
        ("winmail.dat", tnef.concat()),
        ("a.rtf", b"{\\rtf1\\ansicpg1252{\\fonttbl x}99213\\'e9\\par\\trowd a\\cell b\\cell\\row}".to_vec()),
    ]
}

#[test]
fn the_sound_files_hold_text() {
    for (name, bytes) in seeds() {
        let found = opened(name, &bytes);
        let text: String = found.passages.iter().map(|passage| passage.text.as_str()).collect();
        assert!(text.contains("99213"), "{name}: {found:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_end_with_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        for name in NAMES {
            opened(name, &bytes);
        }
        for begin in [&b"%PDF-1.4\n"[..], b"PK\x03\x04", b"{\\rtf1 ", b"\x78\x9F\x3E\x22\0\0", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"] {
            opened("", &[begin, &bytes].concat());
        }
    }

    #[test]
    fn any_damage_is_survived(
        edits in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>(), 0_u8..3), 1..10),
        keep in 1_usize..3_000,
    ) {
        for (name, mut bytes) in seeds() {
            for (at, byte, edit) in &edits {
                let at = at.index(bytes.len());
                match edit {
                    0 => bytes[at] = *byte,
                    1 => bytes.insert(at, *byte),
                    _ => drop(bytes.drain(at..bytes.len().min(at + 1 + usize::from(*byte) % 9))),
                }
                if bytes.is_empty() {
                    break;
                }
            }
            bytes.truncate(keep);
            opened(name, &bytes);
        }
    }
}
