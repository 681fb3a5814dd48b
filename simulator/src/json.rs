//! JSON: values of NQL as the tenant writes them (whole numbers without a fraction, times in the zone asked for), and
//! objects as it reads them.

use nexthink_chatbot::nql::{HOUR, Timestamp, Value};
use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};
use serde_json::{Map, Number, Value as Json};

/// In which zone and shape times are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeStyle {
    /// `2023-07-17T17:53:49Z`: what `x-utc-times: true` asks for.
    Utc,
    /// `2023-07-17 17:53:49` in the tenant's own zone, and nothing that says so.
    Regional,
}

/// The tenant's zone is an hour ahead of UTC all year: a client that forgets the header gets every age wrong.
const REGIONAL_OFFSET: i64 = HOUR;

impl TimeStyle {
    /// How a cell holds the time; never with a fraction of a second.
    pub fn cell(self, time: Timestamp) -> String {
        match self {
            Self::Utc => self.whole_second(time).to_string(),
            Self::Regional => self.local(time).replacen('T', " ", 1),
        }
    }

    /// `2023-07-17T17:53:49` in this zone, without a word about the zone.
    pub fn local(self, time: Timestamp) -> String {
        self.whole_second(time).to_string().trim_end_matches('Z').to_owned()
    }

    fn whole_second(self, time: Timestamp) -> Timestamp {
        let offset = if self == Self::Regional { REGIONAL_OFFSET } else { 0 };
        Timestamp((time.0 + offset).div_euclid(1_000) * 1_000)
    }
}

/// The cell of an answer.
pub(crate) fn cell(value: &Value, style: TimeStyle) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Boolean(boolean) => Json::Bool(*boolean),
        Value::Number(value) => number(*value),
        Value::Text(text) => Json::String(text.to_string()),
        Value::Time(time) => Json::String(style.cell(*time)),
        Value::List(elements) => Json::Array(elements.iter().map(|element| cell(element, style)).collect()),
    }
}

/// `5` and not `5.0` for whole numbers, as a tenant writes its integers.
#[expect(clippy::cast_possible_truncation, reason = "within 2^53 by the check before it")]
fn number(value: f64) -> Json {
    if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
        return Json::from(value as i64);
    }
    Number::from_f64(value).map_or(Json::Null, Json::Number)
}

/// An object whose names keep their order, as a tenant writes columns in the order of the query.
pub(crate) struct Ordered<'a>(pub Vec<(&'a str, Json)>);

impl Serialize for Ordered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// Writes a time of the tenant's own records: always in UTC.
pub(crate) fn write_time<S: Serializer>(time: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(time)
}

/// Reads a JSON object. Serde alone would also take an array for a struct, which no API does.
pub(crate) fn read_object<T: DeserializeOwned>(text: &[u8]) -> Result<T, String> {
    let object: Map<String, Json> = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    T::deserialize(Json::Object(object)).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_utc_with_a_zone_or_regional_without() {
        let time = Timestamp(1_689_616_429_700);
        assert_eq!(TimeStyle::Utc.cell(time), "2023-07-17T17:53:49Z");
        assert_eq!(TimeStyle::Regional.cell(time), "2023-07-17 18:53:49");
        assert_eq!(TimeStyle::Regional.local(time), "2023-07-17T18:53:49");
    }

    #[test]
    fn whole_numbers_have_no_fraction() {
        let list = Value::List(vec![Value::Number(5.0), Value::Number(2.5), Value::Null, "x".into()]);
        assert_eq!(cell(&list, TimeStyle::Utc).to_string(), r#"[5,2.5,null,"x"]"#);
    }
}
