//! `Json` → our own types, with the path to what does not fit.
//!
//! Reading never stops half-way: what does not fit is noted once and read as something harmless, and the caller gets
//! the note instead of the value. Code that can leave at every field is several times as large.

use std::fmt;

use super::map::Map;
use super::number::push_digits;
use super::tree::Json;

/// What does not fit, and where. It names fields and kinds, never a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Each segment after a `/`: positions in brackets, names with `~`, `/` and a bracket at their beginning escaped.
    path: String,
    problem: Problem,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Problem {
    Expected(&'static str),
    Missing,
    Unknown,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut path = String::new();
        for segment in self.path.split('/').skip(1) {
            if !path.is_empty() && !segment.starts_with('[') {
                path.push('.');
            }
            path.push_str(&unescaped(segment));
        }
        if path.is_empty() {
            path.push_str("it");
        }
        match self.problem {
            Problem::Expected(kind) => write!(formatter, "`{path}` is not {kind}"),
            Problem::Missing => write!(formatter, "`{path}` is missing"),
            Problem::Unknown => write!(formatter, "`{path}` is not known here"),
        }
    }
}

impl Mismatch {
    /// The JSON pointer to what does not fit; for what is missing, to where it should be.
    pub fn pointer(&self) -> String {
        let mut pointer = String::new();
        for segment in self.path.split('/').skip(1) {
            pointer.push('/');
            let position = segment.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            pointer.push_str(&position.map_or_else(|| segment.replace("~2", "["), str::to_owned));
        }
        pointer
    }

    /// What does not fit, for those who have the place before them.
    pub fn message(&self) -> String {
        let name = || unescaped(self.path.rsplit('/').next().unwrap_or_default());
        match self.problem {
            Problem::Expected(kind) => ["this is not ", kind].concat(),
            Problem::Missing => ["`", &name(), "` is missing"].concat(),
            Problem::Unknown => ["`", &name(), "` is not known here"].concat(),
        }
    }

    /// What it should be, where it is of another kind.
    pub fn wanted(&self) -> Option<&'static str> {
        match self.problem {
            Problem::Expected(kind) => Some(kind),
            _ => None,
        }
    }

    /// Whether nothing stands there.
    pub fn is_missing(&self) -> bool {
        self.problem == Problem::Missing
    }

    /// The name, where it is one that nobody knows.
    pub fn unknown_name(&self) -> Option<String> {
        (self.problem == Problem::Unknown).then(|| unescaped(self.path.rsplit('/').next().unwrap_or_default()))
    }
}

/// Letter by letter: the library's search for a text is kilobytes in the module.
fn unescaped(segment: &str) -> String {
    let mut text = String::new();
    let mut letters = segment.chars();
    while let Some(letter) = letters.next() {
        let escaped = if letter == '~' { letters.next() } else { None };
        text.push(match escaped {
            Some('2') => '[',
            Some('1') => '/',
            _ => letter,
        });
    }
    text
}

/// Where reading is, and what did not fit: the first thing, unless all are asked for.
#[derive(Default)]
pub struct Place {
    path: String,
    mismatches: Vec<Mismatch>,
    all: bool,
}

impl Place {
    /// One that keeps everything that does not fit.
    pub fn of_all() -> Self {
        Self { all: true, ..Self::default() }
    }

    /// Notes that the value here is not of this kind.
    pub fn expected(&mut self, kind: &'static str) {
        self.note(Problem::Expected(kind));
    }

    /// Ends reading.
    ///
    /// # Errors
    /// The first thing that did not fit.
    pub fn finish(self) -> Result<(), Mismatch> {
        self.mismatches.into_iter().next().map_or(Ok(()), Err)
    }

    /// Ends reading: everything that did not fit, in the order in which it was read.
    pub fn finish_all(self) -> Vec<Mismatch> {
        self.mismatches
    }

