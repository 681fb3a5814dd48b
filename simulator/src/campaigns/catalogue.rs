//! The campaigns that the tenant's administrator has made.

/// One campaign.
#[derive(Debug)]
pub(crate) struct Campaign {
    /// The NQL ID, without `#`.
    pub id: &'static str,
    pub name: &'static str,
    /// A draft cannot be sent.
    pub published: bool,
    /// What is filled into its questions: all of them must be given, and nothing else.
    pub parameters: &'static [&'static str],
    pub questions: &'static [Question],
}

/// A question with one answer.
#[derive(Debug)]
pub(crate) struct Question {
    pub id: &'static str,
    /// The answers to choose from.
    pub options: &'static [&'static str],
}

/// The position of a campaign in the catalogue, by its NQL ID with or without the `#`.
pub(crate) fn find(id: &str) -> Option<usize> {
    let id = id.strip_prefix('#').unwrap_or(id);
    CATALOGUE.iter().position(|campaign| campaign.id == id)
}

impl Campaign {
    /// The campaign at a position in the catalogue.
    pub fn at(position: usize) -> Option<&'static Self> {
        CATALOGUE.get(position)
    }
}

static CATALOGUE: [Campaign; 3] = [
    Campaign {
        id: "confirm_fix",
        name: "Is it solved?",
        published: true,
        parameters: &["issue", "device_name"],
        questions: &[Question { id: "solved", options: &["Yes", "No", "Not sure"] }],
    },
    Campaign {
        id: "satisfaction_with_support",
        name: "How was our help?",
        published: true,
        parameters: &[],
        questions: &[
            Question { id: "rating", options: &["1", "2", "3", "4", "5"] },
            Question { id: "recommend", options: &["Yes", "No"] },
        ],
    },
    Campaign {
        id: "announce_restart",
        name: "Your device will restart",
        published: false,
        parameters: &["deadline"],
        questions: &[Question { id: "when", options: &["Now", "Tonight"] }],
    },
];
