//! A file that was packed with gzip, wherever a plain one is read. It is told by its first bytes, never by its name.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::release_zip::Bounded;

/// The bytes of a file as they were before it was packed; of a plain file, its bytes. No more than
/// [`super::release_zip::LARGEST`] are unpacked.
///
/// # Errors
/// What the reader says; what is wrong further in shows when reading.
pub fn plain<'r, R: BufRead + 'r>(mut reader: R) -> io::Result<Box<dyn BufRead + 'r>> {
    // The first fill may be as short as one byte.
    let mut head = Vec::new();
    reader.by_ref().take(2).read_to_end(&mut head)?;
    let packed = head == [0x1F, 0x8B];
    let whole = io::Cursor::new(head).chain(reader);
    Ok(if packed {
        Box::new(BufReader::with_capacity(64 << 10, Bounded::new(MultiGzDecoder::new(whole))))
    } else {
        Box::new(whole)
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn read(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut found = Vec::new();
        plain(BufReader::with_capacity(1, bytes))?.read_to_end(&mut found)?;
        Ok(found)
    }

    fn packed(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut writer = GzEncoder::new(Vec::new(), Compression::fast());
        writer.write_all(bytes)?;
        writer.finish()
    }

    #[test]
    fn packed_and_plain_files_read_the_same() -> io::Result<()> {
        let text = b"Column 1\tColumn 2\r\n".repeat(99);
        assert_eq!((read(&text)?, read(&packed(&text)?)?), (text.clone(), text));
        let parts = [packed(b"one ")?, packed(b"two")?].concat();
        assert_eq!(read(&parts)?, b"one two");
        assert_eq!((read(b"")?, read(b"\x1F")?), (Vec::new(), b"\x1F".to_vec()));
        Ok(())
    }

    #[test]
    fn a_file_cut_short_is_an_error() -> io::Result<()> {
        let whole = packed(&b"0123456789".repeat(999))?;
        assert!(read(&whole[..whole.len() / 2]).is_err() && read(&[0x1F, 0x8B, 0, 0]).is_err());
        Ok(())
    }
}
