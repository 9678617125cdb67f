//! `caseconsult user`: the people who may sign in.

use std::{io::Read as _, path::PathBuf};

use anyhow::Context as _;
use caseconsult_core::domain::user::Role;
use caseconsult_store::{Clock, users};
use clap::{Args, Subcommand};

use crate::{config::Config, process::open, web::password};

/// Add, list and disable the people who may sign in.
#[derive(Debug, Args)]
pub struct User {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Add a person.
    Add {
        /// The name that is typed at sign-in.
        name: String,
        /// `reviewer`, or `admin`, who also sees accounts.
        #[arg(long, default_value = "reviewer", value_parser = ["reviewer", "admin"])]
        role: String,
        /// Initials of the certificate, e.g. CPC; printed as "reviewed by".
        #[arg(long, default_value = "")]
        credential: String,
        /// A file that holds the password, or - for standard input. Without it you are asked.
        #[arg(long)]
        password_file: Option<PathBuf>,
    },
    /// Set a new password; ends the person's sessions.
    Password {
        /// The name.
        name: String,
        /// A file that holds the password, or - for standard input. Without it you are asked.
        #[arg(long)]
        password_file: Option<PathBuf>,
    },
    /// Keep a person out; ends the person's sessions.
    Disable {
        /// The name.
        name: String,
    },
    /// Let a person in again.
    Enable {
        /// The name.
        name: String,
    },
    /// List everybody.
    List,
}

/// Runs the subcommand.
///
/// # Errors
/// When the database cannot be used, a name is taken or unknown, or a password is too short.
pub async fn run(user: &User, config: &Config) -> anyhow::Result<()> {
    let db = open::database(config).await?;
    let clock = Clock::system();
    let known = async |name: &str| {
        users::by_name(&db, name)
            .await?
            .with_context(|| format!("there is nobody named {name:?}: see caseconsult user list"))
    };
    match &user.what {
        What::Add { name, role, credential, password_file } => {
            let role = Role::read(role).context("the role is reviewer or admin")?;
            let hash = password::hash(&read_password(password_file.as_ref())?)?;
            users::add(&db, &clock, name, role, credential, &hash).await?;
            println!("{name} may sign in as {}", role.as_str());
        }
        What::Password { name, password_file } => {
            let person = known(name).await?;
            let hash = password::hash(&read_password(password_file.as_ref())?)?;
            users::set_password(&db, person.id, &hash).await?;
            println!("{name} has a new password");
        }
        What::Disable { name } => {
            users::set_disabled(&db, known(name).await?.id, true).await?;
            println!("{name} is kept out");
        }
        What::Enable { name } => {
            users::set_disabled(&db, known(name).await?.id, false).await?;
            println!("{name} may sign in");
        }
        What::List => {
            for person in users::list(&db).await? {
                let state = if person.disabled { "kept out" } else { "" };
                println!("{:<24} {:<9} {:<8} {state}", person.name, person.role.as_str(), person.credential);
            }
        }
    }
    Ok(())
}

fn read_password(file: Option<&PathBuf>) -> anyhow::Result<String> {
    let text = match file {
        Some(path) if path.as_os_str() == "-" => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).context("cannot read the password from standard input")?;
            text
        }
        Some(path) => std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?,
        None => {
            rpassword::prompt_password("Password: ").context("cannot ask for a password here: use --password-file")?
        }
    };
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
