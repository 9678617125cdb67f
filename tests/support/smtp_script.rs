//! A mail server that does what a test says: any answer at any step, silence, or a lost connection. It keeps what
//! it accepted, so that "exactly one mail" can be counted.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// The steps at which a server can misbehave, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    Greeting,
    Ehlo,
    Auth,
    MailFrom,
    RcptTo,
    Data,
    /// The final dot was read.
    Dot,
}

impl At {
    pub(crate) const ALL: [Self; 7] =
        [Self::Greeting, Self::Ehlo, Self::Auth, Self::MailFrom, Self::RcptTo, Self::Data, Self::Dot];
}

/// What it does there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Do {
    /// Answers with this line, and goes on.
    Say(&'static str),
    /// Answers nothing, ever.
    Silence,
    /// Closes the connection.
    Close,
    /// At the dot: takes the mail and closes before the answer.
    TakeAndClose,
}

/// What to do at which step; everything else goes well.
pub(crate) type Script = Vec<(At, Do)>;

/// The server.
pub(crate) struct SmtpScript {
    pub(crate) port: u16,
    state: Arc<Mutex<State>>,
    accepting: JoinHandle<()>,
}

#[derive(Default)]
struct State {
    script: Script,
    taken: Vec<Vec<u8>>,
    connections: u32,
}

impl SmtpScript {
    /// Starts one on a free port.
    pub(crate) async fn start(script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State { script, ..State::default() }));
        let shared = Arc::clone(&state);
        let accepting = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                shared.lock().unwrap().connections += 1;
                let state = Arc::clone(&shared);
                tokio::spawn(async move { converse(stream, &state).await });
            }
        });
        Self { port, state, accepting }
    }

    /// From now on.
    pub(crate) fn set(&self, script: Script) {
        self.state.lock().unwrap().script = script;
    }

    /// The mails that it is responsible for, dots removed.
    pub(crate) fn taken(&self) -> Vec<Vec<u8>> {
        self.state.lock().unwrap().taken.clone()
    }

    /// How often somebody connected.
    pub(crate) fn connections(&self) -> u32 {
        self.state.lock().unwrap().connections
    }
}

impl Drop for SmtpScript {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// One connection, to its end. None: the script wants it closed.
async fn converse(stream: TcpStream, state: &Mutex<State>) -> Option<()> {
    let mut stream = BufReader::new(stream);
    step(&mut stream, state, At::Greeting, "220 script ready").await?;
    loop {
        let line = read_line(&mut stream).await?;
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" => {
                step(&mut stream, state, At::Ehlo, "250-script\r\n250-8BITMIME\r\n250 AUTH PLAIN").await?;
            }
            "AUTH" => {
                step(&mut stream, state, At::Auth, "235 2.7.0 in").await?;
            }
            "MAIL" => {
                step(&mut stream, state, At::MailFrom, "250 2.1.0 ok").await?;
            }
            "RCPT" => {
                step(&mut stream, state, At::RcptTo, "250 2.1.5 ok").await?;
            }
            "DATA" => {
                if step(&mut stream, state, At::Data, "354 go").await?.starts_with("354") {
                    let mail = read_mail(&mut stream).await?;
                    let wanted = wanted(state, At::Dot);
                    if matches!(wanted, None | Some(Do::TakeAndClose)) || is_taken(wanted) {
                        state.lock().unwrap().taken.push(mail);
                    }
                    step(&mut stream, state, At::Dot, "250 2.0.0 queued as SCRIPT").await?;
                }
            }
            "QUIT" => {
                say(&mut stream, "221 bye").await?;
                return None;
            }
            _ => say(&mut stream, "500 what?").await?,
        }
    }
}

fn wanted(state: &Mutex<State>, at: At) -> Option<Do> {
    state.lock().unwrap().script.iter().find(|(place, _)| *place == at).map(|(_, what)| *what)
}

fn is_taken(wanted: Option<Do>) -> bool {
    matches!(wanted, Some(Do::Say(text)) if text.starts_with('2'))
}

/// Does what the script says at this step, or gives the usual answer; returns what was said.
async fn step(
    stream: &mut (impl AsyncWrite + Unpin),
    state: &Mutex<State>,
    at: At,
    usual: &'static str,
) -> Option<&'static str> {
    match wanted(state, at) {
        None => say(stream, usual).await.map(|()| usual),
        Some(Do::Say(text)) => say(stream, text).await.map(|()| text),
        Some(Do::Silence) => std::future::pending().await,
        Some(Do::Close | Do::TakeAndClose) => None,
    }
}

async fn say(stream: &mut (impl AsyncWrite + Unpin), text: &str) -> Option<()> {
    stream.write_all(format!("{text}\r\n").as_bytes()).await.ok()
}

async fn read_line(stream: &mut BufReader<impl AsyncRead + Unpin>) -> Option<String> {
    let mut line = String::new();
    match stream.read_line(&mut line).await {
        Ok(1..) => Some(line.trim_end().to_owned()),
        _ => None,
    }
}

/// Up to the dot alone on its line, with the doubled dots undone (RFC 5321 §4.5.2).
async fn read_mail(stream: &mut BufReader<impl AsyncRead + Unpin>) -> Option<Vec<u8>> {
    let mut mail = Vec::new();
    loop {
        let mut line = Vec::new();
        if !matches!(stream.read_until(b'\n', &mut line).await, Ok(1..)) {
            return None;
        }
        if line == b".\r\n" {
            return Some(mail);
        }
        mail.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
