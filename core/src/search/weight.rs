//! What a word is worth, and what it costs a row to have a word that was not asked for.
//!
//! A word is worth the more the fewer families of codes speak of it: "fracture" fills twenty thousand titles and tells
//! nothing within one family, and still tells families apart. The cost is where siblings are chosen: whoever does not
//! say which side, which encounter or whether the break is open means the sibling that codes exactly that, so its
//! words cost nothing, and those of the other siblings do.

/// What a row pays for a word that was not asked for, as a share of the word's worth.
#[must_use]
pub fn share(word: &str) -> f32 {
    if word.starts_with('!') {
        // Being without something is the usual case.
        return 0.15;
    }
    match word {
        // What a code says of a thing that was not said.
        "unspecifi" | "nos" | "nec" | "initial" | "encounter" | "clos" | "init" | "cod" | "mention" | "approach"
        | "open" | "diseas" | "disorder" | "condit" | "injection" | "inject" | "level" | "site" | "part" | "type"
        | "uncomplicat" | "acquir" | "technology" => 0.0,
        // Coded when nothing else is said, by the guidelines.
        "displac" | "accidental" | "unintentional" | "traffic" | "adult" | "essential" | "new" => 0.1,
        "specifi" | "other" => 0.5,
        "right" | "left" | "bilateral" | "nondisplac" => 0.8,
        "subsequent" | "sequela" | "delay" | "nonun" | "malun" | "routin" => 1.5,
        _ => 1.0,
    }
}

/// What a word that only describes what a title has named costs, as a share of its cost.
pub const DESCRIBING: f32 = 0.4;

/// The worth of a word that `families` of `all` families of codes speak of.
#[must_use]
pub fn worth(families: u32, all: u32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "counts of a few thousand")]
    let (families, all) = (families.max(1) as f32, all.max(1) as f32);
    (1.0 + all / families).ln().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::word::stem;

    #[test]
    fn what_is_seldom_said_is_worth_more() {
        assert!(worth(1, 4000) > worth(40, 4000));
        assert!(worth(4000, 4000) > 0.0);
        assert!(worth(0, 0).is_finite());
    }

    #[test]
    fn the_sibling_of_those_who_do_not_say_costs_nothing() {
        for word in ["unspecified", "initial", "encounter", "closed", "approach"] {
            assert!(share(&stem(word)) < 0.01, "{word} is compared as {}", stem(word));
        }
        for word in ["subsequent", "sequela", "left"] {
            assert!(share(&stem(word)) > 0.5, "{word} is compared as {}", stem(word));
        }
    }
}
