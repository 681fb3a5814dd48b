//! The files of exports as clients ask for them: plain, gzip, or Zstandard.

use miniz_oxide::deflate::compress_to_vec;

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compression {
    None,
    Gzip,
    Zstd,
}

/// Fast, and still a fraction of the size of a CSV.
const DEFLATE_LEVEL: u8 = 3;

/// The largest block of a Zstandard frame with a window of the same size.
const ZSTD_BLOCK: usize = 128 * 1_024;

impl Compression {
    /// The word of the API; none for any other.
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "NONE" => Some(Self::None),
            "GZIP" => Some(Self::Gzip),
            "ZSTD" => Some(Self::Zstd),
            _ => None,
        }
    }

    /// The end of the file's name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::None => "csv",
            Self::Gzip => "csv.gz",
            Self::Zstd => "csv.zst",
        }
    }

    /// What storage says that the file is. Never a `content-encoding`: clients would unpack it without being asked.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::None => "text/csv",
            Self::Gzip => "application/gzip",
            Self::Zstd => "application/zstd",
        }
    }

    /// The file.
    pub fn pack(self, bytes: Vec<u8>) -> Vec<u8> {
        match self {
            Self::None => bytes,
            Self::Gzip => gzip(&bytes),
            Self::Zstd => zstd(&bytes),
        }
    }
}

/// RFC 1952: a header without a name and a time, the deflated bytes, the checksum and the length.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut file = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    file.extend(compress_to_vec(bytes, DEFLATE_LEVEL));
    file.extend(crc32(bytes).to_le_bytes());
    // Of a longer file the length is kept modulo 2^32.
    file.extend((bytes.len() as u64).to_le_bytes().iter().take(4));
    file
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut rest = u32::MAX;
    for byte in bytes {
        rest ^= u32::from(*byte);
        for _ in 0..8 {
            rest = (rest >> 1) ^ (0xedb8_8320 & (rest & 1).wrapping_neg());
        }
    }
    !rest
}

/// RFC 8878: one frame whose blocks hold the bytes as they are. It compresses nothing, and every decoder reads it.
fn zstd(bytes: &[u8]) -> Vec<u8> {
    // The magic number; a frame that tells no length and has no checksum; a window of 2^(10+7) bytes.
    let mut file = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 7 << 3];
    let mut blocks = bytes.chunks(ZSTD_BLOCK).peekable();
    if blocks.peek().is_none() {
        file.extend(zstd_block_header(0, true));
    }
    while let Some(block) = blocks.next() {
        file.extend(zstd_block_header(block.len(), blocks.peek().is_none()));
        file.extend(block);
    }
    file
}

/// Whether it is the last, the type (raw) and the size, in 24 bits.
fn zstd_block_header(size: usize, is_last: bool) -> impl Iterator<Item = u8> {
    ((size as u64) << 3 | u64::from(is_last)).to_le_bytes().into_iter().take(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_gzip() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn a_gzip_file_holds_the_deflated_bytes_their_checksum_and_their_length() {
        let text = "device.name,device.collector.uid\n".repeat(500).into_bytes();
        let file = Compression::Gzip.pack(text.clone());
        assert!(file.len() < text.len() / 10);
        assert_eq!(file[..4], [0x1f, 0x8b, 8, 0]);
        let end = file.len() - 8;
        assert_eq!(miniz_oxide::inflate::decompress_to_vec(&file[10..end]).unwrap(), text);
        assert_eq!(file[end..end + 4], crc32(&text).to_le_bytes());
        assert_eq!(file[end + 4..], u32::try_from(text.len()).unwrap().to_le_bytes());
    }

    #[test]
    fn a_zstandard_file_is_the_bytes_in_raw_blocks_of_which_the_last_is_marked() {
        for length in [0, 1, ZSTD_BLOCK, ZSTD_BLOCK + 1, 3 * ZSTD_BLOCK] {
            let bytes: Vec<u8> = (0..length).map(|position| (position % 251) as u8).collect();
            let file = Compression::Zstd.pack(bytes.clone());
            assert_eq!(file[..6], [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38]);
            let (mut rest, mut unpacked) = (&file[6..], Vec::<u8>::new());
            loop {
                let header = u32::from_le_bytes([rest[0], rest[1], rest[2], 0]);
                assert_eq!(header >> 1 & 0b11, 0, "raw");
                let end = 3 + (header >> 3) as usize;
                unpacked.extend(&rest[3..end]);
                rest = &rest[end..];
                if header & 1 == 1 {
                    break;
                }
            }
            assert!(rest.is_empty() && unpacked == bytes, "{length}");
        }
    }
}
