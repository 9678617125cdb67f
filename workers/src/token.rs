//! Access tokens for XOAUTH2, read again at each sign-in because they live for about an hour. Another program
//! (a timer of the site, for example) renews them; this one never does.

use std::{path::PathBuf, time::Duration};

use secrecy::{ExposeSecret, SecretString};
use tokio::{process::Command, time::timeout};

use crate::settings::TokenSource;

/// How long a token command may take.
const COMMAND_LIMIT: Duration = Duration::from_secs(30);

/// Why there is no token. Never holds what the file or the command gave.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The file cannot be read.
    #[error("the access token file {}: {cause}", path.display())]
    File {
        /// As configured.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The command cannot be started, failed, or took too long.
    #[error("the access token command {program:?} {cause}")]
    Command {
        /// Its first word.
        program: String,
        /// What happened.
        cause: String,
    },
    /// Nothing but white space came.
    #[error("the access token is empty")]
    Empty,
}

/// Today's token, trimmed.
///
/// # Errors
/// When the file or the command gives none.
pub async fn read(source: &TokenSource) -> Result<SecretString, TokenError> {
    let text = match source {
        TokenSource::Fixed(token) => token.expose_secret().to_owned(),
        TokenSource::File(path) => {
            tokio::fs::read_to_string(path).await.map_err(|cause| TokenError::File { path: path.clone(), cause })?
        }
        TokenSource::Command(words) => output_of(words).await?,
    };
    let token = text.trim();
    if token.is_empty() { Err(TokenError::Empty) } else { Ok(SecretString::from(token.to_owned())) }
}

/// The standard output of a command, which must end with success.
async fn output_of(words: &[String]) -> Result<String, TokenError> {
    let (program, arguments) = words.split_first().ok_or(TokenError::Empty)?;
    let failed = |cause: String| TokenError::Command { program: program.clone(), cause };
    let running = Command::new(program).args(arguments).kill_on_drop(true).output();
    let output = timeout(COMMAND_LIMIT, running)
        .await
        .map_err(|_| failed(format!("gave no answer within {} s", COMMAND_LIMIT.as_secs())))?
        .map_err(|error| failed(format!("cannot be started: {error}")))?;
    if !output.status.success() {
        return Err(failed(format!("ended with {}", output.status)));
    }
    String::from_utf8(output.stdout).map_err(|_| failed("gave something that is not text".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_token_comes_from_each_source_without_its_line_end() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        std::fs::write(&file, " abc\n").unwrap();
        let sources = [
            TokenSource::Fixed(SecretString::from("abc")),
            TokenSource::File(file),
            TokenSource::Command(vec!["echo".to_owned(), "abc".to_owned()]),
        ];
        for source in sources {
            assert_eq!(read(&source).await.unwrap().expose_secret(), "abc", "{source:?}");
        }
    }

    #[tokio::test]
    async fn a_source_that_gives_nothing_says_so() {
        let failing = TokenSource::Command(vec!["false".to_owned()]);
        assert!(read(&failing).await.unwrap_err().to_string().starts_with("the access token command \"false\" ended"));
        assert!(matches!(read(&TokenSource::Command(Vec::new())).await, Err(TokenError::Empty)));
        assert!(matches!(read(&TokenSource::File("/nonexistent".into())).await, Err(TokenError::File { .. })));
    }
}
