//! Which parts of a body are new, quoted, forwarded or a signature.
//!
//! Every byte keeps its place in the text and only gets a label: nothing is cut away, so a code in quoted text is
//! still found, and shown as quoted. In doubt a line is the sender's own. Answers below or between quoted lines stay
//! new. The patterns are those that mail clients write, in the languages of this program's askers.
//!
//! `message` calls it on each body.

use std::ops::Range;

use crate::domain::{mention::Place, span::Span};

/// Words with which a client's line "On …, … wrote:" begins and what verb it holds.
const INTRO_STARTS: [&str; 10] = ["on ", "am ", "le ", "el ", "il ", "op ", "em ", "den ", "på ", "dnia "];
const INTRO_VERBS: [&str; 9] =
    ["wrote", "schrieb", "a écrit", "escribió", "ha scritto", "schreef", "escreveu", "skrev", "napisał"];
/// An Outlook header's first field, and the fields that follow it, in its languages.
const HEADER_FIRST: [&str; 4] = ["from:", "von:", "de:", "da:"];
const HEADER_NEXT: [&str; 16] = [
    "sent:",
    "date:",
    "to:",
    "cc:",
    "subject:",
    "gesendet:",
    "datum:",
    "an:",
    "betreff:",
    "envoyé:",
    "à:",
    "objet:",
    "enviado:",
    "para:",
    "asunto:",
    "importance:",
];
const FORWARD_LINES: [&str; 5] = [
    "forwarded message",
    "begin forwarded message:",
    "weitergeleitete nachricht",
    "message transféré",
    "mensaje reenviado",
];
const ORIGINAL_LINES: [&str; 5] =
    ["original message", "original-nachricht", "ursprüngliche nachricht", "message d'origine", "mensaje original"];
/// Fewer words follow "Sent from my" in a client's own line than in a sentence.
const DEVICE_STARTS: [&str; 5] =
    ["sent from my ", "sent from outlook", "get outlook for ", "von meinem ", "envoyé de mon "];
/// In characters.
const LONGEST_PATTERN: usize = 300;
/// In lines; also a bound on what is looked at for each line of dashes.
const LONGEST_SIGNATURE: usize = 40;

/// Labels the stretches of a body, in order and without gaps. `forwards` says that the subject calls the mail a
/// forwarded one (`Fwd:`, `FW:`, `WG:`, `TR:`).
#[must_use]
pub(super) fn fragments(body: &str, forwards: bool) -> Vec<(Span, Place)> {
    let lines = Lines::of(body);
    let places = places(&lines, forwards);
    let mut found: Vec<(Span, Place)> = Vec::new();
    for (span, place) in lines.spans.iter().zip(places) {
        match found.last_mut() {
            Some((last, of)) if *of == place => last.end = span.end,
            _ => found.push((*span, place)),
        }
    }
    found
}

/// The lines of a body, with their line ends, and as the patterns want to see them.
struct Lines<'b> {
    body: &'b str,
    spans: Vec<Span>,
    /// Without emphasis marks, in lower case, ` :` as `:`, and no longer than a pattern could be.
    plain: Vec<String>,
}

impl<'b> Lines<'b> {
    fn of(body: &'b str) -> Self {
        let mut start = 0;
        let (mut spans, mut plain) = (Vec::new(), Vec::new());
        for line in body.split_inclusive('\n') {
            spans.push(Span::new(start, start + line.len()));
            start += line.len();
            let text: String = line.trim().chars().filter(|&c| c != '*' && c != '_').take(LONGEST_PATTERN).collect();
            plain.push(text.trim().to_lowercase().replace(" :", ":"));
        }
        Self { body, spans, plain }
    }

    /// A line without the blanks around it; empty past the end.
    fn trimmed(&self, line: usize) -> &'b str {
        self.spans.get(line).map_or("", |span| span.of(self.body).trim())
    }

    fn plain(&self, line: usize) -> &str {
        self.plain.get(line).map_or("", String::as_str)
    }

    fn is_quoted(&self, line: usize) -> bool {
        self.trimmed(line).starts_with('>')
    }

    fn next_written(&self, from: usize) -> usize {
        (from..self.spans.len()).find(|&line| !self.trimmed(line).is_empty()).unwrap_or(self.spans.len())
    }
}

