//! Invented mails in any number.

/// A case mail of about `size` bytes; every `number` asks about other codes in other words.
pub(crate) fn case_mail(number: usize, size: usize) -> Vec<u8> {
    const CODES: [&str; 8] = ["20610-RT", "99213-25", "J1885 x 2", "99214", "96372", "36415", "J3301 x 4", "45380"];
    const DIAGNOSES: [&str; 6] = ["M17.11", "E11.9", "I10", "M54.50", "R07.9", "J45.909"];
    let mut text = format!(
        "From: Biller {number} <biller{number}@clinic{}.example.test>\r\n\
         To: coder@example.test\r\n\
         Subject: Question {number} about a visit\r\n\
         Date: Tue, 17 Nov 2026 09:{:02}:{:02} -0600\r\n\
         Message-ID: <bench-{number}-{size}@clinic.example.test>\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         Date of service 11/{:02}/2026, Medicare, office. The patient has {} and {}.\r\n\
         Can we bill {} together with {}? The payer denied {} last month.\r\n\r\n",
        number % 97,
        number / 60 % 60,
        number % 60,
        1 + number % 16,
        DIAGNOSES[number % 6],
        DIAGNOSES[(number / 6) % 6],
        CODES[number % 8],
        CODES[(number / 8 + 1) % 8],
        CODES[(number + 3) % 8],
    );
    let mut line = 0;
    while text.len() + 2 < size {
        line += 1;
        text.push_str(&format!(
            "Note {line}: the visit was documented as usual, the record is complete and signed.\r\n"
        ));
    }
    text.into_bytes()
}

/// A mail with one attachment of about `size` bytes in base64.
pub(crate) fn big_mail(size: usize) -> Vec<u8> {
    let mut mail =
        b"From: Biller <biller@clinic.example.test>\r\nTo: coder@example.test\r\nSubject: op note attached\r\n\
        Date: Tue, 17 Nov 2026 09:00:00 -0600\r\nMessage-ID: <big@clinic.example.test>\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n\
        Is 20610-RT right? See the scan.\r\n--b\r\nContent-Type: application/pdf; name=scan.pdf\r\n\
        Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=scan.pdf\r\n\r\n"
            .to_vec();
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    while mail.len() < size {
        for _ in 0..76 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            mail.push(ALPHABET[(state >> 58) as usize]);
        }
        mail.extend_from_slice(b"\r\n");
    }
    mail.extend_from_slice(b"\r\n--b--\r\n");
    mail
}
