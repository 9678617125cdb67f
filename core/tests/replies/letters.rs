//! Complete replies to three mails of each kind, as snapshots that are read like letters; and that what leaves as text and
//! as HTML says the same.

use caseconsult_core::{
    draft::kind::Kind,
    mail::markdown::{
        html::html,
        text::{COLUMNS, text},
    },
};

use crate::drafted::{drafted, share};

/// The mails of each kind that are kept as snapshots.
const OF_EACH_KIND: usize = 3;

#[test]
fn three_replies_of_each_kind() {
    let mails = share("tune");
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::K0) {
        let of_kind = mails.iter().filter(|mail| mail.kinds == [kind]);
        let mut kept = 0;
        for mail in of_kind.take(OF_EACH_KIND) {
            let (_, draft) = drafted(mail);
            let name = format!("{}_{}", kind.as_str().to_lowercase(), mail.name.replace('-', "_"));
            insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
                insta::assert_snapshot!(name, text(&draft));
            });
            kept += 1;
        }
        assert_eq!(kept, OF_EACH_KIND, "{kind}");
    }
}

#[test]
fn text_and_html_say_the_same_and_the_text_fits_its_columns() {
    for mail in share("tune") {
        let (_, draft) = drafted(&mail);
        let plain = text(&draft);
        // Of a table the text part may make lines of its own; a word longer than the columns cannot be broken.
        for line in plain.lines() {
            let is_one_word = line.split_whitespace().count() <= 1;
            assert!(line.chars().count() <= COLUMNS || is_one_word, "{}: {line}", mail.name);
        }
        let mut of_text = words(&plain);
        let mut of_html = words(&without_tags(&html(&draft)));
        of_text.sort_unstable();
        of_html.sort_unstable();
        of_text.dedup();
        of_html.dedup();
        assert_eq!(of_text, of_html, "{}", mail.name);
    }
}

/// Words of letters and digits. Marks of lists and tables are of the form alone: HTML numbers a list by itself.
fn words(text: &str) -> Vec<String> {
    let is_number = |word: &str| word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && !is_number(word));
    words.map(str::to_lowercase).collect()
}

fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                out.push(' ');
            }
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#x27;"]
        .iter()
        .zip(["&", "<", ">", "\"", "'", "'"])
        .fold(out, |text, (entity, plain)| text.replace(entity, plain))
}