/// The place of every line.
fn places(lines: &Lines<'_>, forwards: bool) -> Vec<Place> {
    let count = lines.spans.len();
    let mut places = Vec::with_capacity(count);
    while places.len() < count {
        let line = places.len();
        let (until, place) = if let Some((until, place)) = tail(lines, line, forwards, &places) {
            (until, place)
        } else if let Some(intro) = intro(lines, line) {
            match intro.followed_by_marks {
                true => (intro.lines.end, Place::Quoted),
                // A client that names the writer and puts no marks quotes to the end.
                false if intro.names_address => (count, Place::Quoted),
                false => (intro.lines.end, Place::New),
            }
        } else if is_quotation(lines, line, &places) {
            (line + 1, Place::Quoted)
        } else if let Some(until) = signature(lines, line) {
            (until, Place::Signature)
        } else if lines.trimmed(line).is_empty() {
            (line + 1, places.last().copied().unwrap_or(Place::New))
        } else {
            (line + 1, Place::New)
        };
        places.resize(until.clamp(line + 1, count), place);
    }
    places
}

/// A forwarded or quoted mail that reaches to the end of the text, set off by a line or a header of its own.
fn tail(lines: &Lines<'_>, line: usize, forwards: bool, above: &[Place]) -> Option<(usize, Place)> {
    let plain = lines.plain(line);
    let bare = plain.trim_matches(|c: char| c == '-' || c == ' ');
    let is_ruled = plain.starts_with('-') || plain == bare && bare.ends_with(':');
    let end = lines.spans.len();
    if is_ruled && FORWARD_LINES.contains(&bare) {
        return Some((end, Place::Forwarded));
    }
    if plain.starts_with('-') && ORIGINAL_LINES.contains(&bare) {
        return Some((end, Place::Quoted));
    }
    let is_rule = bare.is_empty() && lines.trimmed(line).len() >= 5;
    let header = if is_rule { lines.next_written(line + 1) } else { line };
    if !is_mail_header(lines, header) {
        return None;
    }
    // Nobody answers with nothing: a mail that begins with another mail passes it on.
    let says_nothing = !above.contains(&Place::New) || lines.next_written(0) >= line;
    Some((end, if forwards || says_nothing { Place::Forwarded } else { Place::Quoted }))
}

/// Whether the header of a mail stands here, as Outlook and others copy it: From, and two more of its fields.
fn is_mail_header(lines: &Lines<'_>, line: usize) -> bool {
    let names = |line: usize, fields: &[&str]| fields.iter().any(|field| lines.plain(line).starts_with(field));
    names(line, &HEADER_FIRST) && (line + 1..line + 7).filter(|&next| names(next, &HEADER_NEXT)).count() >= 2
}

/// A line, or up to three, that says who wrote what follows.
struct Intro {
    lines: Range<usize>,
    followed_by_marks: bool,
    names_address: bool,
}

fn intro(lines: &Lines<'_>, line: usize) -> Option<Intro> {
    let mut text = String::new();
    for next in line..line + 3 {
        let piece = lines.plain(next);
        if piece.is_empty() || next > line && piece.starts_with('>') {
            return None;
        }
        text.push_str(piece);
        text.push(' ');
        if !INTRO_STARTS.iter().any(|start| text.starts_with(start)) {
            return None;
        }
        if piece.ends_with(':') {
            let says_when = text.bytes().filter(u8::is_ascii_digit).count() >= 3;
            if !says_when || !INTRO_VERBS.iter().any(|verb| text.contains(verb)) {
                return None;
            }
            return Some(Intro {
                lines: line..next + 1,
                followed_by_marks: lines.is_quoted(lines.next_written(next + 1)),
                names_address: text.contains('@'),
            });
        }
    }
    None
}

/// A line with quotation marks. A single one before a number is a comparison, as in `>40 BMI`.
fn is_quotation(lines: &Lines<'_>, line: usize, above: &[Place]) -> bool {
    let Some(rest) = lines.trimmed(line).strip_prefix('>') else { return false };
    let compares = rest.trim_start_matches(['=', ' ']).starts_with(|c: char| c.is_ascii_digit());
    let stands_alone = !lines.is_quoted(line + 1) && above.last() != Some(&Place::Quoted);
    !(compares && stands_alone)
}

/// Where a signature that begins here ends: at the next quotation or the text's end.
fn signature(lines: &Lines<'_>, line: usize) -> Option<usize> {
    let whole = lines.spans.get(line).map_or("", |span| span.of(lines.body)).trim_end_matches('\n');
    let plain = lines.plain(line);
    if DEVICE_STARTS.iter().any(|start| plain.starts_with(start)) {
        let is_sentence = plain.contains(',') || plain.ends_with('.') || plain.split_whitespace().count() > 8;
        return (!is_sentence).then_some(line + 1);
    }
    if whole.trim_end() != "--" {
        return None;
    }
    let ends = |next: usize| lines.is_quoted(next) || is_mail_header(lines, next) || intro(lines, next).is_some();
    let last = lines.spans.len().min(line + LONGEST_SIGNATURE);
    let until = (line + 1..last).find(|&next| ends(next)).unwrap_or(last);
    // RFC 3676 §4.3 wants a blank behind the dashes. Without it they may be a ruler, and codes below it are asked for.
    let is_marked = whole == "-- ";
    let below = (line + 1..until).filter(|&next| !lines.trimmed(next).is_empty());
    let is_short = below.clone().count() <= 10;
    let lists_codes = below.clone().any(|next| begins_with_code(lines.trimmed(next)));
    (!lists_codes && (is_marked || is_short)).then_some(until)
}

