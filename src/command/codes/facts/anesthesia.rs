//! What anesthesia is paid: base units, and the amount in a locality.

use caseconsult_core::catalog::{
    Dataset,
    answer::{
        Desk, Told,
        anesthesia::{amount, time_units},
    },
    decimal::{Days, Factor},
    fact::anesthesia::{AnesthesiaFactor, BaseUnits},
    procedure_code::ProcedureCode,
    sheet::Unreadable,
};
use serde_json::{Value, json};

use super::{
    Asked,
    told::{Telling, extend},
};

/// The tables that are asked.
pub(super) const TABLES: [Dataset; 2] = [Dataset::AnesthesiaUnits, Dataset::AnesthesiaFactors];

/// Tells of a code of the anesthesia section (CPT 00100 to 01999), and of any other that has base units. JSON: `anesthesia` (`units`, and of the locality
/// that was named `name`, `factor`, `qualifying`, `minutes`, `amount`, `amount_qualifying`).
///
/// # Errors
/// [`Unreadable`].
pub(super) fn tell(desk: &Desk, code: ProcedureCode, asked: Asked, telling: &mut Telling) -> Result<(), Unreadable> {
    let told = desk.base_units(code, asked.on)?;
    let of_section = ("00100"..="01999").contains(&code.as_str());
    if told.value().is_none() && !of_section {
        return Ok(());
    }
    let factors = asked.locality.map(|locality| desk.anesthesia_factor(locality, asked.on)).transpose()?;
    let here = factors.as_ref().and_then(Told::value);
    let say = |base: &BaseUnits| {
        let paid = here.map(|here| format!("; {}", say_paid(*base, here, asked))).unwrap_or_default();
        format!("base units: {}{paid}", base.units)
    };
    let json = |base: &BaseUnits| {
        let mut line = json!(base);
        if let Some(here) = here {
            extend(&mut line, paid_json(*base, here, asked));
        }
        line
    };
    let line = telling.table(Dataset::AnesthesiaUnits, &told, say, "units", json);
    telling.field("anesthesia", line);
    Ok(())
}

fn say_paid(base: BaseUnits, here: &AnesthesiaFactor, asked: Asked) -> String {
    let minutes = asked.minutes.unwrap_or_default();
    let tenths = i64::try_from(time_units(minutes)).unwrap_or_default();
    let units: Days = Days::new(tenths);
    let dollars = |factor: Factor| match amount(base, minutes, factor) {
        Some(dollars) => format!("${dollars} at {factor} a unit"),
        None => format!("no amount at {factor} a unit"),
    };
    let qualifying = here
        .qualifying
        .map(|factor| format!(", for qualifying APM participants {}", dollars(factor)))
        .unwrap_or_default();
    let how_long = match asked.minutes {
        Some(minutes) => format!("{minutes} minutes are {units} time units"),
        None => "without time units".to_owned(),
    };
    format!("in {}, {how_long}: {}{qualifying}", here.name, dollars(here.factor))
}

fn paid_json(base: BaseUnits, here: &AnesthesiaFactor, asked: Asked) -> Value {
    let minutes = asked.minutes.unwrap_or_default();
    let mut line = json!(here);
    extend(
        &mut line,
        json!({
            "minutes": asked.minutes,
            "amount": amount(base, minutes, here.factor),
            "amount_qualifying": here.qualifying.and_then(|factor| amount(base, minutes, factor)),
        }),
    );
    line
}
