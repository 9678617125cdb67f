//! Mail addresses, web addresses, addresses of the internet protocol, and the hardware addresses of devices.
//!
//! They are read in chunks between blanks, because marks hold them together that part all other words.

use super::{found::Confidence, ground::Ground, hits::Hits, kind::Identifier};
use crate::domain::span::Span;

/// Endings that make `name.ending/path` a web address although nothing says `http`.
const ENDINGS: [&str; 11] = ["com", "org", "net", "edu", "io", "us", "health", "care", "example", "test", "info"];

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    let mut index = 0;
    while index < ground.len() {
        let last = chunk(ground, index);
        let text = trimmed(ground, index, last);
        if let Some((identifier, span)) = read(ground.text, text) {
            let first = (index..=last).find(|at| ground.span(*at, *at).end > span.start).unwrap_or(index);
            let end = (first..=last).rev().find(|at| ground.span(*at, *at).start < span.end).unwrap_or(last);
            hits.take_span((first, end), span, identifier, Confidence::Certain, "its form");
        }
        index = last + 1;
    }
}

/// The last word that no blank parts from `index`.
fn chunk(ground: &Ground<'_>, index: usize) -> usize {
    let mut last = index;
    while last + 1 < ground.len() && !ground.after(last).contains(|c: char| c.is_whitespace() || "<>\"|,;⟩".contains(c))
    {
        last += 1;
    }
    last
}

/// The chunk with the marks that an address may end with.
fn trimmed(ground: &Ground<'_>, first: usize, last: usize) -> Span {
    let span = ground.span(first, last);
    let tail = ground.after(last).chars().take_while(|c| "/#=&-_".contains(*c)).map(char::len_utf8).sum::<usize>();
    Span::new(span.start, span.end + tail)
}

fn read(text: &str, span: Span) -> Option<(Identifier, Span)> {
    let chunk = span.of(text);
    if !chunk.contains(['.', ':', '@', '-']) {
        return None;
    }
    if let Some(at) = chunk.find("://") {
        let scheme = chunk.get(..at)?.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
        return web(span, scheme, chunk.get(at + 3..)?);
    }
    if let Some(at) = chunk.find("www.") {
        return web(span, at, chunk.get(at..)?);
    }
    if let Some(at) = chunk.find('@') {
        return email(span, chunk, at);
    }
    if let Some(slash) = chunk.find('/')
        && let Some((_, ending)) = chunk.get(..slash)?.rsplit_once('.')
        && ENDINGS.contains(&ending)
    {
        return web(span, 0, chunk);
    }
    if let Some(host) = bare_host(chunk) {
        return web(span, 0, host);
    }
    internet(chunk).map(|identifier| (identifier, span))
}

/// `myclinic.example`: nothing but a host, in small letters.
fn bare_host(chunk: &str) -> Option<&str> {
    const HOSTS: [&str; 7] = ["com", "org", "net", "edu", "io", "example", "test"];
    let (name, ending) = chunk.rsplit_once('.')?;
    let label = |label: &str| {
        label.len() > 1 && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    (HOSTS.contains(&ending) && name.len() > 2 && name.split('.').all(label)).then_some(chunk)
}

/// The government's own pages are no patient's.
fn web(span: Span, from: usize, host: &str) -> Option<(Identifier, Span)> {
    let host = host.split(['/', '?', ':']).next().unwrap_or("");
    (!host.ends_with(".gov")).then_some((Identifier::Url, Span::new(span.start + from, span.end)))
}

fn email(span: Span, chunk: &str, at: usize) -> Option<(Identifier, Span)> {
    let local = |c: char| c.is_alphanumeric() || "._%+'-".contains(c);
    let domain = |c: char| c.is_alphanumeric() || ".-".contains(c);
    let (before, after) = (chunk.get(..at)?, chunk.get(at + 1..)?);
    let start = before.char_indices().rev().take_while(|(_, c)| local(*c)).last().map(|(start, _)| start)?;
    let end = after.char_indices().take_while(|(_, c)| domain(*c)).last().map(|(end, c)| end + c.len_utf8())?;
    let host = after.get(..end)?.trim_end_matches(['.', '-']);
    host.contains('.').then(|| (Identifier::Email, Span::new(span.start + start, span.start + at + 1 + host.len())))
}

/// `192.0.2.1`, `2001:db8::1`, `00:1a:2b:3c:4d:5e`.
fn internet(chunk: &str) -> Option<Identifier> {
    let address = chunk.split(['/']).next().unwrap_or("");
    let (host, port) = address.rsplit_once(':').unwrap_or((address, ""));
    let host = if port.bytes().all(|byte| byte.is_ascii_digit()) && host.contains('.') { host } else { address };
    if host.split('.').count() == 4 && host.split('.').all(|part| part.parse::<u8>().is_ok()) {
        return Some(Identifier::Ip);
    }
    let hex = |part: &str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let parts: Vec<&str> = address.split([':', '-']).collect();
    if parts.len() == 6 && parts.iter().all(|part| part.len() == 2 && hex(part)) {
        return Some(Identifier::Device);
    }
    let groups: Vec<&str> = address.split(':').collect();
    let lettered = address.bytes().any(|byte| byte.is_ascii_alphabetic());
    let is_six = groups.len() == 8 || groups.len() > 2 && address.contains("::");
    (is_six && lettered && groups.iter().all(|group| hex(group))).then_some(Identifier::Ip)
}
