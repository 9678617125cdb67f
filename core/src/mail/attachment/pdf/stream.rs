//! The bytes of a stream. Most are packed with zlib, which is unpacked here to a bound and as far as it is sound; the
//! rare filters are left to the parser.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::{Filter, object::Stream};

/// No page's or font's stream is larger unpacked; bytes.
const LARGEST: u64 = 32 << 20;

/// The unpacked bytes, whole or cut at the bound. Empty when nothing can be unpacked.
pub(super) fn bytes(stream: &Stream<'_>) -> Vec<u8> {
    match stream.filters().as_slice() {
        [] => cut(stream.raw_data().into_owned()),
        [Filter::FlateDecode] if !stream.dict().contains_key("DecodeParms") => inflated(&stream.raw_data()),
        _ => stream.decoded_data().map(|bytes| cut(bytes.into_owned())).unwrap_or_default(),
    }
}

fn cut(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(usize::try_from(LARGEST).unwrap_or(usize::MAX));
    bytes
}

/// What zlib unpacks, before the first damage; some writers leave its header off.
fn inflated(packed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = ZlibDecoder::new(packed).take(LARGEST).read_to_end(&mut bytes);
    if bytes.is_empty() {
        let _ = DeflateDecoder::new(packed).take(LARGEST).read_to_end(&mut bytes);
    }
    bytes
}
