//! What was probably meant: the known word that is nearest to one that nobody knows.

/// The candidate that differs least, if it differs little: by a third of its letters at most.
pub(crate) fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_ascii_lowercase();
    let near = |candidate: &&'a str| {
        let distance = strsim::osa_distance(&word, &candidate.to_ascii_lowercase());
        (distance, distance <= 1.max(candidate.chars().count() / 3))
    };
    let found = candidates.map(|candidate| (near(&candidate), candidate)).filter(|((_, near), _)| *near);
    found.min_by_key(|((distance, _), _)| *distance).map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_slips_are_recognised_and_other_words_are_not() {
        let keywords = ["where", "with", "include", "compute", "summarize", "list", "sort", "limit"];
        for (word, expected) in [
            ("summarise", Some("summarize")),
            ("Wehre", Some("where")),
            ("inlcude", Some("include")),
            ("lst", Some("list")),
            ("select", None),
            ("exclude", Some("include")),
            ("x", None),
        ] {
            assert_eq!(nearest(word, keywords.into_iter()), expected, "{word}");
        }
    }
}
