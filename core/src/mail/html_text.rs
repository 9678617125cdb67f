//! The text of an HTML body.
//!
//! One pass from tag to tag, without a tree: a mail of 20,000 nested elements costs as much as a flat one of its size,
//! where html2text took 28 seconds. Table cells stay apart (` | `), so that codes in neighbouring cells never become
//! one word. Quotations get `>` marks, so that they are recognised as in plain mails. What is not shown (head, style,
//! script, comments) is dropped, and so are links' addresses: a code in a URL is none in the mail.
//!
//! `message` calls it when a mail has no plain text.

use mail_parser::decoders::html::add_html_token;

use super::plain_text::without_blank_runs;

/// Elements whose content is not text.
const HIDDEN: [&str; 6] = ["head", "style", "script", "template", "title", "svg"];
/// Elements that stand on lines of their own.
const BLOCKS: [&str; 23] = [
    "address", "article", "aside", "body", "center", "dd", "div", "dl", "dt", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "section",
];
/// The longest named entity has 32 characters.
const LONGEST_ENTITY: usize = 34;
/// Deeper quotations get no more marks: a bound on the text's growth.
const DEEPEST_QUOTE: usize = 8;

/// Reads HTML as text; tables as rows with ` | ` between cells, quotations with `> ` before each line.
#[must_use]
pub(crate) fn html_text(html: &str) -> String {
    let mut page = Page::default();
    let mut rest = html;
    while !rest.is_empty() {
        let Some(open) = rest.find('<') else {
            page.text(rest);
            break;
        };
        let (before, tag) = rest.split_at(open);
        page.text(before);
        rest = page.markup(tag);
    }
    page.finish()
}

/// What separates the next word from the last one. Owed until the word comes, so that nothing trails.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Blank,
    Line,
    Paragraph,
}

/// The text so far, and what surrounds the next word.
#[derive(Default)]
struct Page {
    done: String,
    line: String,
    gap: Gap,
    /// The next word begins a list's item.
    item: bool,
    /// In a cell before its first word, where blocks break nothing: the row must stay on one line.
    cell_start: bool,
    /// Whether the row has a cell already.
    in_row: bool,
    quotes: usize,
    preformatted: usize,
    /// The element whose content is being skipped.
    hidden: Option<&'static str>,
    /// A tag or comment had no end. From there on every one ends at its first `>`: reading stays linear, and no text
    /// is lost to a missing quote.
    broken: bool,
}

impl Page {
    /// Takes in text between two tags.
    fn text(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let (piece, after) = if c == '&' { entity(rest) } else { rest.split_at(c.len_utf8()) };
            rest = after;
            if c.is_ascii_whitespace() {
                match (self.preformatted, c) {
                    (0, _) => self.owe(Gap::Blank),
                    (_, '\n') => self.line_break(),
                    _ => {
                        self.pay();
                        self.line.push(' ');
                    }
                }
                continue;
            }
            self.pay();
            if c == '&' {
                add_html_token(&mut self.line, piece.as_bytes(), false);
            } else {
                self.line.push(c);
            }
        }
    }

    fn owe(&mut self, gap: Gap) {
        if !self.cell_start {
            self.gap = self.gap.max(gap);
        }
    }

    fn line_break(&mut self) {
        self.owe(if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line });
    }

    /// Writes what is owed before a word.
    fn pay(&mut self) {
        match self.gap {
            Gap::None => {}
            Gap::Blank if self.line.is_empty() || self.line.ends_with(' ') => {}
            Gap::Blank => self.line.push(' '),
            Gap::Line | Gap::Paragraph => {
                if !self.line.is_empty() {
                    self.end_line();
                }
                if self.gap == Gap::Paragraph {
                    self.end_line();
                }
            }
        }
        if self.item {
            self.line.push_str("- ");
        }
        (self.gap, self.item, self.cell_start) = (Gap::None, false, false);
    }

    fn end_line(&mut self) {
        for _ in 0..self.quotes.min(DEEPEST_QUOTE) {
            self.done.push('>');
        }
        if self.quotes > 0 {
            self.done.push(' ');
        }
        self.done.push_str(self.line.trim_end());
        self.done.push('\n');
        self.line.clear();
    }

    /// Takes in a tag, a comment or a stray `<`, and gives back what follows it.
    fn markup<'t>(&mut self, tag: &'t str) -> &'t str {
        for (start, end) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">")] {
            if let Some(inside) = tag.strip_prefix(start) {
                return self.after_comment(inside, end);
            }
        }
        let inside = tag.strip_prefix('<').unwrap_or(tag);
        let name = inside.strip_prefix('/').unwrap_or(inside);
        let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.text("&lt;");
            return inside;
        }
        let Some(after) = self.after_tag(inside) else {
            self.text(tag.get(1..).unwrap_or(""));
            return "";
        };
        self.element(&name.get(..length).unwrap_or("").to_ascii_lowercase(), inside.starts_with('/'));
        after
    }

    fn after_comment<'t>(&mut self, inside: &'t str, end: &str) -> &'t str {
        let whole = if self.broken { None } else { inside.split_once(end) };
        match whole.or_else(|| inside.split_once('>')) {
            Some((_, after)) => {
                self.broken |= whole.is_none();
                after
            }
            None => "",
        }
    }

    /// What follows a tag, `>` in quoted attributes not ending it. None when nothing does.
    fn after_tag<'t>(&mut self, inside: &'t str) -> Option<&'t str> {
        let mut quote = None;
        for (at, byte) in inside.bytes().enumerate() {
            match (quote, byte) {
                (None, b'>') => return inside.get(at + 1..),
                (None, b'"' | b'\'') if !self.broken => quote = Some(byte),
                (Some(open), _) if open == byte => quote = None,
                _ => {}
            }
        }
        self.broken = true;
        inside.split_once('>').map(|(_, after)| after)
    }

    fn element(&mut self, name: &str, closes: bool) {
        if let Some(hidden) = self.hidden {
            if closes && hidden == name || name == "body" {
                self.hidden = None;
            }
            return;
        }
        match name {
            "br" => self.line_break(),
            "td" | "th" if !closes => {
                if self.in_row {
                    self.gap = Gap::None;
                    self.line.push_str(" | ");
                }
                (self.in_row, self.cell_start) = (true, true);
            }
            "tr" | "table" => {
                // A paragraph that ends a cell must not tear the rows apart.
                if self.in_row {
                    self.gap = Gap::Line;
                }
                (self.in_row, self.cell_start) = (false, false);
                self.owe(Gap::Line);
            }
            "blockquote" => {
                // The last line still has the old depth.
                if !self.line.is_empty() {
                    self.end_line();
                }
                (self.cell_start, self.gap) = (false, Gap::None);
                self.quotes = if closes { self.quotes.saturating_sub(1) } else { self.quotes + 1 };
            }
            "li" if !closes => {
                self.owe(Gap::Line);
                self.item = true;
            }
            "pre" => {
                self.owe(Gap::Line);
                self.preformatted = if closes { self.preformatted.saturating_sub(1) } else { self.preformatted + 1 };
            }
            "p" | "ul" | "ol" => self.owe(if self.item { Gap::Line } else { Gap::Paragraph }),
            _ if BLOCKS.contains(&name) => self.owe(Gap::Line),
            _ if !closes => self.hidden = HIDDEN.into_iter().find(|&hidden| hidden == name),
            _ => {}
        }
    }

    fn finish(mut self) -> String {
        if !self.line.is_empty() {
            self.end_line();
        }
        without_blank_runs(&self.done)
    }
}

