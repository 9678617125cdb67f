//! A line of a remittance or an EOB behind its code: what was charged, what was paid, and why nothing was.
//!
//! [`super::status`] asks here about a code of which no words tell what became of it.

/// `75.00 0.00 CO-50 N115`: a line of a remittance that paid nothing, with the group and the reason why. CO-45 and what the
/// patient owes (PR-1 to 3) reduce a payment, and refuse none.
pub(super) fn is_denied(row: &str) -> bool {
    let words = || row.split([' ', '\t', '|', ',']).filter(|word| !word.is_empty());
    let reason = |group: &str, number: &str| {
        matches!(group, "CO" | "PR" | "OA" | "PI")
            && number.bytes().next().is_some_and(|byte| byte.is_ascii_digit() || byte == b'B')
            && !matches!(number, "45" | "253" | "1" | "2" | "3" | "01" | "02" | "03" | "23")
    };
    let denied = words().zip(words().skip(1).chain([""])).any(|(word, next)| {
        let (group, number) = word.split_at_checked(2).unwrap_or_default();
        let number = number.trim_start_matches('-');
        reason(group, if number.is_empty() { next } else { number }) && number.len() <= 4
    });
    denied && words().any(|word| matches!(word, "0.00" | ".00" | "$0.00" | "0" | "$0"))
}

#[cfg(test)]
mod tests {
    use super::is_denied;

    #[test]
    fn a_reason_and_no_payment_deny() {
        for (row, expected) in [
            ("  75.00  0.00  CO-50  N115", true),
            (" 26 76   1    120.00     0.00    CO18", true),
            (" 25 1 148.00 0.00 CO 97", true),
            (" 25  88.00  46.17  CO-45", false),
            (" 88.00 0.00 PR-1", false),
            (" 210.00 86.41", false),
            ("-25 was paid", false),
        ] {
            assert_eq!(is_denied(row), expected, "{row}");
        }
    }
}
