//! How long ago a patient was seen last, as the mails count it or by the two dates that they give.

use serde::{Deserialize, Serialize};

use super::{Words, passed::count};

/// Against the three years that tell a new patient from an established one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LastSeen {
    /// Less than three years before.
    Within,
    /// More than three years before.
    Before,
}

impl LastSeen {
    /// `last seen four years ago`, `18 months ago`. Three years to the word may be either, and tell nothing.
    pub(super) fn read(words: &Words) -> Option<Self> {
        if !words.say("seen|saw|here|visit|visits|came|come|been|patient") {
            return None;
        }
        let list: Vec<&str> = words.each().collect();
        let months = list.windows(3).find_map(|window| {
            let [number, unit, next] = window else { return None };
            let months = match *unit {
                "year" | "years" | "yr" | "yrs" => 12,
                "month" | "months" | "mo" => 1,
                "weeks" | "week" | "days" | "day" => 0,
                _ => return None,
            };
            let is_ago = matches!(*next, "ago" | "back" | "earlier" | "before" | "prior");
            if is_ago { count(number).map(|number| number * months) } else { None }
        })?;
        match months {
            0..36 => Some(Self::Within),
            36 => None,
            _ => Some(Self::Before),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_months_are_counted_and_three_years_tell_nothing() {
        for (text, expected) in [
            ("last seen four years ago by my partner", Some(LastSeen::Before)),
            ("we saw him 18 months ago", Some(LastSeen::Within)),
            ("seen 2 weeks ago in the ER", Some(LastSeen::Within)),
            ("was here three years ago", None),
            ("new or established?", None),
        ] {
            assert_eq!(LastSeen::read(&Words::plain(text)), expected, "{text}");
        }
    }
}
