//! A reply's blocks as plain text, readable in any client at 72 columns.
//!
//! Tables are drawn as columns with wrapped cells when they fit, and as one block for each row when they do not: on
//! paper and on a phone both stay readable. Nothing here looks like a signature or a quotation to the reader's client.

use super::document::{Block, Run, Runs, blocks};

/// RFC 3676 §4.2: leaves room for quotation marks in a window of 80 columns.
pub const COLUMNS: usize = 72;
/// Between two columns of a table.
const GAP: usize = 2;
/// A column narrower than this breaks text into crumbs.
const NARROWEST: usize = 12;

/// The plain text of a source; lines end in `\n`, the last one too.
#[must_use]
pub fn text(source: &str) -> String {
    let mut lines = block_lines(&blocks(source), COLUMNS, false);
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let mut text = String::new();
    for line in lines {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The lines of blocks, with an empty line between two of them; within an item a list follows its text directly.
fn block_lines(blocks: &[Block], width: usize, in_item: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        let follows_closely = in_item && matches!(block, Block::List { .. });
        if !lines.is_empty() && !follows_closely {
            lines.push(String::new());
        }
        match block {
            Block::Heading(level, runs) => {
                let mark = if *level == 1 { "=" } else { "-" };
                let title = wrapped(runs, width);
                let longest = title.iter().map(|line| columns(line)).max().unwrap_or(0);
                lines.extend(title);
                // Two dashes alone would begin a signature.
                lines.push(mark.repeat(longest.max(4)));
            }
            Block::Paragraph(runs) => lines.extend(wrapped(runs, width)),
            Block::List { first, items } => list(*first, items, width, &mut lines),
            Block::Quote(inner) => {
                lines.extend(
                    block_lines(inner, width.saturating_sub(4), false).iter().map(|line| format!("    {line}")),
                );
            }
            Block::Code(code) => lines.extend(code.lines().map(|line| format!("    {line}"))),
            Block::Table { head, rows } => table(head, rows, width, &mut lines),
            Block::Rule => lines.push("-".repeat(width.max(4))),
        }
    }
    lines
}

fn list(first: Option<u64>, items: &[Vec<Block>], width: usize, lines: &mut Vec<String>) {
    for (nth, item) in (0_u64..).zip(items) {
        let mark = first.map_or_else(|| "- ".to_owned(), |first| format!("{}. ", first.saturating_add(nth)));
        let indent = " ".repeat(mark.len());
        let mut content = block_lines(item, width.saturating_sub(mark.len()), true);
        if content.is_empty() {
            content.push(String::new());
        }
        for (nth, line) in content.iter().enumerate() {
            lines.push(format!("{}{line}", if nth == 0 { &mark } else { &indent }));
        }
    }
}

fn table(head: &[Runs], rows: &[Vec<Runs>], width: usize, lines: &mut Vec<String>) {
    let Some(widths) = column_widths(head, rows, width) else {
        return records(head, rows, width, lines);
    };
    table_row(head, &widths, lines);
    lines.push(widths.iter().map(|&width| "-".repeat(width)).collect::<Vec<_>>().join("  "));
    for row in rows {
        table_row(row, &widths, lines);
    }
}

/// How wide each column becomes: as wide as its longest cell if all fit, else the widest ones give way, down to
/// [`NARROWEST`] or their longest word. None when even that is too wide.
fn column_widths(head: &[Runs], rows: &[Vec<Runs>], width: usize) -> Option<Vec<usize>> {
    let room = width.checked_sub(GAP * head.len().saturating_sub(1))?;
    let mut widths = vec![1; head.len()];
    let mut least = vec![1; head.len()];
    for row in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)) {
        for ((cell, width), least) in row.iter().zip(&mut widths).zip(&mut least) {
            let longest_word = words(cell).iter().map(|word| columns(word)).max().unwrap_or(0);
            let whole = columns(&one_line(cell));
            *width = whole.max(*width);
            *least = longest_word.max(whole.min(NARROWEST)).max(*least);
        }
    }
    if least.iter().sum::<usize>() > room {
        return None;
    }
    while widths.iter().sum::<usize>() > room {
        let widest = widths.iter().zip(&least).enumerate().filter(|(_, (width, least))| width > least);
        let (column, _) = widest.max_by_key(|(_, (width, _))| **width)?;
        *widths.get_mut(column)? -= 1;
    }
    Some(widths)
}

