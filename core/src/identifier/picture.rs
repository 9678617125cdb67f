//! Prints of fingers and the like, and pictures of faces: what is said of them, and the names of picture files.

use super::{
    found::Confidence::{Certain, Likely},
    ground::Ground,
    hits::Hits,
    kind::Identifier,
    lexicon::Roles,
    value,
};

const PRINTS: [&str; 9] = [
    "fingerprint",
    "fingerprints",
    "thumbprint",
    "thumbprints",
    "voiceprint",
    "palmprint",
    "handprint",
    "faceprint",
    "voiceprints",
];
/// The first words of prints in two words, and the second ones.
const SCANNED: [&str; 13] = [
    "iris",
    "retina",
    "retinal",
    "vein",
    "face",
    "facial",
    "palm",
    "finger",
    "voice",
    "thumb",
    "hand",
    "dna",
    "biometric",
];
const SCAN: [&str; 13] = [
    "scan",
    "code",
    "template",
    "print",
    "prints",
    "recognition",
    "id",
    "geometry",
    "profile",
    "pattern",
    "recording",
    "map",
    "signature",
];
const BEFORE: [&str; 11] = ["right", "left", "index", "middle", "ring", "thumb", "palm", "a", "the", "her", "his"];
const PICTURES: [&str; 12] = [
    "photo",
    "photos",
    "photograph",
    "photographs",
    "picture",
    "pictures",
    "image",
    "selfie",
    "headshot",
    "pic",
    "pics",
    "images",
];
const FILES: [&str; 7] = ["jpg", "jpeg", "png", "heic", "gif", "tif", "tiff"];

/// The words that a closer look begins at.
pub(super) fn cues() -> Vec<&'static str> {
    [&PRINTS[..], &SCANNED, &PICTURES, &FILES, &["full"]].concat()
}

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    for index in 0..ground.len() {
        if !ground.roles(index).any(Roles::CUE) || !hits.free(index) {
            continue;
        }
        if ground.is(index, &PRINTS)
            || ground.is(index, &SCANNED) && ground.is(index + 1, &SCAN) && ground.after(index) == " "
        {
            print(ground, hits, index);
        } else if ground.is(index, &PICTURES) {
            picture(ground, hits, index);
        } else if ground.is(index, &FILES) && ground.before(index) == "." {
            file(ground, hits, index);
        } else if ground.is(index, &["full"]) && ground.is(index + 1, &["face"]) && hits.free(index + 1) {
            hits.take(ground, (index, index + 1), Identifier::Photo, Likely, "a picture of a face is spoken of");
        }
    }
}

fn print(ground: &Ground<'_>, hits: &mut Hits, index: usize) {
    let mut first = index;
    while first > 0 && hits.free(first - 1) && ground.before(first) == " " && ground.is(first - 1, &BEFORE) {
        first -= 1;
    }
    let mut last = index;
    while hits.free(last + 1) && matches!(ground.after(last), " " | ", ") && ground.is(last + 1, &SCAN) {
        last += 1;
    }
    if matches!(ground.after(last), " " | ", " | ": " | " #")
        && let Some(value) = value::at(ground, hits, last + 1, false)
    {
        last = value.last;
    }
    hits.take(ground, (first, last), Identifier::Biometric, Certain, "a biometric mark is spoken of");
}

/// "photo of her face", "full-face picture of the patient"; a picture of an x-ray is none.
fn picture(ground: &Ground<'_>, hits: &mut Hits, index: usize) {
    let shows =
        |at: usize| ground.is(at, &["face", "facial", "patient", "pt", "her", "him", "tattoo", "himself", "herself"]);
    let mut last = index;
    if ground.is(index + 1, &["of"]) {
        let end = (index + 2..index + 5).rev().find(|at| shows(*at) && ground.span(index, *at).len() < 48);
        last = end.unwrap_or(index);
    }
    let before = (1..=3).rev().filter_map(|back| index.checked_sub(back)).find(|at| {
        shows(*at)
            && !ground.is(*at, &["patient", "pt", "her", "him"])
            && !ground.span(*at, index).of(ground.text).contains(['.', ';', '\n'])
    });
    let mut first = before.unwrap_or(index);
    if first == index && last == index {
        return;
    }
    while first > 0
        && ground.is(first - 1, &["full", "a", "the"])
        && matches!(ground.before(first), " " | "-")
        && hits.free(first - 1)
    {
        first -= 1;
    }
    if hits.all_free(first, last) {
        hits.take(ground, (first, last), Identifier::Photo, Likely, "a picture of a person is spoken of");
    }
}

/// `IMG_17281.jpg`
fn file(ground: &Ground<'_>, hits: &mut Hits, ending: usize) {
    let mut first = ending;
    while first > 0 && ending - first < 8 && matches!(ground.before(first), "." | "-" | "_") && hits.free(first - 1) {
        first -= 1;
    }
    if first < ending && !ground.is(first, &["image001", "image002", "image003", "logo"]) {
        hits.take(ground, (first, ending), Identifier::Photo, Likely, "the name of a picture's file");
    }
}
