//! `caseconsult templates`: the templates of drafts. `list` names them, `export` writes the built-in ones to start from,
//! `check` tries an operator's own with invented cases of every kind. None of them needs a database.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;
use caseconsult_core::draft::{
    embedded::EMBEDDED,
    trial::{Trial, trials},
};
use clap::{Args, Subcommand};

use super::init::write_new;
use crate::config::{Config, ConfigError, replies::templates_in};

/// The templates of drafts: list, export, check.
#[derive(Debug, Args)]
pub struct Templates {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Name the templates, and say which of them the configured folder replaces.
    List,
    /// Write the built-in templates into a folder. A file that exists is kept.
    Export {
        /// The folder; made when it is missing.
        folder: PathBuf,
        /// Only these templates.
        #[arg(value_name = "NAME")]
        names: Vec<String>,
    },
    /// Render a folder's templates with invented cases of every kind of question.
    Check {
        /// The folder; the configured one when it is not given, and the built-in ones when there is none.
        folder: Option<PathBuf>,
    },
}

/// Does one of them. The configuration is read only where it is needed.
///
/// # Errors
/// When a folder cannot be read or written, or no template has a given name.
pub fn run(templates: &Templates, config: impl Fn() -> Result<Config, ConfigError>) -> anyhow::Result<ExitCode> {
    match &templates.what {
        What::List => list(&config()?).map(|()| ExitCode::SUCCESS),
        What::Export { folder, names } => export(folder, names).map(|()| ExitCode::SUCCESS),
        What::Check { folder } => {
            let folder = match folder {
                Some(folder) => Some(folder.clone()),
                None => config()?.replies.templates,
            };
            check(folder.as_deref())
        }
    }
}

fn list(config: &Config) -> anyhow::Result<()> {
    let own = config.replies.templates.as_deref().map(templates_in).transpose()?.unwrap_or_default();
    for one in EMBEDDED {
        let whose = if own.iter().any(|(name, _)| name == one.name) { "yours   " } else { "built in" };
        println!("{:<17} {whose}  {}", one.name, one.what);
    }
    Ok(())
}

fn export(folder: &Path, names: &[String]) -> anyhow::Result<()> {
    if let Some(unknown) = names.iter().find(|name| EMBEDDED.iter().all(|one| one.name != name.as_str())) {
        let known = EMBEDDED.map(|one| one.name).join(", ");
        anyhow::bail!("there is no template named {unknown:?}; the names are {known}");
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    for one in EMBEDDED.iter().filter(|one| names.is_empty() || names.iter().any(|name| name == one.name)) {
        let file = folder.join(one.name);
        if file.exists() {
            println!("kept   {}", file.display());
        } else {
            write_new(&file, one.source, 0o644)?;
            println!("wrote  {}", file.display());
        }
    }
    println!(
        "next: set replies.templates = {:?}, and after each change run: caseconsult templates check",
        folder.display().to_string()
    );
    Ok(())
}

/// One line for each template; what is wrong comes with the line of its file.
fn check(folder: Option<&Path>) -> anyhow::Result<ExitCode> {
    let own = folder.map(templates_in).transpose()?.unwrap_or_default();
    let mut wrong = 0;
    for Trial { name, is_own, verdict } in trials(&own) {
        let shown = match folder {
            Some(folder) if is_own => folder.join(&name).display().to_string(),
            _ => name.clone(),
        };
        match verdict {
            Ok(()) => println!("ok     {shown}{}", if is_own { "" } else { " (built in)" }),
            Err(error) => {
                wrong += 1;
                // The operator's own line, which says more than the engine does.
                let written = |(file, line): (&str, usize)| {
                    let (_, source) = own.iter().find(|(known, _)| known == file)?;
                    Some(format!(", at: {}", source.lines().nth(line.checked_sub(1)?)?.trim()))
                };
                println!("WRONG  {shown}: {error}{}", error.place().and_then(written).unwrap_or_default());
            }
        }
    }
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
