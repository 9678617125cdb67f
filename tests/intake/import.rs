//! Mails from files: each once, and a bad file does not stop the next.

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use caseconsult_core::domain::digest::Digest;
use caseconsult_store::raw;
use caseconsult_workers::{
    import::{Imported, Monitor, import},
    summary::Summary,
};

use super::given::{self, long_question, question};

#[derive(Default)]
struct Watcher {
    total: AtomicU64,
    advanced: AtomicU64,
    notes: Mutex<Vec<String>>,
}

impl Monitor for Watcher {
    fn total(&self, bytes: u64) {
        self.total.store(bytes, Ordering::Relaxed);
    }

    fn advance(&self, bytes: u64) {
        self.advanced.fetch_add(bytes, Ordering::Relaxed);
    }

    fn note(&self, text: &str) {
        self.notes.lock().unwrap().push(text.to_owned());
    }
}

#[tokio::test]
async fn files_folders_and_mboxes_are_taken_once() {
    let (mut context, _db) = given::context().await;
    context.max_mail_bytes = 2 << 20;
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    };
    let from = b"From pat@example.test Mon Mar  2 12:00:00 2026\n".as_slice();
    let with_line_end = [long_question(7, 1_300_000), b"\n".to_vec()].concat();
    let (large, oversize) = (long_question(3, 1_300_000), long_question(4, 2_500_000));
    let single = write("a mail without an ending", &question(1));
    write("mails/two.eml", &question(2));
    write("mails/deep/twin.eml", &question(2));
    write("mails/large.eml", &large);
    write("mails/oversize.eml", &oversize);
    write("mails/ignored.txt", b"not a mail");
    let mbox = write(
        "box",
        &[from, &question(5), b"\n", from, &question(6), b">From here on\n\n", from, &with_line_end, b"\n"].concat(),
    );
    let paths: Vec<PathBuf> = vec![single, folder.path().join("nowhere"), folder.path().join("mails"), mbox];
    let watcher = Watcher::default();
    let imported = import(&context, &paths, &watcher).await.unwrap();
    let mails = Summary { cases: 7, known: 1, ..Summary::default() };
    assert_eq!(imported, Imported { mails, unreadable: 1 });
    assert_eq!(given::ledger_of(&context, "import").await, BTreeMap::from([("case", 7)]));
    assert_eq!(given::cases(&context).await, BTreeMap::from([("held".to_owned(), 1), ("received".to_owned(), 6)]));
    assert!(watcher.notes.lock().unwrap().first().unwrap().contains("nowhere"));
    assert_eq!(watcher.total.into_inner(), watcher.advanced.into_inner(), "the bar ends where it should");
    let unquoted = [question(6), b"From here on\n".to_vec()].concat();
    for mail in [large, with_line_end, unquoted] {
        let kept = raw::read(&context.db, &Digest::of(&mail), u64::MAX).await.unwrap().expect("its bytes are kept");
        assert!(kept.complete && kept.bytes == mail);
    }

    let again = import(&context, &paths, &Watcher::default()).await.unwrap();
    assert_eq!(again.mails, Summary { known: 8, ..Summary::default() });
}
