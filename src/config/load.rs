//! Puts the configuration together: the file, then `CASECONSULT__SECTION__KEY` from the environment, then flags.
//!
//! The file is read on its own first, so that a mistake in it is reported with its line; only then is the
//! environment laid over it, and a mistake there is reported with the variable's name.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::Config;

/// The file that is read when none is named and it exists.
const DEFAULT_FILE: &str = "caseconsult.toml";

const PREFIX: &str = "CASECONSULT__";

/// Why there is no usable configuration. Each message says what to change.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The named file cannot be read.
    #[error("cannot read the configuration {path}: {cause}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The file is not TOML, or holds an unknown key or a value of the wrong form.
    #[error("{path}: {message}")]
    BadFile {
        /// The file.
        path: PathBuf,
        /// With line and column.
        message: String,
    },
    /// An environment variable has an unknown name or a value of the wrong form.
    #[error("environment variable {variable}: {message}")]
    BadVariable {
        /// Its name.
        variable: String,
        /// What is wrong. Never its value, which may be a secret.
        message: String,
    },
    /// A value that cannot be used.
    #[error("{key}: {message}")]
    BadValue {
        /// `section.key`.
        key: String,
        /// What is wrong and what would be right.
        message: String,
    },
    /// A value that is needed is missing.
    #[error("{key} is not set: {message}")]
    Missing {
        /// `section.key`.
        key: &'static str,
        /// What it is for and how to set it.
        message: &'static str,
    },
}

impl ConfigError {
    /// A value that cannot be used.
    pub fn bad(key: impl Into<String>, message: impl Into<String>) -> Self {
        Self::BadValue { key: key.into(), message: message.into() }
    }
}

/// Loads `file`, or `caseconsult.toml` when it exists, and the process's environment.
///
/// # Errors
/// When the file cannot be read or anything in it or in the environment is not understood.
pub fn load(file: Option<&Path>) -> Result<Config, ConfigError> {
    let variables = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .filter(|(name, _)| name.starts_with(PREFIX));
    load_from(file, variables)
}

/// The same with a given environment.
///
/// # Errors
/// As [`load`].
pub fn load_from(
    file: Option<&Path>,
    variables: impl IntoIterator<Item = (String, String)>,
) -> Result<Config, ConfigError> {
    let path = match file {
        Some(path) => Some(path.to_owned()),
        None => Some(PathBuf::from(DEFAULT_FILE)).filter(|path| path.exists()),
    };
    let mut table = match &path {
        Some(path) => read_file(path)?,
        None => Table::new(),
    };
    for (variable, value) in variables {
        lay_over(&mut table, &variable, &value)?;
    }
    let message = |error: toml::de::Error| without_values(error.message());
    table.try_into().map_err(|error| ConfigError::BadFile { path: path.unwrap_or_default(), message: message(error) })
}

fn read_file(path: &Path) -> Result<Table, ConfigError> {
    let text =
        std::fs::read_to_string(path).map_err(|cause| ConfigError::Unreadable { path: path.to_owned(), cause })?;
    let bad = |error: toml::de::Error| {
        let line = error.span().map_or(0, |span| text.get(..span.start).unwrap_or("").matches('\n').count() + 1);
        // Not the error's own picture of the line: the line may hold a password.
        ConfigError::BadFile {
            path: path.to_owned(),
            message: format!("line {line}: {}", without_values(error.message())),
        }
    };
    toml::from_str::<Config>(&text).map_err(bad)?;
    toml::from_str::<Table>(&text).map_err(bad)
}

/// `CASECONSULT__INTAKE__IMAP__HOST=x` becomes `intake.imap.host = "x"`, tried as the type that the key takes:
/// as text first, then as TOML (numbers, booleans, lists).
fn lay_over(table: &mut Table, variable: &str, value: &str) -> Result<(), ConfigError> {
    let keys: Vec<String> = variable.trim_start_matches(PREFIX).split("__").map(str::to_lowercase).collect();
    let as_toml = toml::from_str::<Table>(&format!("v = {value}")).ok().and_then(|mut table| table.remove("v"));
    let mut last = None;
    for candidate in [Some(Value::String(value.to_owned())), as_toml].into_iter().flatten() {
        let mut trial = table.clone();
        set(&mut trial, &keys, candidate);
        match trial.clone().try_into::<Config>() {
            Ok(_) => {
                *table = trial;
                return Ok(());
            }
            Err(error) => last = Some(without_values(error.message())),
        }
    }
    Err(ConfigError::BadVariable { variable: variable.to_owned(), message: last.unwrap_or_default() })
}

/// A deserialiser quotes the value that it did not like, and that value may be a secret.
fn without_values(message: &str) -> String {
    let mut kept = String::with_capacity(message.len());
    for (place, piece) in message.split('"').enumerate() {
        kept.push_str(if place % 2 == 0 { piece } else { "(not shown)" });
    }
    kept
}

fn set(table: &mut Table, keys: &[String], value: Value) {
    match keys {
        [] => {}
        [key] => {
            table.insert(key.clone(), value);
        }
        [section, rest @ ..] => {
            let below = table.entry(section.clone()).or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(below) = below {
                set(below, rest, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn file(text: &str) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file
    }

    fn variables(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_environment_wins_over_the_file_and_the_file_over_the_defaults() {
        let file = file("[database]\nurl = \"sqlite:a.db\"\n[work]\nconcurrency = 2\n");
        let config = load_from(
            Some(file.path()),
            variables(&[("CASECONSULT__WORK__CONCURRENCY", "7"), ("CASECONSULT__IDENTITY__NAME", "1234")]),
        )
        .unwrap();
        assert_eq!(
            (config.work.concurrency, config.database.url.as_str(), config.identity.name.as_str()),
            (7, "sqlite:a.db", "1234")
        );
    }

    #[test]
    fn a_mistake_in_the_file_is_named_with_its_line_and_without_its_value() {
        let file = file("[identity]\nname = \"x\"\npasword = \"hunter2\"\n");
        let message = load_from(Some(file.path()), []).unwrap_err().to_string();
        assert!(message.contains("line 3") && message.contains("pasword") && !message.contains("hunter2"), "{message}");
    }

    #[test]
    fn a_mistake_in_the_environment_is_named_with_its_variable() {
        for (name, value) in [("CASECONSULT__WORK__CONCURENCY", "7"), ("CASECONSULT__WORK__CONCURRENCY", "many")] {
            let message = load_from(Some(file("").path()), variables(&[(name, value)])).unwrap_err().to_string();
            assert!(message.contains(name) && !message.contains("many"), "{message}");
        }
    }

    #[test]
    fn what_init_writes_is_a_valid_configuration_that_says_the_defaults() {
        let written = load_from(Some(file(super::super::COMMENTED).path()), []).unwrap();
        assert_eq!(format!("{written:?}"), format!("{:?}", Config::default()));
    }
}
