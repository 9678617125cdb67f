//! Bytes → message, and approved text → bytes.
pub mod head;
pub mod token;
