//! What a reviewer may do with a case.
