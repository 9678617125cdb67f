//! Which coverage lists a code is on, what they say of a procedure with a diagnosis, and what a place of service or a
//! brand name stands for.

use std::io::Write;

use caseconsult_core::{
    catalog::{
        Dataset,
        answer::{
            Desk,
            coverage::{ArticlePair, LabCoverage},
        },
        fact::{
            brand::Brand,
            lab_ncd::{LabNcd, OTHERS},
            mcd::{AREAS, GroupOf, McdArea, McdGroup},
        },
        layout::lab_ncd::Resolution,
        procedure_code::ProcedureCode,
        sheet::Unreadable,
    },
    domain::code::Code,
};
use serde_json::{Value, json};

use super::{
    Asked,
    told::{Telling, answer, extend, say},
};

/// The tables that are asked.
pub(super) const TABLES: [Dataset; 2] = [Dataset::LabNcd, Dataset::McdArticles];

/// Articles that a person is told of.
const SHOWN: usize = 12;

/// The keys besides those of the codes.
pub(super) fn keys() -> [String; 2] {
    [OTHERS.to_owned(), AREAS.to_owned()]
}

/// Tells of a procedure or a diagnosis. JSON: `lab_ncd` (`entries` with `ncd`, `resolution`, `effective`, `terminated`) and
/// `articles` (`groups` with `article`, `version`, `of`, `group`, `marked`, and where it holds: `contractors`, `states`).
///
/// # Errors
/// [`Unreadable`].
pub(super) fn tell(desk: &Desk, code: &str, asked: Asked, telling: &mut Telling) -> Result<(), Unreadable> {
    let told = desk.lab_ncds(code, asked.on)?;
    let words = |entries: &Vec<LabNcd>| entries.iter().map(say_ncd).collect::<Vec<_>>().join("; ");
    let json = telling.table(Dataset::LabNcd, &told, words, "listed", |entries| json!({ "entries": entries }));
    telling.field("lab_ncd", json);
    let told = desk.article_groups(code, asked.on)?;
    let groups = told.value().into_iter().flatten().cloned().map(|group| placed(desk, group, asked));
    let groups: Vec<Placed> = groups.collect::<Result<_, Unreadable>>()?;
    let told = told.map(|_| groups);
    let words = |groups: &Vec<Placed>| {
        let shown: Vec<String> = groups.iter().take(SHOWN).map(say_placed).collect();
        let more = groups.len().saturating_sub(SHOWN);
        let rest = if more == 0 { String::new() } else { format!("; and {more} more") };
        format!("{}{rest}", shown.join("; "))
    };
    let json = telling.table(
        Dataset::McdArticles,
        &told,
        words,
        "listed",
        |groups| json!({ "groups": groups.iter().map(placed_json).collect::<Vec<_>>() }),
    );
    telling.field("articles", json);
    Ok(())
}

/// A group of an article, and where the article holds.
struct Placed {
    group: McdGroup,
    area: Option<McdArea>,
}

fn placed(desk: &Desk, group: McdGroup, asked: Asked) -> Result<Placed, Unreadable> {
    let area = desk.article_area(&group, asked.on)?;
    Ok(Placed { group, area })
}

fn say_placed(placed: &Placed) -> String {
    let words = say_group(&placed.group);
    match &placed.area {
        None => words,
        Some(area) if area.states.is_empty() => format!("{words} ({})", area.contractors.join(", ")),
        Some(area) => format!("{words} (in {})", area.states.join(", ")),
    }
}

fn placed_json(placed: &Placed) -> Value {
    let McdGroup { article, version, of, group, marked, .. } = placed.group;
    json!({
        "article": article,
        "version": version,
        "of": of,
        "group": group,
        "marked": marked,
        "contractors": placed.area.as_ref().map(|area| &area.contractors),
        "states": placed.area.as_ref().map(|area| &area.states),
    })
}

/// Tells of two digits. JSON: `place` (`name`, `description`, `assigned`).
///
/// # Errors
/// [`Unreadable`].
pub(super) fn tell_place(desk: &Desk, code: &str, asked: Asked, telling: &mut Telling) -> Result<(), Unreadable> {
    let told = desk.place(code, asked.on)?;
    let json = telling.table(Dataset::PlaceOfService, &told, |place| place.name.clone(), "place", |place| json!(place));
    telling.field("place", json);
    Ok(())
}

