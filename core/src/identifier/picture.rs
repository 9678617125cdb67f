//! Prints of fingers and the like, and pictures of faces: what is said of them, and the names of picture files.

use super::{
    found::Confidence::{Certain, Likely},
    ground::{Ground, Shape},
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
const PICTURES: [&str; 17] = [
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
    "selfies",
    "headshots",
    "mugshot",
    "portrait",
    "snapshot",
];
const FILES: [&str; 14] =
    ["jpg", "jpeg", "png", "heic", "gif", "tif", "tiff", "bmp", "webp", "dcm", "mov", "mp4", "heif", "dng"];

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
        } else if ground.is(index, &["full"])
            && ground.is(index + 1, &["face"])
            && hits.free(index + 1)
            && !(index + 2..index + 4).any(|at| ground.is(at, &PICTURES))
        {
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

/// "photo of her face", "the full-face picture of the patient taken before the first stage"; a picture of an x-ray is none.
fn picture(ground: &Ground<'_>, hits: &mut Hits, index: usize) {
    let shows = |at: usize| {
        ground.is(
            at,
            &[
                "face", "faces", "facial", "patient", "pt", "her", "him", "tattoo", "tattoos", "himself", "herself",
                "he", "she", "passport", "selfie", "headshot", "portrait", "mugshot", "smiling",
            ],
        )
    };
    let own = ground.is(index, &["selfie", "selfies", "headshot", "headshots", "mugshot", "portrait"]);
    // Behind it: "of her face", "showing the patient", "where you can see her face".
    let end = (index + 1..index + 9)
        .take_while(|at| hits.free(*at) && !ground.before(*at).contains(['.', ';', '\n', '?', '|', ':']))
        .filter(|at| shows(*at))
        .last();
    let opens = ground.is(index + 1, &["of", "showing", "shows", "where", "id"]);
    // Before it: "full-face", "a facial", "passport".
    let before = (1..=3).rev().filter_map(|back| index.checked_sub(back)).find(|at| {
        shows(*at)
            && !ground.is(*at, &["patient", "pt", "her", "him", "he", "she"])
            && !ground.span(*at, index).of(ground.text).contains(['.', ';', '\n'])
    });
    if before.is_none() && !(opens && end.is_some()) && !own {
        return;
    }
    let mut first = before.unwrap_or(index);
    while first > 0
        && ground
            .is(first - 1, &["full", "a", "the", "her", "his", "two", "frontal", "pre", "preop", "color", "one", "our"])
        && matches!(ground.before(first), " " | "-")
        && hits.free(first - 1)
    {
        first -= 1;
    }
    let last = phrase_end(ground, hits, end.filter(|_| opens).unwrap_or(index));
    if hits.all_free(first, last) {
        hits.take(ground, (first, last), Identifier::Photo, Likely, "a picture of a person is spoken of");
    }
}

/// The end of what is said of a picture: "… taken before the first stage", "… in the chart".
fn phrase_end(ground: &Ground<'_>, hits: &Hits, from: usize) -> usize {
    const OPENS: [&str; 12] =
        ["of", "taken", "before", "after", "in", "from", "with", "on", "at", "showing", "without", "for"];
    const ENDS: [&str; 24] = [
        "is", "was", "are", "were", "and", "but", "can", "could", "do", "does", "if", "so", "because", "that", "to",
        "or", "as", "by", "when", "which", "who", "cpt", "code", "has",
    ];
    let mut last = from;
    if !ground.is(from + 1, &OPENS) || ground.after(from) != " " {
        return last;
    }
    while last < from + 8
        && ground.after(last) == " "
        && hits.free(last + 1)
        && ground.shape(last + 1) == Some(Shape::Lower)
        && !ground.is(last + 1, &ENDS)
    {
        last += 1;
    }
    // No dangling "of the" where the phrase is cut short.
    while last > from && (ground.is(last, &OPENS) || ground.is(last, &["the", "a", "her", "his"])) {
        last -= 1;
    }
    last
}

/// `IMG_17281.jpg`
fn file(ground: &Ground<'_>, hits: &mut Hits, ending: usize) {
    let mut first = ending;
    while first > 0
        && ending - first < 8
        && matches!(ground.before(first), "." | "-" | "_" | "(" | ")")
        && hits.free(first - 1)
    {
        first -= 1;
    }
    if first < ending && !ground.is(first, &["image001", "image002", "image003", "logo"]) {
        hits.take(ground, (first, ending), Identifier::Photo, Likely, "the name of a picture's file");
    }
}
