//! The demo: one command, sample mails, a dropped mail, Ctrl-C, and a second run that goes on.

use std::{
    fs,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;

use super::run::Folder;

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(folder: &Folder) -> Running {
    let out = fs::File::create(folder.path().join("out")).unwrap();
    let child =
        folder.command(&["demo", "--data", "demo", "--port", "0"]).stdout(out).stderr(Stdio::null()).spawn().unwrap();
    Running(child)
}

/// SIGINT, as Ctrl-C sends it; must end with success.
fn interrupt(mut running: Running) {
    Command::new("kill").args(["-INT", &running.0.id().to_string()]).status().unwrap();
    let began = Instant::now();
    loop {
        if let Some(status) = running.0.try_wait().unwrap() {
            assert!(status.success(), "{status}");
            return;
        }
        assert!(began.elapsed() < Duration::from_secs(30), "Ctrl-C did not end it");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The command line on the demo's own database, configured by the environment alone.
fn ask(folder: &Folder, arguments: &[&str]) -> String {
    let url = format!("sqlite:{}", folder.path().join("demo/demo.db").display());
    let secret = folder.path().join("demo/secret").display().to_string();
    let variables = [
        ("CASECONSULT__DATABASE__URL", url.as_str()),
        ("CASECONSULT__IDENTITY__ADDRESS", "coding@caseconsult.example"),
        ("CASECONSULT__IDENTITY__SECRET_FILE", secret.as_str()),
    ];
    let ended = folder.run_with(arguments, b"", &variables);
    assert!(ended.success, "{ended:?}");
    ended.out
}

fn wait_for(folder: &Folder, state: &str, count: usize) -> Vec<Value> {
    let began = Instant::now();
    loop {
        if folder.path().join("demo/password").exists() {
            let cases: Vec<Value> = ask(folder, &["cases", "--json", "--state", state])
                .lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect();
            if cases.len() == count {
                return cases;
            }
            assert!(began.elapsed() < Duration::from_secs(60), "{count} {state} were wanted: {cases:#?}");
        }
        assert!(began.elapsed() < Duration::from_secs(60), "the demo did not start");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn the_demo_reads_its_mails_takes_a_dropped_one_sends_an_approved_one_and_goes_on() {
    let folder = Folder::new();
    let running = start(&folder);
    let drafted = wait_for(&folder, "drafted", 12);
    wait_for(&folder, "ignored", 1);

    fs::write(
        folder.path().join("demo/mailbox/new/mine.eml"),
        "From: new@clinic.example.test\nTo: coding@caseconsult.example\nSubject: one more\nMessage-ID: <dropped@clinic.example.test>\n\n\
         Is 99214 right for DOS 11/10/2026?\n",
    )
    .unwrap();
    wait_for(&folder, "drafted", 13);

    let body = folder.write("reply.md", "On the date of service 2026-11-12 the codes you list are in force.\n");
    let tag = drafted[0]["tag"].as_str().unwrap();
    ask(&folder, &["approve", tag, "--by", "reviewer", "--body", &body.display().to_string()]);
    wait_for(&folder, "sent", 1);
    let outbox: Vec<_> =
        fs::read_dir(folder.path().join("demo/outbox")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(outbox.len(), 1);
    let reply = fs::read_to_string(&outbox[0]).unwrap();
    assert!(
        reply.contains(tag) && reply.contains("multipart/alternative") && reply.contains("\r\nIn-Reply-To: <"),
        "{reply}"
    );

    let printed = fs::read_to_string(folder.path().join("out")).unwrap();
    let password = fs::read_to_string(folder.path().join("demo/password")).unwrap();
    assert!(printed.contains("http://127.0.0.1:") && printed.contains(password.trim()), "{printed}");
    interrupt(running);

    let running = start(&folder);
    while !fs::read_to_string(folder.path().join("out")).unwrap().contains("Ctrl-C") {
        std::thread::sleep(Duration::from_millis(20));
    }
    wait_for(&folder, "drafted", 12);
    wait_for(&folder, "sent", 1);
    assert_eq!(fs::read_dir(folder.path().join("demo/outbox")).unwrap().count(), 1);
    interrupt(running);
}