/// Whether a line begins with something of a code's shape: after a list's mark, four or more characters of which the
/// second to fourth hold two digits.
fn begins_with_code(line: &str) -> bool {
    let word =
        line.trim_start_matches(['-', '*', '•', '·', ' ']).split([' ', ',', ';', ':', '\t']).next().unwrap_or("");
    let digits = word.chars().skip(1).take(3).filter(char::is_ascii_digit).count();
    let is_short = (3..=12).contains(&word.len()) && word.is_ascii();
    is_short && digits >= 2 && !word.contains(['@', '/', '(', '+'])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The labels of a body's lines, one letter each: N, Q, S, F.
    fn letters(body: &str) -> String {
        let forwards = body.contains("(fwd)");
        let found = fragments(body, forwards);
        let lines = Lines::of(body);
        let place = |span: &Span| found.iter().find(|(whole, _)| whole.contains(*span)).map(|(_, place)| *place);
        lines
            .spans
            .iter()
            .map(|span| match place(span) {
                Some(Place::New) => 'N',
                Some(Place::Quoted) => 'Q',
                Some(Place::Signature) => 'S',
                Some(Place::Forwarded) => 'F',
                other => panic!("{span:?} is {other:?}"),
            })
            .collect()
    }

    #[test]
    fn lines_are_labelled_as_a_reader_would() {
        for (body, expected) in [
            ("99213?\n\nOn 3 Nov 2026, at 10:00, Pat wrote:\n> old\n>\n> older\n", "NNQQQQ"),
            (
                "On Tue, Nov 3, 2026 at 4:22 PM Pat\n<pat@clinic.test> wrote:\n\n> old\nnew answer\n> more\nbelow",
                "QQQQNQN",
            ),
            ("Am 03.11.2026 um 10:00 schrieb Pat:\n> alt\nneu", "QQN"),
            ("Le 3 nov. 2026 à 10:00, Pat a écrit :\n\n> vieux", "QQQ"),
            ("new\nOn Nov 3, 2026 at 10:00 AM, Pat <pat@clinic.test> wrote:\nold without marks\n20610", "NQQQ"),
            ("On 11/03/2026 Dr. Lee wrote:\nPatient seen for knee pain.\nIs 20610 right?", "NNN"),
            ("On your remote host you can run:\n  telnet", "NN"),
            ("new\n\nFrom: Pat\nSent: Tuesday\nTo: Coding\nSubject: x\n\nold", "NNQQQQQQ"),
            (
                "(fwd) see below\n________________________________\nVon: Pat\nGesendet: Dienstag\nAn: x\n\nold",
                "NFFFFFF",
            ),
            ("\n*From:* Pat\n*Date:* Tuesday\n*To:* x\n\nold", "NFFFFF"),
            ("see\n-----Original Message-----\nold", "NQQ"),
            ("see\n---------- Forwarded message ---------\nFrom: x\n> y", "NFFF"),
            ("see\nBegin forwarded message:\n\nold", "NFFF"),
            ("From: the op note, 20610\nand 99213", "NN"),
            ("codes\n-- \nPat\nClinic", "NSSS"),
            ("codes\n--\nPat\n\n> old", "NSSSQ"),
            ("codes:\n--\n99213\n20610", "NNNN"),
            ("codes:\n-- \n- 99213-25\n- 20610-RT", "NNNN"),
            ("codes:\n- 99213-25\n-- 20610\n---\n- M17.11", "NNNNN"),
            ("x\nSent from my iPhone\n\nOn Nov 3, 2026 at 9:00, P wrote:\n> y", "NSSQQ"),
            ("x\nSent from my desk, is much easier then my mobile phone.", "NN"),
            ("BMI\n>40 with E66.01\nand more", "NNN"),
            ("> 2 quoted\n> lines\nnew", "QQN"),
            ("", ""),
        ] {
            assert_eq!(letters(body), expected, "{body}");
        }
    }

    #[test]
    fn fragments_cover_the_body_without_gaps() {
        let body = "a\n> b\n\n-- \nPat é";
        let found = fragments(body, false);
        let joined: String = found.iter().map(|(span, _)| span.of(body)).collect();
        assert_eq!(joined, body);
    }
}
