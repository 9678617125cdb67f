//! A reply's source as blocks: headings, paragraphs, lists, pipe tables, code, rules.
//!
//! pulldown-cmark reads the CommonMark; this module keeps the part of it that a mail needs and that a reviewer would
//! type on purpose. Raw HTML is text like any other, links show their address, a line break in the source is one in
//! the mail. Containers are nested [`DEEPEST`] deep and no further, so that walking the blocks is safe for any source.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Lists and quotations within one another. What lies deeper joins the innermost.
pub const DEEPEST: usize = 8;

/// A stretch of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// `#` is level 1; all deeper levels are 3 at most.
    Heading(u8, Runs),
    /// Lines of text.
    Paragraph(Runs),
    /// `-` items, or items numbered from `first`.
    List {
        /// The first number; None for `-`.
        first: Option<u64>,
        /// What each item holds.
        items: Vec<Vec<Block>>,
    },
    /// `>`.
    Quote(Vec<Block>),
    /// Kept as written.
    Code(String),
    /// A pipe table; every row has as many cells as the head.
    Table {
        /// The first row.
        head: Vec<Runs>,
        /// The others.
        rows: Vec<Vec<Runs>>,
    },
    /// `---`.
    Rule,
}

/// The text of a paragraph, a heading or a cell.
pub type Runs = Vec<Run>;

/// Text in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// As it is.
    Plain(String),
    /// `**bold**`.
    Strong(String),
    /// `` `code` ``.
    Code(String),
    /// A new line.
    Break,
}

impl Run {
    /// Its characters; a line feed for a break.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Strong(text) | Self::Code(text) => text,
            Self::Break => "\n",
        }
    }
}

/// Reads a source. Every text is one.
#[must_use]
pub fn blocks(source: &str) -> Vec<Block> {
    let mut builder = Builder::default();
    builder.open.push(Vec::new());
    // CommonMark takes a line such as `[1]: see the note` for a link's definition and shows nothing of it.
    let source = source.replace("]:", "]\\:");
    let mut last_cell = 0;
    for (event, range) in Parser::new_ext(&source, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::End(TagEnd::TableCell) => last_cell = range.end,
            Event::End(TagEnd::TableRow) => builder.overfull_row(source.get(last_cell..range.end).unwrap_or("")),
            _ => {}
        }
        builder.take(event);
    }
    builder.end_paragraph();
    while builder.open.len() > 1 {
        builder.close(Container::Item);
    }
    builder.open.pop().unwrap_or_default()
}

/// What a list of blocks becomes when it is complete.
#[derive(Clone, Copy)]
enum Container {
    Quote,
    List(Option<u64>),
    Item,
}

