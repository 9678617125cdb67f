//! Taking in both settings of a quarter of NCCI edits, and asking for pairs and for all that is known of a code, warm and
//! while an import runs.
//!
//! The files are those beside the repository (`../shared/codesets/ncci`); without them nothing is measured. The baseline
//! of the import is the `sqlite3` shell taking the same rows in as text, with one index on the pair.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use caseconsult::command::codes::facts::{self, Asked};
use caseconsult_core::catalog::{Dataset, Setting, procedure_code::ProcedureCode};
use caseconsult_store::{Db, catalogue};
use jiff::civil::{Date, date};

use crate::{
    program::{Backend, Site, percentile},
    support::dovecot::Dovecot,
};

const FILES: [&str; 2] = ["ncci-ptp-practitioner-2024q3.tsv.gz", "ncci-ptp-outpatient-hospital-2024q3.tsv.gz"];
const DAY: Date = date(2024, 8, 1);
const ASKED: usize = 3000;

pub(crate) fn measure() {
    let shared = env::var_os("CASECONSULT_SHARED")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")), PathBuf::from);
    let files: Vec<PathBuf> = FILES.iter().map(|name| shared.join("codesets/ncci").join(name)).collect();
    if let Some(missing) = files.iter().find(|file| !file.exists()) {
        println!("catalogue  not measured: {} is not here", missing.display());
        return;
    }
    let Some(dovecot) = Dovecot::start() else { return };
    baseline(&files);
    for backend in Backend::ALL {
        let Some(site) = Site::new(&dovecot, backend) else { continue };
        site.start(&["cases"]).wait();
        let mut arguments = vec!["codes", "import", "--accept-licence", "Bench"];
        let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        arguments.extend(names.iter().map(String::as_str));
        let used = site.start(&arguments).wait();
        println!(
            "catalogue  {:<10} 4.32 million NCCI edits in {:.1} s, {:.1} s CPU, {:.0} MiB",
            backend.name(),
            used.wall.as_secs_f64(),
            used.cpu.as_secs_f64(),
            used.peak_mib
        );
        Site::runtime().block_on(ask(&site, backend));
        Site::runtime().block_on(ask_meanwhile(&site, backend, &names));
    }
}

fn baseline(files: &[PathBuf]) {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("plain.db");
    let script = |file: &Path| {
        format!(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;\n\
             CREATE TABLE IF NOT EXISTS edits (one TEXT, two TEXT, prior TEXT, since TEXT, until TEXT, indicator TEXT, why TEXT);\n\
             .mode tabs\n.import \"|zcat {}\" edits\n",
            file.display()
        )
    };
    let text: String =
        files.iter().map(|file| script(file)).collect::<String>() + "CREATE INDEX pairs ON edits (one, two);\n";
    let script = folder.path().join("script");
    fs::write(&script, text).unwrap();
    let began = Instant::now();
    let shell = Command::new("sqlite3")
        .arg(&database)
        .stdin(fs::File::open(&script).unwrap())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match shell {
        Ok(status) if status.success() => println!(
            "catalogue  baseline   the sqlite3 shell takes the same rows in and indexes them in {:.1} s, {} MiB on disk",
            began.elapsed().as_secs_f64(),
            fs::metadata(&database).map_or(0, |file| file.len() >> 20)
        ),
        _ => println!("catalogue  baseline   not measured: sqlite3 is not installed"),
    }
}

