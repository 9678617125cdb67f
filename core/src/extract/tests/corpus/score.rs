//! What the extractor finds in a text, beside the labels.

use crate::{catalog, domain::mention::Mention, extract, mail::search_text::SearchText};

use super::{
    tally::{Count, Tallies},
    text::Text,
};

/// A text with what was found in it. Pairs are places in its labels and in `found`.
#[derive(Debug)]
pub(super) struct Scored<'t> {
    pub(super) text: &'t Text,
    pub(super) found: Vec<Mention>,
    /// Label and mention of the same code whose spans share something; each stands in one pair at most.
    pub(super) pairs: Vec<(usize, usize)>,
}

/// Runs the extractor as `caseconsult mentions` does, with the embedded catalogue.
pub(super) fn score(text: &Text) -> Scored<'_> {
    let search = SearchText::plain(text.plain.as_str());
    assert_eq!(search.text, text.plain, "{}: the text that is searched is another one", text.name);
    Scored::new(text, extract::mentions(&search, catalog::starter()))
}

impl<'t> Scored<'t> {
    pub(super) fn new(text: &'t Text, found: Vec<Mention>) -> Self {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        // Equal spans first, so that an overlap never takes a mention from the label that it fits.
        for exact in [true, false] {
            for (at, label) in text.labels.iter().enumerate() {
                let fits = |one: &Mention| {
                    same_code(label, one) && if exact { label.span == one.span } else { label.span.overlaps(one.span) }
                };
                if pairs.iter().any(|(taken, _)| *taken == at) {
                    continue;
                }
                let free = (0..found.len()).find(|n| fits(&found[*n]) && pairs.iter().all(|(_, taken)| taken != n));
                pairs.extend(free.map(|n| (at, n)));
            }
        }
        Self { text, found, pairs }
    }

    /// Labels that no mention answers to.
    pub(super) fn missed(&self) -> impl Iterator<Item = &Mention> {
        let missed = |at: &usize| self.pairs.iter().all(|(label, _)| label != at);
        (0..self.text.labels.len()).filter(missed).map(|at| &self.text.labels[at])
    }

    /// Mentions that no label answers to.
    pub(super) fn unasked(&self) -> impl Iterator<Item = &Mention> {
        let unasked = |at: &usize| self.pairs.iter().all(|(_, found)| found != at);
        (0..self.found.len()).filter(unasked).map(|at| &self.found[at])
    }

    /// The pairs, label first.
    pub(super) fn met(&self) -> impl Iterator<Item = (&Mention, &Mention)> {
        self.pairs.iter().map(|(label, found)| (&self.text.labels[*label], &self.found[*found]))
    }

    /// Adds this text to the counts of its share.
    pub(super) fn count(&self, tallies: &mut Tallies) {
        let tally = tallies.entry(self.text.share).or_default();
        tally.texts += 1;
        if self.text.labels.is_empty() {
            tally.bare_texts += 1;
            tally.bare_words += self.text.plain.split_whitespace().count();
            tally.bare_found += self.found.len();
        }
        let (mut system, one) = (tally.systems.clone(), |flag: bool| usize::from(flag));
        for label in &self.text.labels {
            system.entry(label.system).or_default().labels += 1;
        }
        for found in &self.found {
            system.entry(found.system).or_default().found += 1;
        }
        for alone in self.missed().chain(self.unasked()) {
            *system.entry(alone.system).or_default() += Count {
                modified: one(!alone.modifiers.is_empty()),
                counted: one(alone.units.is_some()),
                ..Count::default()
            };
        }
        for (at, found) in &self.pairs {
            let (told, found) = (self.text.statuses[*at], &self.found[*found]);
            *system.entry(found.system).or_default() +=
                Count { told: one(told.is_some()), told_right: one(told == Some(found.status)), ..Count::default() };
        }
        for (label, found) in self.met() {
            let modified = !label.modifiers.is_empty() || !found.modifiers.is_empty();
            let counted = label.units.is_some() || found.units.is_some();
            *system.entry(label.system).or_default() += Count {
                strict: one(label.span == found.span),
                lenient: 1,
                modified: one(modified),
                modified_right: one(modified && same_modifiers(label, found)),
                counted: one(counted),
                counted_right: one(counted && label.units == found.units),
                ..Count::default()
            };
        }
        tally.systems = system;
    }
}

fn same_code(one: &Mention, other: &Mention) -> bool {
    one.system == other.system && one.code == other.code
}

/// Whether both have the same modifiers, in whatever order.
pub(super) fn same_modifiers(one: &Mention, other: &Mention) -> bool {
    let sorted = |mention: &Mention| {
        let mut modifiers = mention.modifiers.clone();
        modifiers.sort();
        modifiers
    };
    sorted(one) == sorted(other)
}

#[cfg(test)]
mod tests {
    use super::super::{
        tally::FALSE_CODES,
        text::{Share, file},
    };
    use super::*;

    /// Counts two ways of marking the same words against each other: the second stands for what was found.
    fn tallied(labels: &str, found: &str) -> Tallies {
        let text = |marked: &str| file("a.txt", &format!("=== a | tune\n{marked}\n")).unwrap().remove(0);
        let (labelled, found) = (text(labels), text(found));
        assert_eq!(labelled.plain, found.plain);
        let mut tallies = Tallies::new();
        Scored::new(&labelled, found.labels).count(&mut tallies);
        tallies
    }

    #[test]
    fn a_span_beside_the_label_is_right_only_in_the_lenient_figures() {
        let tallies = tallied(
            "⟦CPT 99202-99205|99202-99205⟧ and ⟦CPT 20610 +RT x2|20610⟧-RT x2, 60614",
            "⟦CPT 99202-99205|99202⟧-99205 and ⟦CPT 20610 +LT x2|20610⟧-RT x2, ⟦CPT 60614|60614⟧",
        );
        let (_, all) = tallies[&Share::Tune].rows().pop().unwrap();
        let expected = Count {
            labels: 2,
            found: 3,
            strict: 1,
            lenient: 2,
            modified: 1,
            modified_right: 0,
            counted: 1,
            counted_right: 1,
            ..Count::default()
        };
        assert_eq!(all, expected);
        let figures = all.figures();
        assert!((figures["strict_f1"] - 0.4).abs() < 1e-9 && (figures["lenient_recall"] - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_code_in_a_text_without_labels_counts_per_thousand_words() {
        let tallies = tallied("My ZIP is 60614", "My ZIP is ⟦CPT 60614|60614⟧");
        assert!((tallies[&Share::Tune].figures()["all"][FALSE_CODES] - 250.0).abs() < 1e-9);
    }

    #[test]
    fn another_system_or_code_at_the_same_place_is_a_miss_and_a_false_find() {
        let tallies = tallied("⟦REV 0450|0450⟧ ⟦CPT 99213|99213⟧", "⟦DRG 450|0450⟧ ⟦CPT 99214|99213⟧");
        let (_, all) = tallies[&Share::Tune].rows().pop().unwrap();
        assert_eq!((all.labels, all.found, all.lenient), (2, 2, 0));
    }
}
