//! Whether the asker says that the record does not tell something, or is not at hand: "the note only says eye", "nobody
//! wrote which", "dictation hasn't come over", "I don't have the note". A small grammar rather than a list of sentences: a
//! word that denies, and close behind it a word for writing or having; or a word that limits, and close to it one for what
//! is written. Called by [`super::Circumstances`] alone.

use super::Words;

/// What stands alone for it.
const EMPTY: &str = "is blank|left blank|illegible|note lost|no note|no notes|note missing|is missing|still missing|is empty|\
    nothing else|nothing but|thats all|left off|all it says|silent on|unsigned";
const DENIES: [&str; 17] = [
    "not", "isnt", "wasnt", "hasnt", "havent", "cant", "cannot", "dont", "didnt", "doesnt", "never", "nobody",
    "nothing", "no", "neither", "without", "arent",
];
/// Words for what a record does, and for having it.
const TELLS: [&str; 30] = [
    "tell",
    "tells",
    "say",
    "says",
    "said",
    "state",
    "stated",
    "states",
    "mention",
    "mentions",
    "mentioned",
    "specify",
    "specified",
    "document",
    "documented",
    "record",
    "recorded",
    "write",
    "wrote",
    "written",
    "measure",
    "measured",
    "attached",
    "pulled",
    "exported",
    "access",
    "given",
    "noted",
    "described",
    "dictated",
];
/// Close behind a denial they say that the record is not at hand.
const AT_HAND: &str = "not in front of me|nothing in front of me|hasnt come over|not come over|dont have the note|\
    dont have the op note|dont have the record|dont have the report|cant find in the chart|dont have the chart|\
    isnt in front|isnt here yet|not back yet";
const LIMITS: [&str; 3] = ["only", "just", "merely"];
const READS: [&str; 14] = [
    "say", "says", "said", "reads", "wrote", "writes", "shows", "lists", "states", "title", "tally", "charted", "face",
    "dictated",
];

/// How many words may lie between the two.
const CLOSE: usize = 3;

pub(super) fn read(words: &Words) -> bool {
    if words.say(EMPTY) || words.say(AT_HAND) {
        return true;
    }
    let list: Vec<&str> = words.each().collect();
    list.iter().enumerate().any(|(at, word)| {
        let mut next = list.iter().skip(at + 1).take(CLOSE);
        if DENIES.contains(word) {
            let Some(verb) = list.get(at + 1) else { return false };
            // "Nobody tells me" and "don't tell me" speak of people, "I can't say" of the asker.
            let of_people = *word == "cant" || list.get(at + 2).is_some_and(|who| ["me", "us"].contains(who));
            return TELLS.contains(verb) && !of_people;
        }
        LIMITS.contains(word)
            && (next.any(|word| READS.contains(word))
                || at > 0 && list.get(at - 1).is_some_and(|word| READS.contains(word)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_does_not_tell_is_told_from_people_who_do_not() {
        for (text, expected) in [
            ("The note doesn't tell where she was", true),
            ("chart's intake page is blank", true),
            ("the chart says only \"ext #19, difficult\"", true),
            ("the order sheet just says colonoscopy", true),
            ("Provider template reads only bx L forearm", true),
            ("B's dictation is still missing", true),
            ("size not documented", true),
            ("nobody wrote which", true),
            ("the body of the dictation hasn't come over yet", true),
            ("Nobody tells me anything, is 25 right?", false),
            ("Don't tell me to read the manual", false),
            ("The note is clear as day, one right, one left", false),
            ("I just want to know which", false),
            ("it was not paid", false),
        ] {
            assert_eq!(read(&Words::plain(text)), expected, "{text}");
        }
    }
}
