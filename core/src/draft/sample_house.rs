//! Invented house rules, one for each section in which a rule can stand: a template that leaves out what they say is
//! found at the start. `house` is tested by them too.

use std::sync::OnceLock;

use jiff::civil::{Date, date};

use super::house::{HouseBook, ValidRules};

/// The day on which samples are drafted.
pub(super) const DAY: Date = date(2026, 3, 2);

/// The file.
pub(super) const FILE: &str = r#"
[[rule]]
id = "billing-01"
owner = "M. Ortiz"
until = 2027-03-31
statement = "Both knees go on two lines, {{ modifiers }}, for {{ payer }}."
[rule.when]
kinds = ["K3"]
codes = ["20610-20611"]
payers = ["UHC"]

[[rule]]
id = "billing-02"
owner = "M. Ortiz"
until = 2027-03-31
section = "edits"
statement = "We let {{ code }} wait for the note before {{ codes }} are compared."
[rule.when]
codes = ["20610"]

[[rule]]
id = "billing-03"
owner = "J. Chen"
until = 2027-03-31
section = "diagnosis"
statement = "The side stands in the diagnosis as well"
[rule.when]
codes = ["20610"]

[[rule]]
id = "billing-04"
owner = "J. Chen"
until = 2027-03-31
section = "rejected"
statement = "Modifier 59 for the other knee: the side says it."
[rule.when]
codes = ["20610"]
modifiers = ["RT"]

[[rule]]
id = "billing-05"
owner = "J. Chen"
until = 2027-03-31
section = "denied"
statement = "Send the note of {{ year_of_service }} with the first appeal."
[rule.when]
systems = ["CPT"]
service = { from = 2020-01-01 }

[[rule]]
id = "billing-06"
owner = "J. Chen"
until = 2027-03-31
section = "notices"
statement = "Our desk answers within two working days."
[rule.when]
payers = ["commercial"]
"#;

/// The rules of the samples.
pub(super) fn rules() -> ValidRules<'static> {
    static BOOK: OnceLock<HouseBook> = OnceLock::new();
    BOOK.get_or_init(|| HouseBook::read([("house-rules.toml".to_owned(), FILE.to_owned())]).0).valid_on(DAY)
}
