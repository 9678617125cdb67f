//! The small Markdown in which replies are drafted, edited and approved: one source, two readings.
//!
//! | module | what it holds |
//! |---|---|
//! | [`document`] | the source as blocks and runs |
//! | [`text`] | blocks → plain text of 72 columns |
//! | [`html`] | blocks → HTML with inline styles |

pub mod document;
pub mod html;
pub mod text;
