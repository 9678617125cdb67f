//! The US state that a mail names: it decides the Medicare contractor, the Medicaid programme and the Blue plan.
//!
//! A name in full counts; two letters only as capitals behind "in" or a town, before a ZIP, or beside a payer: CO is a
//! denial group, PR too, VA a payer, PA a profession, and IN, OR and ME are words.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{
    phrase::{Phrases, Words},
    stated::Stated,
};

/// A state, the District of Columbia, or a territory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct State(u8);

/// A state as a field of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// By its postal letters.
    pub state: State,
}

impl State {
    /// By its two postal letters, in capitals.
    #[must_use]
    pub fn read(letters: &str) -> Option<Self> {
        let at = STATES.iter().position(|(postal, _)| *postal == letters)?;
        u8::try_from(at).ok().map(Self)
    }

    /// Its postal letters.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        STATES.get(usize::from(self.0)).map_or("", |(postal, _)| postal)
    }

    /// Its name in small letters.
    #[must_use]
    pub fn name(self) -> &'static str {
        STATES.get(usize::from(self.0)).map_or("", |(_, name)| name)
    }
}

impl TryFrom<String> for State {
    type Error = String;

    fn try_from(letters: String) -> Result<Self, Self::Error> {
        Self::read(&letters).ok_or_else(|| format!("no state has the postal letters {letters:?}"))
    }
}

impl From<State> for String {
    fn from(state: State) -> Self {
        state.as_str().to_owned()
    }
}

const STATES: [(&str, &str); 56] = [
    ("AL", "alabama"),
    ("AK", "alaska"),
    ("AZ", "arizona"),
    ("AR", "arkansas"),
    ("CA", "california"),
    ("CO", "colorado"),
    ("CT", "connecticut"),
    ("DE", "delaware"),
    ("DC", "district of columbia"),
    ("FL", "florida"),
    ("GA", "georgia"),
    ("HI", "hawaii"),
    ("ID", "idaho"),
    ("IL", "illinois"),
    ("IN", "indiana"),
    ("IA", "iowa"),
    ("KS", "kansas"),
    ("KY", "kentucky"),
    ("LA", "louisiana"),
    ("ME", "maine"),
    ("MD", "maryland"),
    ("MA", "massachusetts"),
    ("MI", "michigan"),
    ("MN", "minnesota"),
    ("MS", "mississippi"),
    ("MO", "missouri"),
    ("MT", "montana"),
    ("NE", "nebraska"),
    ("NV", "nevada"),
    ("NH", "new hampshire"),
    ("NJ", "new jersey"),
    ("NM", "new mexico"),
    ("NY", "new york"),
    ("NC", "north carolina"),
    ("ND", "north dakota"),
    ("OH", "ohio"),
    ("OK", "oklahoma"),
    ("OR", "oregon"),
    ("PA", "pennsylvania"),
    ("RI", "rhode island"),
    ("SC", "south carolina"),
    ("SD", "south dakota"),
    ("TN", "tennessee"),
    ("TX", "texas"),
    ("UT", "utah"),
    ("VT", "vermont"),
    ("VA", "virginia"),
    ("WA", "washington"),
    ("WV", "west virginia"),
    ("WI", "wisconsin"),
    ("WY", "wyoming"),
    ("PR", "puerto rico"),
    ("GU", "guam"),
    ("VI", "virgin islands"),
    ("AS", "american samoa"),
    ("MP", "northern mariana islands"),
];

/// Names of states that are names of people, towns or streets as well: they need a word that says where.
const NAMES_OF_MORE: [&str; 7] = ["VA", "GA", "WA", "NY", "DE", "ID", "MT"];
/// Words before a place.
const WHERE: [&str; 8] = ["in", "of", "from", "for", "is", "to", "state", "through"];
/// Words that stand beside a state when a payer or a rule of it is meant.
const PAYING: [&str; 13] = [
    "medicaid",
    "medicare",
    "bcbs",
    "blue",
    "bluecross",
    "workers",
    "worker",
    "plan",
    "payer",
    "payers",
    "mac",
    "practice",
    "patient",
];

