//! A tenant with the worst values: nothing, huge numbers, empty texts, texts that have no common order, lists within
//! lists, times at both ends of what can be written. Nearly every name is a table or a field of it.

use std::sync::LazyLock;

use nexthink_chatbot::nql::{DAY, HOUR, MINUTE, Tables, TimeRange, Timestamp, Value};

/// A time at which some of its events have just happened: 2024-11-15T12:34:56.789Z.
pub const NOW: Timestamp = Timestamp(1_731_674_096_789);

/// More rows than the twenty up to which a sort does not notice that values have no order.
const OBJECTS: usize = 41;

/// The events that the first object has; the others have few or none.
const EVENTS: usize = 45;

pub struct HostileTables;

#[derive(Clone, Copy)]
pub enum Table {
    Objects,
    Events,
}

/// One field: the values that it can have, and where the first row begins among them.
#[derive(Clone, Copy)]
pub struct Field {
    kind: usize,
    first: usize,
}

impl Field {
    const TIME: Self = Self { kind: TIMES, first: 0 };
}

/// What a parameter stands for.
pub fn parameter(name: &str) -> Value {
    HostileTables.value(0, &field(name))
}

impl Tables for HostileTables {
    type Table = Table;
    type Row = usize;
    type Field = Field;

    fn table(&self, name: &str) -> Option<Table> {
        if name.starts_with("absent") {
            return None;
        }
        Some(if name.contains('.') { Table::Events } else { Table::Objects })
    }

    fn rows(&self, table: Table, range: Option<TimeRange>) -> Vec<usize> {
        match table {
            Table::Objects => (0..OBJECTS).collect(),
            Table::Events => (0..OBJECTS + EVENTS).filter(|row| happened(*row, range)).collect(),
        }
    }

    fn events(&self, _: Table, object: usize, range: Option<TimeRange>, events: &mut Vec<usize>) {
        let count = if object == 0 { EVENTS } else { object % 3 };
        events.extend((object..object + count).filter(|row| happened(*row, range)));
    }

    fn field(&self, _: Table, name: &str) -> Option<Field> {
        (!name.contains("absent")).then(|| field(name))
    }

    fn identity(&self, _: Table, object: &str) -> Option<Field> {
        matches!(object, "device" | "user").then_some(Field { kind: TEXTS, first: object.len() })
    }

    fn time(&self, table: Table) -> Option<Field> {
        matches!(table, Table::Events).then_some(Field::TIME)
    }

    fn default_columns(&self, table: Table) -> &'static [&'static str] {
        match table {
            Table::Objects => &["device.name", "device.last_seen", "device.entity"],
            Table::Events => &[],
        }
    }

    fn value(&self, row: usize, field: &Field) -> Value {
        let values = &VALUES[field.kind];
        values[(row * 7 + field.first) % values.len()].clone()
    }
}

fn happened(row: usize, range: Option<TimeRange>) -> bool {
    let Some(range) = range else { return true };
    matches!(HostileTables.value(row, &Field::TIME), Value::Time(time) if range.contains(time))
}

/// Every name is a field, and always the same one.
fn field(name: &str) -> Field {
    let sum = name.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte | 32)));
    let kind = if name.ends_with("time") || name.ends_with("seen") { TIMES } else { sum / 64 % VALUES.len() };
    Field { kind, first: sum % 64 }
}

const TEXTS: usize = 0;
const TIMES: usize = 1;

/// The values by kind: texts, times, numbers, lists, and all of them mixed.
static VALUES: LazyLock<[Vec<Value>; 5]> = LazyLock::new(|| {
    let (texts, times, numbers, lists) = (texts(), times(), numbers(), lists());
    let rest = [Value::Null, Value::Boolean(true), Value::Boolean(false)];
    let mixed = [&texts, &times, &numbers, &lists, &rest[..]].concat();
    [texts, times, numbers, lists, mixed]
});

fn texts() -> Vec<Value> {
    let long = "ab".repeat(500);
    let texts = [
        // In pairs each of these has an order, and all together they run in a circle.
        "9",
        "10",
        "1a",
        "1.9",
        "1.10",
        "1.9.0",
        "1.10.0",
        "v1.9",
        "9x",
        "16.0.4266.1001",
        "16.0.x", //
        "",
        "-",
        "n/a",
        " ",
        "Alpha",
        "alpha",
        "Ünïcode",
        "🦀",
        "\0",
        "\u{feff}",
        "*",
        "?",
        "a*b",
        "true",
        "null",
        "NaN",
        "inf",
        "1e308",
        "-1e308",
        "1e999",
        "99999999999999999999.1",
        "v",
        "v.",
        "1..2",
        "10.0.0.1",
        "::1",
        "10.0.0.0/8",
        "2024-11-15T12:00:00Z",
        &long,
    ];
    let mut values: Vec<Value> = texts.into_iter().map(Value::from).collect();
    values.push(Value::Null);
    values
}

fn times() -> Vec<Value> {
    let ago = |milliseconds: i64| NOW.0 - milliseconds;
    let times = [
        ago(1),
        ago(MINUTE),
        ago(20 * MINUTE),
        i64::MIN,
        ago(HOUR),
        ago(5 * HOUR),
        i64::MAX,
        ago(DAY),
        ago(3 * DAY),
        i64::MIN + 1,
        ago(6 * DAY),
        ago(14 * DAY),
        i64::MAX - 1,
        ago(-HOUR),
        ago(20 * DAY),
        0,
        -1,
    ];
    let mut values: Vec<Value> = times.into_iter().map(|time| Value::Time(Timestamp(time))).collect();
    values.push(Value::Null);
    values
}

fn numbers() -> Vec<Value> {
    let numbers = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        100.0,
        1_000_000_000.0,
        f64::MAX,
        f64::MIN,
        f64::MIN_POSITIVE,
        f64::EPSILON,
        1e300,
        -1e300,
        9_007_199_254_740_993.0,
        1.8e19,
    ];
    let mut values: Vec<Value> = numbers.into_iter().map(Value::Number).collect();
    values.push(Value::Null);
    values
}

fn lists() -> Vec<Value> {
    let nested = (0..30).fold(Value::List(Vec::new()), |inner, _| Value::List(vec![inner, Value::Null]));
    vec![
        Value::List(Vec::new()),
        Value::List(vec![Value::Null]),
        Value::List(vec![Value::Null, Value::from("a"), Value::Number(1.0), Value::Time(Timestamp(i64::MAX))]),
        Value::List(texts()),
        nested,
        Value::Null,
    ]
}
