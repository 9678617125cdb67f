//! Names where letters have them: after a greeting, after a farewell, alone on a line.

use super::extent;
use crate::identifier::{
    found::{
        Confidence::{Certain, Likely},
        GREETED, SIGNED,
    },
    ground::{Ground, Shape},
    hits::Hits,
    kind::Identifier::Name,
    lexicon::Roles,
};

/// The most words of a line that is a greeting or a signature.
const SHORT: usize = 6;
/// What parts a name from what follows it in a signature.
const PARTS: [char; 8] = ['|', ',', '•', '·', '–', '—', '@', '/'];

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    let mut first = 0;
    // Whether the last line that has words was a farewell.
    let mut farewell = false;
    while first < ground.len() {
        let last = ground.line_end(first);
        greeting(ground, hits, first, last);
        if farewell {
            signature(ground, hits, first, last);
        } else {
            alone(ground, hits, first, last);
        }
        farewell = is_farewell(ground, first, last);
        first = last + 1;
    }
    closing(ground, hits);
}

/// How a text ends: "… record FP20881. -Ash", and a name in small letters on the last line.
fn closing(ground: &Ground<'_>, hits: &mut Hits) {
    let Some(last) = ground.len().checked_sub(1).filter(|last| hits.free(*last)) else { return };
    let dash = |at: usize| {
        let gap = ground.before(at).trim_end_matches(' ');
        gap.ends_with(['-', '~', '–', '—'])
            && (gap.len() > 1 && ground.before(at).starts_with([' ', '.', '?', '!', '\n']))
    };
    let capital = |at: usize| ground.shape(at) == Some(Shape::Capital) && hits.free(at);
    let short = ground.shape(last) == Some(Shape::Upper) && (2..=3).contains(&ground.str(last).len());
    let first = (last.saturating_sub(2)..=last).find(|at| dash(*at) && !ground.after(last).contains('?'));
    if let Some(first) = first.filter(|first| {
        (*first..=last).all(|at| capital(at) || at == last && short || ground.shape(at) == Some(Shape::Initial))
            && (*first..last).all(|at| matches!(ground.after(at), " " | ". " | "-"))
            && (!ground.roles(*first).any(Roles::PLAIN) || ground.roles(*first).any(Roles::NAME))
    }) {
        hits.take(ground, (first, last), Name, Certain, SIGNED);
        return;
    }
    // "thx - kp"
    let farewell = last > 0 && (last.saturating_sub(2)..last).any(|at| ground.roles(at).any(Roles::FAREWELL));
    if farewell && dash(last) && ground.shape(last) == Some(Shape::Lower) && !ground.roles(last).any(Roles::PLAIN) {
        hits.take(ground, (last, last), Name, Certain, SIGNED);
        return;
    }
    // "belén"; one word or two that no list knows as anything else
    let first = if ground.starts_line(last) { last } else { last.saturating_sub(1) };
    let own =
        ground.starts_line(first) && first > 0 && hits.free(first) && (first == last || ground.after(first) == " ");
    if own
        && ground.after(last).trim_matches([' ', '\n', '\r', '.', '-', '~']).is_empty()
        && (first..=last).all(|at| ground.shape(at) == Some(Shape::Lower) && is_written_small(ground, at))
        && (ground.roles(first).any(Roles::NAME)
            || !ground.str(first).is_ascii()
            || ground.before(first).contains("\n\n"))
    {
        hits.take(ground, (first, last), Name, Certain, SIGNED);
    }
}

/// "Hi Dana,", "Good morning, Mr. Okafor", "Thanks Robin, that helps", "Best, Kim".
fn greeting(ground: &Ground<'_>, hits: &mut Hits, first: usize, last: usize) {
    for start in first..=last {
        let begins = start == first || ground.starts_sentence(start);
        if !begins
            || !ground.roles(start).any(Roles::GREETING)
                && !ground.roles(start).any(Roles::FAREWELL)
                && !ground.is(start, &["good"])
        {
            continue;
        }
        let mut at = start + 1;
        let mut comma = ground.after(start).contains(',');
        while at <= last
            && at < start + 5
            && !extent::is_name_word(ground, hits, at)
            && is_courtesy(ground, at)
            && !comma_then_more(ground, at)
        {
            comma |= ground.after(at).contains(',');
            at += 1;
        }
        if at == start + 1 && at <= last && is_small_greeted(ground, hits, start, at) {
            hits.take(ground, (at, at), Name, Certain, GREETED);
            continue;
        }
        if at > last
            || !matches!(ground.before(at), " " | ", " | ". " | "," | " - " | "  " | "! " | "\u{a0}")
            || !extent::is_name_word(ground, hits, at)
        {
            continue;
        }
        let end = extent::last(ground, hits, at);
        let after = ground.after(end);
        let stops = after.starts_with([',', '!', '.', '\n', ':', ';', '-', '—', '–', '/'])
            || after.trim().is_empty()
            || after.starts_with(" -")
            || after.starts_with(" –");
        let open = (at..=end).any(|word| {
            extent::is_open(ground, word) && !ground.roles(word).any(Roles::EPONYM)
                || ground.roles(word).any(Roles::GIVEN)
        });
        if stops && (open || comma && end == last) || open && end - at <= 2 && ground.roles(at).any(Roles::GIVEN) {
            hits.take(ground, (at, end), Name, Certain, GREETED);
        }
    }
}

