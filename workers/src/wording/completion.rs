//! The answer of a chat completion without its wrapping: the text of the first choice.

use caseconsult_core::draft::wording::Refusal;
use serde::Deserialize;

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
    #[serde(default)]
    finish_reason: Option<String>,
}

/// A call of a tool has no content, and none was offered.
#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    content: Option<String>,
}

/// The text that the model wrote.
pub(super) fn text(body: &[u8]) -> Result<String, Refusal> {
    let json: serde_json::Value = serde_json::from_slice(body).map_err(|_| Refusal::NotJson)?;
    let completion: Completion = serde_json::from_value(json).map_err(|_| Refusal::OtherForm)?;
    let choice = completion.choices.into_iter().next().ok_or(Refusal::OtherForm)?;
    if choice.finish_reason.as_deref() == Some("length") {
        return Err(Refusal::CutOff);
    }
    choice.message.content.filter(|text| !text.trim().is_empty()).ok_or(Refusal::Empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_the_first_choice_is_the_answer() {
        for (body, expected) in [
            (
                r#"{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"{}"},"finish_reason":"stop"}],"usage":{}}"#,
                Ok("{}".to_owned()),
            ),
            (r#"{"choices":[{"message":{"content":"{}"}}]}"#, Ok("{}".to_owned())),
            (r#"{"choices":[{"message":{"content":"{\"an"},"finish_reason":"length"}]}"#, Err(Refusal::CutOff)),
            (
                r#"{"choices":[{"message":{"content":null,"tool_calls":[{"id":"1"}]},"finish_reason":"tool_calls"}]}"#,
                Err(Refusal::Empty),
            ),
            (r#"{"choices":[{"message":{"content":" "}}]}"#, Err(Refusal::Empty)),
            (r#"{"choices":[]}"#, Err(Refusal::OtherForm)),
            (r#"{"error":{"message":"no such model"}}"#, Err(Refusal::OtherForm)),
            ("<html>", Err(Refusal::NotJson)),
            ("", Err(Refusal::NotJson)),
        ] {
            assert_eq!(text(body.as_bytes()), expected, "{body}");
        }
    }
}
