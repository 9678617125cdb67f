//! Bytes → message, and approved text → bytes.
pub mod head;
pub mod search_text;
pub mod token;
