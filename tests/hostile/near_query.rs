//! Bytes → a text that is nearly a query: a published one with a few tokens changed, a made-up one, or loose tokens.

use std::fs;
use std::path::Path;

use super::choices::Choices;
use super::dictionary::{
    ALIASES, BLANKS, COMPARISONS, FIELDS, FUNCTIONS, INTRUDERS, LITERALS, OPERATORS, TABLES, TIMES,
};
use super::invented_query;

/// The published queries, in tokens, from which near-queries are made.
pub struct NearQueries(Vec<Vec<String>>);

impl NearQueries {
    /// Reads every query in a folder.
    pub fn of_samples(folder: &Path) -> Self {
        let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        assert!(files.len() >= 30, "the published queries are missing from {}", folder.display());
        Self(files.iter().map(|file| tokens(&fs::read_to_string(file).unwrap())).collect())
    }

    /// The queries as they were published.
    pub fn samples(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|tokens| tokens.concat())
    }

    /// A near-query; the first byte says how it is made.
    pub fn build(&self, bytes: &[u8]) -> String {
        let mut choices = Choices::of(bytes);
        match choices.below(4) {
            0 => invented_query::query(&mut choices),
            1 => invented_query::condition(&mut choices),
            2 => self.mutated_sample(&mut choices),
            _ => loose_tokens(&mut choices),
        }
    }

    /// A published query after some mutations: as many as the bytes last for.
    pub fn mutated_sample(&self, choices: &mut Choices<'_>) -> String {
        let mut tokens = self.sample(choices).to_vec();
        while !choices.is_over() && !tokens.is_empty() && tokens.len() < 8_000 {
            let place = choices.below(tokens.len());
            match choices.below(8) {
                0 => drop(tokens.remove(place)),
                1 => tokens.insert(place, tokens[place].clone()),
                2 => {
                    let other = choices.below(tokens.len());
                    tokens.swap(place, other);
                }
                3 | 4 => tokens.insert(place, token(choices).to_owned()),
                5 => tokens[place] = token(choices).to_owned(),
                // The rest of another query.
                6 => {
                    let other = self.sample(choices);
                    let from = choices.below(other.len());
                    tokens.truncate(place);
                    tokens.extend_from_slice(&other[from..]);
                }
                // The same stretch once more.
                _ => {
                    let end = (place + 1 + choices.below(16)).min(tokens.len());
                    let stretch = tokens[place..end].to_vec();
                    tokens.splice(place..place, stretch);
                }
            }
        }
        tokens.concat()
    }

    fn sample(&self, choices: &mut Choices<'_>) -> &[String] {
        &self.0[choices.below(self.0.len())]
    }
}

/// Tokens in no order, as many as the bytes last for.
pub fn loose_tokens(choices: &mut Choices<'_>) -> String {
    let mut text = String::new();
    while !choices.is_over() && text.len() < 16_100 {
        text.push_str(token(choices));
        text.push_str(choices.one_of(&BLANKS));
    }
    text
}

fn token(choices: &mut Choices<'_>) -> &'static str {
    match choices.below(12) {
        0..=3 => choices.one_of(&INTRUDERS),
        4 => choices.one_of(&TABLES),
        5 => choices.one_of(&TIMES),
        6 => choices.one_of(&FIELDS),
        7 => choices.one_of(&ALIASES),
        8 => choices.one_of(&FUNCTIONS),
        9 => choices.one_of(&LITERALS),
        10 => choices.one_of(&COMPARISONS),
        _ => choices.one_of(&OPERATORS),
    }
}

/// A text cut where its letters change their kind: words, blanks, quoted texts, single symbols.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end_of = |belongs: fn(char) -> bool| rest.find(|letter| !belongs(letter)).unwrap_or(rest.len());
        let length = match first {
            '"' => rest[1..].find('"').map_or(rest.len(), |end| end + 2),
            '_' | '#' | '$' => 1 + rest[1..].find(|letter| !is_word(letter)).unwrap_or(rest.len() - 1),
            letter if is_word(letter) => end_of(is_word),
            letter if letter.is_whitespace() => end_of(char::is_whitespace),
            letter => letter.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        tokens.push(token.to_owned());
        rest = after;
    }
    tokens
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}
