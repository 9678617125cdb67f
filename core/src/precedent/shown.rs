//! An earlier reply as whoever reviews another asker's case may see it: without names, addresses and numbers of persons,
//! and without the dates of service that it was written for. Days of editions and codes stay, since they are what the
//! reply went by.

use jiff::civil::Date;

use crate::{
    domain::span::Span,
    draft::guard::days_in,
    identifier::{self, About, Identifier},
};

/// The longest short answer that is shown unfolded, in characters.
const LONGEST_SHORT: usize = 600;

/// The text without what may identify somebody. `names` are those of the case's mails, `service` its dates of service.
#[must_use]
pub fn masked(text: &str, names: &[&str], service: &[Date]) -> String {
    let mut spans: Vec<(Span, &'static str)> = identifier::find(text, &About { names, ..About::default() })
        .into_iter()
        .filter(|found| found.identifier != Identifier::Date)
        .map(|found| (found.span, found.identifier.mask()))
        .collect();
    let days = service.iter().flat_map(|day| days_in(text, *day));
    spans.extend(days.map(|span| (span, Identifier::Date.mask())));
    spans.sort_unstable_by_key(|(span, _)| *span);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, mask) in spans {
        if span.start < at {
            continue;
        }
        out.push_str(text.get(at..span.start).unwrap_or(""));
        out.push_str(mask);
        at = span.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

/// The section that answers, on few lines; of a reply without sections its beginning.
#[must_use]
pub fn short_answer(reply: &str) -> String {
    let section = reply.split_once("## Short answer").map_or(reply, |(_, behind)| behind);
    let section = section.split("\n## ").next().unwrap_or("");
    let short: String = section.trim().chars().take(LONGEST_SHORT).collect();
    if short.len() < section.trim().len() { format!("{} …", short.trim_end()) } else { short }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nobody_is_named_and_the_days_of_editions_stay() {
        let text = "Hello Pat Rivera,\n\nFor your visit on 3/2/2026 use 99213: 99441 ended on 2024-12-31. Call 217-555-0148 \
                    or mail pat@clinic.example.test.\n";
        let masked = masked(text, &["Pat Rivera"], &[date(2026, 3, 2)]);
        for private in ["Pat", "Rivera", "3/2/2026", "217-555-0148", "clinic"] {
            assert!(!masked.contains(private), "{private} in {masked}");
        }
        assert!(masked.contains("99441 ended on 2024-12-31") && masked.contains("use 99213"), "{masked}");
    }

    #[test]
    fn the_short_answer_is_cut_out_of_its_reply() {
        let reply = "Case CC-1.\n\n## Short answer\n\nSupported. Yes.\n\n## Codes\n\n| a |\n";
        assert_eq!(short_answer(reply), "Supported. Yes.");
        assert_eq!(short_answer("Yes, both."), "Yes, both.");
        assert!(short_answer(&"é".repeat(5_000)).ends_with(" …"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn every_text_can_be_masked(text in "\\PC{0,200}") {
            let masked = masked(&text, &["Pat"], &[date(2026, 3, 2)]);
            prop_assert!(short_answer(&masked).chars().count() <= LONGEST_SHORT + 2);
        }
    }
}
