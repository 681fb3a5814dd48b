//! A directory as JavaScript holds it: made of chunks of an export, asked one employee at a time, kept as bytes.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::fleet::{throw, time};
use super::input::parse;
use crate::api::problem::NexthinkError;
use crate::fleet::directory::{DeviceLookup, Directory, DirectoryReading, Image, ReadingSettings};
use crate::json::{Read, Write};

/// Employees and their devices.
#[wasm_bindgen]
pub struct DirectoryCore {
    directory: Directory,
}

#[wasm_bindgen]
impl DirectoryCore {
    /// Devices: a `DeviceLookup` as JSON, a list of devices as JSON.
    ///
    /// # Errors
    /// Those of `Directory::lookup`.
    pub fn lookup(&self, input: &[u8]) -> Result<String, JsValue> {
        self.found(input).map_err(throw)
    }

    fn found(&self, input: &[u8]) -> Result<String, NexthinkError> {
        Ok(self.directory.lookup(&lookup_of("lookup", input)?)?.write().to_text())
    }

    /// Whose a device is: a `DeviceLookup` as JSON, a list of employees as JSON.
    ///
    /// # Errors
    /// Those of `Directory::employees_of`.
    #[wasm_bindgen(js_name = employeesOf)]
    pub fn employees_of(&self, input: &[u8]) -> Result<String, JsValue> {
        self.owners(input).map_err(throw)
    }

    fn owners(&self, input: &[u8]) -> Result<String, NexthinkError> {
        Ok(self.directory.employees_of(&lookup_of("employeesOf", input)?)?.write().to_text())
    }

    /// How many devices there are.
    pub fn devices(&self) -> usize {
        self.directory.devices()
    }

    /// How many employees there are.
    pub fn employees(&self) -> usize {
        self.directory.employees()
    }

    /// How many bytes it takes, kept or in memory.
    pub fn bytes(&self) -> usize {
        self.directory.bytes()
    }

    /// Of when its data is.
    #[wasm_bindgen(js_name = asOf)]
    pub fn as_of(&self) -> Option<String> {
        self.directory.as_of().map(|time| time.to_string())
    }

    /// The columns that it has nothing of, as a JSON list.
    #[wasm_bindgen(js_name = notReturned)]
    pub fn not_returned(&self) -> String {
        self.directory.not_returned().write().to_text()
    }

    /// The bytes to be kept, in pieces; undefined after the last.
    pub fn piece(&self, number: usize) -> Option<Vec<u8>> {
        self.directory.piece(number)
    }
}

fn lookup_of(name: &str, input: &[u8]) -> Result<DeviceLookup, NexthinkError> {
    DeviceLookup::read(parse(name, input)?).map_err(|mismatch| {
        let message = ["`", name, "`: ", &mismatch.to_string()].concat();
        NexthinkError::invalid(message).hint("compare the input with the types of this package")
    })
}

/// An export on its way into a directory.
#[wasm_bindgen]
pub struct DirectoryReader {
    reading: DirectoryReading,
}

#[wasm_bindgen]
impl DirectoryReader {
    /// Begins one; of when the data is and what time it is, in milliseconds since 1970.
    #[wasm_bindgen(constructor)]
    pub fn new(strict: bool, as_of: Option<f64>, now: f64) -> Self {
        Self { reading: DirectoryReading::new(ReadingSettings { strict, as_of: time(as_of), now: time(Some(now)) }) }
    }

    /// Reads a chunk.
    ///
    /// # Errors
    /// Those of `DirectoryReading::feed`.
    pub fn feed(&mut self, chunk: &[u8]) -> Result<(), JsValue> {
        self.reading.feed(chunk).map_err(throw)
    }

    /// The export has ended.
    ///
    /// # Errors
    /// Those of `feed`.
    pub fn finish(&mut self) -> Result<(), JsValue> {
        self.reading.finish().map_err(throw)
    }

    /// Takes over from an older directory what the export does not speak of.
    ///
    /// # Errors
    /// `malformed` for one that does not fit together.
    pub fn absorb(&mut self, base: &DirectoryCore) -> Result<(), JsValue> {
        self.reading.absorb(&base.directory).map_err(throw)
    }

    /// How many rows were read.
    pub fn rows(&self) -> usize {
        self.reading.rows()
    }

    /// What was read: `DirectorySummary` as JSON.
    pub fn summary(&self) -> String {
        self.reading.summary().write().to_text()
    }

    /// The directory.
    pub fn directory(self) -> DirectoryCore {
        DirectoryCore { directory: self.reading.directory() }
    }
}

/// Bytes on their way back into a directory.
#[wasm_bindgen]
pub struct DirectoryImage {
    image: Image,
}

#[wasm_bindgen]
impl DirectoryImage {
    /// So many bytes are to come.
    #[wasm_bindgen(constructor)]
    pub fn new(total: usize) -> Self {
        Self { image: Image::new(total) }
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// `malformed` for what is no directory.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), JsValue> {
        self.image.feed(bytes).map_err(throw)
    }

    /// The directory.
    ///
    /// # Errors
    /// `malformed` where bytes are missing or were altered.
    pub fn finish(self) -> Result<DirectoryCore, JsValue> {
        self.image.finish().map(|directory| DirectoryCore { directory }).map_err(throw)
    }
}
