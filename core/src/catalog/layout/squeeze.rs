//! White space as the published files break it, made one space. Used by the readers beside it.

/// The text without white space at its ends, and with one space wherever white space stands.
pub(super) fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_every_kind_becomes_one_space() {
        for (text, expected) in [(" a  b\r\n\tc ", "a b c"), ("a\u{a0}b", "a b"), ("one", "one"), (" \n", ""), ("", "")]
        {
            assert_eq!(squeeze(text), expected);
        }
    }
}
