//! What the words before a number call it: "CPT code is 99213", "invoice no. 48213", "claim # 48213".

use super::{
    ground::{Ground, blanks_only, ends_sentence, marks_only},
    scan::Kind,
    table::Column,
    words::Cue,
};
use crate::domain::code::CodeSystem;

/// What something is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// By the name of a code system.
    System(CodeSystem),
    Procedure,
    Diagnosis,
    Code,
    /// A code of something that no rule knows: "the reset code".
    SomeCode,
    Modifier,
    /// "bill 99213".
    Billed,
    Revenue,
    /// The number of an account, an order, a room.
    Identifier,
    /// "case 48213": an identifier, or the case of a code.
    PerhapsIdentifier,
    Zip,
    Phone,
    Money,
    Section,
    /// A denial or remark code.
    Remark,
}

/// How many words back a label is looked for.
const STEPS: usize = 7;

/// What a sign or "number" makes an identifier, though the word alone does not: "claim # 48213".
const NUMBERED: [&str; 12] = [
    "claim",
    "claims",
    "bill",
    "auth",
    "authorization",
    "precert",
    "preauth",
    "insurance",
    "appeal",
    "audit",
    "visit",
    "patient",
];

/// What often has a number of its own: "auth 48213".
const AUTHORIZED: [&str; 4] = ["auth", "authorization", "precert", "preauth"];

/// Beginnings of words whose object is a code. "We paid 48213" and "use 48213" say too little.
const BILLED: [&str; 13] = [
    "bill", "rebill", "den", "coded", "coding", "recode", "upcode", "downcod", "reported", "bundl", "unbundl",
    "deleted", "replac",
];

/// What has a code of its own, and no number: "an activation code", but "trauma activation G0390".
const SOFT: [&str; 6] = ["activation", "status", "source", "verification", "entry", "offer"];

/// Words that are written with a dot.
const SHORTENED: [&str; 26] = [
    "no", "nos", "nr", "num", "acct", "accts", "inv", "ref", "rm", "apt", "bldg", "ext", "tel", "ph", "sec", "pg",
    "pp", "ch", "fig", "ver", "vol", "mod", "mods", "proc", "px", "po",
];

fn starts_with(word: &str, stem: &str) -> bool {
    word.get(..stem.len()).is_some_and(|start| start.eq_ignore_ascii_case(stem))
}

/// What the words before token `index` call it. Walks back over "is", "the", "number" and marks; stops at any word
/// that is not in the phrasebook and at the end of a sentence.
pub(super) fn label(ground: &Ground<'_>, index: usize) -> Option<Label> {
    if let Some(label) = ground.cell(index).and_then(|cell| of_column(cell.column)) {
        return Some(label);
    }
    let mut at = index;
    // Whether only "is", "no." and marks stand between: an invoice "for 99213" is not invoice 99213.
    let mut straight = true;
    let mut numbered = false;
    // "the requisition number is 71260": a number of something that no rule knows.
    let mut unknown = None;
    for _ in 0..STEPS {
        let Some(before) = at.checked_sub(1) else { return unknown };
        let Some(gap) = ground.gap_before(at).filter(|gap| marks_only(gap) || heads(ground, before, gap)) else {
            return unknown;
        };
        // A new line of a list begins a new thought, unless the words before it head the list.
        let bullet = gap.rsplit_once('\n').is_some_and(|(_, line)| line.contains(['-', '*', '•']));
        if bullet && !gap.contains(':') {
            return unknown;
        }
        let abbreviation = gap.starts_with('.') && is_abbreviation(ground, before) && !gap.contains('\n');
        if gap.contains([';', '?', '!']) || ends_sentence(gap) && !abbreviation || gap.contains("\n\n") {
            return unknown;
        }
        numbered |= gap.contains('#');
        straight &= !gap.contains([',', '(', ')', '|', '/']) || numbered;
        let cue = match ground.kind(before)? {
            Kind::Cue(_) if ground.word(before) == "ID" && straight => return Some(Label::Identifier),
            Kind::Cue(cue) => cue,
            Kind::Pair => return pair_label(ground.word(before), straight),
            _ => return None,
        };
        match cue {
            Cue::Is => {}
            Cue::Number => {
                numbered = true;
                // "no 99213" says no.
                // "it says no. m17.0" does, too.
                let stem = at == index && ground.kind(index) == Some(Kind::Mixed) && ground.span(index).len() == 3;
                let says_no = ground.word(before).eq_ignore_ascii_case("no") && (!gap.starts_with('.') || stem);
                if straight && !says_no {
                    unknown = Some(Label::Identifier);
                }
            }
            Cue::Filler | Cue::With | Cue::To | Cue::And => straight = false,
            Cue::Code => return Some(kind_of_code(ground, before)),
            cue => return named(ground, before, cue, (straight, numbered, bullet)),
        }
        at = before;
    }
    unknown
}

