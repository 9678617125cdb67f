//! A real Chromium, driven through a private chromedriver (W3C WebDriver) on a port of its own choosing. Both end on
//! drop.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{http, machine};

/// How long a page may take to show what a test waits for.
const PATIENCE: Duration = Duration::from_secs(20);
/// The name under which WebDriver hands out elements (W3C WebDriver section 12.2).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser window.
pub(crate) struct Browser {
    driver: Child,
    address: SocketAddr,
    session: String,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Opens a window of 1400 by 900; None (and a line that says why) when there is no Chromium here.
    pub(crate) fn start(with_script: bool) -> Option<Self> {
        let (Some(chromedriver), Some(chromium)) = (machine::program("chromedriver"), machine::program("chromium"))
        else {
            machine::skip("Chromium is not installed (Debian: chromium chromium-driver)");
            return None;
        };
        let mut driver =
            Command::new(chromedriver).arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines().map_while(Result::ok);
        let port =
            lines.find_map(|line| line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok());
        let address = SocketAddr::from(([127, 0, 0, 1], port.expect("chromedriver did not start")));
        // Its further lines must be read, or it stands still when the pipe is full.
        std::thread::spawn(move || lines.for_each(drop));

        let profile = tempfile::Builder::new().prefix("chromium").tempdir().unwrap();
        let prefs =
            if with_script { json!({}) } else { json!({ "profile.managed_default_content_settings.javascript": 2 }) };
        let wanted = json!({ "capabilities": { "alwaysMatch": { "browserName": "chrome", "goog:chromeOptions": {
            "binary": chromium,
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                     "--window-size=1400,900", format!("--user-data-dir={}", profile.path().display())],
            "prefs": prefs,
        } } } });
        let mut browser = Self { driver, address, session: String::new(), _profile: profile };
        let opened = browser.call("POST", "/session", &wanted);
        browser.session = opened["sessionId"].as_str().unwrap_or_else(|| panic!("no session: {opened}")).to_owned();
        Some(browser)
    }

    pub(crate) fn goto(&self, url: &str) {
        self.ask("POST", "/url", &json!({ "url": url }));
    }

    pub(crate) fn url(&self) -> String {
        self.ask("GET", "/url", &Value::Null).as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn title(&self) -> String {
        self.ask("GET", "/title", &Value::Null).as_str().unwrap_or_default().to_owned()
    }

    /// Waits for an element and clicks it.
    pub(crate) fn click(&self, css: &str) {
        let element = self.find(css);
        let clicked = self.ask("POST", &format!("/element/{element}/click"), &json!({}));
        assert_eq!(clicked, Value::Null, "clicking {css}");
    }

    /// Waits for a field that can be written to, empties it, and types, until it holds the text: the field of a page
    /// that is just being left takes nothing, and says so.
    pub(crate) fn fill(&self, css: &str, text: &str) {
        self.wait(&format!("{css} holding the text"), || {
            let element = self.find(css);
            let cleared = self.ask("POST", &format!("/element/{element}/clear"), &json!({}));
            let typed = self.ask("POST", &format!("/element/{element}/value"), &json!({ "text": text }));
            let holds = self.ask("GET", &format!("/element/{element}/property/value"), &Value::Null);
            (cleared.is_null() && typed.is_null() && holds == text).then_some(())
        });
    }

    /// Types into whatever has the focus. Keys by their WebDriver code points, e.g. `\u{E009}` for Control.
    pub(crate) fn press(&self, keys: &[char]) {
        let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
        let actions: Vec<Value> = down.chain(up).collect();
        self.ask("POST", "/actions", &json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] }));
    }

    /// A property of an element, such as the value of a field.
    pub(crate) fn property(&self, css: &str, name: &str) -> Value {
        let element = self.find(css);
        self.ask("GET", &format!("/element/{element}/property/{name}"), &Value::Null)
    }

    /// Waits until the element's text contains `words`.
    pub(crate) fn wait_for_text(&self, css: &str, words: &str) {
        self.wait(&format!("{words:?} in {css}"), || {
            let found = self.ask("POST", "/element", &json!({ "using": "css selector", "value": css }));
            let element = found[ELEMENT].as_str()?.to_owned();
            let text = self.ask("GET", &format!("/element/{element}/text"), &Value::Null);
            text.as_str()?.contains(words).then_some(())
        });
    }

    fn find(&self, css: &str) -> String {
        self.wait(css, || {
            let found = self.ask("POST", "/element", &json!({ "using": "css selector", "value": css }));
            found[ELEMENT].as_str().map(str::to_owned)
        })
    }

    /// Looks again and again; a browser has no other way to say that a page is there.
    fn wait<T>(&self, what: &str, look: impl Fn() -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            if let Some(found) = look() {
                return found;
            }
            assert!(start.elapsed() < PATIENCE, "{what} did not show on {}\n{}", self.url(), self.source());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn source(&self) -> String {
        self.ask("GET", "/source", &Value::Null).as_str().unwrap_or_default().to_owned()
    }

    /// A command of this session; its value, or the error's.
    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        self.call(method, &format!("/session/{}{path}", self.session), body)
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let headers = [("content-type", "application/json"), ("host", "127.0.0.1")];
        let answer = http::request(self.address, method, path, &headers, &body);
        let value: Value = serde_json::from_str(&answer.body).unwrap_or(Value::Null);
        value["value"].clone()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            self.call("DELETE", &format!("/session/{}", self.session), &Value::Null);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
