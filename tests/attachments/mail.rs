//! A mail with attached files, and what `caseconsult draft --json` says of it.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;

/// A mail that asks something and carries these files: name, declared type, bytes.
pub(super) fn mail(files: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut mail = String::from(
        "From: Pat <pat@clinic.example.test>\r\nTo: coding@service.test\r\nSubject: Please look\r\n\
         Date: Tue, 17 Nov 2026 09:12:41 -0600\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"edge\"\r\n\r\n--edge\r\nContent-Type: text/plain\r\n\r\n\
         Please see the attached file. Is that billed correctly?\r\n",
    );
    for (name, content_type, bytes) in files {
        mail.push_str(&format!(
            "--edge\r\nContent-Type: {content_type}; name=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\
             Content-Disposition: attachment; filename=\"{name}\"\r\n\r\n"
        ));
        for line in STANDARD.encode(bytes).as_bytes().chunks(76) {
            mail.push_str(std::str::from_utf8(line).unwrap());
            mail.push_str("\r\n");
        }
    }
    mail.push_str("--edge--\r\n");
    mail.into_bytes()
}

/// What the program says of a mail.
pub(super) struct Said(Value);

/// Runs `caseconsult draft - --json`.
pub(super) fn said(mail: &[u8]) -> Said {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_caseconsult"))
        .args(["draft", "-", "--json"])
        .current_dir(folder.path())
        .env_remove("CASECONSULT_CONFIG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(mail).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    Said(serde_json::from_slice(&output.stdout).unwrap())
}

impl Said {
    /// Each mention of an attachment: `99213-25 x1 in note.pdf, page 1`.
    pub(super) fn mentions(&self) -> Vec<String> {
        let mentions = self.0["mentions"].as_array().unwrap().iter();
        let attached = mentions.filter(|mention| mention["place"] == "attachment");
        attached
            .map(|mention| {
                let mut said = mention["code"].as_str().unwrap().to_owned();
                for modifier in mention["modifiers"].as_array().unwrap() {
                    said.push_str(&format!("-{}", modifier.as_str().unwrap()));
                }
                if let Some(units) = mention["units"].as_u64() {
                    said.push_str(&format!(" x{units}"));
                }
                format!("{said} in {}", mention["location"].as_str().unwrap())
            })
            .collect()
    }

    /// Each attachment: name, kind and what is said of it.
    pub(super) fn attachments(&self) -> Vec<(&str, &str, &str)> {
        let all = self.0["attachments"].as_array().unwrap().iter();
        all.map(|one| (one["name"].as_str().unwrap(), one["kind"].as_str().unwrap(), one["says"].as_str().unwrap()))
            .collect()
    }

    /// The draft's text.
    pub(super) fn draft(&self) -> &str {
        self.0["draft"].as_str().unwrap()
    }
}
