//! Days that the mails count themselves: how long after the operation, and how long a package they name.

use super::Words;

/// `six weeks after`, `10 days post op`: in days.
pub(super) fn elapsed(words: &Words) -> Option<u32> {
    let list: Vec<&str> = words.each().collect();
    for window in list.windows(3) {
        let [number, unit, next] = window else { continue };
        let days = match *unit {
            "day" | "days" => 1,
            "week" | "weeks" | "wks" | "wk" => 7,
            "month" | "months" => 30,
            _ => continue,
        };
        let after = ["after", "post", "postop", "later", "out", "from", "following"].contains(next);
        if after && let Some(number) = count(number) {
            return Some(number * days);
        }
    }
    if words.say("following day|next day|next morning|day after") {
        return Some(1);
    }
    let on_day = list.windows(3).find_map(|window| match window {
        ["on", "day", number] => count(number),
        _ => None,
    });
    on_day.or_else(|| {
        list.windows(2).find_map(|pair| match pair {
            ["pod", number] => count(number),
            _ => None,
        })
    })
}

/// `six`, `10`: at most 400.
pub(super) fn count(word: &str) -> Option<u32> {
    const NUMBERS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let spelled = NUMBERS.iter().position(|name| *name == word).and_then(|at| u32::try_from(at + 1).ok());
    spelled.or_else(|| word.parse().ok().filter(|number| *number <= 400))
}

/// `ninety day global`, `90 days`, `ten day`.
pub(super) fn package(words: &Words) -> Option<u32> {
    let spoken = words.say("global*|package|follow up");
    let ninety = words.say("ninety day*|90 day*|the ninety|090");
    let ten = words.say("ten day global|10 day global|ten day period");
    match (spoken || ninety, ninety, ten) {
        (true, true, _) => Some(90),
        (true, false, true) => Some(10),
        _ => None,
    }
}

/// `13:04`, `9:40`.
pub(super) fn is_clock(word: &str) -> bool {
    word.split_once(':').is_some_and(|(hours, minutes)| {
        hours.len() <= 2 && minutes.len() == 2 && hours.bytes().chain(minutes.bytes()).all(|b| b.is_ascii_digit())
    })
}
