//! What a file is, told by its beginning.

use crate::api::problem::NexthinkError;
use crate::json::Parser;

/// The beginning of a file, as far as it is needed to tell what it is.
#[derive(Default)]
pub(super) struct Head {
    bytes: Vec<u8>,
    /// So many bytes did not tell: it is looked at again when there are twice as many.
    looked_at: usize,
}

/// What a file is.
#[derive(Debug, PartialEq)]
pub(super) enum Shape {
    Csv,
    /// An object in each line.
    Lines,
    /// The rows of a list, up to its bracket. Where they are lists of cells, the names of the columns came before them.
    List {
        headers: Vec<Box<str>>,
    },
    /// White space.
    Nothing,
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Beginnings of what people take for an export.
const OTHERS: [(&[u8], &str, &str); 5] = [
    (b"\xff\xfe", "in UTF-16", "save it as CSV in UTF-8"),
    (b"\xfe\xff", "in UTF-16", "save it as CSV in UTF-8"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", "unpack it, or export with GZIP or without compression"),
    (b"PK\x03\x04", "a zip archive or a workbook", "pass the CSV file that is in it"),
    (b"\x1f\x8b", "packed with gzip twice, or this runtime cannot unpack it", "unpack it before it is passed"),
];

impl Head {
    pub fn add(&mut self, chunk: &[u8]) {
        self.bytes.extend_from_slice(chunk);
    }

    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    /// What the file is, and where its rows begin; `None` where more bytes are needed. The answer is the same however
    /// many more there are.
    ///
    /// # Errors
    /// `invalid` for what nobody can read here.
    pub fn recognise(
        &mut self,
        is_whole: bool,
        limit: usize,
        knows: &dyn Fn(&str) -> bool,
    ) -> Result<Option<(Shape, usize)>, NexthinkError> {
        if !is_whole && self.bytes.len() < (self.looked_at * 2).max(4) {
            return Ok(None);
        }
        self.looked_at = self.bytes.len();
        for (beginning, what, hint) in OTHERS {
            if self.bytes.starts_with(beginning) {
                return Err(NexthinkError::invalid(["the file is ", what].concat()).hint(hint));
            }
        }
        let marked = if self.bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        let blank = self.bytes.iter().skip(marked).take_while(is_blank).count();
        let start = marked + blank;
        // White space alone is no row, and no header; and after so much of it nothing else is looked for.
        if blank > limit || start == self.bytes.len() {
            return Ok((is_whole || blank > limit).then_some((Shape::Nothing, 0)));
        }
        Ok(match self.bytes.get(start) {
            Some(b'[') => Some((Shape::List { headers: Vec::new() }, start + 1)),
            Some(b'{') => {
                match object(self.bytes.get(..limit.saturating_add(start)).unwrap_or(&self.bytes), start, knows) {
                    Object::Rows { at, headers } => Some((Shape::List { headers }, at)),
                    Object::Row => Some((Shape::Lines, marked)),
                    Object::Ended { empty_list: Some(at), names } if !names.iter().any(|name| knows(name)) => {
                        Some((Shape::List { headers: Vec::new() }, at))
                    }
                    Object::Ended { .. } => Some((Shape::Lines, marked)),
                    Object::Unknown if is_whole || self.bytes.len() >= limit.saturating_add(start) => {
                        Some((Shape::Lines, marked))
                    }
                    Object::Unknown => None,
                }
            }
            Some(b'<') => {
                let hint =
                    "look at it: in place of a file, a server may have sent its page for signing in, or an error";
                return Err(NexthinkError::invalid("the file is a page of HTML, or XML").hint(hint));
            }
            _ => self.csv(start, limit, is_whole)?,
        })
    }

    /// Looks at the first line, which must have come, or as much of it as a record may have: with another separator all
    /// names are one.
    fn csv(&self, start: usize, limit: usize, is_whole: bool) -> Result<Option<(Shape, usize)>, NexthinkError> {
        let text = self.bytes.get(start..).unwrap_or_default();
        let is_enough = is_whole || text.len() > limit;
        let text = text.get(..limit).unwrap_or(text);
        let Some(line) = text.split(|byte| *byte == b'\n').next().filter(|line| is_enough || line.len() < text.len())
        else {
            return Ok(None);
        };
        let others = [(b';', "semicolons"), (b'\t', "tabs")];
        let other = others.iter().find(|(separator, _)| line.contains(separator) && !line.contains(&b','));
        other.map_or(Ok(Some((Shape::Csv, 0))), |(_, name)| {
            let message = ["the columns are separated by ", name, ", not by commas"].concat();
            Err(NexthinkError::invalid(message).hint("pass the file as it was exported, or save it with commas"))
        })
    }
}

enum Object {
    /// It is a row: it has columns that are known, and then a list of objects that have none.
    Row,
    /// It has a list of objects, or of lists after `headers`: from here on.
    Rows {
        at: usize,
        headers: Vec<Box<str>>,
    },
    Ended {
        /// Behind the bracket of the first empty list.
        empty_list: Option<usize>,
        names: Vec<String>,
    },
    Unknown,
}

/// Looks into the object that begins there, for a list of rows among its own values.
fn object(text: &[u8], start: usize, knows: &dyn Fn(&str) -> bool) -> Object {
    let (mut depth, mut place) = (0_usize, start);
    let (mut names, mut headers, mut empty_list) = (Vec::new(), Vec::new(), None);
    // Where a list of objects begins in what may be a row itself.
    let mut doubtful = None;
    let mut expects_name = true;
    while let Some(byte) = text.get(place) {
        match byte {
            b'"' => {
                let Some(end) = end_of_string(text, place) else { return Object::Unknown };
                if depth == 1 && std::mem::take(&mut expects_name) {
                    names.push(name_at(text, place, end));
                }
                if let (3, Some(at)) = (depth, doubtful) {
                    match first_after(text, end) {
                        None => return Object::Unknown,
                        Some(b':') if knows(&name_at(text, place, end)) => {
                            return Object::Rows { at, headers: Vec::new() };
                        }
                        Some(_) => {}
                    }
                }
                place = end;
                continue;
            }
            b',' if depth == 1 => expects_name = true,
            b'[' if depth == 1 => match first_after(text, place + 1) {
                None => return Object::Unknown,
                Some(b'{') if names.iter().any(|name: &String| knows(name)) => doubtful = Some(place + 1),
                Some(b'{') => return Object::Rows { at: place + 1, headers: Vec::new() },
                Some(b'[') if !headers.is_empty() => return Object::Rows { at: place + 1, headers },
                Some(b']') => empty_list = empty_list.or(Some(place + 1)),
                Some(_) if names.last().is_some_and(|name| name == "headers") => headers = texts(text, place),
                Some(_) => {}
            },
            b'}' if depth == 3 && doubtful.is_some() => return Object::Row,
            _ => {}
        }
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        place += 1;
        if depth == 0 {
            return Object::Ended { empty_list, names };
        }
    }
    Object::Unknown
}

fn name_at(text: &[u8], start: usize, end: usize) -> String {
    let name = text.get(start..end).and_then(|name| Parser::whole(name, Parser::string).ok());
    name.unwrap_or_default().into_owned()
}

/// The place after a string that begins here.
fn end_of_string(text: &[u8], start: usize) -> Option<usize> {
    let mut place = start + 1;
    loop {
        match text.get(place)? {
            b'"' => return Some(place + 1),
            b'\\' => place += 2,
            _ => place += 1,
        }
    }
}

fn first_after(text: &[u8], place: usize) -> Option<u8> {
    text.iter().skip(place).copied().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// A list of texts; none of any other list, or where its end has not come.
fn texts(text: &[u8], place: usize) -> Vec<Box<str>> {
    let mut texts = Vec::new();
    let read = Parser::starting_at(text, place).list(|parser| {
        texts.push(parser.string()?.into());
        Ok(())
    });
    if read.is_ok() { texts } else { Vec::new() }
}