/// "Dx sent: J9600": a word or two between what is named and its colon.
fn heads(ground: &Ground<'_>, index: usize, gap: &str) -> bool {
    // "Zip codes served: 60614"
    let other = || matches!(kind_of_code(ground, index), Label::Zip | Label::Identifier);
    let named = match ground.cue(index) {
        Some(Cue::System(_) | Cue::Procedure | Cue::Diagnosis) => true,
        Some(Cue::Code) => other(),
        _ => false,
    };
    named
        && gap.trim_end().ends_with(':')
        && gap.split_whitespace().count() <= 2
        && !gap.contains(['\n', ',', '.', ';'])
}

/// What the name of its column calls it.
const fn of_column(column: Column) -> Option<Label> {
    match column {
        Column::Procedure => Some(Label::Procedure),
        Column::Diagnosis => Some(Label::Diagnosis),
        Column::Modifier => Some(Label::Modifier),
        Column::Revenue => Some(Label::Revenue),
        Column::Drg => Some(Label::System(CodeSystem::MsDrg)),
        Column::Code | Column::Units | Column::Service | Column::Other => None,
    }
}

/// "no.", "acct.", "mod.": the dot ends no sentence.
fn is_abbreviation(ground: &Ground<'_>, index: usize) -> bool {
    let short = SHORTENED.iter().any(|one| ground.word(index).eq_ignore_ascii_case(one));
    let abbreviated = matches!(
        ground.cue(index),
        Some(
            Cue::Number
                | Cue::Identifier
                | Cue::MaybeIdentifier
                | Cue::Modifier
                | Cue::Phone
                | Cue::Section
                | Cue::Procedure
        )
    );
    let pair = ground.kind(index) == Some(Kind::Pair);
    pair || short && abbreviated
}

fn named(
    ground: &Ground<'_>,
    before: usize,
    cue: Cue,
    (straight, numbered, heading): (bool, bool, bool),
) -> Option<Label> {
    let word = ground.word(before);
    let is_numbered = |word: &str| NUMBERED.iter().any(|thing| word.eq_ignore_ascii_case(thing));
    match cue {
        Cue::System(system) => Some(Label::System(system)),
        Cue::Procedure => Some(Label::Procedure),
        Cue::Diagnosis => Some(Label::Diagnosis),
        Cue::Modifier => Some(Label::Modifier),
        Cue::Revenue if straight => Some(Label::Revenue),
        Cue::Remark => Some(Label::Remark),
        Cue::Billing | Cue::Coding | Cue::Handling | Cue::Medicine if straight && numbered && is_numbered(word) => {
            Some(Label::Identifier)
        }
        Cue::Coding if straight && AUTHORIZED.iter().any(|one| word.eq_ignore_ascii_case(one)) => {
            Some(Label::Identifier)
        }
        Cue::Billing | Cue::Coding | Cue::Handling => {
            BILLED.iter().any(|stem| starts_with(word, stem)).then_some(Label::Billed)
        }
        Cue::Identifier if is_charge_ticket(ground, before) => Some(Label::Billed),
        // "from our meeting:" over a list names no number; "Invoices:" does.
        Cue::Identifier | Cue::OtherCode if heading && !word.ends_with('s') => None,
        // "trauma activation G0390": only its code or its number would be another one.
        Cue::OtherCode if !numbered && SOFT.iter().any(|one| word.eq_ignore_ascii_case(one)) => None,
        Cue::Identifier | Cue::OtherCode if straight || numbered => Some(Label::Identifier),
        Cue::MaybeIdentifier if straight && numbered => Some(Label::Identifier),
        Cue::MaybeIdentifier if straight && is_bank_check(ground, before) => Some(Label::Identifier),
        Cue::MaybeIdentifier if straight => Some(Label::PerhapsIdentifier),
        Cue::Zip => Some(Label::Zip),
        Cue::Phone if straight => Some(Label::Phone),
        Cue::Money if straight => Some(Label::Money),
        Cue::Section if straight => Some(Label::Section),
        _ => None,
    }
}

