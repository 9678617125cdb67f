//! Words beside a verb that say of which code it speaks, and whether it speaks of what was. `status` asks for them.

/// Words of a question or a plan: what is asked about is not billed yet.
pub(super) const ASKING: [&str; 21] = [
    "can", "could", "should", "would", "may", "might", "how", "do", "does", "is", "to", "if", "whether", "will",
    "must", "please", "when", "which", "what", "am", "let",
];
/// What may come: "will they deny 20610?" denies nothing yet.
pub(super) const MAYBE: [&str; 7] = ["will", "would", "can", "could", "might", "may", "if"];
/// What makes a participle speak of the code before it: "was denied".
pub(super) const LINKING: [&str; 15] =
    ["is", "was", "were", "are", "got", "gets", "get", "been", "being", "be", "keeps", "keep", "kept", "came", "has"];
/// What may follow a participle that speaks of the code before it.
pub(super) const CLOSING: [&str; 20] = [
    "as", "because", "for", "by", "with", "why", "when", "since", "again", "now", "today", "twice", "due", "per",
    "every", "after", "and", "although", "but", "on",
];
/// Words between a verb and the code that is its object.
pub(super) const LEADING: [&str; 24] = [
    "as", "under", "for", "with", "on", "the", "a", "an", "code", "codes", "cpt", "hcpcs", "both", "line", "lines",
    "only", "of", "using", "our", "my", "all", "dx", "just", "modifier",
];
/// Words that begin a clause of its own.
pub(super) const BREAKING: [&str; 7] = ["but", "although", "though", "however", "so", "then", "because"];
/// Somebody who acts: the verb behind it speaks of the code behind the verb.
pub(super) const ACTING: [&str; 13] =
    ["we", "i", "he", "she", "you", "they", "medicare", "payer", "insurance", "plan", "aetna", "cigna", "uhc"];