#[derive(Default)]
struct Builder {
    /// The containers being filled, outermost first. A list's own level holds one [`Block::Quote`] for each item.
    open: Vec<Vec<Block>>,
    /// The first numbers of the open lists.
    firsts: Vec<Option<u64>>,
    /// Containers beyond [`DEEPEST`], which are not opened.
    too_deep: usize,
    runs: Runs,
    strong: usize,
    heading: Option<u8>,
    code: Option<String>,
    link: Option<(String, usize)>,
    head: Vec<Runs>,
    rows: Vec<Vec<Runs>>,
    row: Vec<Runs>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(text) => self.runs.push(Run::Code(text.into_string())),
            Event::SoftBreak | Event::HardBreak => self.runs.push(Run::Break),
            Event::Rule => self.add(Block::Rule),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.heading = Some((level as u8).min(3)),
            Tag::Strong => self.strong += 1,
            // The word behind a fence is for highlighters elsewhere; here it is text.
            Tag::CodeBlock(CodeBlockKind::Fenced(word)) if !word.is_empty() => self.code = Some(format!("{word}\n")),
            Tag::CodeBlock(_) => self.code = Some(String::new()),
            Tag::Link { dest_url, .. } => self.link = Some((dest_url.into_string(), self.runs.len())),
            Tag::BlockQuote(_) => self.open(),
            Tag::List(first) => {
                self.end_paragraph();
                self.firsts.push(first);
                self.open();
            }
            Tag::Item => self.open(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Link => self.end_link(),
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.end_paragraph(),
            TagEnd::Heading(_) => {
                let (runs, level) = (std::mem::take(&mut self.runs), self.heading.take().unwrap_or(1));
                self.add(Block::Heading(level, runs));
            }
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    self.add(Block::Code(code));
                }
            }
            TagEnd::BlockQuote(_) => self.close(Container::Quote),
            TagEnd::Item => self.close(Container::Item),
            TagEnd::List(_) => {
                let first = self.firsts.pop().flatten();
                self.close(Container::List(first));
            }
            TagEnd::TableCell => self.row.push(std::mem::take(&mut self.runs)),
            TagEnd::TableHead => self.head = std::mem::take(&mut self.row),
            TagEnd::TableRow => {
                let mut row = std::mem::take(&mut self.row);
                row.resize(self.head.len(), Runs::new());
                self.rows.push(row);
            }
            TagEnd::Table => {
                let (head, rows) = (std::mem::take(&mut self.head), std::mem::take(&mut self.rows));
                self.add(Block::Table { head, rows });
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            return code.push_str(text);
        }
        // Raw HTML comes with its line ends.
        for (nth, line) in text.split('\n').enumerate() {
            if nth > 0 {
                self.runs.push(Run::Break);
            }
            match (self.strong > 0, self.runs.last_mut()) {
                _ if line.is_empty() => {}
                (true, Some(Run::Strong(last))) | (false, Some(Run::Plain(last))) => last.push_str(line),
                (true, _) => self.runs.push(Run::Strong(line.to_owned())),
                (false, _) => self.runs.push(Run::Plain(line.to_owned())),
            }
        }
    }

    /// Takes in what a row holds beyond the head's cells. CommonMark drops it; here the last cell gets it as written.
    fn overfull_row(&mut self, rest: &str) {
        let rest = rest.trim_matches(|c: char| c == '|' || c.is_whitespace());
        if !rest.is_empty()
            && let Some(cell) = self.row.last_mut()
        {
            cell.push(Run::Plain(format!(" | {rest}")));
        }
    }

    /// A link is written out, since a mail's reader must see where it leads.
    fn end_link(&mut self) {
        let Some((address, from)) = self.link.take() else { return };
        let shown: String = self.runs.get(from..).unwrap_or_default().iter().map(Run::text).collect();
        if !address.is_empty() && shown != address && format!("mailto:{shown}") != address {
            self.text(&format!(" ({address})"));
        }
    }

    fn open(&mut self) {
        self.end_paragraph();
        // A list and its items are two levels.
        if self.open.len() > 2 * DEEPEST {
            self.too_deep += 1;
        } else {
            self.open.push(Vec::new());
        }
    }

    fn close(&mut self, container: Container) {
        self.end_paragraph();
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let Some(content) = self.open.pop() else { return };
        let block = match container {
            Container::Quote | Container::Item => Block::Quote(content),
            Container::List(first) => {
                let items = content.into_iter().map(|item| match item {
                    Block::Quote(blocks) => blocks,
                    other => vec![other],
                });
                Block::List { first, items: items.collect() }
            }
        };
        self.add(block);
    }

    fn end_paragraph(&mut self) {
        while self.runs.last() == Some(&Run::Break) {
            self.runs.pop();
        }
        if !self.runs.is_empty() {
            let runs = std::mem::take(&mut self.runs);
            self.add(Block::Paragraph(runs));
        }
    }

    fn add(&mut self, block: Block) {
        match self.open.last_mut() {
            Some(innermost) => innermost.push(block),
            None => self.open.push(vec![block]),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::text::text, *};

    fn plain(text: &str) -> Runs {
        vec![Run::Plain(text.to_owned())]
    }

    #[test]
    fn the_subset_is_read() {
        let source =
            "# Case\n\nOne **two** `99213`\nthree\n\n- a\n- b\n  1. c\n\n| x | y |\n|---|---|\n| 1 |\n\n---\n> q\n";
        assert_eq!(
            blocks(source),
            [
                Block::Heading(1, plain("Case")),
                Block::Paragraph(vec![
                    Run::Plain("One ".into()),
                    Run::Strong("two".into()),
                    Run::Plain(" ".into()),
                    Run::Code("99213".into()),
                    Run::Break,
                    Run::Plain("three".into()),
                ]),
                Block::List {
                    first: None,
                    items: vec![
                        vec![Block::Paragraph(plain("a"))],
                        vec![
                            Block::Paragraph(plain("b")),
                            Block::List { first: Some(1), items: vec![vec![Block::Paragraph(plain("c"))]] }
                        ],
                    ],
                },
                Block::Table { head: vec![plain("x"), plain("y")], rows: vec![vec![plain("1"), Runs::new()]] },
                Block::Rule,
                Block::Quote(vec![Block::Paragraph(plain("q"))]),
            ]
        );
    }

    #[test]
    fn html_is_text_and_links_are_written_out() {
        for (source, text) in [
            ("a <b>x</b> <script>y</script>", "a <b>x</b> <script>y</script>"),
            ("<div>\nx\n</div>", "<div>\nx\n</div>"),
            ("[CMS](https://cms.example/a)", "CMS (https://cms.example/a)"),
            ("<https://cms.example>", "https://cms.example"),
            ("![alt](https://x.example/p.png)", "alt"),
        ] {
            let read = blocks(source);
            let [Block::Paragraph(runs)] = read.as_slice() else { panic!("{source}") };
            assert_eq!(runs.iter().map(Run::text).collect::<String>(), text, "{source}");
        }
    }

    #[test]
    fn a_row_with_too_many_cells_keeps_them() {
        let read = blocks("| a |\n|---|\n| 1 | 2 |\n");
        assert!(format!("{read:?}").contains('2'), "{read:?}");
    }

    #[test]
    fn depth_is_bounded_and_nothing_is_lost() {
        let deep = format!("{}99213", "> ".repeat(5_000));
        assert!(format!("{:?}", blocks(&deep)).contains("99213"));
        let lists: String = (0..60).map(|n| format!("{}- {n}\n", "  ".repeat(n))).collect();
        assert!(format!("{:?}", blocks(&lists)).contains("59"));
    }

    proptest! {
        #[test]
        fn no_word_of_the_source_is_lost(
            source in "([a-z]{1,3}[0-9]{0,3}|[ #>*_+()<>\\[\\]:.=~-]{1,3}|\n{1,2}){0,40}",
        ) {
            let shown = text(&source);
            for word in source.split(|c: char| !c.is_ascii_alphanumeric()) {
                let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
                prop_assert!(is_number || shown.contains(word), "{word:?} of {source:?} is not in {shown:?}");
            }
        }
    }
}