/// Tells of a brand name. JSON: `brand` (`substances` with `name` and `unii`).
///
/// # Errors
/// [`Unreadable`].
pub(super) fn tell_brand(desk: &Desk, name: &str, asked: Asked, telling: &mut Telling) -> Result<(), Unreadable> {
    let told = desk.brand(name, asked.on)?;
    let words =
        |brand: &Brand| brand.substances.iter().map(|substance| substance.name.as_str()).collect::<Vec<_>>().join("; ");
    let json = telling.table(Dataset::Brands, &told, words, "brand", |brand| json!(brand));
    telling.field("brand", json);
    Ok(())
}

/// Tells of a procedure with a diagnosis. JSON: a line for each table, with `codes`, `on`, `table`, `answer` (`coverage`,
/// `not_in_table`, `not_loaded`), `edition`, and `ncds` (each with `ncd`, `resolution`, `listed`) or `articles` (each
/// with `article`, `version`, `procedure_group`, `diagnosis_group`, `of`, `marked`).
///
/// # Errors
/// When a sheet cannot be read, or nothing can be written.
pub(super) fn tell_pair(
    desk: &Desk,
    out: &mut (dyn Write + Send),
    (procedure, diagnosis): (ProcedureCode, &Code),
    asked: Asked,
    as_json: bool,
) -> anyhow::Result<()> {
    let lab = desk.lab_coverage(procedure, diagnosis, asked.on)?;
    let articles = desk.article_pairs(procedure, diagnosis, asked.on)?;
    if !as_json {
        let about = format!("{procedure} with {diagnosis}");
        let words = |ncds: &Vec<LabCoverage>| ncds.iter().map(say_coverage).collect::<Vec<_>>().join("; ");
        writeln!(out, "{about}, {}: {}", Dataset::LabNcd, say(&lab, words))?;
        let words = |pairs: &Vec<ArticlePair>| pairs.iter().map(say_article).collect::<Vec<_>>().join("; ");
        writeln!(out, "{about}, {}: {}", Dataset::McdArticles, say(&articles, words))?;
        return Ok(());
    }
    let ncd = |ncd: &LabCoverage| json!({ "ncd": ncd.ncd, "resolution": ncd.resolution, "listed": ncd.is_listed });
    let lab = answer(&lab, "coverage", |ncds| json!({ "ncds": ncds.iter().map(ncd).collect::<Vec<_>>() }));
    let articles = answer(
        &articles,
        "coverage",
        |pairs| json!({ "articles": pairs.iter().map(article_json).collect::<Vec<_>>() }),
    );
    for (table, mut line) in [(Dataset::LabNcd, lab), (Dataset::McdArticles, articles)] {
        extend(&mut line, json!({ "codes": [procedure, diagnosis], "on": asked.on, "table": table }));
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn say_ncd(entry: &LabNcd) -> String {
    match entry.resolution {
        None => format!("NCD {} is about it", entry.ncd),
        Some(resolution) => format!("NCD {}: {}", entry.ncd, resolution_words(resolution)),
    }
}

const fn resolution_words(resolution: Resolution) -> &'static str {
    match resolution {
        Resolution::Covered => "covered",
        Resolution::NotCovered => "not covered",
        Resolution::NotNecessary => "does not support medical necessity",
    }
}

fn say_coverage(coverage: &LabCoverage) -> String {
    let words = coverage.resolution.map_or("the list does not tell", resolution_words);
    let how = if coverage.is_listed { "" } else { ", as a diagnosis that is not listed" };
    format!("NCD {}: {words}{how}", coverage.ncd)
}

const fn group_words(of: GroupOf) -> &'static str {
    match of {
        GroupOf::Procedures => "procedures",
        GroupOf::Covered => "diagnoses that support it",
        GroupOf::NotCovered => "diagnoses that do not support it",
    }
}

fn say_group(group: &McdGroup) -> String {
    let mark = if group.marked { ", with a condition in its paragraph" } else { "" };
    format!("A{} group {} of {}{mark}", group.article, group.group, group_words(group.of))
}

fn say_article(pair: &ArticlePair) -> String {
    format!("{}, beside group {} of procedures", say_group(&pair.diagnosis), pair.procedure.group)
}

fn article_json(pair: &ArticlePair) -> Value {
    json!({
        "article": pair.procedure.article,
        "version": pair.procedure.version,
        "procedure_group": pair.procedure.group,
        "diagnosis_group": pair.diagnosis.group,
        "of": pair.diagnosis.of,
        "marked": pair.diagnosis.marked,
    })
}
