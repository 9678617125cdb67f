//! The file transport: each reply as one `.eml` in a folder, for the demo and for trying out. Called by
//! [`crate::deliver`] in place of the mail server.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use caseconsult_core::domain::outcome::SendOutcome;
use caseconsult_store::replies::Reply;

/// Puts the reply's bytes into `<reply id>.eml`. The file is there whole or not at all, and a second call with the
/// same reply finds it done.
#[must_use]
pub fn put(folder: &Path, reply: &Reply) -> SendOutcome {
    let name = format!("{}.eml", reply.id);
    let file = folder.join(&name);
    match fs::read(&file) {
        Ok(bytes) if bytes == reply.bytes => return SendOutcome::Sent { reply: format!("{name} was there") },
        Ok(_) => return SendOutcome::Refused { reply: format!("{name} exists with other bytes") },
        Err(_) => {}
    }
    match write(folder, &name, &reply.bytes) {
        Ok(()) => SendOutcome::Sent { reply: format!("written to {name}") },
        // Until the rename nothing was to be seen, and a rename that is not known to have happened can be repeated.
        Err(error) => SendOutcome::Later { reply: format!("{}: {error}", folder.display()) },
    }
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let unfinished = folder.join(format!(".{name}.tmp"));
    let mut file = File::create(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(unfinished, folder.join(name))?;
    // The name is on the disk only when the folder is.
    File::open(folder)?.sync_all()
}
