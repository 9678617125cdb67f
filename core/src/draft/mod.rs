//! Placeholder. STUB.
/// The draft's templates, checked. STUB.
pub struct Templates;
