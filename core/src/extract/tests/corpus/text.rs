//! One labelled text, and the files that hold them. The format is described in `README.md`.

use std::{collections::BTreeSet, fs, path::Path};

use crate::domain::{
    mention::{Mention, Status},
    span::Span,
};

use super::label;

/// Whether a text may be read while the extractor is being worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Share {
    Tune,
    Unseen,
}

impl Share {
    pub(crate) const ALL: [Self; 2] = [Self::Tune, Self::Unseen];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Tune => "tune",
            Self::Unseen => "unseen",
        }
    }
}

/// A text without its marks, and the mentions that they stated, in the order in which they stand.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) file: String,
    pub(crate) name: String,
    pub(crate) share: Share,
    pub(crate) plain: String,
    pub(crate) labels: Vec<Mention>,
    /// What each label says of its code's status, when it says so.
    pub(crate) statuses: Vec<Option<Status>>,
    /// What tells who someone is, with its kind as written.
    pub(crate) identifiers: Vec<(String, Span)>,
}

/// The texts of all files in a folder, by file name.
pub(crate) fn folder(path: &Path) -> Result<Vec<Text>, String> {
    let mut names: Vec<String> = fs::read_dir(path)
        .map_err(|error| format!("{}: {error}", path.display()))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".txt"))
        .collect();
    names.sort();
    let mut texts = Vec::new();
    for name in names {
        let content = fs::read_to_string(path.join(&name)).map_err(|error| format!("{name}: {error}"))?;
        texts.extend(file(&name, &content)?);
    }
    let mut known = BTreeSet::new();
    match texts.iter().find(|text| !known.insert(text.name.as_str())) {
        Some(twice) => Err(format!("{}: a second text is called {}", twice.file, twice.name)),
        None => Ok(texts),
    }
}

/// The texts of one file. An error names the file and the line.
pub(crate) fn file(name: &str, content: &str) -> Result<Vec<Text>, String> {
    let mut texts = Vec::new();
    let mut begun: Option<(&str, usize, String)> = None;
    for (at, line) in content.split('\n').enumerate() {
        if line.ends_with('\r') {
            return Err(format!("{name}:{}: the line ends with CR LF", at + 1));
        }
        if let Some(heading) = line.strip_prefix("=== ") {
            if let Some((heading, first, body)) = begun.replace((heading, at + 1, String::new())) {
                texts.push(text(name, heading, first, &body)?);
            }
        } else if let Some((_, _, body)) = &mut begun {
            body.push_str(line);
            body.push('\n');
        } else if !line.trim().is_empty() {
            return Err(format!("{name}:{}: this stands before the first heading (=== NAME | tune)", at + 1));
        }
    }
    if let Some((heading, first, body)) = begun {
        texts.push(text(name, heading, first, &body)?);
    }
    Ok(texts)
}

fn text(file: &str, heading: &str, first: usize, marked: &str) -> Result<Text, String> {
    let at_heading = |what: &str| format!("{file}:{first}: {what}: {heading:?}");
    let (name, share) = heading.split_once(" | ").ok_or_else(|| at_heading("a heading is === NAME | tune"))?;
    if name.is_empty() || name.bytes().any(|b| !(b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')) {
        return Err(at_heading("a name holds small letters, digits and hyphens"));
    }
    let share = Share::ALL
        .into_iter()
        .find(|one| one.name() == share)
        .ok_or_else(|| at_heading("after the bar stands tune or unseen"))?;
    let marked = marked.trim_end_matches('\n');
    let (mut plain, mut labels, mut statuses, mut rest) = (String::new(), Vec::new(), Vec::new(), marked);
    let mut identifiers = Vec::new();
    while let Some(at) = rest.find(['⟦', '⟧', '⟪', '⟫']) {
        let (before, mark) = rest.split_at(at);
        let line = first + 1 + marked[..marked.len() - mark.len()].matches('\n').count();
        let wrong = |what: &str| format!("{file}:{line}: {name}: {what}");
        plain.push_str(before);
        let (inner, close) = match (mark.strip_prefix('⟦'), mark.strip_prefix('⟪')) {
            (Some(inner), _) => (inner, '⟧'),
            (None, Some(inner)) => (inner, '⟫'),
            (None, None) => return Err(wrong("a ⟧ or ⟫ that closes nothing")),
        };
        let (inner, after) = inner.split_once(close).ok_or_else(|| wrong("a ⟦ or ⟪ that is not closed"))?;
        let (head, written) = inner.split_once('|').ok_or_else(|| wrong("a label without its bar"))?;
        if written.is_empty() || inner.contains(['⟦', '⟧', '⟪', '⟫']) || written.trim() != written {
            return Err(wrong("after the bar stands what is written, without blanks around it, and no label"));
        }
        let span = Span { start: plain.len(), end: plain.len() + written.len() };
        plain.push_str(written);
        if close == '⟧' {
            let (label, status) = label::read(head, span).map_err(|what| wrong(&what))?;
            labels.push(label);
            statuses.push(status);
        } else if head.is_empty() || !head.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(wrong("an identifier's kind is written in capitals"));
        } else {
            identifiers.push((head.to_owned(), span));
        }
        rest = after;
    }
    plain.push_str(rest);
    plain.push('\n');
    Ok(Text { file: file.to_owned(), name: name.to_owned(), share, plain, labels, statuses, identifiers })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_taken_out_of_the_text() {
        let texts = file("a.txt", "=== one | tune\nBill ⟦CPT 99213 +25|99213⟧-25?\n\n=== two | unseen\nHi\n").unwrap();
        assert_eq!(texts[0].plain, "Bill 99213-25?\n");
        let persons = file("a.txt", "=== a | tune\n⟪NAME|Ann Ray⟫ had ⟦CPT 20610|20610⟧\n").unwrap();
        assert_eq!(persons[0].plain, "Ann Ray had 20610\n");
        assert_eq!(persons[0].labels[0].span.start, 12);
        assert_eq!(persons[0].identifiers, [("NAME".to_owned(), Span::new(0, 7))]);
        assert_eq!(&texts[0].plain[texts[0].labels[0].span.start..texts[0].labels[0].span.end], "99213");
        assert_eq!((texts[1].name.as_str(), texts[1].share, texts[1].labels.len()), ("two", Share::Unseen, 0));
    }

    #[test]
    fn an_error_names_file_and_line() {
        for (content, start) in [
            ("Hi\n=== a | tune\n", "a.txt:1: "),
            ("=== a | test\n", "a.txt:1: "),
            ("=== A | tune\n", "a.txt:1: "),
            ("\n=== a | tune\nHi\nand ⟦CPT 99213\n", "a.txt:4: "),
            ("=== a | tune\n⟦CPT 99213|99213⟧ and\n 99214⟧\n", "a.txt:3: "),
            ("=== a | tune\n⟦CPT 9921|9921⟧ ⟦CTP 99213|99213⟧\n", "a.txt:2: "),
            ("=== a | tune\n\n⟦CPT 99213| 99213⟧\n", "a.txt:3: "),
            ("=== a | tune\n⟪name|Ann Ray⟫\n", "a.txt:2: "),
            ("=== a | tune\n⟪NAME|Ann Ray⟧\n", "a.txt:2: "),
            ("=== a | tune\r\n", "a.txt:1: "),
        ] {
            let error = file("a.txt", content).unwrap_err();
            assert!(error.starts_with(start), "{content:?}: {error}");
        }
    }
}
