//! From pieces of text on a page to lines, as a person reads them.
//!
//! Pieces with the same base line make a line. A gap as wide as a blank is one blank; a wider one is two or more, so
//! many that what follows stands under what it stands under on the page: `extract` reads the columns of a table by
//! that. What runs in another direction (the side of a form, a stamp) comes after what most of the page does.

use super::matrix::{Direction, Run};

/// A gap narrower than this part of the letters' height is none: letters are moved that much to look better.
const NO_GAP: f64 = 0.13;
/// A gap wider than this part of it parts columns.
const COLUMN_GAP: f64 = 0.9;
/// Lines further apart than that many heights are parted by an empty line.
const PARAGRAPH: f64 = 3.5;
/// No line is padded beyond that many characters.
const WIDEST: usize = 240;

/// The lines of a page.
pub(super) fn lines(runs: &[Run]) -> String {
    let mut directions = [Direction::Right, Direction::Up, Direction::Left, Direction::Down].map(|direction| {
        (runs.iter().filter(|run| run.direction == direction).map(|run| run.text.len()).sum(), direction)
    });
    directions.sort_by_key(|(length, direction): &(usize, Direction)| (std::cmp::Reverse(*length), *direction));
    let mut text = String::new();
    for (length, direction) in directions {
        if length > 0 {
            let mut same: Vec<&Run> = runs.iter().filter(|run| run.direction == direction).collect();
            write(&mut same, &mut text);
        }
    }
    text
}

fn write(runs: &mut [&Run], text: &mut String) {
    runs.sort_by(|a, b| a.across.total_cmp(&b.across).then(a.along.total_cmp(&b.along)));
    let left = runs.iter().map(|run| run.along).fold(f64::INFINITY, f64::min);
    let letter = usual_letter(runs);
    let mut rest = &mut *runs;
    let mut before: Option<(f64, f64)> = None;
    while let Some(first) = rest.first().copied() {
        let on_line = rest.iter().take_while(|run| run.across - first.across <= 0.4 * first.size.max(run.size)).count();
        let (line, after) = rest.split_at_mut(on_line.max(1));
        rest = after;
        line.sort_by(|a, b| a.along.total_cmp(&b.along));
        if before.is_some_and(|(across, size)| first.across - across > PARAGRAPH * size.max(first.size)) {
            text.push('\n');
        }
        before = Some((first.across, first.size));
        one_line(line, left, letter, text);
    }
}

/// How wide a letter usually is.
fn usual_letter(runs: &[&Run]) -> f64 {
    let mut widths: Vec<f64> = runs
        .iter()
        .filter(|run| run.width > 0.0)
        .map(|run| run.width / f64::from(u32::try_from(run.text.chars().count()).unwrap_or(u32::MAX)))
        .collect();
    widths.sort_by(f64::total_cmp);
    widths.get(widths.len() / 2).copied().filter(|width| *width > 0.01).unwrap_or(5.0)
}

fn one_line(runs: &[&Run], left: f64, letter: f64, text: &mut String) {
    let start = text.len();
    let mut written = 0;
    let mut last: Option<&Run> = None;
    let mut end = left;
    for run in runs {
        if last.is_some_and(|last| is_again(last, run)) {
            continue;
        }
        let gap = run.along - end;
        let size = last.map_or(run.size, |last| last.size.min(run.size)).max(0.1);
        let column = ((run.along - left) / letter).round().clamp(0.0, 1e4);
        let column = (column as usize).min(WIDEST);
        let blanks = match last {
            None => column,
            Some(_) if gap <= NO_GAP * size => 0,
            Some(_) if gap <= COLUMN_GAP * size => usize::from(!text.ends_with(' ') && !run.text.starts_with(' ')),
            Some(_) => column.saturating_sub(written).max(2),
        };
        text.extend(std::iter::repeat_n(' ', blanks));
        text.push_str(&run.text);
        written += blanks + run.text.chars().count();
        end = if last.is_some() { end.max(run.along + run.width) } else { run.along + run.width };
        last = Some(run);
    }
    text.truncate(text.trim_end_matches(' ').len().max(start));
    text.push('\n');
}

/// Whether a piece is the one before, drawn again to look bold.
fn is_again(last: &Run, run: &Run) -> bool {
    last.text == run.text && (run.along - last.along).abs() < 0.3 * last.size && run.text.trim().chars().count() > 0
}

#[cfg(test)]
mod tests {
    use super::{super::matrix::Matrix, *};

    /// Text in letters 6 wide and 10 high, at these places.
    fn page(pieces: &[(f64, f64, &str)]) -> String {
        let run = |&(x, y, text): &(f64, f64, &str)| {
            let width = f64::from(u32::try_from(text.chars().count()).unwrap()) * 6.0;
            Run::new(text.to_owned(), Matrix::moved(x, y), width, 10.0).unwrap()
        };
        lines(&pieces.iter().map(run).collect::<Vec<_>>())
    }

    #[test]
    fn pieces_on_one_base_line_are_a_line() {
        assert_eq!(
            page(&[(63.0, 700.0, "20610-RT"), (0.0, 700.3, "Can I bill"), (0.0, 686.0, "twice?")]),
            "Can I bill 20610-RT\ntwice?\n"
        );
        assert_eq!(page(&[(0.0, 700.0, "992"), (18.1, 700.0, "13"), (18.3, 700.0, "13")]), "99213\n");
        assert_eq!(page(&[(0.0, 700.0, "a"), (0.0, 600.0, "b")]), "a\n\nb\n");
    }

    #[test]
    fn columns_stand_under_their_names() {
        let text = page(&[
            (0.0, 700.0, "CPT"),
            (60.0, 700.0, "Mod"),
            (120.0, 700.0, "Units"),
            (0.0, 680.0, "99213"),
            (120.0, 680.0, "1"),
            (0.0, 660.0, "20610"),
            (60.0, 660.0, "RT"),
            (120.0, 660.0, "2"),
        ]);
        assert_eq!(text, "CPT       Mod       Units\n99213               1\n20610     RT        2\n");
    }

    #[test]
    fn turned_text_comes_after_the_rest() {
        let upright = Run::new("99213".into(), Matrix::IDENTITY, 30.0, 10.0).unwrap();
        let turned = Run::new("fax".into(), Matrix([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]), 18.0, 10.0).unwrap();
        assert_eq!(turned.direction, Direction::Up);
        assert_eq!(lines(&[turned, upright]), "99213\nfax\n");
    }
}
