//! An IMAP server with a mailbox in memory that tells the truth, but for the lies that a test plants in it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream, tcp::OwnedReadHalf, tcp::OwnedWriteHalf},
    task::JoinHandle,
};

/// What the server does instead of answering a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lie {
    /// Half of the answer, then the end of the connection.
    Cut,
    /// Half of the answer, then a tagged NO.
    No,
    /// A tagged NO and nothing else.
    Refuse,
    /// Half of the answer, then a tagged BAD.
    Bad,
    /// BYE, then the end of the connection.
    Bye,
    /// Nothing, ever.
    Silence,
    /// Nothing but a tagged OK.
    BareOk,
    /// The answer with NIL where bodies stand.
    Nil,
    /// The answer, with lines that nobody asked for around it.
    Chatter,
    /// A line that is not IMAP, in the middle of the answer.
    Junk,
}

/// The mailbox and the lies.
#[derive(Default)]
struct Script {
    uid_validity: u32,
    mails: BTreeMap<u32, Vec<u8>>,
    seen: BTreeSet<u32>,
    /// A command's name, the lie, and how often it is still to be told.
    lies: Vec<(&'static str, Lie, u32)>,
    /// The mail whose body breaks the connection.
    poison: Option<u32>,
    /// How often each command was answered.
    commands: BTreeMap<String, u32>,
}

/// The running server.
pub(crate) struct ImapScript {
    /// Where it listens, without TLS.
    pub(crate) port: u16,
    script: Arc<Mutex<Script>>,
    task: JoinHandle<()>,
}

impl ImapScript {
    /// A server whose INBOX holds these mails under these UIDs.
    pub(crate) async fn start(mails: impl IntoIterator<Item = (u32, Vec<u8>)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let script = Script { uid_validity: 7, mails: mails.into_iter().collect(), ..Script::default() };
        let script = Arc::new(Mutex::new(script));
        let shared = Arc::clone(&script);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(Conversation::over(stream, Arc::clone(&shared)).talk());
            }
        });
        Self { port, script, task }
    }

    /// Tells this lie the next `times` times that the command is given: `SELECT`, `SEARCH`, `SIZE`, `BODY`, `STORE`,
    /// `IDLE`, `DONE`.
    pub(crate) fn lie(&self, command: &'static str, lie: Lie, times: u32) {
        self.script().lies.push((command, lie, times));
    }

    /// Makes one mail break every connection on which its body is asked for.
    pub(crate) fn poison(&self, uid: u32) {
        self.script().poison = Some(uid);
    }

    /// Tells the truth from now on.
    pub(crate) fn repent(&self) {
        self.script().lies.clear();
    }

    pub(crate) fn add(&self, uid: u32, mail: Vec<u8>) {
        self.script().mails.insert(uid, mail);
    }

    pub(crate) fn remove(&self, uid: u32) {
        self.script().mails.remove(&uid);
    }

    /// How many mails are marked `\Seen`.
    pub(crate) fn seen(&self) -> usize {
        self.script().seen.len()
    }

    /// How often a command was given.
    pub(crate) fn given(&self, command: &str) -> u32 {
        self.script().commands.get(command).copied().unwrap_or(0)
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap()
    }
}

impl Drop for ImapScript {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Conversation {
    lines: BufReader<OwnedReadHalf>,
    out: OwnedWriteHalf,
    script: Arc<Mutex<Script>>,
}

impl Conversation {
    fn over(stream: TcpStream, script: Arc<Mutex<Script>>) -> Self {
        let (read, out) = stream.into_split();
        Self { lines: BufReader::new(read), out, script }
    }

    async fn talk(mut self) -> Option<()> {
        self.say(b"* OK ready\r\n").await?;
        loop {
            let line = self.hear().await?;
            let (tag, rest) = line.split_once(' ')?;
            let (name, answer) = self.script.lock().unwrap().answer(rest);
            let mut lie = self.script.lock().unwrap().lie_for(&name);
            if name == "IDLE" && lie.is_none() {
                self.say(b"+ idling\r\n").await?;
                while self.hear().await? != "DONE" {}
                lie = self.script.lock().unwrap().lie_for("DONE");
            }
            self.answer(tag, answer, lie).await?;
        }
    }

