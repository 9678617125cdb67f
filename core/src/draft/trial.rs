//! Each template tried by itself among the embedded ones, so that whoever writes several learns of every mistake at once
//! and in the file that has it. Called by `caseconsult templates check`; a start takes only a whole set, [`Templates`].

use super::{
    embedded::EMBEDDED,
    templates::{TemplateError, Templates},
};

/// How one template did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// Its name; `the whole set` where templates that pass alone do not fit together.
    pub name: String,
    /// Whether it is the operator's.
    pub is_own: bool,
    /// What is wrong with it.
    pub verdict: Result<(), TemplateError>,
}

/// Tries the operator's templates, `(file name, source)`, with the embedded ones beside them. In the order of a reply; files
/// that are no template come last. What is moved from one section to another is looked for in the whole reply: a set that
/// passes is sound, and only where it does not each file is tried alone.
#[must_use]
pub fn trials(own: &[(String, String)]) -> Vec<Trial> {
    let known = EMBEDDED.iter().map(|one| one.name);
    let unknown = own.iter().map(|(name, _)| name.as_str()).filter(|name| EMBEDDED.iter().all(|one| one.name != *name));
    let mut trials: Vec<Trial> = known
        .chain(unknown)
        .map(|name| Trial {
            name: name.to_owned(),
            is_own: own.iter().any(|(known, _)| known == name),
            verdict: Ok(()),
        })
        .collect();
    let Err(whole) = Templates::with_overrides(own.iter().cloned()) else { return trials };
    for trial in &mut trials {
        if let Some(one) = own.iter().find(|(name, _)| *name == trial.name) {
            trial.verdict = Templates::with_overrides([one.clone()]).map(drop);
        }
    }
    if trials.iter().all(|trial| trial.verdict.is_ok()) {
        let place = whole.place().map(|(name, _)| name.to_owned());
        match trials.iter_mut().find(|trial| Some(&trial.name) == place.as_ref()) {
            Some(trial) => trial.verdict = Err(whole),
            None => trials.push(Trial { name: "the whole set".to_owned(), is_own: true, verdict: Err(whole) }),
        }
    }
    trials
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(files: &[(&str, &str)]) -> Vec<(String, String)> {
        files.iter().map(|(name, source)| ((*name).to_owned(), (*source).to_owned())).collect()
    }

    fn wrong(files: &[(&str, &str)]) -> Vec<String> {
        let trials = trials(&own(files));
        trials.into_iter().filter(|trial| trial.verdict.is_err()).map(|trial| trial.name).collect()
    }

    #[test]
    fn every_file_has_its_own_verdict() {
        let files = [
            ("answer.md.j2", "fine\n{{ verdict }}"),
            ("case_line.md.j2", "Consultation {{ case }}."),
            ("codes.md.j2", ""),
            ("anwser.md.j2", ""),
        ];
        assert_eq!(wrong(&files), ["answer.md.j2", "codes.md.j2", "anwser.md.j2"]);
        let trials = trials(&own(&files));
        assert_eq!((trials.len(), trials.iter().filter(|trial| trial.is_own).count()), (EMBEDDED.len() + 1, 4));
        assert_eq!(wrong(&[]), [""; 0], "the embedded ones");
    }

    #[test]
    fn what_moves_to_another_section_is_not_missing() {
        let both = "{% for line in answer.why + answer.denied %}\n- {{ line }}\n{% endfor %}";
        assert_eq!(wrong(&[("why.md.j2", both), ("denied.md.j2", "")]), [""; 0]);
        assert_eq!(wrong(&[("denied.md.j2", "")]), ["denied.md.j2"]);
    }

    #[test]
    fn templates_that_pass_alone_and_fail_together_are_told() {
        let source = |name| EMBEDDED.iter().find(|one| one.name == name).map_or("", |one| one.source);
        let why = format!("{}{{% include \"denied.md.j2\" %}}", source("why.md.j2"));
        let denied = format!("{}{{% include \"why.md.j2\" %}}", source("denied.md.j2"));
        let files = [("why.md.j2", why.as_str()), ("denied.md.j2", denied.as_str())];
        assert_eq!((wrong(&files[..1]), wrong(&files[1..])), (Vec::new(), Vec::new()));
        let wrong = wrong(&files);
        assert!(wrong.len() == 1 && (wrong[0] == "why.md.j2" || wrong[0] == "denied.md.j2"), "{wrong:?}");
    }
}
