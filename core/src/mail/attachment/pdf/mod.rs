//! The text layer of a PDF (ISO 32000), page by page, as lines in which the cells of a table stand apart.
//!
//! | module | what it holds |
//! |---|---|
//! | `file` | the pages of a file, and what is the matter with it |
//! | `stream` | a stream's bytes, unpacked to a bound |
//! | `content` | what a page draws: the operators that show text |
//! | `matrix` | places on a page |
//! | `font` | from the bytes of a string to letters and widths |
//! | `encoding` | the named encodings of fonts |
//! | `glyph_names` | letters of glyphs' names |
//! | `widths` | widths of the standard fonts |
//! | `form` | what forms and notes on a page say |
//! | `lines` | from pieces of text on a page to lines |
//!
//! Objects, cross references, filters and decryption are `hayro-syntax`'s, maps of characters `hayro-cmap`'s: both are
//! small, without other dependencies, and kept for a renderer that is tried on thousands of odd files. Extractors with
//! everything in one were not taken: each brings a hundred crates, or text without the places that make columns.

mod content;
mod encoding;
mod file;
mod font;
mod form;
mod glyph_names;
mod lines;
mod matrix;
mod stream;
mod widths;

pub(super) use file::read;
