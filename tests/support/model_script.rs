//! A model that says what a test says: an HTTP server for chat completions, one answer a connection. It keeps every request,
//! so that what a model is told can be looked at.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, mpsc},
};

use caseconsult_workers::{
    settings::WordingSettings,
    wording::{Endpoint, Writer},
};
use serde_json::{Value, json};

/// What it does with a request.
pub(crate) enum Do {
    /// The model writes this.
    Say(String),
    /// The model writes this once the test lets it.
    SayWhen(String, mpsc::Receiver<()>),
    /// These bytes, and the connection ends.
    Send(Vec<u8>),
    /// Nothing, until the client gives up.
    Silence,
}

/// The server.
pub(crate) struct ModelScript {
    pub(crate) address: SocketAddr,
    requests: Arc<Mutex<Vec<Value>>>,
}

impl ModelScript {
    /// Serves until the process ends. `answer` is given the JSON of each request.
    pub(crate) fn start(answer: impl Fn(&Value) -> Do + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer) = (requests.clone(), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, kept, answer) = (stream.unwrap(), kept.clone(), answer.clone());
                // What the client does with its end is its own affair.
                std::thread::spawn(move || serve(stream, &kept, answer.as_ref()));
            }
        });
        Self { address, requests }
    }

    /// What was asked so far.
    pub(crate) fn requests(&self) -> Vec<Value> {
        self.requests.lock().unwrap().clone()
    }

    /// A writer that asks this model, with patience for `milliseconds`.
    pub(crate) fn writer(&self, milliseconds: u64) -> Arc<Writer> {
        writer(self.address, milliseconds)
    }
}

/// A writer that asks at this address.
pub(crate) fn writer(address: SocketAddr, milliseconds: u64) -> Arc<Writer> {
    let settings = WordingSettings {
        endpoint: Endpoint::parse(&format!("http://{address}/v1")).unwrap(),
        model: "script-1".to_owned(),
        key: Some("the key of the tests".to_owned().into()),
        ca_file: None,
        timeout: std::time::Duration::from_millis(milliseconds),
        allow_public_address: false,
    };
    Arc::new(Writer::new(settings).unwrap())
}

fn serve(stream: TcpStream, kept: &Mutex<Vec<Value>>, answer: &(dyn Fn(&Value) -> Do + Send + Sync)) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut stream = stream;
    let mut length = 0;
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    assert_eq!(first.trim_end(), "POST /v1/chat/completions HTTP/1.1");
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim_end().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.parse().ok()?,
            Some((name, value)) if name.eq_ignore_ascii_case("authorization") => {
                assert_eq!(value, "Bearer the key of the tests");
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let request: Value = serde_json::from_slice(&body).unwrap();
    let todo = answer(&request);
    kept.lock().unwrap().push(request);
    match todo {
        Do::Say(content) => stream.write_all(&completion(&content)).ok(),
        Do::SayWhen(content, when) => {
            when.recv().ok()?;
            stream.write_all(&completion(&content)).ok()
        }
        Do::Send(bytes) => stream.write_all(&bytes).ok(),
        Do::Silence => reader.read(&mut [0]).map(|_| ()).ok(),
    }
}

/// A well-formed answer in which the model says this.
pub(crate) fn completion(content: &str) -> Vec<u8> {
    let body = json!({
        "id": "chatcmpl-1", "object": "chat.completion", "model": "script-1",
        "choices": [{ "index": 0, "message": { "role": "assistant", "content": content }, "finish_reason": "stop" }],
        "usage": { "prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2 },
    });
    response("200 OK", &body.to_string())
}

/// An answer with this status.
pub(crate) fn response(status: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len())
        .into_bytes()
}

/// A statement of a request.
pub(crate) struct Told {
    pub(crate) id: String,
    pub(crate) section: String,
    pub(crate) text: String,
}

/// The statements and the codes that a request offers.
pub(crate) fn told(request: &Value) -> (Vec<Told>, Vec<String>) {
    let material: Value = serde_json::from_str(request["messages"][1]["content"].as_str().unwrap()).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let statements = material["statements"].as_array().unwrap().iter();
    let statements =
        statements.map(|one| Told { id: text(&one["id"]), section: text(&one["section"]), text: text(&one["text"]) });
    (statements.collect(), material["codes"].as_array().unwrap().iter().map(text).collect())
}

/// What an honest model says: each statement of a section once more, after `opening`.
pub(crate) fn faithful(request: &Value, opening: &str) -> String {
    let (statements, codes) = told(request);
    let section = |name: &str| -> Vec<Value> {
        let own = statements.iter().filter(|one| one.section == name);
        own.map(|one| {
            let named: Vec<&String> = codes.iter().filter(|code| one.text.contains(*code)).collect();
            json!({ "text": format!("{opening}{}", one.text), "facts": [one.id], "codes": named })
        })
        .collect()
    };
    let sections = ["question", "answer", "why", "rejected"].map(|name| (name.to_owned(), Value::from(section(name))));
    Value::from_iter(sections).to_string()
}
