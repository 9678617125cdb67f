//! A private Postfix on a free port: STARTTLS and AUTH through a private Dovecot, delivery into it, and every
//! answer on demand by the recipient's name. Stopped on drop. Its master only starts as root.
//!
//! | recipient | answer |
//! |---|---|
//! | `user4xx@`, `user5xx@example.test` | 450 and 550 to RCPT |
//! | `eod4xx@`, `eod5xx@`, `eod421@example.test` | 451, 554 and 421 after the final dot |
//! | `returned@example.test` | 250, and a delivery report to the sender |
//! | any other of `example.test` | 250, and the mail is in that account's INBOX |

use std::{
    fs,
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use super::{dovecot::Dovecot, machine};

const SERVICES: &str = "\
pickup    unix  n       -       n       60      1       pickup
cleanup   unix  n       -       n       -       0       cleanup
qmgr      unix  n       -       n       300     1       qmgr
tlsmgr    unix  -       -       n       1000?   1       tlsmgr
rewrite   unix  -       -       n       -       -       trivial-rewrite
bounce    unix  -       -       n       -       0       bounce
defer     unix  -       -       n       -       0       bounce
trace     unix  -       -       n       -       0       bounce
verify    unix  -       -       n       -       1       verify
flush     unix  n       -       n       1000?   0       flush
proxymap  unix  -       -       n       -       -       proxymap
proxywrite unix -       -       n       -       1       proxymap
relay     unix  -       -       n       -       -       smtp
error     unix  -       -       n       -       -       error
retry     unix  -       -       n       -       -       error
discard   unix  -       -       n       -       -       discard
virtual   unix  -       n       n       -       -       virtual
lmtp      unix  -       -       n       -       -       lmtp
anvil     unix  -       -       n       -       1       anvil
scache    unix  -       -       n       -       1       scache
postlog   unix-dgram n  -       n       -       1       postlogd
";

/// A running server.
pub(crate) struct Postfix {
    /// SMTP with STARTTLS and AUTH.
    pub(crate) port: u16,
    /// The same with TLS from the first byte.
    pub(crate) smtps_port: u16,
    master: Child,
    folder: tempfile::TempDir,
}

impl Postfix {
    /// Starts one in front of this Dovecot; None (and a line that says why) where that cannot be.
    pub(crate) fn start(dovecot: &Dovecot) -> Option<Self> {
        let Some(master) = machine::program("master").filter(|_| machine::program("postfix").is_some()) else {
            machine::skip("Postfix is not installed (Debian: postfix)");
            return None;
        };
        if !machine::is_root() {
            machine::skip("Postfix's master starts only as root");
            return None;
        }
        let started = (0..3).find_map(|_| Self::try_start(&master, dovecot));
        Some(started.expect("Postfix did not start"))
    }

    fn try_start(program: &Path, dovecot: &Dovecot) -> Option<Self> {
        let folder = tempfile::Builder::new().prefix("postfix").tempdir().unwrap();
        fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        let place = |name: &str| -> PathBuf {
            let place = folder.path().join(name);
            fs::create_dir(&place).unwrap();
            place
        };
        let (conf, spool, data) = (place("conf"), place("spool"), place("data"));
        machine::run(Path::new("chown"), &["postfix", &data.display().to_string()]);
        let [port, smtps_port] = [(); 2].map(|()| machine::free_port());
        fs::write(conf.join("main.cf"), main_cf(folder.path(), &spool, &data, dovecot)).unwrap();
        let doors = format!(
            "127.0.0.1:{port} inet n - n - - smtpd\n\
             127.0.0.1:{smtps_port} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes\n"
        );
        fs::write(conf.join("master.cf"), doors + SERVICES).unwrap();
        // Makes the spool's folders, with the owners that the parts of Postfix want.
        let conf_path = conf.display().to_string();
        machine::run(&machine::program("postfix").unwrap(), &["-c", &conf_path, "check"]);
        let mut master = Command::new(program)
            .args(["-d", "-c", &conf_path])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        for _ in 0..500 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(Self { port, smtps_port, master, folder });
            }
            if master.try_wait().unwrap().is_some() {
                eprintln!("{}", fs::read_to_string(folder.path().join("mail.log")).unwrap_or_default());
                return None;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = master.kill();
        None
    }

    /// Waits until nothing is on its way through the server any more.
    pub(crate) fn settle(&self) {
        let spool = self.folder.path().join("spool");
        let holds_files = |queue: &str| {
            fs::read_dir(spool.join(queue)).into_iter().flatten().flatten().any(|entry| entry.path().is_file())
        };
        for _ in 0..1_500 {
            if !["maildrop", "incoming", "active"].into_iter().any(holds_files) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("mails stay in the server's queue\n{}", self.log());
    }

    /// The server's log, for a test that failed.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("mail.log")).unwrap_or_default()
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        // SIGTERM, so that the master takes its children with it.
        let _ = Command::new("kill").args(["-TERM", &self.master.id().to_string()]).status();
        let _ = self.master.wait();
    }
}

fn main_cf(folder: &Path, spool: &Path, data: &Path, dovecot: &Dovecot) -> String {
    format!(
        "compatibility_level = 3.6
queue_directory = {spool}
data_directory = {data}
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
myhostname = localhost
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = example.test
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
default_transport = error:no outside mail
smtpd_reject_unlisted_recipient = no
transport_maps = inline:{{ {{returned@example.test=error:5.1.1 the mailbox is gone}} }}
smtpd_tls_cert_file = {cert}
smtpd_tls_key_file = {key}
smtpd_tls_security_level = may
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{sasl}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_recipient_access inline:{{ {{user4xx@example.test=450 4.2.0 later}}, \
         {{user5xx@example.test=550 5.1.1 no such user}} }}, permit_sasl_authenticated, reject
smtpd_end_of_data_restrictions = check_recipient_access inline:{{ {{eod4xx@example.test=451 4.3.0 late}}, \
         {{eod5xx@example.test=554 5.7.1 late}}, {{eod421@example.test=421 4.3.2 closing}} }}
",
        spool = spool.display(),
        data = data.display(),
        folder = folder.display(),
        lmtp = dovecot.lmtp_port,
        sasl = dovecot.sasl_port,
        cert = dovecot.certs.cert.display(),
        key = dovecot.certs.key.display(),
    )
}
