//! From a plain connection to a protected one: greeting, EHLO, STARTTLS (RFC 3207).
//!
//! Done here and not by lettre, which keeps what it had read before the handshake: a man in the middle could put
//! a whole transaction's answers there, and a mail that never left would be called sent (CVE-2011-0411 and its
//! kin). This dialogue demands that not a byte lies between the answer to STARTTLS and the handshake.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::phase::{Failure, Phase, Trouble};

/// The most that a server may say in one answer, bytes.
const MAX_ANSWER: usize = 64 * 1024;

/// Brings a fresh connection to the point where the TLS handshake begins.
///
/// # Errors
/// [`Trouble::Misfit`] when the server does not offer STARTTLS or speaks ahead of it.
pub(super) async fn agree(stream: &mut TcpStream, hello_name: &str) -> Result<(), Failure> {
    let hello = |trouble| Failure { phase: Phase::Hello, trouble };
    answer(stream).await.and_then(expect(220)).map_err(hello)?;
    say(stream, &format!("EHLO {hello_name}\r\n")).await.map_err(hello)?;
    let offered = answer(stream).await.and_then(expect(250)).map_err(hello)?;
    let tls = |trouble| Failure { phase: Phase::Tls, trouble };
    if !offered.iter().any(|line| line.trim().eq_ignore_ascii_case("STARTTLS")) {
        return Err(tls(Trouble::Misfit("the server does not offer STARTTLS".to_owned())));
    }
    say(stream, "STARTTLS\r\n").await.map_err(tls)?;
    answer(stream).await.and_then(expect(220)).map_err(tls)?;
    Ok(())
}

async fn say(stream: &mut TcpStream, line: &str) -> Result<(), Trouble> {
    stream.write_all(line.as_bytes()).await.map_err(|error| Trouble::Broken(error.to_string()))
}

/// Passes an answer with this code on, and makes trouble of any other.
fn expect(wanted: u16) -> impl Fn((u16, Vec<String>)) -> Result<Vec<String>, Trouble> {
    move |(code, lines)| match code {
        _ if code == wanted => Ok(lines),
        400..=599 => Err(Trouble::Answer { code, text: lines.join(" ") }),
        _ => Err(Trouble::Broken(format!("the server answered {code} where {wanted} was due"))),
    }
}

/// One answer, of one or more lines (RFC 5321 §4.2.1), without its codes. Text beyond its end is refused: nothing
/// was asked that it could be the answer to.
async fn answer(stream: &mut TcpStream) -> Result<(u16, Vec<String>), Trouble> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = end_of_answer(&bytes) {
            if end < bytes.len() {
                return Err(Trouble::Misfit("the server spoke before it was asked".to_owned()));
            }
            return parse(&String::from_utf8_lossy(&bytes));
        }
        if bytes.len() > MAX_ANSWER {
            return Err(Trouble::Broken("an answer of more than 64 KiB".to_owned()));
        }
        match stream.read_buf(&mut bytes).await {
            Ok(0) => return Err(Trouble::Broken("the server closed the connection".to_owned())),
            Ok(_) => {}
            Err(error) => return Err(Trouble::Broken(error.to_string())),
        }
    }
}

/// Where the answer ends: after the first line whose code is not followed by `-`.
fn end_of_answer(bytes: &[u8]) -> Option<usize> {
    let mut end = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        end += line.len();
        if line.last() == Some(&b'\n') && line.get(3) != Some(&b'-') {
            return Some(end);
        }
    }
    None
}

fn parse(text: &str) -> Result<(u16, Vec<String>), Trouble> {
    let code = text.get(..3).and_then(|code| code.parse().ok()).filter(|code| (200..600).contains(code));
    let code = code.ok_or_else(|| Trouble::Broken("the server does not speak SMTP".to_owned()))?;
    Ok((code, text.lines().map(|line| line.get(4..).unwrap_or("").to_owned()).collect()))
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    /// Runs the dialogue against a server that greets, then gives `answers` one for each line that it reads.
    async fn agreed(answers: &'static [&'static str]) -> Result<(), Failure> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut line = [0; 256];
            for answer in answers {
                stream.write_all(answer.as_bytes()).await.unwrap();
                if stream.read(&mut line).await.unwrap_or(0) == 0 {
                    return;
                }
            }
        });
        let mut stream = TcpStream::connect(address).await.unwrap();
        let result = agree(&mut stream, "client.example.test").await;
        drop(stream);
        server.await.unwrap();
        result
    }

    #[tokio::test]
    async fn a_server_with_starttls_is_ready_for_the_handshake() {
        let answers = &["220-two lines\r\n220 of greeting\r\n", "250-mx\r\n250-starttls\r\n250 SIZE\r\n", "220 go\r\n"];
        assert_eq!(agreed(answers).await, Ok(()));
    }

    #[tokio::test]
    async fn answers_put_in_front_of_the_handshake_are_noticed() {
        let injected = &["220 mx\r\n", "250-mx\r\n250 STARTTLS\r\n", "220 go\r\n250 mx\r\n235 ok\r\n250 sent\r\n"];
        let failure = agreed(injected).await.unwrap_err();
        assert_eq!(failure.phase, Phase::Tls);
        assert!(matches!(failure.trouble, Trouble::Misfit(_)), "{failure}");
    }

    #[tokio::test]
    async fn a_server_without_starttls_or_smtp_or_life_is_told_apart() {
        let without = agreed(&["220 mx\r\n", "250 mx\r\n"]).await.unwrap_err();
        assert!(matches!((without.phase, without.trouble), (Phase::Tls, Trouble::Misfit(_))));
        let strange = agreed(&["* OK IMAP4rev1 ready\r\n"]).await.unwrap_err();
        assert!(matches!((strange.phase, strange.trouble), (Phase::Hello, Trouble::Broken(_))));
        let busy = agreed(&["421 4.3.2 busy\r\n"]).await.unwrap_err();
        assert!(matches!((busy.phase, busy.trouble), (Phase::Hello, Trouble::Answer { code: 421, .. })));
        let dead = agreed(&[]).await.unwrap_err();
        assert!(matches!((dead.phase, dead.trouble), (Phase::Hello, Trouble::Broken(_))));
    }
}
