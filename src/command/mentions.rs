//! `caseconsult mentions`: the code mentions of plain text files, one line of JSON each, without a database.
//!
//! ```json
//! {"file": "a.txt", "mentions": [{"start": 10, "end": 15, "system": "CPT", "code": "99213",
//!  "modifiers": ["25"], "units": null, "place": "new", "status": "asked", "confidence": "certain",
//!  "reasons": ["in a range of CPT", "its code system is named"]}]}
//! ```
//!
//! Offsets count Unicode code points of the file's text. The shape is stable: other programs measure by it.

use std::{
    io::{BufWriter, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use caseconsult_core::{
    extract::{self, MentionJson},
    mail::search_text::SearchText,
};
use clap::Args;
use serde::Serialize;

use super::draft::Books;
use crate::config::Config;

/// Print the code mentions of UTF-8 text files, one line of JSON a file.
#[derive(Debug, Args)]
pub struct Mentions {
    /// Files, or - for standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

#[derive(Serialize)]
struct Line<'a> {
    file: String,
    mentions: &'a [MentionJson],
}

/// Prints one line a file; a file that cannot be read is named on standard error, and the next one is taken.
///
/// # Errors
/// When standard output is gone. Unreadable files make the exit code non-zero.
pub async fn run(options: &Mentions, config: &Config) -> anyhow::Result<ExitCode> {
    let books = Books::open(config).await?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut code = ExitCode::SUCCESS;
    for file in &options.files {
        let text = match super::draft::read(file) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => {
                eprintln!("caseconsult: {error:#}");
                code = ExitCode::FAILURE;
                continue;
            }
        };
        let search = SearchText::plain(text);
        let shelf = books.shelf(&extract::candidates(&search)).await?;
        let mentions = extract::mentions(&search, &*shelf);
        let line =
            Line { file: file.display().to_string(), mentions: &extract::mentions_json(&search.text, &mentions) };
        serde_json::to_writer(&mut out, &line)?;
        writeln!(out)?;
    }
    out.flush()?;
    Ok(code)
}
