//! States and answers as nobody has made them: one value changed, or several.

use nexthink_chatbot::json::Json;

use crate::chance::Chance;
use crate::fuzz::index;

/// The same with one value in it changed: to rubbish, or to what stands there in another. A token is never another's: no
/// seal has both.
pub fn changed(state: &Json, other: &Json, chance: &Chance) -> Json {
    let mut paths = Vec::new();
    collect(state, &mut Vec::new(), &mut paths);
    let Some(path) = paths.get(index(paths.len().max(1), chance)) else { return rubbish(chance) };
    let is_token = path.iter().any(|name| **name == *"token" || **name == *"offer");
    let value = at(other, path).filter(|_| !is_token && chance.one_in(2)).cloned();
    let value = value.unwrap_or_else(|| match at(state, path) {
        // Words are changed to other words: most rubbish is not even read.
        Some(Json::Text(_)) if path.last().is_some_and(|name| **name == *"phase" || **name == *"again") => {
            phase(chance)
        }
        Some(Json::Number(number)) if chance.one_in(2) => Json::Number(number + 1.0),
        Some(Json::Boolean(value)) => Json::Boolean(!value),
        _ => rubbish(chance),
    });
    let mut state = state.clone();
    put(&mut state, path, value);
    state
}

/// Fields of two states and of neither; its tokens are nobody's.
pub fn invented(state: &Json, other: &Json, chance: &Chance) -> Json {
    let mut state = state.clone();
    for _ in 0..1 + chance.below(6) {
        state = changed(&state, other, chance);
    }
    let token: Path = vec!["offer".into(), "token".into()];
    if at(&state, &token).is_some() {
        put(&mut state, &token, Json::Text(noise(chance).into()));
    }
    state
}

fn phase(chance: &Chance) -> Json {
    chance
        .of(&[
            "symptom",
            "identify",
            "no-device",
            "device",
            "diagnose",
            "advice",
            "consent",
            "confirm",
            "remediate",
            "not-now",
            "progress",
            "verify",
            "helped",
            "hand-over",
            "handing-over",
            "trouble",
            "solved",
            "escalated",
            "ended",
            "nothing",
        ])
        .into()
}

pub fn rubbish(chance: &Chance) -> Json {
    match chance.below(9) {
        0 => Json::Null,
        1 => Json::Boolean(true),
        2 => Json::Number(-1.0),
        3 => Json::Number(4_294_967_295.0),
        4 => Json::Text("".into()),
        5 => Json::Text(noise(chance).into()),
        6 => Json::Text("9".repeat(20_000).into()),
        7 => Json::List(vec![Json::Null, Json::Text("x".into())]),
        _ => Json::Object(vec![("x".into(), Json::Number(1e300))]),
    }
}

type Path = Vec<Box<str>>;

fn collect(json: &Json, path: &mut Path, paths: &mut Vec<Path>) {
    let mut enter = |name: Box<str>, value: &Json| {
        path.push(name);
        paths.push(path.clone());
        collect(value, path, paths);
        path.pop();
    };
    match json {
        Json::Object(fields) => fields.iter().for_each(|(name, value)| enter(name.clone(), value)),
        Json::List(values) => values.iter().enumerate().for_each(|(at, value)| enter(at.to_string().into(), value)),
        _ => {}
    }
}

fn at<'a>(json: &'a Json, path: &[Box<str>]) -> Option<&'a Json> {
    path.iter().try_fold(json, |json, name| match json {
        Json::List(values) => values.get(name.parse::<usize>().ok()?),
        json => json.get(name),
    })
}

fn put(json: &mut Json, path: &[Box<str>], value: Json) {
    let Some((name, rest)) = path.split_first() else {
        *json = value;
        return;
    };
    let inner = match json {
        Json::List(values) => name.parse::<usize>().ok().and_then(|at| values.get_mut(at)),
        Json::Object(fields) => fields.iter_mut().find(|(field, _)| field == name).map(|(_, value)| value),
        _ => None,
    };
    if let Some(inner) = inner {
        put(inner, rest, value);
    }
}

pub fn noise(chance: &Chance) -> String {
    (0..chance.below(40)).filter_map(|_| char::from_u32(u32::try_from(chance.below(0x3_0000)).unwrap())).collect()
}
