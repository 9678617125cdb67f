//! Search from words: what a coder or a lay asker writes → the code.
//!
//! One short row stands for each wording of a code (its title, an inclusion term, a path of the alphabetic index, a
//! brand of its drug), and the best row of a code speaks for it: one long document per code finds fewer. This module
//! holds everything that is knowledge: what a word is, which wordings a code has, what lay words mean, which of several
//! siblings a person means who does not say. It keeps no rows and reads no file; the crate `caseconsult-search` keeps
//! the index of these rows in a folder, and asks here how to read a question and how to rank what it met.
//!
//! | file | holds |
//! |---|---|
//! | [`word`] | a text → words in the one form in which they are compared |
//! | [`vocabulary`] | the lists of lay words and abbreviations (`vocabulary/`) |
//! | [`phrase`] | lay phrases and abbreviations → the code sets' words |
//! | [`kin`] | words that say the same in other roots: kidney and renal (`kin.tsv`) |
//! | [`spelling`] | a word that nobody knows → those that it may be |
//! | [`question`] | what was typed → the things asked, each with its wanted words |
//! | [`wording`] | what is stored of a code → its rows |
//! | [`see`] | lines of the index that lead to another line |
//! | [`brand`] | brand names → the drugs that a code list names by substance |
//! | [`span`] | on which days a code answers |
//! | [`target`] | the codes that rows point at, and where a header's codes stand |
//! | [`weight`] | what a word is worth, and what it costs a row to have one that was not asked for |
//! | [`lexicon`] | the words of an index with their weights |
//! | [`pack`] | lexicon and targets as bytes |
//! | [`rank`] | rows that were met → codes, the best first |
//! | [`mark`] | which words of a text were asked for |

pub mod brand;
pub mod kin;
pub mod lexicon;
pub mod mark;
pub mod pack;
pub mod phrase;
pub mod question;
pub mod rank;
pub mod see;
pub mod span;
pub mod spelling;
pub mod target;
pub mod vocabulary;
pub mod weight;
pub mod word;
pub mod wording;
