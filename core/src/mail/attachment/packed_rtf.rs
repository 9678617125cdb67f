//! RTF as it is packed in `winmail.dat` ([MS-OXRTFCP]): a sliding dictionary that begins with words of every RTF.

const BEGINS: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \
\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
const WINDOW: usize = 4096;
const PACKED: u32 = 0x7546_5A4C;
const PLAIN: u32 = 0x414C_454D;

/// The RTF, as far as it can be unpacked, at most `most` bytes. None when it is not packed RTF.
pub(super) fn unpacked(bytes: &[u8], most: usize) -> Option<Vec<u8>> {
    let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let size = usize::try_from(number(4)?).ok()?.min(most);
    let content = bytes.get(16..)?;
    match number(8)? {
        PLAIN => return Some(content.get(..size).unwrap_or(content).to_vec()),
        PACKED => {}
        _ => return None,
    }
    let mut window = [0_u8; WINDOW];
    for (place, byte) in window.iter_mut().zip(BEGINS) {
        *place = *byte;
    }
    let mut end = BEGINS.len();
    let mut text = Vec::new();
    let mut put = |window: &mut [u8; WINDOW], end: &mut usize, byte: u8| {
        if let Some(place) = window.get_mut(*end) {
            *place = byte;
        }
        *end = (*end + 1) % WINDOW;
        text.push(byte);
        text.len() < size
    };
    let mut rest = content.iter().copied();
    'runs: while let Some(flags) = rest.next() {
        for bit in 0..8 {
            if flags >> bit & 1 == 0 {
                let Some(byte) = rest.next() else { break 'runs };
                if !put(&mut window, &mut end, byte) {
                    break 'runs;
                }
                continue;
            }
            let (Some(high), Some(low)) = (rest.next(), rest.next()) else { break 'runs };
            let reference = usize::from(u16::from_be_bytes([high, low]));
            let (from, length) = (reference >> 4, (reference & 0xF) + 2);
            if from == end {
                break 'runs;
            }
            for step in 0..length {
                let byte = window.get((from + step) % WINDOW).copied().unwrap_or(0);
                if !put(&mut window, &mut end, byte) {
                    break 'runs;
                }
            }
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of [MS-OXRTFCP] §4.1.
    #[test]
    fn the_published_examples_are_unpacked() {
        let simple =
            b"\x2d\0\0\0\x2b\0\0\0LZFu\xf1\xc5\xc7\xa7\x03\0\x0a\0rcpg125\x42\x32\x0a\xf3 hel\x09\0\x20bw\x05\xb0\
            ld}\x0a\x80\x0f\xa0";
        assert_eq!(unpacked(simple, 1000).unwrap(), b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
        let crossing = b"\x1a\0\0\0\x1c\0\0\0LZFu\xe2\xd4\x4b\x51\x41\0\x04\x20WXYZ\x0d\x6e\x7d\x01\x0e\xb0";
        assert_eq!(unpacked(crossing, 1000).unwrap(), b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
        assert_eq!(BEGINS.len(), 207);
        assert_eq!(unpacked(b"short", 1000), None);
    }
}
