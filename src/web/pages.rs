//! The templates of the pages, embedded in the program.

use minijinja::{Environment, UndefinedBehavior};

/// All page templates. HTML is escaped by default; a name that a template asks for and is not given is an error.
#[derive(Debug)]
pub struct Pages(Environment<'static>);

impl Pages {
    /// Reads the embedded templates.
    ///
    /// # Errors
    /// When one of them cannot be read; the tests keep this from happening.
    pub fn embedded() -> Result<Self, minijinja::Error> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        Ok(Self(environment))
    }
}