/// "hi dana,": a name in small letters right behind a greeting, before a mark that ends it.
fn is_small_greeted(ground: &Ground<'_>, hits: &Hits, start: usize, at: usize) -> bool {
    const NOBODY: [&str; 14] = [
        "guys", "folks", "gang", "yall", "y'all", "peeps", "gals", "friends", "ladies", "gents", "coders", "hivemind",
        "pals", "tho",
    ];
    let roles = ground.roles(at);
    let after = ground.after(at);
    let ends = after.starts_with([',', '!', '\n', ':', ';', '-', '–', '—', '.'])
        || after.starts_with(" -")
        || after.starts_with(" –");
    ground.shape(at) == Some(Shape::Lower)
        && hits.free(at)
        && ground.roles(start).any(Roles::GREETING)
        && matches!(ground.before(at), " " | ", ")
        && ends
        && !roles.any(Roles::PLAIN)
        && (roles.any(Roles::GIVEN) || roles.is_unknown() && !after.starts_with('.'))
        && !ground.is(at, &NOBODY)
}

/// What stands in a greeting beside the name.
fn is_courtesy(ground: &Ground<'_>, at: usize) -> bool {
    const COURTESIES: [&str; 16] = [
        "you", "so", "much", "again", "very", "and", "kind", "warm", "for", "your", "help", "there", "day", "all", "a",
        "lot",
    ];
    ground.is(at, &COURTESIES) || ground.roles(at).any(Roles::GREETING) || ground.roles(at).any(Roles::FAREWELL)
}

/// A sentence goes on behind the comma: "Thanks, we did".
fn comma_then_more(ground: &Ground<'_>, at: usize) -> bool {
    ground.after(at).contains(['.', '?', ';', '\n'])
}

/// "Thanks!", "Kind regards,", "ty": nothing else in the line.
fn is_farewell(ground: &Ground<'_>, first: usize, last: usize) -> bool {
    let any = (first..=last).any(|at| ground.roles(at).any(Roles::FAREWELL));
    any && last - first < SHORT
        && (first..=last).all(|at| ground.roles(at).any(Roles::PLAIN) || ground.roles(at).any(Roles::FAREWELL))
}

/// The line after a farewell: the name stands first.
fn signature(ground: &Ground<'_>, hits: &mut Hits, first: usize, last: usize) {
    if !hits.free(first) {
        return;
    }
    // "Thanks,\nJ"
    if first == last && ground.shape(first) == Some(Shape::Initial) {
        hits.take(ground, (first, first), Name, Certain, SIGNED);
        return;
    }
    if extent::is_name_word(ground, hits, first)
        || ground.shape(first) == Some(Shape::Initial) && extent::is_name_word(ground, hits, first + 1)
    {
        let end = extent::last(ground, hits, first).min(last);
        let house = ground.roles(end + 1).any(Roles::HOUSE) && end < last && ground.after(end) == " ";
        if !house {
            hits.take(ground, (first, end), Name, Certain, SIGNED);
        }
    } else if last - first < 2
        && (first..=last).all(|at| {
            is_written_small(ground, at)
                || ground.shape(at) == Some(Shape::Upper) && !ground.roles(at).any(Roles::PLAIN)
        })
    {
        hits.take(ground, (first, last), Name, Certain, SIGNED);
    }
}

/// "mel", "pat s".
fn is_written_small(ground: &Ground<'_>, at: usize) -> bool {
    let roles = ground.roles(at);
    ground.shape(at) == Some(Shape::Lower) && (roles.any(Roles::NAME) || !roles.any(Roles::PLAIN))
}

/// A line that is nothing but a name, with or without what follows in signatures; "-TJ".
fn alone(ground: &Ground<'_>, hits: &mut Hits, first: usize, last: usize) {
    let dash = ground.before(first).trim_end_matches(' ').ends_with(['-', '~', '–', '—', '*']) && last - first < 2;
    let end = if extent::is_name_word(ground, hits, first) { extent::last(ground, hits, first) } else { first };
    let named = (first..=end).all(|at| {
        hits.free(at)
            && (ground.word(at).is_some_and(|word| word.is_capital()) || ground.roles(at).any(Roles::PARTICLE))
    });
    if !named || end > last {
        return;
    }
    let dashed = dash && end == last && ground.before(first).contains('\n');
    if dashed && !ground.roles(first).any(Roles::PLAIN) && last + 1 >= ground.len().saturating_sub(40) {
        hits.take(ground, (first, end), Name, Certain, SIGNED);
        return;
    }
    if !extent::is_name_word(ground, hits, first) || !(first..=end).any(|at| extent::is_open(ground, at)) {
        return;
    }
    let gap = ground.after(end).trim_start_matches([' ', '.']);
    let parted = end == last || gap.starts_with(PARTS) || gap.starts_with("- ");
    let whole = end == last && ground.len() > last - first + 1;
    let listed = (first..=end).any(|at| ground.roles(at).any(Roles::NAME) && extent::is_open(ground, at));
    let eponym = (first..=end).all(|at| ground.roles(at).any(Roles::EPONYM) || ground.roles(at).any(Roles::TOWN));
    let capital = ground.shape(first) == Some(Shape::Capital) || listed;
    let after_line = first > 0 && ground.before(first).contains('\n');
    if capital
        && !eponym
        && after_line
        && (whole || parted && (end > first || listed) && end < first + 4)
        && !heading(ground, first, last)
    {
        hits.take(ground, (first, end), Name, if listed { Certain } else { Likely }, "a name on a line of its own");
    }
}

/// "Cedar Ridge Podiatry, PLLC", "Denials: …".
fn heading(ground: &Ground<'_>, first: usize, last: usize) -> bool {
    let house = (first..=last.min(first + 5))
        .any(|at| ground.roles(at).any(Roles::HOUSE) && ground.word(at).is_some_and(|word| word.is_capital()));
    let titled = ground.after(first + (last - first).min(3)).contains('|') || ground.after(last).contains('|');
    house && !titled && !ground.after(first).contains(['|', ',']) && !ground.after(first + 1).contains(['|', ','])
}
