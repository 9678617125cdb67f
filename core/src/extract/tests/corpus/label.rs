//! What stands in front of a label's bar: `CPT 99213 +25 +GT x2 !denied`.

use crate::domain::{
    code::{Code, CodeSystem, Modifier},
    mention::{Mention, Status},
    span::Span,
};

/// The mention that a label states, with its status where the label has one, for the characters at `span`, or what is wrong with it.
pub(super) fn read(head: &str, span: Span) -> Result<(Mention, Option<Status>), String> {
    let mut words = head.split(' ');
    let named = words.next().unwrap_or_default();
    let system = CodeSystem::ALL
        .into_iter()
        .find(|one| one.as_str() == named)
        .ok_or_else(|| format!("no code system is called {named:?}"))?;
    let code = code(system, words.next().unwrap_or_default())?;
    let (mut modifiers, mut units, mut status) = (Vec::new(), None, None);
    for word in words {
        if let Some(two) = word.strip_prefix('+') {
            let modifier = Modifier::parse(two).map_err(|_| format!("{word:?} is no modifier"))?;
            if modifier.as_str() != two || units.is_some() || modifiers.contains(&modifier) {
                return Err(format!("{word:?}: a modifier is written once, in upper case, before the units"));
            }
            modifiers.push(modifier);
        } else if let (Some(count), None) = (word.strip_prefix('x'), units) {
            units = Some(count.parse::<u32>().map_err(|_| format!("{word:?} is no number of units"))?);
        } else if let (Some(said), None) = (word.strip_prefix('!'), status) {
            status = Some(of_name(said).ok_or_else(|| format!("no status is called {said:?}"))?);
        } else {
            return Err(format!("{word:?} is neither a modifier (+25), nor units (x2), nor a status (!denied)"));
        }
    }
    Ok((Mention { modifiers, units, ..Mention::bare(span, system, code) }, status))
}

fn of_name(name: &str) -> Option<Status> {
    use Status::{Asked, Billed, Deleted, Denied, Historical, Negated};
    [Asked, Billed, Denied, Deleted, Negated, Historical].into_iter().find(|one| one.as_str() == name)
}

fn code(system: CodeSystem, text: &str) -> Result<Code, String> {
    let code = match text.split_once('-') {
        Some((first, last)) if system != CodeSystem::Ndc => {
            Code::range(&single(system, first)?, &single(system, last)?)
        }
        _ => single(system, text)?,
    };
    if code.as_str() == text { Ok(code) } else { Err(format!("{text:?} should be {code:?}")) }
}

fn single(system: CodeSystem, text: &str) -> Result<Code, String> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let fits = match system {
        CodeSystem::Cpt => text.len() == 5 && digits >= 4 && !text.ends_with('X'),
        CodeSystem::Hcpcs => text.len() == 5 && digits >= 3,
        CodeSystem::Icd10Cm => (3..=8).contains(&text.len()),
        CodeSystem::Icd10Pcs => (3..=7).contains(&text.len()) && !text.contains('.'),
        CodeSystem::Icd9Cm => (2..=6).contains(&text.len()),
        CodeSystem::Modifier => text.len() == 2,
        CodeSystem::MsDrg => text.len() == 3 && digits == 3,
        CodeSystem::Revenue => text.len() == 4 && digits >= 3,
        CodeSystem::Ndc => (10..=13).contains(&text.len()),
    };
    if fits { Ok(Code::normal(system, text)) } else { Err(format!("{text:?} has not the shape of {system}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(head: &str) -> String {
        read(head, Span { start: 0, end: 1 }).unwrap_err()
    }

    #[test]
    fn all_of_a_label_is_read() {
        let (mention, status) = read("CPT 99213 +25 +GT x2 !denied", Span { start: 3, end: 8 }).unwrap();
        assert_eq!(status, Some(Status::Denied));
        assert_eq!((mention.system, mention.code.as_str(), mention.units), (CodeSystem::Cpt, "99213", Some(2)));
        assert_eq!(mention.modifiers.iter().map(Modifier::as_str).collect::<Vec<_>>(), ["25", "GT"]);
        assert_eq!(read("CPT 99202-99205", mention.span).unwrap().0.code.as_str(), "99202-99205");
        assert_eq!(read("NDC 0409-1412-04", mention.span).unwrap().0.code.as_str(), "0409-1412-04");
    }

    #[test]
    fn a_malformed_label_says_what_is_wrong() {
        for (head, what) in [
            ("CTP 99213", "CTP"),
            ("CPT", "shape"),
            ("CPT 9921", "shape"),
            ("CPT 9939X", "shape"),
            ("ICD10CM E119", "E11.9"),
            ("HCPCS j1885", "J1885"),
            ("CPT 99213 25", "neither"),
            ("CPT 99213 +255", "no modifier"),
            ("CPT 99213 +25 +25", "once"),
            ("CPT 99213 x2 x3", "neither"),
            ("CPT 99213 x", "no number"),
            ("CPT 99213  +25", "neither"),
            ("DRG 47", "shape"),
        ] {
            assert!(error(head).contains(what), "{head}: {}", error(head));
        }
    }
}
