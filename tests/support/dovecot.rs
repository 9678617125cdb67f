//! A private Dovecot on free ports: IMAP, IMAPS, LMTP, and its sign-in service for Postfix. Stopped on drop.
//!
//! Sign-in: PLAIN and LOGIN with [`PASSWORD`] for the accounts below, XOAUTH2 with a token of [`Dovecot::token`].

use std::{
    fmt::Write as _,
    fs,
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    os::unix::fs::{PermissionsExt, chown},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use caseconsult_store::Clock;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{certs::Certs, machine};

/// A customer.
pub(crate) const ASKER: &str = "alice@example.test";
/// The mailbox that caseconsult watches.
pub(crate) const OURS: &str = "coder@example.test";
/// Everybody's password.
pub(crate) const PASSWORD: &str = "correct horse";

const ACCOUNTS: [&str; 5] = [ASKER, OURS, "bob@example.test", "carol@example.test", "sent@example.test"];
const TOKEN_SECRET: &[u8] = b"a secret that only this test's Dovecot knows";

/// A running server.
pub(crate) struct Dovecot {
    /// IMAP with STARTTLS.
    pub(crate) imap_port: u16,
    /// IMAP over TLS.
    pub(crate) imaps_port: u16,
    /// Local delivery.
    pub(crate) lmtp_port: u16,
    /// The sign-in service, for Postfix (`smtpd_sasl_path = inet:127.0.0.1:PORT`).
    pub(crate) sasl_port: u16,
    /// What its certificate is signed by.
    pub(crate) certs: Certs,
    master: Child,
    folder: tempfile::TempDir,
}

impl Dovecot {
    /// Starts one; None (and a line that says why) when Dovecot is not installed.
    pub(crate) fn start() -> Option<Self> {
        let (Some(program), Some(_)) = (machine::program("dovecot"), machine::program("doveadm")) else {
            machine::skip("Dovecot is not installed (Debian: dovecot-imapd dovecot-lmtpd)");
            return None;
        };
        // A port may be taken between our look and Dovecot's: try again on others.
        let started = (0..5).find_map(|_| Self::try_start(&program));
        Some(started.expect("Dovecot did not start"))
    }

    fn try_start(program: &Path) -> Option<Self> {
        let folder = tempfile::Builder::new().prefix("dovecot").tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let certs = Certs::new();
        let [imap_port, imaps_port, lmtp_port, sasl_port] = [(); 4].map(|()| machine::free_port());
        let users = Users::here();
        let text = configuration(folder.path(), &certs, &users, [imap_port, imaps_port, lmtp_port, sasl_port]);
        let write = |name: &str, text: &str| {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        };
        write("dovecot.conf", &text);
        write("users", &ACCOUNTS.map(|account| format!("{account}:{{PLAIN}}{PASSWORD}::::::\n")).concat());
        write("keys/default/HS256/default", &STANDARD.encode(TOKEN_SECRET));
        write(
            "oauth2.ext",
            &format!(
                "introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix={}/keys/\n\
                 username_attribute = sub\nissuers = caseconsult-test\nactive_attribute =\nactive_value =\n",
                folder.path().display()
            ),
        );
        let home = folder.path().join("home");
        fs::create_dir(&home).unwrap();
        if machine::is_root() {
            let number = |flag: &str| machine::run(Path::new("id"), &[flag, &users.mail]).trim().parse().unwrap();
            chown(&home, Some(number("-u")), Some(number("-g"))).unwrap();
        }
        let mut master = Command::new(program)
            .args(["-F", "-c"])
            .arg(folder.path().join("dovecot.conf"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        for _ in 0..500 {
            if [imap_port, imaps_port, lmtp_port, sasl_port]
                .iter()
                .all(|port| TcpStream::connect(("127.0.0.1", *port)).is_ok())
            {
                return Some(Self { imap_port, imaps_port, lmtp_port, sasl_port, certs, master, folder });
            }
            if master.try_wait().unwrap().is_some() {
                eprintln!("{}", fs::read_to_string(folder.path().join("log")).unwrap_or_default());
                return None;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = master.kill();
        None
    }

    /// Delivers a mail by LMTP (RFC 2033), as a mail server would.
    pub(crate) fn deliver(&self, to: &str, raw: &[u8]) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.lmtp_port)).unwrap();
        let mut answers = BufReader::new(stream.try_clone().unwrap());
        let mut expect = |code: &str| {
            let mut line = String::new();
            loop {
                line.clear();
                answers.read_line(&mut line).unwrap();
                assert!(line.starts_with(code), "LMTP said {line:?} where {code} was wanted");
                if line.as_bytes().get(3) != Some(&b'-') {
                    break;
                }
            }
        };
        expect("220");
        stream.write_all(b"LHLO localhost\r\n").unwrap();
        expect("250");
        stream.write_all(b"MAIL FROM:<sender@example.test>\r\n").unwrap();
        expect("250");
        stream.write_all(format!("RCPT TO:<{to}>\r\n").as_bytes()).unwrap();
        expect("250");
        stream.write_all(b"DATA\r\n").unwrap();
        expect("354");
        let mut dotted = Vec::with_capacity(raw.len() + 16);
        for line in raw.split_inclusive(|byte| *byte == b'\n') {
            if line.starts_with(b".") {
                dotted.push(b'.');
            }
            dotted.extend_from_slice(line.strip_suffix(b"\r\n").or(line.strip_suffix(b"\n")).unwrap_or(line));
            dotted.extend_from_slice(b"\r\n");
        }
        dotted.extend_from_slice(b".\r\n");
        stream.write_all(&dotted).unwrap();
        expect("250");
        let _ = stream.write_all(b"QUIT\r\n");
    }

    /// Puts a mail into the INBOX as a file, byte for byte: for many mails, and for bytes that LMTP would change.
    pub(crate) fn put(&self, account: &str, raw: &[u8]) {
        let maildir = self.folder.path().join("home").join(account).join("Maildir");
        if !maildir.join("new").is_dir() {
            self.doveadm(&["mailbox", "status", "-u", account, "messages", "INBOX"]);
        }
        let number = NEXT_FILE.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let name = format!("1700000000.M{number:06}P{}.host,S={}", std::process::id(), raw.len());
        let (temporary, file) = (maildir.join("tmp").join(&name), maildir.join("new").join(&name));
        fs::write(&temporary, raw).unwrap();
        fs::set_permissions(&temporary, fs::Permissions::from_mode(0o666)).unwrap();
        fs::rename(temporary, file).unwrap();
    }

    /// A token for XOAUTH2: a JWT (RFC 7519) that this server takes for `account` for so many seconds from now;
    /// negative for one that has expired.
    pub(crate) fn token(&self, account: &str, valid_seconds: i64) -> String {
        let now = Clock::system().now().seconds();
        let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
        let claims = URL_SAFE_NO_PAD.encode(format!(
            r#"{{"sub":"{account}","iss":"caseconsult-test","iat":{0},"nbf":{0},"exp":{1}}}"#,
            now - 600,
            now + valid_seconds
        ));
        let mut mac = Hmac::<Sha256>::new_from_slice(TOKEN_SECRET).unwrap();
        mac.update(format!("{header}.{claims}").as_bytes());
        format!("{header}.{claims}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }

    /// Runs `doveadm` on this server: `kick`, `expunge`, `mailbox update --uid-validity`, and so on.
    pub(crate) fn doveadm(&self, arguments: &[&str]) -> String {
        let configuration = self.folder.path().join("dovecot.conf").display().to_string();
        let all: Vec<&str> = ["-c", &configuration].into_iter().chain(arguments.iter().copied()).collect();
        machine::run(&machine::program("doveadm").unwrap(), &all)
    }

    /// How many mails a mailbox holds.
    pub(crate) fn count(&self, account: &str, mailbox: &str) -> u64 {
        let line = self.doveadm(&["-f", "flow", "mailbox", "status", "-u", account, "messages", mailbox]);
        line.rsplit_once("messages=").unwrap().1.trim().parse().unwrap()
    }

    /// How many mails of a mailbox match a search, e.g. `SEEN`.
    pub(crate) fn search(&self, account: &str, mailbox: &str, query: &str) -> usize {
        let mut arguments = vec!["search", "-u", account, "mailbox", mailbox];
        arguments.extend(query.split(' '));
        self.doveadm(&arguments).lines().count()
    }

    /// The mails of a mailbox as its files hold them: those that came by LMTP end their lines in LF alone.
    pub(crate) fn mails(&self, account: &str, mailbox: &str) -> Vec<Vec<u8>> {
        let mut place = self.folder.path().join("home").join(account).join("Maildir");
        if mailbox != "INBOX" {
            place.push(format!(".{mailbox}"));
        }
        let files = |sub: &str| fs::read_dir(place.join(sub)).into_iter().flatten().map(|entry| entry.unwrap().path());
        let mut paths: Vec<PathBuf> = files("new").chain(files("cur")).collect();
        paths.sort();
        paths.iter().map(|path| fs::read(path).unwrap()).collect()
    }

    /// The server's log, for a test that failed.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

static NEXT_FILE: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);

impl Drop for Dovecot {
    fn drop(&mut self) {
        // SIGTERM, so that the master takes its children with it.
        let _ = Command::new("kill").args(["-TERM", &self.master.id().to_string()]).status();
        let _ = self.master.wait();
    }
}

/// As whom the parts of the server run: Debian's accounts when we are root, else ourselves.
struct Users {
    mail: String,
    group: String,
    internal: (String, String),
    login: String,
}

impl Users {
    fn here() -> Self {
        if machine::is_root() {
            let dovecot = "dovecot".to_owned();
            let mail = "mail".to_owned();
            return Self {
                mail: mail.clone(),
                group: mail,
                internal: (dovecot.clone(), dovecot),
                login: "dovenull".into(),
            };
        }
        let name = |flags: &str| machine::run(Path::new("id"), &[flags]).trim().to_owned();
        let (user, group) = (name("-un"), name("-gn"));
        Self { mail: user.clone(), group: group.clone(), internal: (user.clone(), group), login: user }
    }
}

fn configuration(folder: &Path, certs: &Certs, users: &Users, ports: [u16; 4]) -> String {
    let [imap, imaps, lmtp, sasl] = ports;
    let Users { mail, group, internal: (internal_user, internal_group), login } = users;
    let folder = folder.display();
    let mut text = format!(
        "base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = {internal_user}
default_internal_group = {internal_group}
default_login_user = {login}
mail_uid = {mail}
mail_gid = {group}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:~/Maildir
mail_fsync = never
ssl = yes
ssl_cert = <{cert}
ssl_key = <{key}
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0
mail_max_userip_connections = 100
hostname = localhost
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = scheme=PLAIN username_format=%u {folder}/users
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.ext
}}
userdb {{
  driver = static
  args = home={folder}/home/%u uid={mail} gid={group} allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    auto = subscribe
    special_use = \\Sent
  }}
  mailbox Done {{
    auto = create
  }}
}}
",
        cert = certs.cert.display(),
        key = certs.key.display(),
    );
    // The penalty for failed sign-ins is switched off: it would cost later tests up to 17 seconds each.
    write!(
        text,
        "service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  service_count = 0
  process_min_avail = 1
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service auth {{
  inet_listener sasl {{
    address = 127.0.0.1
    port = {sasl}
  }}
}}
service stats {{
  chroot =
}}
"
    )
    .unwrap();
    text
}