/// An entity at the start of a text, and what follows it; the `&` alone when there is none.
fn entity(text: &str) -> (&str, &str) {
    let inside = text.get(1..).unwrap_or("");
    let length = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(inside.len());
    let is_entity =
        length > 0 && length < LONGEST_ENTITY && inside.get(length..).is_some_and(|end| end.starts_with(';'));
    text.split_at(if is_entity { length + 2 } else { 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_the_lines_that_one_sees() {
        for (html, text) in [
            (
                "<p>Hi&nbsp;there,</p><p>bill <b>992</b>13?<br>Or\n 20610</p>",
                "Hi\u{a0}there,\n\nbill 99213?\nOr 20610\n",
            ),
            (
                "<table><tr><th>Code</th><th>Units</th></tr>\
                 <tr><td><p>99213</p></td><td><p>1<br></p></td></tr></table>after",
                "Code | Units\n99213 | 1\nafter\n",
            ),
            ("<table><tr><td><p>One</p><p>two</p></td></tr></table>", "One\n\ntwo\n"),
            ("<td>99213<td>20610", "99213 | 20610\n"),
            (
                "new<blockquote><div>old</div><blockquote>older</blockquote></blockquote>below",
                "new\n> old\n>> older\nbelow\n",
            ),
            ("<ul><li>99213</li><li><p>20610</p></li></ul>", "- 99213\n- 20610\n"),
            ("<head><title>99999</title></head><style>p{}</style><body>x<script>1<2</script>y", "xy\n"),
            ("a<!-- <p>no</p> -->b<a href='http://x/99213?a>b'>link</a>", "ablink\n"),
            ("<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc\n"),
            ("5 < 6 &amp; 7 &lt; 8 &bogus; &#8209;&", "5 < 6 & 7 < 8 &bogus; \u{2011}&\n"),
            ("", ""),
        ] {
            assert_eq!(html_text(html), text, "{html}");
        }
    }

    #[test]
    fn a_missing_quote_or_end_loses_no_text() {
        for html in ["<p class=\"x>bill 99213</p>", "bill<!-- never closed > 99213", "bill <b 99213", "<p>bill 99213<"]
        {
            let text = html_text(html);
            assert!(text.contains("99213"), "{html}: {text}");
        }
    }

    #[test]
    fn a_hostile_page_costs_no_more_than_its_size() {
        // Each of these takes a tree builder minutes or its whole stack.
        for piece in ["<div>x", "<table><tr><td>x", "<blockquote>x", "<b><p>x", "<a x=\"", "<!--", "<a '\"", "&", "<"] {
            let text = html_text(&piece.repeat(30_000));
            assert!(text.len() < 30_000 * 20, "{piece}: {}", text.len());
        }
    }
}
