//! Visits from afar: by which means, and where the patient was. Each is told only where the words leave no other
//! reading: "video failed, finished by phone" tells neither.

use serde::{Deserialize, Serialize};

use super::Words;

/// By which means the patient was seen or heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// Sound alone.
    Voice,
    /// Sound and picture.
    Video,
}

/// Where the patient was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PatientPlace {
    /// In the own home, or what serves as one.
    Home,
    /// Anywhere else.
    Elsewhere,
}

impl Means {
    pub(super) fn read(words: &Words) -> Option<Self> {
        const NO_PICTURE: &str = "audio only|audio alone|audio visit|no video|without video|voice only|voice alone|\
            phone only|telephone only|no camera|without camera|no picture";
        const VOICE: &str = "phone|telephone|landline|by voice|called her|called him|call with|phone call";
        const VIDEO: &str = "video*|zoom|facetime|doxy|webcam|camera|audiovisual|av|two way";
        if words.say(NO_PICTURE) {
            return Some(Self::Voice);
        }
        match (words.say(VOICE), words.say(VIDEO)) {
            (true, false) => Some(Self::Voice),
            (false, true) => Some(Self::Video),
            _ => None,
        }
    }
}

impl PatientPlace {
    pub(super) fn read(words: &Words) -> Option<Self> {
        const HOME: &str = "at home|from home|in her home|in his home|in their home|her house|his house|their house|\
            own home|patients home|patient s home|in bed at home|apartment|kitchen table|living room|her home|his home";
        // A practice's office and a hospital may as well be where the practitioner sat.
        const ELSEWHERE: &str = "school|snf|nursing facility|nursing home|skilled nursing|rural clinic|rural health clinic|\
            originating site|assisted living|jail|prison|patient at the clinic|patient in the clinic|\
            patient at the hospital|patient in the hospital|patient at the er|patient at an er|patient at the office|\
            patient at their office|patient at a clinic";
        match (words.say(HOME), words.say(ELSEWHERE)) {
            (true, false) => Some(Self::Home),
            (false, true) => Some(Self::Elsewhere),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_another_reading_is_not_told() {
        for (text, means, place) in [
            ("video visit, patient at home", Some(Means::Video), Some(PatientPlace::Home)),
            ("audio only, she was at her daughter's apartment", Some(Means::Voice), Some(PatientPlace::Home)),
            ("phone call, no video, patient at school", Some(Means::Voice), Some(PatientPlace::Elsewhere)),
            ("the video failed and we finished by phone", None, None),
            ("doctor at home, patient at the clinic, over zoom", Some(Means::Video), None),
            ("patient sat in her car", None, None),
        ] {
            let words = Words::plain(text);
            assert_eq!((Means::read(&words), PatientPlace::read(&words)), (means, place), "{text}");
        }
    }
}
