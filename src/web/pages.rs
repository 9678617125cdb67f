//! The templates of the pages, embedded in the program.
//!
//! HTML is escaped wherever a value is printed, and a name that a template asks for and is not given is an error.
//! A folder that overrides them is not offered: a page that forgets a form token or a source mark is not a matter
//! of taste.

use axum::response::Html;
use minijinja::{Environment, UndefinedBehavior, value::Serde};
use serde::Serialize;

/// What one template is given.
pub(super) trait View: Serialize {
    /// The template's name.
    const TEMPLATE: &'static str;
}

/// All page templates, read once.
#[derive(Debug)]
pub struct Pages(Environment<'static>);

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../templates/", $name)))),*]
    };
}

/// Every template: pages, and the parts that several pages share.
const TEMPLATES: &[(&str, &str)] = &embedded![
    "pages/accounts.html",
    "pages/case.html",
    "pages/code.html",
    "pages/failure.html",
    "pages/layout.html",
    "pages/outbox.html",
    "pages/queue.html",
    "pages/search.html",
    "pages/sign_in.html",
    "partials/candidates.html",
    "partials/case_rows.html",
    "partials/draft_editor.html",
    "partials/earlier.html",
    "partials/facts.html",
    "partials/findings.html",
    "partials/history.html",
    "partials/mails.html",
    "partials/replies.html",
];

impl Pages {
    /// Reads the embedded templates.
    ///
    /// # Errors
    /// When one of them cannot be read; a test keeps this from happening.
    pub fn embedded() -> Result<Self, minijinja::Error> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.add_global("stylesheet", super::assets::stylesheet_path());
        environment.add_global("script", super::assets::script_path());
        for (name, source) in TEMPLATES {
            environment.add_template(name, source)?;
        }
        Ok(Self(environment))
    }

    /// The page for this view.
    pub(super) fn html<V: View>(&self, view: &V) -> Result<Html<String>, minijinja::Error> {
        let template = self.0.get_template(V::TEMPLATE)?;
        template.render(Serde(view)).map(Html)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_can_be_read() {
        assert!(Pages::embedded().is_ok());
    }
}
