//! One labelled mail, and the files that hold them. The format is described in `README.md`.

use std::{collections::BTreeSet, fs, path::Path};

use caseconsult_core::{
    catalog,
    draft::kind::{Kind, Sort},
    extract::Reading,
    mail::message::Message,
};
use jiff::civil::{Date, date};

/// The day on which all mails came in.
pub(super) const RECEIVED: Date = date(2026, 11, 20);

/// A mail and the kinds that its reply must answer, in the order of the taxonomy.
#[derive(Debug)]
pub(crate) struct Labelled {
    pub(crate) name: String,
    pub(super) kinds: Vec<Kind>,
    /// The key facts that it lacks, by the names of `README.md`.
    pub(super) lacks: Vec<String>,
    /// What the program may never use as its own, and codes that it may never advise.
    pub(crate) never: Vec<String>,
    pub(crate) no_codes: Vec<String>,
    subject: String,
    body: String,
    is_html: bool,
}

impl Labelled {
    /// Its bytes, with these header lines before its own.
    pub(crate) fn raw(&self, head: &str) -> String {
        raw(head, &self.subject, &self.body, self.is_html)
    }

    /// As the program reads it from its bytes, with the embedded catalogue.
    pub(super) fn reading(&self) -> Reading {
        read(&self.name, &self.subject, &self.body)
    }
}

fn raw(head: &str, subject: &str, body: &str, is_html: bool) -> String {
    let kind = if is_html { "html" } else { "plain" };
    format!(
        "{head}Subject: {subject}\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}",
        body.replace('\n', "\r\n")
    )
}

/// A mail as the program reads it from its bytes, with the embedded catalogue.
pub(super) fn read(name: &str, subject: &str, body: &str) -> Reading {
    let raw = raw("From: asker@practice.example\r\n", subject, body, false);
    let message = Message::read(raw.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
    Reading::of(&message.text, catalog::starter(), Some(RECEIVED))
}

/// The mails of all files in a folder, by file name.
pub(crate) fn share(path: &Path) -> Result<Vec<Labelled>, String> {
    let mut names: Vec<String> = fs::read_dir(path)
        .map_err(|error| format!("{}: {error}", path.display()))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".txt"))
        .collect();
    names.sort();
    let mut mails = Vec::new();
    for name in names {
        let content = fs::read_to_string(path.join(&name)).map_err(|error| format!("{name}: {error}"))?;
        mails.extend(file(&content).map_err(|error| format!("{name}: {error}"))?);
    }
    let mut known = BTreeSet::new();
    match mails.iter().find(|mail| !known.insert(mail.name.as_str())) {
        Some(twice) => Err(format!("a second mail is called {}", twice.name)),
        None => Ok(mails),
    }
}

/// The mails of one file. An error names the mail, and quotes nothing of its body.
fn file(content: &str) -> Result<Vec<Labelled>, String> {
    let mut pieces = content.split("=== ");
    if pieces.next().is_some_and(|before| !before.trim().is_empty()) {
        return Err("something stands before the first mail (=== NAME)".to_owned());
    }
    let mut mails = Vec::new();
    for piece in pieces {
        let (name, rest) = piece.split_once('\n').ok_or("a mail ends with its name")?;
        mails.push(mail(name, rest).map_err(|error| format!("{name}: {error}"))?);
    }
    Ok(mails)
}

fn mail(name: &str, rest: &str) -> Result<Labelled, String> {
    let (mut kinds, mut lacks, mut subject, mut is_sorted, mut body) =
        (Vec::new(), Vec::new(), String::new(), false, rest);
    let (mut never, mut no_codes, mut is_html) = (Vec::new(), Vec::new(), false);
    while let Some((line, after)) = body.split_once('\n')
        && let Some((key, value)) = line.strip_prefix("# ").and_then(|line| line.split_once(": "))
    {
        match key {
            "kind" => {
                let read = |text: &str| Kind::read(text).ok_or_else(|| format!("no kind is called {text:?}"));
                kinds = value.split(", ").map(read).collect::<Result<_, _>>()?;
            }
            "sort" => is_sorted = Sort::read(value).is_some(),
            "subject" => value.clone_into(&mut subject),
            "answer-needs" => lacks = value.split(", ").map(str::to_owned).collect(),
            "never" => never.push(value.to_owned()),
            "no-code" => no_codes.push(value.to_owned()),
            "type" => is_html = value == "html",
            "attack" => {}
            other => return Err(format!("no key is called {other:?}")),
        }
        body = after;
    }
    kinds.sort();
    if kinds.is_empty() || is_sorted != kinds.contains(&Kind::K0) {
        return Err("a mail has a kind, and K0 has a sort".to_owned());
    }
    let (name, body) = (name.to_owned(), body.trim_end().to_owned());
    Ok(Labelled { name, kinds, lacks, never, no_codes, subject, body, is_html })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_has_its_labels_and_its_body() {
        let mails = file(
            "=== a\n# kind: K3, K1\n# subject: two\n# answer-needs: dos, site\nHi\n# not: a key\n=== b\n# kind: K0\n# sort: spam\nBuy\n",
        );
        let mails = mails.unwrap();
        assert_eq!((mails[0].kinds.as_slice(), mails[0].subject.as_str()), ([Kind::K1, Kind::K3].as_slice(), "two"));
        assert_eq!(mails[0].lacks, ["dos", "site"]);
        assert_eq!((mails[0].body.as_str(), mails[1].body.as_str()), ("Hi\n# not: a key", "Buy"));
        for wrong in
            ["x\n=== a\n", "=== a\n# kind: K99\n", "=== a\n# kind: K0\nHi\n", "=== a\n# what: K1\n", "=== a\nHi\n"]
        {
            assert!(file(wrong).is_err(), "{wrong:?}");
        }
    }
}