static FULL: LazyLock<Phrases<State>> = LazyLock::new(|| {
    let all: Vec<(&'static str, State)> = (0..).zip(STATES).map(|(at, (_, name))| (name, State(at))).collect();
    Phrases::new(&all)
});
static POSTAL: LazyLock<Phrases<State>> = LazyLock::new(|| {
    let all: Vec<(&'static str, State)> = (0..).zip(LOWER).map(|(at, postal)| (postal, State(at))).collect();
    Phrases::new(&all)
});
/// The postal letters in small letters, in the order of [`STATES`].
const LOWER: [&str; 56] = [
    "al", "ak", "az", "ar", "ca", "co", "ct", "de", "dc", "fl", "ga", "hi", "id", "il", "in", "ia", "ks", "ky", "la",
    "me", "md", "ma", "mi", "mn", "ms", "mo", "mt", "ne", "nv", "nh", "nj", "nm", "ny", "nc", "nd", "oh", "ok", "or",
    "pa", "ri", "sc", "sd", "tn", "tx", "ut", "vt", "va", "wa", "wv", "wi", "wy", "pr", "gu", "vi", "as", "mp",
];

/// The state at word `index`, and one past its last word.
pub(super) fn at(words: &Words<'_>, index: usize) -> Option<(State, usize)> {
    if let Some((state, end)) = FULL.at(words, index) {
        let (before, after) = (words.before(index, 1), words.after(end - 1, 1));
        let told = WHERE.contains(&before) || PAYING.contains(&after) || after == "state" || behind_comma(words, index);
        let sure = words.is_capital(index) && (told || !NAMES_OF_MORE.contains(&state.as_str()));
        return sure.then_some((state, end + usize::from(sure && after == "state")));
    }
    let (state, end) = POSTAL.at(words, index).filter(|_| words.is_upper(index))?;
    let (before, after) = (words.before(index, 1), words.after(index, 1));
    let is_zip = after.len() == 5 && after.bytes().all(|b| b.is_ascii_digit()) && words.gap(index).trim().is_empty();
    let told = is_zip && (behind_comma(words, index) || words.is_capital(index.saturating_sub(1)))
        || matches!(before, "in" | "from" | "of") && !words.gap(index).starts_with('-') && after_place(after)
        || matches!(after, "medicaid" | "medicare" | "bcbs" | "blue")
        || matches!(before, "medicaid" | "medicare" | "bcbs") && state.as_str() != "MA"
        || behind_comma(words, index)
            && matches!(words.gap(index).chars().next(), None | Some('.' | ',' | '\n' | ')' | '?'));
    told.then_some((state, end))
}

/// What may follow a state that is named behind "in"; "in OR 3" and "in PA hours" go on otherwise.
fn after_place(after: &str) -> bool {
    !after.starts_with(|c: char| c.is_ascii_digit())
        && !matches!(after, "hours" | "time" | "room" | "and" | "with" | "was" | "case" | "note")
}

/// `Boulder, CO`: a capital and a comma before it.
fn behind_comma(words: &Words<'_>, index: usize) -> bool {
    index.checked_sub(1).is_some_and(|last| {
        words.gap(last) == ", " && words.is_capital(last) && !words.written(last).bytes().any(|b| b.is_ascii_digit())
    })
}

/// All states that the text names.
pub(super) fn read(words: &Words<'_>) -> Vec<Stated<Named>> {
    let mut found = Vec::new();
    let mut index = 0;
    while index < words.len() {
        match at(words, index) {
            Some((state, end)) => {
                found.push(Stated::new(words.span(&(index..end)), Named { state }));
                index = end;
            }
            None => index += 1,
        }
    }
    found
}
