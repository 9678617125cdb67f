//! `codes show` and `codes edits`: what the catalogue says of a code, and of codes together, on a date of service.
//!
//! A table that says nothing is told as such, with the edition that was looked into; a table that is not loaded for the
//! day too. Neither is ever told as "allowed".

use std::io::Write;

use anyhow::{Context as _, bail};
use caseconsult_core::{
    catalog::{
        Dataset, Setting, Standing,
        answer::{Desk, Timeliness, Told, pair::PairEdit},
        layout::{ncci_add_on::AddOnType, ncci_mue::AdjudicationIndicator, ncci_ptp::ModifierIndicator},
        procedure_code::ProcedureCode,
    },
    domain::code::{Code, CodeSystem},
};
use caseconsult_store::{Db, catalogue};
use jiff::civil::Date;
use serde_json::{Value, json};

/// What is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The date of service.
    pub on: Date,
    /// Whose claims; both settings when not known.
    pub setting: Option<Setting>,
}

impl Asked {
    fn settings(self) -> Vec<Setting> {
        self.setting.map_or_else(|| Setting::ALL.to_vec(), |setting| vec![setting])
    }
}

/// The edits of every two of these codes. JSON: one line a pair and setting, with `codes`, `setting`, `on`, `answer`
/// (`edit`, `not_in_table`, `not_loaded`), `edition`, and for an edit `column_1` (paid), `column_2` (denied),
/// `modifier_indicator` (0, 1, 9), `effective`, `deleted`, `rationale`, `from_later_edition`.
///
/// # Errors
/// When something is no procedure code, the database cannot be read, or nothing can be written.
pub async fn edits(
    db: &Db,
    out: &mut (dyn Write + Send),
    codes: &[String],
    asked: Asked,
    as_json: bool,
) -> anyhow::Result<()> {
    let mut read = Vec::new();
    for text in codes {
        let code = ProcedureCode::read(text.trim().to_ascii_uppercase().as_bytes());
        read.push(code.with_context(|| format!("{text:?} is no CPT or HCPCS Level II code"))?);
    }
    read.sort_unstable();
    read.dedup();
    if read.len() < 2 {
        bail!("name two codes or more: edits are between codes");
    }
    let tables: Vec<Dataset> = asked.settings().into_iter().map(Dataset::Ptp).collect();
    let keys: Vec<String> = read.iter().map(ToString::to_string).collect();
    let desk = catalogue::desk(db, &tables, &keys, asked.on).await?;
    for (n, one) in read.iter().enumerate() {
        for other in read.iter().skip(n + 1) {
            for setting in asked.settings() {
                let told = desk.pair(setting, *one, *other, asked.on)?;
                let about = format!("{one} with {other}, {}", setting.title());
                if as_json {
                    let mut line = answer(&told, "edit", pair_json);
                    extend(&mut line, json!({ "codes": [one, other], "setting": setting.as_str(), "on": asked.on }));
                    writeln!(out, "{line}")?;
                } else {
                    writeln!(out, "{about}: {}", say(&told, say_pair))?;
                }
            }
        }
    }
    Ok(())
}