    async fn answer(&mut self, tag: &str, answer: Vec<Vec<u8>>, lie: Option<Lie>) -> Option<()> {
        let half = answer.len() / 2;
        match lie {
            None => self.say(&answer.concat()).await?,
            Some(Lie::Cut | Lie::No | Lie::Bad) => self.say(&answer[..half].concat()).await?,
            Some(Lie::Bye) => self.say(b"+ idling\r\n* BYE closing\r\n").await?,
            Some(Lie::Silence) => std::future::pending().await,
            Some(Lie::BareOk | Lie::Refuse) => {}
            Some(Lie::Nil) => {
                for item in &answer {
                    let uid = item.split(|b| *b == b' ').nth(4)?;
                    self.say(&[b"* 1 FETCH (UID ", uid, b" BODY[] NIL)\r\n"].concat()).await?;
                }
            }
            Some(Lie::Chatter) => {
                self.say(b"* 1 FETCH (FLAGS (\\Seen))\r\n* 99 EXISTS\r\n* OK still here\r\n").await?;
                self.say(&answer.concat()).await?;
                self.say(b"* 2 FETCH (FLAGS (\\Seen) UID 999999)\r\n* 0 RECENT\r\n").await?;
            }
            Some(Lie::Junk) => {
                self.say(&answer[..half].concat()).await?;
                self.say(b"* XYZZY what is this\r\n").await?;
            }
        }
        match lie {
            Some(Lie::Cut | Lie::Bye) => None,
            Some(Lie::No | Lie::Refuse) => self.say(format!("{tag} NO [UNAVAILABLE] not now\r\n").as_bytes()).await,
            Some(Lie::Bad) => self.say(format!("{tag} BAD what?\r\n").as_bytes()).await,
            _ => self.say(format!("{tag} OK done\r\n").as_bytes()).await,
        }
    }

    async fn hear(&mut self) -> Option<String> {
        let mut line = String::new();
        (self.lines.read_line(&mut line).await.ok()? > 0).then(|| line.trim_end().to_owned())
    }

    async fn say(&mut self, bytes: &[u8]) -> Option<()> {
        self.out.write_all(bytes).await.ok()
    }
}

impl Script {
    fn lie_for(&mut self, name: &str) -> Option<Lie> {
        *self.commands.entry(name.to_owned()).or_default() += 1;
        let (_, lie, times) = self.lies.iter_mut().find(|(command, _, times)| *command == name && *times > 0)?;
        *times -= 1;
        Some(*lie)
    }

    /// A command's short name and the lines of its true answer.
    fn answer(&mut self, command: &str) -> (String, Vec<Vec<u8>>) {
        let words: Vec<&str> = command.split(' ').collect();
        let line = |text: String| format!("{text}\r\n").into_bytes();
        match words[..] {
            ["CAPABILITY"] => ("CAPABILITY".into(), vec![line("* CAPABILITY IMAP4rev1 IDLE UIDPLUS".into())]),
            ["SELECT", _] => (
                "SELECT".into(),
                vec![
                    line(format!("* {} EXISTS", self.mails.len())),
                    line(format!("* OK [UIDVALIDITY {}] as ever", self.uid_validity)),
                ],
            ),
            ["UID", "SEARCH", "UID", range] => {
                let first: u32 = range.split(':').next().unwrap().parse().unwrap();
                // `n:*` names the last mail, too, when n is larger.
                let last = self.mails.keys().last().copied().unwrap_or(0);
                let found = self.mails.keys().filter(|uid| **uid >= first.min(last));
                ("SEARCH".into(), found.map(|uid| line(format!("* SEARCH {uid}"))).collect())
            }
            ["UID", "FETCH", set, "(UID", "RFC822.SIZE)"] => {
                let sizes = self
                    .chosen(set)
                    .map(|(uid, mail)| line(format!("* 1 FETCH (UID {uid} RFC822.SIZE {})", mail.len())));
                ("SIZE".into(), sizes.collect())
            }
            ["UID", "FETCH", set, "(UID", body] => ("BODY".into(), self.bodies(set, body)),
            ["UID", "STORE", set, ..] => {
                let uids: Vec<u32> = self.chosen(set).map(|(uid, _)| uid).collect();
                self.seen.extend(uids);
                ("STORE".into(), Vec::new())
            }
            [name, ..] => (name.to_owned(), Vec::new()),
            [] => (String::new(), Vec::new()),
        }
    }

    fn bodies(&self, set: &str, body: &str) -> Vec<Vec<u8>> {
        let part = body.split_once('<').map(|(_, part)| {
            let (offset, length) = part.trim_end_matches(">)").split_once('.').unwrap();
            (offset.parse::<usize>().unwrap(), length.parse::<usize>().unwrap())
        });
        let item = |(uid, mail): (u32, &Vec<u8>)| {
            if self.poison == Some(uid) {
                return format!("* 1 FETCH (UID {uid} BODY[] {{nonsense\r\n").into_bytes();
            }
            let (offset, length) = part.unwrap_or((0, mail.len()));
            let bytes = &mail[offset.min(mail.len())..(offset + length).min(mail.len())];
            let mark = if part.is_some() { format!("<{offset}>") } else { String::new() };
            [format!("* 1 FETCH (UID {uid} BODY[]{mark} {{{}}}\r\n", bytes.len()).as_bytes(), bytes, b")\r\n"].concat()
        };
        self.chosen(set).map(item).collect()
    }

    fn chosen<'s>(&'s self, set: &'s str) -> impl Iterator<Item = (u32, &'s Vec<u8>)> {
        let ranges: Vec<(u32, u32)> = set
            .split(',')
            .map(|range| {
                let (first, last) = range.split_once(':').unwrap_or((range, range));
                (first.parse().unwrap(), last.parse().unwrap())
            })
            .collect();
        self.mails
            .iter()
            .map(|(uid, mail)| (*uid, mail))
            .filter(move |(uid, _)| ranges.iter().any(|(first, last)| (first..=last).contains(&uid)))
    }
}
