//! A served site with a database of its own, and visitors to it. The clock stands still until a test moves it.

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc, time::Duration};

use caseconsult::{
    review::Desk,
    search::Held,
    web::{self, LOOK_EVERY, Pages, WebContext, password},
};
use caseconsult_core::{
    domain::{address::EmailAddress, digest::Digest, instant::Instant, tag::CaseTag, user::Role},
    mail::{head::Head, token::ThreadKey},
};
use caseconsult_store::{
    Clock, Db, cases,
    intake::{self, Arrival},
    raw::RawMail,
    users::{self, User},
};
use caseconsult_workers::bell::Bell;
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::{
    store::given,
    support::http::{self, Answer},
};

/// Everybody's password.
pub(super) const PASSWORD: &str = "three plain words";
/// 2 March 2026, 10:00 UTC.
const START: Instant = Instant::from_micros(1_772_445_600_000_000);
/// Who asks.
pub(super) const ASKER: &str = "pat@clinic.example.test";

/// The site.
pub(super) struct House {
    pub(super) db: Db,
    pub(super) clock: Clock,
    pub(super) desk: Desk,
    pub(super) address: SocketAddr,
    /// Rung by whoever changes a case in this process.
    pub(super) bell: Bell,
    stop: CancellationToken,
    server: JoinHandle<std::io::Result<()>>,
    /// Of an own database.
    folder: Option<TempDir>,
}

impl House {
    /// On SQLite.
    pub(super) async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    /// The same with a context that the test changes first.
    pub(super) async fn open_with(change: impl FnOnce(&mut WebContext)) -> Self {
        let (db, folder) = given::sqlite().await;
        let mut house = Self::on_with(db, change).await;
        house.folder = Some(folder);
        house
    }

    /// On this database.
    pub(super) async fn on(db: Db) -> Self {
        Self::on_with(db, |_| {}).await
    }

    /// On this database, with a context that the test changes first.
    pub(super) async fn on_with(db: Db, change: impl FnOnce(&mut WebContext)) -> Self {
        let clock = Clock::fixed(START);
        let desk = Desk {
            db: db.clone(),
            clock: clock.clone(),
            thread_key: Arc::new(ThreadKey::new(b"a secret of sixteen bytes or more")),
            own_address: EmailAddress::parse("coder@consult.example.test").unwrap(),
            own_name: "Coding desk".to_owned(),
            claim_length: Duration::from_secs(600),
        };
        let mut context = WebContext {
            desk: desk.clone(),
            pages: Arc::new(Pages::embedded().unwrap()),
            session_secret: SecretString::from("a session secret of at least 32 characters"),
            session_length: Duration::from_secs(12 * 3600),
            public_url: None,
            secure_cookies: false,
            search: Arc::new(Held::beside("sqlite::memory:")),
            precedents: Arc::default(),
            house: Arc::default(),
            outbox_folder: None,
            demo: None,
            bell: Bell::new(),
            look_every: LOOK_EVERY,
        };
        change(&mut context);
        let bell = context.bell.clone();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let server = tokio::spawn(web::serve(listener, context, stop.clone()));
        Self { db, clock, desk, address, bell, stop, server, folder: None }
    }

    /// Ends the server and waits until it has ended.
    pub(super) async fn stop(&mut self) {
        self.stop.cancel();
        (&mut self.server).await.unwrap().unwrap();
    }

    /// Lets time pass.
    pub(super) fn pass(&self, length: Duration) {
        self.clock.set(self.clock.now().plus(length));
    }

    pub(super) async fn user(&self, name: &str, role: Role) -> User {
        let hash = password::hash(PASSWORD).unwrap();
        users::add(&self.db, &self.clock, name, role, "CPC", &hash).await.unwrap()
    }

    pub(super) fn visitor(&self) -> Visitor {
        Visitor { address: self.address, cookies: BTreeMap::new() }
    }

    /// A reviewer who is signed in.
    pub(super) async fn reviewer(&self, name: &str) -> Visitor {
        self.user(name, Role::Reviewer).await;
        let mut visitor = self.visitor();
        assert_eq!(visitor.sign_in(name).status, 303);
        visitor
    }

