//! `[replies]`: the operator's own templates, house rules and snippets. The files are read here and judged in `core`.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::ConfigError;

/// What drafts are written with besides what comes with the program.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Replies {
    /// A folder whose files take the place of the built-in templates of the same names.
    pub templates: Option<PathBuf>,
    /// A file of house rules and snippets, or a folder of such files (`*.toml`).
    pub house_rules: Option<PathBuf>,
}

/// A file: its name, and its text.
type File = (String, String);

impl Replies {
    /// The files of house rules, by their paths; none without the setting.
    ///
    /// # Errors
    /// When a file or the folder cannot be read.
    pub fn house_files(&self) -> Result<Vec<File>, ConfigError> {
        const KEY: &str = "replies.house_rules";
        let Some(path) = &self.house_rules else { return Ok(Vec::new()) };
        let paths = if path.is_dir() {
            let mut paths = visible_files(KEY, path)?;
            paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
            paths
        } else {
            vec![path.clone()]
        };
        paths.iter().map(|path| Ok((path.display().to_string(), text_of(KEY, path)?))).collect()
    }
}

/// Every file of a folder of templates by its name, also those whose name no template has: a file that does nothing is a
/// mistake. Hidden files are left out, since editors and version control keep theirs.
///
/// # Errors
/// When the folder or a file in it cannot be read.
pub fn templates_in(folder: &Path) -> Result<Vec<File>, ConfigError> {
    const KEY: &str = "replies.templates";
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    visible_files(KEY, folder)?.iter().map(|path| Ok((name(path), text_of(KEY, path)?))).collect()
}

/// In the order of their names.
fn visible_files(key: &str, folder: &Path) -> Result<Vec<PathBuf>, ConfigError> {
    let listed = || -> io::Result<Vec<PathBuf>> {
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.path().is_file() && !entry.file_name().to_string_lossy().starts_with('.') {
                paths.push(entry.path());
            }
        }
        paths.sort();
        Ok(paths)
    };
    listed().map_err(|error| ConfigError::bad(key, format!("cannot read the folder {}: {error}", folder.display())))
}

fn text_of(key: &str, path: &Path) -> Result<String, ConfigError> {
    fs::read_to_string(path).map_err(|error| ConfigError::bad(key, format!("cannot read {}: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_files_in_the_order_of_their_names_and_no_hidden_ones() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.toml", "a.toml", ".c.toml", "notes.txt"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        fs::create_dir(folder.path().join("d.toml")).unwrap();
        let names = |files: Vec<File>| files.into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        assert_eq!(names(templates_in(folder.path()).unwrap()), ["a.toml", "b.toml", "notes.txt"]);
        let rules = |path: PathBuf| Replies { house_rules: Some(path), ..Replies::default() }.house_files();
        assert_eq!(names(rules(folder.path().to_owned()).unwrap()), ["a.toml", "b.toml"]);
        assert_eq!(names(rules(folder.path().join("notes.txt")).unwrap()), ["notes.txt"]);
        let missing = rules(folder.path().join("none.toml")).unwrap_err().to_string();
        assert!(missing.starts_with("replies.house_rules: cannot read ") && missing.contains("none.toml"), "{missing}");
    }
}