    fn note(&mut self, problem: Problem) {
        // What does not fit is read as something harmless, of which nothing more is said.
        let told = |known: &Mismatch| {
            self.path.strip_prefix(&*known.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if self.mismatches.is_empty() || self.all && !self.mismatches.iter().any(told) {
            self.mismatches.push(Mismatch { path: self.path.clone(), problem });
        }
    }

    /// Goes from `level`, the length of the path there, into a field or an element.
    fn enter(&mut self, level: usize, name: &str) {
        self.path.truncate(level);
        self.path.push('/');
        self.path.push_str(name);
    }

    /// The same for a name that may hold anything.
    fn enter_name(&mut self, level: usize, name: &str) {
        // Nearly always.
        if !name.bytes().any(|letter| matches!(letter, b'~' | b'/' | b'[')) {
            return self.enter(level, name);
        }
        let mut escaped = name.replace('~', "~0").replace('/', "~1");
        if escaped.starts_with('[') {
            escaped.replace_range(..1, "~2");
        }
        self.enter(level, &escaped);
    }

    fn each_element(&mut self, json: Json, read: &mut dyn FnMut(Json, &mut Self)) {
        let values = match json {
            Json::List(values) => values,
            Json::Null => return,
            _ => return self.expected("a list"),
        };
        let level = self.path.len();
        for (position, value) in values.into_iter().enumerate() {
            let mut element = String::from("[");
            push_digits(position as u64, 1, &mut element);
            element.push(']');
            self.enter(level, &element);
            read(value, self);
        }
        self.path.truncate(level);
    }

    fn each_field(&mut self, json: Json, read: &mut dyn FnMut(String, Json, &mut Self)) {
        let fields = match json {
            Json::Object(fields) => fields,
            Json::Null => return,
            _ => return self.expected("an object"),
        };
        let level = self.path.len();
        for (name, value) in fields {
            self.enter_name(level, &name);
            read(name.into(), value, self);
        }
        self.path.truncate(level);
    }
}

/// A type that can be read from JSON. `null` and nothing are the same to those that may be absent.
pub trait Read: Sized {
    /// Whether nothing may stand for it.
    const MAY_BE_ABSENT: bool = false;

    /// Reads a value; what does not fit is noted at `place`, and something harmless given instead.
    fn read_at(json: Json, place: &mut Place) -> Self;

    /// Reads a value.
    ///
    /// # Errors
    /// The first thing that does not fit.
    fn read(json: Json) -> Result<Self, Mismatch> {
        let mut place = Place::default();
        let value = Self::read_at(json, &mut place);
        place.finish().map(|()| value)
    }
}

/// Takes an object apart, field by field.
pub struct Reader<'a> {
    fields: Vec<(Box<str>, Json)>,
    place: &'a mut Place,
    level: usize,
}

impl<'a> Reader<'a> {
    /// Notes where it is no object; then every field is missing, which is noted no more.
    pub fn new(json: Json, place: &'a mut Place) -> Self {
        let fields = match json {
            Json::Object(fields) => fields,
            _ => {
                place.expected("an object");
                Vec::new()
            }
        };
        let level = place.path.len();
        Self { fields, place, level }
    }

    /// Takes a field.
    pub fn take<T: Read>(&mut self, name: &str) -> T {
        let json = self.go(name, T::MAY_BE_ABSENT);
        T::read_at(json, self.place)
    }

    /// Whether a field is there, be it null.
    pub fn holds(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| **field == *name)
    }

    /// Refuses what was not taken: a misspelt option would be ignored without a word.
    pub fn finish(mut self) {
        for (name, _) in std::mem::take(&mut self.fields) {
            self.place.enter_name(self.level, name.get(..64).unwrap_or(&name));
            self.place.note(Problem::Unknown);
        }
    }

    fn go(&mut self, name: &str, may_be_absent: bool) -> Json {
        self.place.enter(self.level, name);
        match self.fields.iter().position(|(field, _)| **field == *name) {
            Some(position) => self.fields.remove(position).1,
            None => {
                if !may_be_absent {
                    self.place.note(Problem::Missing);
                }
                Json::Null
            }
        }
    }
}

impl Drop for Reader<'_> {
    /// Goes back to where the object stands.
    fn drop(&mut self) {
        self.place.path.truncate(self.level);
    }
}

impl Read for Json {
    fn read_at(json: Json, _: &mut Place) -> Self {
        json
    }
}

impl Read for String {
    fn read_at(json: Json, place: &mut Place) -> Self {
        match json {
            Json::Text(text) => text.into(),
            _ => {
                place.expected("a text");
                Self::new()
            }
        }
    }
}

impl Read for bool {
    const MAY_BE_ABSENT: bool = true;

    fn read_at(json: Json, place: &mut Place) -> Self {
        match json {
            Json::Boolean(value) => value,
            Json::Null => false,
            _ => {
                place.expected("true or false");
                false
            }
        }
    }
}

impl Read for u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "only what fits is taken")]
    fn read_at(json: Json, place: &mut Place) -> Self {
        match json {
            Json::Number(number) if number.fract() == 0.0 && (0.0..=4_294_967_295.0).contains(&number) => {
                number as Self
            }
            _ => {
                place.expected("a whole number");
                0
            }
        }
    }
}

/// A position or a count.
impl Read for usize {
    fn read_at(json: Json, place: &mut Place) -> Self {
        Self::try_from(u32::read_at(json, place)).unwrap_or_default()
    }
}

impl Read for f64 {
    fn read_at(json: Json, place: &mut Place) -> Self {
        match json {
            Json::Number(number) => number,
            _ => {
                place.expected("a number");
                0.0
            }
        }
    }
}

impl<T: Read> Read for Option<T> {
    const MAY_BE_ABSENT: bool = true;

    fn read_at(json: Json, place: &mut Place) -> Self {
        match json {
            Json::Null => None,
            json => Some(T::read_at(json, place)),
        }
    }
}

impl<T: Read> Read for Vec<T> {
    const MAY_BE_ABSENT: bool = true;

    fn read_at(json: Json, place: &mut Place) -> Self {
        let mut read = Self::new();
        place.each_element(json, &mut |value, place| read.push(T::read_at(value, place)));
        read
    }
}

/// An object with names of the user's own.
impl<T: Read> Read for Map<T> {
    const MAY_BE_ABSENT: bool = true;

    fn read_at(json: Json, place: &mut Place) -> Self {
        let mut read = Self::default();
        place.each_field(json, &mut |name, value, place| read.0.push((name, T::read_at(value, place))));
        read
    }
}