async fn ask(site: &Site, backend: Backend) {
    let db = site.db().await;
    if let Some(path) = site.url.strip_prefix("sqlite:") {
        println!("catalogue  {:<10} {} MiB on disk", backend.name(), fs::metadata(path).unwrap().len() >> 20);
    }
    let codes = codes(&db).await;
    let mut pairs = Vec::with_capacity(ASKED);
    for n in 0..ASKED {
        pairs.push(pair(&db, &codes, n).await);
    }
    let mut shown = Vec::with_capacity(ASKED);
    for n in 0..ASKED {
        let code = codes[n * 7919 % codes.len()].to_string();
        let began = Instant::now();
        facts::show(&db, &mut Vec::new(), &code, Asked::on(DAY), true).await.unwrap();
        shown.push(began.elapsed());
    }
    let mut twenties = Vec::new();
    for n in 0..200 {
        let asked: Vec<ProcedureCode> = (0..20).map(|at| codes[(n * 20 + at) * 7919 % codes.len()]).collect();
        let began = Instant::now();
        let keys: Vec<String> = asked.iter().map(ToString::to_string).collect();
        let tables = Setting::ALL.map(Dataset::Ptp);
        let desk = catalogue::desk(&db, &tables, &keys, DAY).await.unwrap();
        for (at, one) in asked.iter().enumerate() {
            for other in asked.iter().skip(at + 1) {
                for setting in Setting::ALL {
                    std::hint::black_box(desk.pair(setting, *one, *other, DAY).unwrap());
                }
            }
        }
        twenties.push(began.elapsed());
    }
    println!(
        "catalogue  {:<10} a pair on a date: p50 {:.0} µs, p99 {:.0} µs; a code with all its facts: p50 {:.0} µs, p99 {:.0} µs; 20 codes with each other in both settings: p50 {:.0} µs, p99 {:.0} µs",
        backend.name(),
        micros(&mut pairs, 0.5),
        micros(&mut pairs, 0.99),
        micros(&mut shown, 0.5),
        micros(&mut shown, 0.99),
        micros(&mut twenties, 0.5),
        micros(&mut twenties, 0.99)
    );
}

async fn pair(db: &Db, codes: &[ProcedureCode], n: usize) -> Duration {
    let (one, other) = (codes[n * 7919 % codes.len()], codes[n * 104_729 % codes.len()]);
    let began = Instant::now();
    let keys = [one.to_string(), other.to_string()];
    let desk = catalogue::desk(db, &[Dataset::Ptp(Setting::Practitioner)], &keys, DAY).await.unwrap();
    std::hint::black_box(desk.pair(Setting::Practitioner, one, other, DAY).unwrap());
    began.elapsed()
}

fn micros(times: &mut [Duration], part: f64) -> f64 {
    times.sort();
    percentile(times, part).as_secs_f64() * 1e6
}

/// Pairs while the other setting's table is taken in once more.
async fn ask_meanwhile(site: &Site, backend: Backend, files: &[String]) {
    let db = site.db().await;
    let codes = codes(&db).await;
    let editions = catalogue::editions(&db).await.unwrap();
    let other = editions.iter().find(|edition| edition.dataset == Dataset::Ptp(Setting::OutpatientHospital)).unwrap();
    catalogue::remove_edition(&db, other.id).await.unwrap();
    let import = site.start(&["codes", "import", files.last().unwrap()]);
    let mut pairs = Vec::new();
    let began = Instant::now();
    while began.elapsed() < Duration::from_millis(1500) {
        pairs.push(pair(&db, &codes, pairs.len()).await);
    }
    import.wait();
    println!(
        "catalogue  {:<10} a pair while an import runs: p50 {:.0} µs, p99 {:.0} µs",
        backend.name(),
        micros(&mut pairs, 0.5),
        micros(&mut pairs, 0.99)
    );
}

/// All column 1 codes.
async fn codes(db: &Db) -> Vec<ProcedureCode> {
    let editions = catalogue::editions(db).await.unwrap();
    let edition = editions.iter().find(|edition| edition.dataset == Dataset::Ptp(Setting::Practitioner)).unwrap();
    let mut codes = Vec::new();
    let mut take = |sheet: caseconsult_core::catalog::Sheet| codes.extend(ProcedureCode::read(sheet.key.as_bytes()));
    catalogue::each_sheet(db, edition.id, &mut take).await.unwrap();
    codes
}
