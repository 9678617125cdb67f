//! Taking in both settings of a quarter of NCCI edits, and everything published that is at hand; asking for pairs and for
//! all that is known of a code, warm and while an import runs.
//!
//! The files are those beside the repository (`../shared/codesets`); without them nothing is measured. The baseline
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
/// Everything else that is published, by folder, in one command where the names tell the days; and what needs them said.
const OTHERS: [&str; 22] = [
    "coverage/mcd-documents-2025-08-derived.csv.gz",
    "coverage/ncd-lab-2026-01-cr-icd10-derived.csv.gz",
    "crosswalk/2018-icd-10-cm-general-equivalence-mappings.zip",
    "drg/FY2026-FR-tables-5-6I-6J-6K.zip",
    "hcpcs/2019-Alpha-Numeric-HCPCS-File.zip",
    "hcpcs/HCPC2020_OCT_ANWEB.xlsx",
    "hcpcs/hcpcs-2024q3-derived.csv.gz",
    "hcpcs/hcpcs-2025q4-derived-descriptions.csv.gz",
    "icd10cm/2026-code-descriptions-tabular-order.zip",
    "icd10cm/Code-descriptions-April-2025.zip",
    "icd10cm/ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx",
    "icd10cm/POAexemptCodesFY26.zip",
    "icd10cm/icd10c-tabular-April-1-2026.xml.gz",
    "icd10cm/icd10cm-2025-externalindex-derived.csv.gz",
    "icd10cm/icd10cm-2025-index-derived.csv.gz",
    "icd10cm/icd10cm-2025-neoplasms-derived.csv.gz",
    "icd10cm/icd10cm_order_addenda_April_2026.txt",
    "icd10pcs/2026-icd-10-pcs-order-file.zip",
    "ncci/medicare-ncci-2026-q2-mue-tables.zip",
    "pfs/GPCI2024-derived.csv.gz",
    "pfs/PFREV26B_nonQP.zip",
    "pfs/PFREV26B_QP.zip",
];
const UNDATED: [&str; 4] = [
    "coverage/place-of-service-codes-derived.csv.gz",
    "drugs/fda-unii-brand-names-derived.csv.gz",
    "ncci/ncci-add-on-code-edits-2024-06-derived.csv.gz",
    "pfs/PPRRVU24_JUL-derived-cpt-descriptions-blanked.csv.gz",
];
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
    everything(&dovecot, &shared.join("codesets"), &files);
}

/// All files into an empty SQLite database.
fn everything(dovecot: &Dovecot, folder: &Path, edits: &[PathBuf]) {
    let Some(site) = Site::new(dovecot, Backend::Sqlite) else { return };
    site.start(&["cases"]).wait();
    let path = |name: &&str| folder.join(name).display().to_string();
    let dated: Vec<String> =
        OTHERS.iter().map(path).chain(edits.iter().map(|file| file.display().to_string())).collect();
    let undated: Vec<String> = UNDATED.iter().map(path).collect();
    let import = ["codes", "import", "--accept-licence", "Bench"];
    let mut used = Vec::new();
    for (more, names) in [(&[][..], &dated), (&["--effective", "2024-07-01"][..], &undated)] {
        let arguments: Vec<&str> = import.iter().chain(more).copied().chain(names.iter().map(String::as_str)).collect();
        used.push(site.start(&arguments).wait());
    }
    let wall: Duration = used.iter().map(|used| used.wall).sum();
    let cpu: Duration = used.iter().map(|used| used.cpu).sum();
    let peak = used.iter().map(|used| used.peak_mib).fold(0.0, f64::max);
    let database = site.url.strip_prefix("sqlite:").unwrap_or_default();
    println!(
        "catalogue  SQLite     everything published, {} files, in {:.1} s, {:.1} s CPU, {peak:.0} MiB; {} MiB on disk",
        dated.len() + undated.len(),
        wall.as_secs_f64(),
        cpu.as_secs_f64(),
        fs::metadata(database).map_or(0, |file| file.len() >> 20)
    );
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
        let desk = catalogue::desk(&db, &tables, &keys, &[DAY]).await.unwrap();
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
    let desk = catalogue::desk(db, &[Dataset::Ptp(Setting::Practitioner)], &keys, &[DAY]).await.unwrap();
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
