//! Which files are meant: a file that is named is always taken; in a folder, and in those below it, those that look
//! like mail.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A file with mail, and its size in bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) bytes: u64,
}

/// The files under `path`, in the order of their names. Links in folders are not followed: they may lead round in
/// circles.
pub(super) fn files(path: &Path) -> io::Result<Vec<Source>> {
    let meta = fs::metadata(path)?;
    if !meta.is_dir() {
        return Ok(vec![Source { path: path.to_owned(), bytes: meta.len() }]);
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let (kind, path) = (entry.file_type()?, entry.path());
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && looks_like_mail(&path) {
                found.push(Source { path, bytes: entry.metadata()?.len() });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

fn looks_like_mail(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let in_maildir = path.parent().and_then(Path::file_name).is_some_and(|name| name == "new" || name == "cur");
    !hidden && (in_maildir || matches!(ending.as_deref(), Some("eml" | "mbox")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_mails_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b/two.EML", "a/one.eml", "a/readme.txt", "box.mbox", "m/new/1700.host", "m/tmp/x", "a/.x.eml"] {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, name).unwrap();
        }
        let names: Vec<String> = files(folder.path())
            .unwrap()
            .iter()
            .map(|source| source.path.strip_prefix(folder.path()).unwrap().display().to_string())
            .collect();
        assert_eq!(names, ["a/one.eml", "b/two.EML", "box.mbox", "m/new/1700.host"]);
        let named = files(&folder.path().join("a/readme.txt")).unwrap();
        assert_eq!(named.first().unwrap().bytes, 12);
        assert!(files(&folder.path().join("nowhere")).is_err());
    }
}
