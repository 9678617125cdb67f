//! The labelled texts: `⟦NOUN VALUE|as written⟧`, two nouns in the same words parted by ` & `.

use std::{collections::BTreeSet, fs, path::Path};

use super::fact::Fact;
use crate::domain::span::Span;

/// A text without its marks, and what they state.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) name: String,
    pub(super) plain: String,
    pub(super) labels: Vec<Fact>,
}

/// The texts of all files of a folder. An error names the text.
pub(super) fn folder(path: &Path) -> Result<Vec<Text>, String> {
    let mut texts = Vec::new();
    let mut names = BTreeSet::new();
    let mut files: Vec<_> = fs::read_dir(path)
        .map_err(|error| format!("{}: {error}", path.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|file| file.extension().is_some_and(|end| end == "txt"))
        .collect();
    files.sort();
    for file in files {
        let content = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        for chunk in content.split("=== ").skip(1) {
            let (name, body) = chunk.split_once('\n').unwrap_or((chunk, ""));
            if !names.insert(name.to_owned()) {
                return Err(format!("{}: a second text is called {name}", file.display()));
            }
            texts.push(
                read(name, body.trim_end_matches('\n'))
                    .map_err(|what| format!("{}: {name}: {what}", file.display()))?,
            );
        }
    }
    Ok(texts)
}

fn read(name: &str, marked: &str) -> Result<Text, String> {
    let (mut plain, mut labels, mut rest) = (String::new(), Vec::new(), marked);
    while let Some((before, from)) = rest.split_once('⟦') {
        plain.push_str(before);
        let (label, after) = from.split_once('⟧').ok_or("a ⟦ that is not closed")?;
        let (head, written) = label.split_once('|').ok_or_else(|| format!("a label without its bar: {label:?}"))?;
        let span = Span::new(plain.len(), plain.len() + written.len());
        plain.push_str(written);
        for fact in head.split(" & ") {
            let (noun, value) = fact.split_once(' ').ok_or_else(|| format!("a label without a value: {fact:?}"))?;
            labels.push(Fact { noun: noun.to_owned(), value: value.to_owned(), span });
        }
        rest = after;
    }
    plain.push_str(rest);
    if plain.contains('⟧') {
        return Err("a ⟧ that closes nothing".to_owned());
    }
    Ok(Text { name: name.to_owned(), plain, labels })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_taken_out_of_the_text() {
        let text = read("a", "By ⟦PAYER commercial Aetna & STATE TX|Aetna TX⟧, ⟦SIDE left|left⟧").unwrap();
        assert_eq!(text.plain, "By Aetna TX, left");
        let shown: Vec<String> = text.labels.iter().map(|fact| format!("{} {}", fact.noun, fact.value)).collect();
        assert_eq!(shown, ["PAYER commercial Aetna", "STATE TX", "SIDE left"]);
        assert!(
            read("a", "⟦SIDE left⟧").is_err() && read("a", "⟦SIDE left|left").is_err() && read("a", "left⟧").is_err()
        );
    }
}
