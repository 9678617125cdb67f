//! `caseconsult init`: writes a commented configuration and a fresh secret.

use std::{
    fs::OpenOptions,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Args;

use crate::config::COMMENTED;

/// Write a commented configuration and a fresh secret.
#[derive(Debug, Args)]
pub struct Init {
    /// Where to write it.
    #[arg(default_value = "caseconsult.toml")]
    file: PathBuf,
}

/// Writes both files. An existing one is never overwritten.
///
/// # Errors
/// When the configuration exists already or a file cannot be written.
pub fn run(init: &Init) -> anyhow::Result<()> {
    let folder = init.file.parent().unwrap_or(Path::new("")).join("caseconsult-data");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let secret = folder.join("secret");
    let text = COMMENTED.replace(
        "# secret_file = \"caseconsult-data/secret\"",
        &format!("secret_file = {:?}", secret.display().to_string()),
    );
    write_new(&init.file, &text, 0o644)?;
    println!("wrote {}: every setting, with what it is for", init.file.display());
    if secret.exists() {
        println!("kept  {}", secret.display());
    } else {
        write_new(&secret, &format!("{}\n", fresh_secret()), 0o600)?;
        println!("wrote {}: the secret that signs replies and sessions; back it up", secret.display());
    }
    println!("next: set identity.address, [intake.imap] and [delivery.smtp], then run: caseconsult doctor");
    Ok(())
}

/// 64 random hexadecimal digits.
pub(crate) fn fresh_secret() -> String {
    let bytes: [u8; 32] = rand::random();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes a file that must not exist yet; `mode` keeps others from reading a secret.
pub(crate) fn write_new(path: &Path, text: &str, mode: u32) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(mode);
    }
    #[cfg(not(unix))]
    let _ = mode;
    let mut file =
        options.open(path).with_context(|| format!("cannot write {} (an existing file is kept)", path.display()))?;
    file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))
}
