//! Attached files, read in a process of their own.
//!
//! Readers of PDF files and workbooks are partly the work of others, and the bytes may come from anybody. So this
//! program starts itself once for each file (`caseconsult read-attachment`), with nothing inherited but two pipes, and
//! that process binds itself: memory, processor time, no files, no children. Whatever happens to it costs one
//! attachment; what it had found by then is kept.
//!
//! The extract step and `caseconsult draft` open mails with [`Reader`].

use std::{
    ffi::OsString,
    io::{self, BufRead as _, BufReader, Read, Write},
    ops::ControlFlow,
    os::unix::process::CommandExt as _,
    path::PathBuf,
    process::{Child, Command, ExitCode, Stdio},
    sync::{Arc, Condvar, Mutex, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use caseconsult_core::mail::attachment::{Attached, FileLabel, Found, Opened, Opener, Remark};
use rustix::process::{DumpableBehavior, Resource, Rlimit, Signal};

/// The hidden command's name.
pub const COMMAND: &str = "read-attachment";

/// What one file may take, from start to end.
const LONGEST: Duration = Duration::from_secs(20);
/// What all files of one case may take; what comes after is not opened. A step has to end within its lease.
const LONGEST_CASE: Duration = Duration::from_secs(60);
/// Processor time of one file; seconds.
const MOST_SECONDS: u64 = 10;
/// Address space of one file's process; bytes. The program itself takes some 100 MB of it.
const MOST_MEMORY: u64 = 768 << 20;
/// What the process may answer: the text, in JSON; bytes.
const MOST_ANSWER: u64 = 32 << 20;
/// Processes at a time.
const AT_ONCE: usize = 2;

/// Opens the files of mails, each in a process of its own. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Reader {
    program: Arc<PathBuf>,
    places: Arc<Places>,
}

/// Opens the files of one case. Blocks; not for an asynchronous task.
#[derive(Clone, Debug)]
pub struct OfCase {
    reader: Reader,
    until: Instant,
}

impl Reader {
    /// Reads with this program.
    #[must_use]
    pub fn new(program: PathBuf) -> Self {
        Self { program: Arc::new(program), places: Arc::default() }
    }

    /// Reads with the program that is running, even when its file was replaced meanwhile.
    #[must_use]
    pub fn own() -> Self {
        let kept = PathBuf::from("/proc/self/exe");
        let program = if kept.exists() { Some(kept) } else { std::env::current_exe().ok() };
        Self::new(program.unwrap_or_else(|| PathBuf::from("caseconsult")))
    }

    /// What opens the files of one case, from now on.
    #[must_use]
    pub fn of_case(&self) -> OfCase {
        OfCase { reader: self.clone(), until: Instant::now() + LONGEST_CASE }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&*self.program);
        command
            .arg0(OsString::from("caseconsult"))
            .arg(COMMAND)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        command
    }
}

impl Opener for OfCase {
    fn open(&self, file: &Attached<'_>) -> Opened {
        let _place = self.reader.places.take();
        let left = self.until.saturating_duration_since(Instant::now()).min(LONGEST);
        if left.is_zero() {
            return Opened::unread(file.label.kind, Remark::TooMany);
        }
        let child = match self.reader.command().spawn() {
            Ok(child) => child,
            Err(error) => {
                tracing::error!(%error, "attachment.reader_not_started");
                return Opened::unread(file.label.kind, Remark::GaveUp);
            }
        };
        let mut opened = Opened { kind: file.label.kind, ..Opened::default() };
        converse(child, file, Instant::now() + left, &mut opened);
        if !opened.is_done {
            tracing::warn!(kind = ?file.label.kind, "attachment.reader_ended");
        }
        opened.ended(Remark::GaveUp)
    }
}

/// Hands the file over and gathers what is found in it, until the process ends or the time is up.
fn converse(mut child: Child, file: &Attached<'_>, until: Instant, opened: &mut Opened) {
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else { return end(child) };
    thread::scope(|scope| {
        // A process that stops reading closes the pipe: then there is nothing to say any more.
        scope.spawn(move || {
            let _ = write_file(&mut input, file);
        });
        let (found, finds) = mpsc::sync_channel(16);
        scope.spawn(move || {
            for line in BufReader::new(output.take(MOST_ANSWER)).lines() {
                let Some(one) = line.ok().and_then(|line| serde_json::from_str::<Found>(&line).ok()) else { break };
                if found.send(one).is_err() {
                    break;
                }
            }
        });
        while let Ok(one) = finds.recv_timeout(until.saturating_duration_since(Instant::now())) {
            opened.add(one);
            if opened.is_done {
                break;
            }
        }
        drop(finds);
        // With its pipes closed both threads come to their end.
        end(child);
    });
}

/// Ends the process, if it has not ended itself.
fn end(mut child: Child) {
    let _ = child.kill();
    let _ = child.wait();
}

fn write_file(input: &mut impl Write, file: &Attached<'_>) -> io::Result<()> {
    serde_json::to_writer(&mut *input, file.label)?;
    input.write_all(b"\n")?;
    input.write_all(file.body)
}

/// The other side: binds this process, reads a file from standard input and writes what is found to standard output,
/// a line for each thing.
#[must_use]
pub fn main() -> ExitCode {
    if let Err(error) = bind() {
        eprintln!("caseconsult: cannot limit this process: {error}");
        return ExitCode::FAILURE;
    }
    match answer() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn answer() -> io::Result<()> {
    let mut input = BufReader::new(io::stdin().lock());
    let mut line = String::new();
    input.read_line(&mut line)?;
    let label: FileLabel = serde_json::from_str(&line)?;
    let mut body = Vec::new();
    input.read_to_end(&mut body)?;
    let mut output = io::stdout().lock();
    let mut say = |found: &Found| {
        serde_json::to_writer(&mut output, found)?;
        output.write_all(b"\n")?;
        output.flush()
    };
    let mut result = Ok(());
    Attached { label: &label, body: &body }.read(&mut |found| {
        result = say(&found);
        if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    result
}

/// Limits what this process can take and reach. Set by itself and not from outside, since what runs before it is ours.
fn bind() -> io::Result<()> {
    let limits = [
        (Resource::As, MOST_MEMORY),
        (Resource::Cpu, MOST_SECONDS),
        // Neither files nor sockets beyond the three that are open; nothing is written to a disk, nor a core dumped.
        (Resource::Nofile, 3),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ];
    for (resource, limit) in limits {
        rustix::process::setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(limit) })?;
    }
    // A patient's details are in its memory; it does not outlive whoever asked.
    rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
    rustix::thread::set_no_new_privs(true)?;
    Ok(())
}

/// So many processes at a time.
#[derive(Debug, Default)]
struct Places {
    taken: Mutex<usize>,
    freed: Condvar,
}

struct Place<'p>(&'p Places);

impl Places {
    fn take(&self) -> Place<'_> {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken = self.freed.wait_while(taken, |taken| *taken >= AT_ONCE).unwrap_or_else(PoisonError::into_inner);
        *taken += 1;
        Place(self)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        *self.0.taken.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.0.freed.notify_one();
    }
}