fn table_row(row: &[Runs], widths: &[usize], lines: &mut Vec<String>) {
    let cells: Vec<Vec<String>> = row.iter().zip(widths).map(|(cell, &width)| wrapped(cell, width)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for nth in 0..height {
        let mut line = String::new();
        for (cell, &width) in cells.iter().zip(widths) {
            let part = cell.get(nth).map_or("", String::as_str);
            line.push_str(part);
            line.extend(std::iter::repeat_n(' ', (width + GAP).saturating_sub(columns(part))));
        }
        lines.push(line);
    }
}

/// A table too wide for columns: each row as lines of `head: cell`.
fn records(head: &[Runs], rows: &[Vec<Runs>], width: usize, lines: &mut Vec<String>) {
    for (nth, row) in rows.iter().enumerate() {
        if nth > 0 {
            lines.push(String::new());
        }
        for (title, cell) in head.iter().zip(row) {
            let cell = one_line(cell);
            if !cell.is_empty() {
                let line = vec![Run::Plain(format!("{}: {cell}", one_line(title)))];
                let mut content = wrapped(&line, width.saturating_sub(2)).into_iter();
                lines.extend(content.next());
                lines.extend(content.map(|line| format!("  {line}")));
            }
        }
    }
}

/// Text filled into lines of `width` columns; breaks are kept, words are never cut.
fn wrapped(runs: &Runs, width: usize) -> Vec<String> {
    let text: String = runs.iter().map(Run::text).collect();
    let mut lines = Vec::new();
    for source_line in text.split('\n') {
        let mut line = String::new();
        for word in source_line.split_whitespace() {
            if !line.is_empty() && columns(&line) + 1 + columns(word) > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

fn one_line(runs: &Runs) -> String {
    words(runs).join(" ")
}

fn words(runs: &Runs) -> Vec<String> {
    let text: String = runs.iter().map(Run::text).collect();
    text.split_whitespace().map(str::to_owned).collect()
}

/// Columns on screen, one for each character: near enough for the letters of this program's replies.
fn columns(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_reads_well_as_plain_text() {
        let source = "# Case CC-1\n\nYour **question** about `20610` was read by a certified coder who \
            looked at every word of it twice.\n\
            Second line.\n\n## Codes\n\n| Code | What it is | Status |\n|---|---|---|\n\
            | 20610 | Drainage or injection of a large joint, in our own words and at some length | in force |\n\
            | 99213-25 | Visit | ended |\n\n1. First thing\n\
            2. Second thing that is long enough to be wrapped onto a line of its own, indented\n\n\
            - a\n  - b\n\n---\n\n```\ncode  kept\n```\n";
        assert_eq!(
            text(source),
            "\
Case CC-1
=========

Your question about 20610 was read by a certified coder who looked at
every word of it twice.
Second line.

Codes
-----

Code      What it is                                            Status
--------  ----------------------------------------------------  --------
20610     Drainage or injection of a large joint, in our own    in force
          words and at some length
99213-25  Visit                                                 ended

1. First thing
2. Second thing that is long enough to be wrapped onto a line of its
   own, indented

- a
  - b

------------------------------------------------------------------------

    code  kept
"
        );
    }

    #[test]
    fn a_table_too_wide_becomes_one_block_a_row() {
        let cell = "a-word-of-thirty-characters-00";
        let source = format!("| A | B | C |\n|---|---|---|\n| {cell} | {cell} | {cell} |\n| 1 | | 3 |\n");
        assert_eq!(text(&source), format!("A: {cell}\nB: {cell}\nC: {cell}\n\nA: 1\nC: 3\n"));
    }

    #[test]
    fn lines_keep_to_the_columns_and_long_words_stay_whole() {
        let address = format!("https://cms.example/{}", "x".repeat(100));
        let source = format!("{} {address} {}", "word ".repeat(40), "word ".repeat(40));
        let text = text(&source);
        assert!(text.lines().all(|line| line.len() <= COLUMNS || line == address));
        assert!(text.contains(&address));
        assert_eq!(super::text(""), "");
    }
}
