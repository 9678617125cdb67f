//! A reply's blocks as HTML for mail clients: inline styles only, everything escaped, nothing loaded from elsewhere.
//!
//! Clients drop style sheets and scripts, so each element carries what it needs. Widths are relative: the same mail is
//! read on a phone. Colours are left to the client, so that a dark one stays dark.

use super::document::{Block, Run, Runs, blocks};

const BODY: &str = "font-family:system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5;\
    max-width:44em;margin:0;padding:12px";
const TABLE: &str = "border-collapse:collapse;width:100%;font-size:14px";
const CELL: &str = "border:1px solid #999;padding:4px 8px;text-align:left;vertical-align:top";
const CODE: &str = "font-family:ui-monospace,Consolas,monospace";

/// The HTML of a source, without a page around it: for a preview.
#[must_use]
pub fn html(source: &str) -> String {
    let mut page = String::new();
    write(&blocks(source), &mut page);
    page
}

/// The HTML of a source as a whole page: for a mail, and for a preview that looks as the mail will.
#[must_use]
pub fn html_page(source: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n</head>\n\
         <body style=\"{BODY}\">\n{}</body>\n</html>\n",
        html(source)
    )
}

fn write(blocks: &[Block], page: &mut String) {
    for block in blocks {
        match block {
            Block::Heading(level, runs) => {
                let (tag, size) = match level {
                    1 => ("h1", "20px"),
                    2 => ("h2", "17px"),
                    _ => ("h3", "16px"),
                };
                page.push_str(&format!("<{tag} style=\"font-size:{size};margin:1.2em 0 0.4em\">"));
                write_runs(runs, page);
                page.push_str(&format!("</{tag}>\n"));
            }
            Block::Paragraph(runs) => element("p", "margin:0 0 0.8em", runs, page),
            Block::List { first, items } => list(*first, items, page),
            Block::Quote(inner) => {
                page.push_str("<blockquote style=\"margin:0 0 0.8em 1em\">\n");
                write(inner, page);
                page.push_str("</blockquote>\n");
            }
            Block::Code(code) => {
                page.push_str(&format!("<pre style=\"{CODE};white-space:pre-wrap\">"));
                escape(code, page);
                page.push_str("</pre>\n");
            }
            Block::Table { head, rows } => table(head, rows, page),
            Block::Rule => page.push_str("<hr>\n"),
        }
    }
}

fn list(first: Option<u64>, items: &[Vec<Block>], page: &mut String) {
    let (open, close) = match first {
        None => ("<ul style=\"margin:0 0 0.8em;padding-left:1.4em\">\n".to_owned(), "</ul>\n"),
        Some(first) => (format!("<ol start=\"{first}\" style=\"margin:0 0 0.8em;padding-left:1.8em\">\n"), "</ol>\n"),
    };
    page.push_str(&open);
    for item in items {
        page.push_str("<li>");
        match item.as_slice() {
            // The text of a simple item is no paragraph of its own.
            [Block::Paragraph(runs), rest @ ..] => {
                write_runs(runs, page);
                write(rest, page);
            }
            blocks => write(blocks, page),
        }
        page.push_str("</li>\n");
    }
    page.push_str(close);
}

fn table(head: &[Runs], rows: &[Vec<Runs>], page: &mut String) {
    // A wide table scrolls by itself and does not widen the page on a phone.
    page.push_str(&format!("<div style=\"overflow-x:auto;margin:0 0 0.8em\">\n<table style=\"{TABLE}\">\n<tr>"));
    for cell in head {
        element("th", CELL, cell, page);
    }
    page.push_str("</tr>\n");
    for row in rows {
        page.push_str("<tr>");
        for cell in row {
            element("td", CELL, cell, page);
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</table>\n</div>\n");
}

fn element(tag: &str, style: &str, runs: &Runs, page: &mut String) {
    page.push_str(&format!("<{tag} style=\"{style}\">"));
    write_runs(runs, page);
    page.push_str(&format!("</{tag}>\n"));
}

fn write_runs(runs: &Runs, page: &mut String) {
    for run in runs {
        match run {
            Run::Plain(text) => escape(text, page),
            Run::Strong(text) => {
                page.push_str("<strong>");
                escape(text, page);
                page.push_str("</strong>");
            }
            Run::Code(text) => {
                page.push_str(&format!("<code style=\"{CODE}\">"));
                escape(text, page);
                page.push_str("</code>");
            }
            Run::Break => page.push_str("<br>\n"),
        }
    }
}

/// Text that can be no markup, in content and in attributes.
fn escape(text: &str, page: &mut String) {
    for c in text.chars() {
        match c {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            '\'' => page.push_str("&#39;"),
            c => page.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(source: &str) -> String {
        let page = html(source);
        let mut bare = String::new();
        let mut rest = page.as_str();
        while let Some((before, after)) = rest.split_once(" style=\"") {
            bare.push_str(before);
            rest = after.split_once('"').map_or("", |(_, after)| after);
        }
        (bare + rest).replace('\n', "")
    }

    #[test]
    fn blocks_become_elements() {
        for (source, html) in [
            ("# A\n\n## B", "<h1>A</h1><h2>B</h2>"),
            ("a **b** `c`\nd", "<p>a <strong>b</strong> <code>c</code><br>d</p>"),
            ("- a\n- b\n\n3. c", "<ul><li>a</li><li>b</li></ul><ol start=\"3\"><li>c</li></ol>"),
            ("| a |\n|---|\n| 1 |", "<div><table><tr><th>a</th></tr><tr><td>1</td></tr></table></div>"),
            ("> q\n\n---\n\n    x  <y>", "<blockquote><p>q</p></blockquote><hr><pre>x  &lt;y&gt;</pre>"),
        ] {
            assert_eq!(bare(source), html, "{source}");
        }
    }

    #[test]
    fn nothing_of_the_source_becomes_markup() {
        let hostile = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) ![p](https://t.example/p.gif) \
            `<b>` **<i>** \"'&\n\n<script>alert(1)</script>\n\n| <u> |\n|---|\n| <s> |\n";
        let page = html(hostile);
        for markup in ["<img", "<script", "<a ", "<b>", "<i>", "<u>", "<s>", "src=\"", "href"] {
            assert!(!page.contains(markup), "{markup} in {page}");
        }
        assert!(page.contains("&lt;script&gt;") && page.contains("&quot;&#39;&amp;"));
    }
}