/// "paid on check 99396", and not "please check 99396".
fn is_bank_check(ground: &Ground<'_>, index: usize) -> bool {
    let start = ground.span(index).start;
    let before = start.checked_sub(1).map_or("", |end| ground.word_before(end, 10)).to_ascii_lowercase();
    ground.word(index).eq_ignore_ascii_case("check")
        && matches!(
            before.as_str(),
            "on" | "by"
                | "via"
                | "with"
                | "our"
                | "your"
                | "their"
                | "the"
                | "a"
                | "this"
                | "that"
                | "medicare"
                | "medicaid"
                | "insurance"
                | "refund"
                | "payer"
                | "paper"
        )
}

/// "Charge ticket: 96372": the sheet on which codes are marked.
fn is_charge_ticket(ground: &Ground<'_>, index: usize) -> bool {
    let charge = index.checked_sub(1).map(|before| ground.word(before).to_ascii_lowercase());
    ground.word(index).eq_ignore_ascii_case("ticket")
        && matches!(charge.as_deref(), Some("charge" | "fee" | "billing"))
        && ground.gap_before(index).is_some_and(blanks_only)
}

/// "PO 77450", "PR-204": pairs that name what follows.
fn pair_label(word: &str, straight: bool) -> Option<Label> {
    match word {
        "PO" | "ID" | "SO" | "SN" | "PN" | "CR" if straight => Some(Label::Identifier),
        "RC" => Some(Label::Revenue),
        "EM" | "HC" => Some(Label::Procedure),
        "DX" => Some(Label::Diagnosis),
        "PX" => Some(Label::Procedure),
        _ => None,
    }
}

/// What kind of code the word before "code" makes it.
fn kind_of_code(ground: &Ground<'_>, code: usize) -> Label {
    let Some(before) = code.checked_sub(1) else {
        let start = ground.span(code).start;
        let unknown =
            ground.char_before(start).is_some_and(char::is_whitespace) && !ground.word_before(start - 1, 24).is_empty();
        return if unknown { Label::SomeCode } else { Label::Code };
    };
    let near =
        ground.gap_before(code).is_some_and(|gap| marks_only(gap) && gap.len() <= 3 && !gap.contains(['\n', ',']));
    let unknown = ground
        .gap_before(code)
        .is_none_or(|gap| gap.ends_with(char::is_whitespace) && gap.trim_end().ends_with(char::is_alphabetic));
    match ground.cue(before) {
        _ if unknown => Label::SomeCode,
        _ if !near => Label::Code,
        Some(Cue::System(system)) => Label::System(system),
        Some(Cue::Procedure) => Label::Procedure,
        Some(Cue::Diagnosis) => Label::Diagnosis,
        Some(Cue::Modifier) => Label::Modifier,
        Some(Cue::Revenue) => Label::Revenue,
        Some(Cue::Zip) => Label::Zip,
        Some(Cue::Phone) => Label::Phone,
        Some(Cue::Section) => Label::Section,
        Some(Cue::Remark) => Label::Remark,
        Some(Cue::Billing | Cue::Coding) if ground.word(before).to_ascii_lowercase().starts_with("den") => {
            Label::Remark
        }
        Some(Cue::OtherCode | Cue::Identifier | Cue::MaybeIdentifier | Cue::State | Cue::Street | Cue::Money) => {
            Label::Identifier
        }
        _ => Label::Code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::search_text::SearchText;

    /// The label of the last token.
    fn of(text: &str) -> Option<Label> {
        let search = SearchText::plain(text);
        let ground = Ground::of(&search);
        label(&ground, ground.tokens.len() - 1)
    }

    #[test]
    fn words_before_a_number_name_it() {
        for (text, expected) in [
            ("CPT code is 99213", Some(Label::System(CodeSystem::Cpt))),
            ("CPT® 99213", Some(Label::System(CodeSystem::Cpt))),
            ("the code for this is 99213", Some(Label::Code)),
            ("dx: E119", Some(Label::Diagnosis)),
            ("bill with 99213", Some(Label::Billed)),
            ("invoice no. 48213", Some(Label::Identifier)),
            ("an invoice for 99213", None),
            ("claim # 48213", Some(Label::Identifier)),
            ("claim 99213", None),
            ("denied 99213", Some(Label::Billed)),
            ("case 48213", Some(Label::PerhapsIdentifier)),
            ("ZIP code: 60614", Some(Label::Zip)),
            ("zip codes served: 60614", Some(Label::Zip)),
            ("codes served: 60614", None),
            ("promo code 48213", Some(Label::Identifier)),
            ("rev code 0450", Some(Label::Revenue)),
            ("denial code 16", Some(Label::Remark)),
            ("PO 77450", Some(Label::Identifier)),
            ("That is the code. 99213", None),
            ("umbrella 99213", None),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }
}