    /// A mail from [`ASKER`] that went through intake, extraction and drafting.
    pub(super) async fn case(&self, text: &str) -> CaseTag {
        self.mail(&format!(
            "From: Pat Rivera <{ASKER}>\r\nTo: coder@consult.example.test\r\nSubject: a question\r\n\
             Message-ID: <{}@clinic.example.test>\r\nDate: Mon, 2 Mar 2026 09:58:00 +0000\r\n\
             Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n",
            self.clock.id()
        ))
        .await
    }

    /// These bytes, likewise.
    pub(super) async fn mail(&self, raw: &str) -> CaseTag {
        let case = self.take_in(raw).await;
        super::work::run(self, case).await;
        cases::get(&self.db, case).await.unwrap().tag
    }

    /// These bytes through the door, and no further.
    pub(super) async fn take_in(&self, raw: &str) -> caseconsult_core::domain::ids::CaseId {
        let bytes = raw.as_bytes().to_vec();
        let sha256 = Digest::of(&bytes);
        let head = Head::read(&bytes, &self.desk.thread_key, std::slice::from_ref(&self.desk.own_address));
        let mailbox = intake::mailbox(&self.db, &self.clock, "import", 0).await.unwrap();
        let item = sha256.to_string();
        let arrival = Arrival { item, uid: None, raw: RawMail::Bytes(bytes), sha256, head };
        let accepted = intake::accept(&self.db, &self.clock, &mailbox, vec![arrival]).await.unwrap();
        accepted[0].case.unwrap()
    }

    /// The stored name of the case's state.
    pub(super) async fn state(&self, tag: &CaseTag) -> &'static str {
        cases::find(&self.db, tag).await.unwrap().state.name()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// Somebody with a browser that has no script.
pub(super) struct Visitor {
    address: SocketAddr,
    cookies: BTreeMap<String, String>,
}

impl Visitor {
    pub(super) fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, &[], "")
    }

    pub(super) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_with(path, fields, &[])
    }

    pub(super) fn post_with(&mut self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let mut all = vec![("content-type", "application/x-www-form-urlencoded")];
        all.extend_from_slice(headers);
        self.send("POST", path, &all, &http::form(fields))
    }

    pub(super) fn post_json(&mut self, path: &str, token: &str, body: &serde_json::Value) -> Answer {
        let headers = [("content-type", "application/json"), ("x-form-token", token)];
        self.send("POST", path, &headers, &body.to_string())
    }

    /// Posts a form as the page at `page` carries it: with its token.
    pub(super) fn submit(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.form_token(page);
        let mut all = vec![("form_token", token.as_str())];
        all.extend_from_slice(fields);
        self.post(path, &all)
    }

    pub(super) fn sign_in(&mut self, name: &str) -> Answer {
        self.post("/sign-in", &[("name", name), ("password", PASSWORD)])
    }

    /// The token in the page's forms.
    pub(super) fn form_token(&mut self, page: &str) -> String {
        field(&self.get(page).body, "form_token").expect("a form")
    }

    pub(super) fn cookie(&self) -> Option<&str> {
        self.cookies.values().next().map(String::as_str)
    }

    pub(super) fn set_cookie(&mut self, value: &str) {
        self.cookies.insert("caseconsult".to_owned(), value.to_owned());
    }

    fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = cookies.join("; ");
        let mut all = headers.to_vec();
        if !cookies.is_empty() {
            all.push(("cookie", &cookies));
        }
        let answer = http::request(self.address, method, path, &all, body);
        for cookie in answer.headers("set-cookie") {
            let (pair, rest) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }
}

/// The value of the first field of that name in a page.
pub(super) fn field(html: &str, name: &str) -> Option<String> {
    let pattern = format!(r#"name="{name}" value="([^"]*)""#);
    let found = regex::Regex::new(&pattern).unwrap().captures(html)?;
    Some(found[1].replace("&amp;", "&").replace("&#x2f;", "/"))
}