/// What is known of one code. JSON: one line, with `code`, `on`, `systems` (each with `system`, `standing`, `title`,
/// `source`, `edition`), `units` (each with `table`, `answer`, …) and `add_on`.
///
/// # Errors
/// When the database cannot be read, or nothing can be written.
pub async fn show(
    db: &Db,
    out: &mut (dyn Write + Send),
    text: &str,
    asked: Asked,
    as_json: bool,
) -> anyhow::Result<()> {
    let procedure = ProcedureCode::read(text.trim().to_ascii_uppercase().as_bytes());
    let systems: Vec<CodeSystem> = match procedure {
        Some(code) if code.system() == CodeSystem::Cpt => vec![CodeSystem::Cpt],
        // A letter and four digits may be a diagnosis without its dot, too.
        Some(_) => vec![CodeSystem::Hcpcs, CodeSystem::Icd10Cm],
        None => vec![CodeSystem::Icd10Cm, CodeSystem::Icd10Pcs, CodeSystem::Modifier],
    };
    let wanted: Vec<(CodeSystem, Code)> = systems.iter().map(|system| (*system, Code::normal(*system, text))).collect();
    let shelf = catalogue::shelf(db, &wanted).await?;
    // Of several systems, those that know the code; of none, all, so that the search is told.
    let known: Vec<_> = wanted.iter().filter(|(system, code)| shelf.knows(*system, code)).cloned().collect();
    let told = if known.is_empty() { wanted } else { known };
    let mut lines = Vec::new();
    for (system, code) in &told {
        let standing = shelf.standing(*system, code, asked.on);
        if !as_json {
            writeln!(out, "{code} ({system}): {}", say_standing(&standing))?;
        }
        lines.push(standing_json(*system, &standing));
    }
    let mut line = json!({ "code": text.trim().to_ascii_uppercase(), "on": asked.on, "systems": lines });
    if let Some(code) = procedure {
        tables(db, out, code, asked, as_json.then_some(&mut line)).await?;
    }
    if as_json {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

async fn tables(
    db: &Db,
    out: &mut (dyn Write + Send),
    code: ProcedureCode,
    asked: Asked,
    json: Option<&mut Value>,
) -> anyhow::Result<()> {
    let mut limits: Vec<Dataset> = asked.settings().into_iter().map(Dataset::Mue).collect();
    if asked.setting.is_none() {
        limits.push(Dataset::MueSupplier);
    }
    let needed: Vec<Dataset> = limits.iter().copied().chain([Dataset::AddOn]).collect();
    let desk: Desk = catalogue::desk(db, &needed, &[code.to_string()], asked.on).await?;
    let mut units = Vec::new();
    for table in limits {
        let told = desk.units(table, code, asked.on)?;
        if json.is_none() {
            let words =
                say(&told, |limit| format!("at most {} units {}", limit.units, adjudication(limit.adjudication)));
            writeln!(out, "{table}: {words}")?;
        }
        let mut line = answer(
            &told,
            "limit",
            |limit| json!({ "units": limit.units, "mai": limit.adjudication.digit(), "rationale": limit.rationale }),
        );
        extend(&mut line, json!({ "table": table }));
        units.push(line);
    }
    let told = desk.add_on(code, asked.on)?;
    match json {
        Some(line) => {
            let add_on = answer(&told, "add_on", |primaries| json!({ "primaries": primaries }));
            extend(line, json!({ "units": units, "add_on": add_on }));
        }
        None => {
            let words = say(&told, |primaries| {
                let codes: Vec<String> =
                    primaries.iter().filter_map(|primary| Some(primary.code?.to_string())).collect();
                let closed = primaries.iter().all(|primary| primary.kind == AddOnType::Closed);
                let list = if closed { "only to" } else { "to codes that the contractor accepts, among them" };
                format!(
                    "is added {list} {}",
                    if codes.is_empty() { "no listed code".to_owned() } else { codes.join(", ") }
                )
            });
            writeln!(out, "{}: {words}", Dataset::AddOn)?;
        }
    }
    Ok(())
}

fn say<T>(told: &Told<'_, T>, words: impl FnOnce(&T) -> String) -> String {
    match told {
        Told::Said { value, edition, timeliness: Timeliness::OfTheDay } => {
            format!("{} ({})", words(value), edition.name)
        }
        Told::Said { value, edition, timeliness: Timeliness::History } => {
            format!("{} (history in {})", words(value), edition.name)
        }
        Told::NotInTable { edition } => {
            format!("not in the table ({}), which does not say that it is allowed", edition.name)
        }
        Told::NotLoaded { loaded } if loaded.is_empty() => "not loaded".to_owned(),
        Told::NotLoaded { loaded } => {
            let names: Vec<&str> = loaded.iter().map(|edition| edition.name.as_str()).collect();
            format!("not loaded for that day; loaded is {}", names.join(", "))
        }
    }
}

fn answer<T>(told: &Told<'_, T>, said: &str, value: impl FnOnce(&T) -> Value) -> Value {
    match told {
        Told::Said { value: it, edition, timeliness } => {
            let mut line = value(it);
            let later = *timeliness == Timeliness::History;
            extend(&mut line, json!({ "answer": said, "edition": edition.name, "from_later_edition": later }));
            line
        }
        Told::NotInTable { edition } => json!({ "answer": "not_in_table", "edition": edition.name }),
        Told::NotLoaded { loaded } => {
            let names: Vec<&str> = loaded.iter().map(|edition| edition.name.as_str()).collect();
            json!({ "answer": "not_loaded", "loaded": names })
        }
    }
}

fn extend(line: &mut Value, more: Value) {
    if let (Value::Object(line), Value::Object(more)) = (line, more) {
        line.extend(more);
    }
}

fn say_pair(pair: &PairEdit) -> String {
    let modifier = match pair.edit.indicator {
        ModifierIndicator::NotAllowed => "indicator 0, no modifier bypasses it",
        ModifierIndicator::Allowed => "indicator 1, an NCCI modifier bypasses it where the record supports it",
        ModifierIndicator::NotApplicable => "indicator 9, withdrawn",
    };
    let since = match pair.edit.effective {
        Some(day) => format!("since {day}"),
        None => "the file gives no first day".to_owned(),
    };
    let why = pair.edit.rationale.and_then(|rationale| rationale.label()).unwrap_or("another reason");
    format!("{} is paid and {} is denied: {modifier}; {since}; {why}", pair.column_1, pair.edit.column_2)
}

fn pair_json(pair: &PairEdit) -> Value {
    json!({
        "column_1": pair.column_1,
        "column_2": pair.edit.column_2,
        "modifier_indicator": pair.edit.indicator.digit(),
        "effective": pair.edit.effective,
        "deleted": pair.edit.deleted,
        "rationale": pair.edit.rationale.and_then(|rationale| rationale.label()),
    })
}

const fn adjudication(indicator: AdjudicationIndicator) -> &'static str {
    match indicator {
        AdjudicationIndicator::Line => "a claim line (MAI 1)",
        AdjudicationIndicator::DayByPolicy => "a day, by policy (MAI 2)",
        AdjudicationIndicator::DayByClinicalData => "a day, more on appeal where necessary (MAI 3)",
    }
}

fn say_standing(standing: &Standing<'_>) -> String {
    match standing {
        Standing::InForce { entry, edition } => format!("in force. {} ({})", entry.title.text, edition.name),
        Standing::Header { entry, edition } => {
            format!("a header that needs more characters. {} ({})", entry.title.text, edition.name)
        }
        Standing::NotYet { entry, edition } => format!("not before {} ({})", entry.valid.from, edition.name),
        Standing::Ended { entry, edition } => {
            let last = entry.valid.to.map_or("an unknown day".to_owned(), |day| day.to_string());
            format!("ended; its last day was {last} ({})", edition.name)
        }
        Standing::Unknown { searched } if searched.is_empty() => "no edition is loaded for that day".to_owned(),
        Standing::Unknown { searched } => {
            let names: Vec<&str> = searched.iter().map(|edition| edition.name.as_str()).collect();
            format!("not found in {}", names.join(", "))
        }
    }
}

fn standing_json(system: CodeSystem, standing: &Standing<'_>) -> Value {
    let (word, entry, edition) = match standing {
        Standing::InForce { entry, edition } => ("in_force", Some(*entry), Some(*edition)),
        Standing::Header { entry, edition } => ("header", Some(*entry), Some(*edition)),
        Standing::NotYet { entry, edition } => ("not_yet", Some(*entry), Some(*edition)),
        Standing::Ended { entry, edition } => ("ended", Some(*entry), Some(*edition)),
        Standing::Unknown { .. } => ("unknown", None, None),
    };
    let searched: Vec<&str> = match standing {
        Standing::Unknown { searched } => searched.iter().map(|edition| edition.name.as_str()).collect(),
        _ => Vec::new(),
    };
    json!({
        "system": system,
        "standing": word,
        "title": entry.map(|entry| &entry.title.text),
        "source": entry.map(|entry| entry.title.source),
        "valid": entry.map(|entry| entry.valid),
        "edition": edition.map(|edition| &edition.name),
        "searched": searched,
    })
}
