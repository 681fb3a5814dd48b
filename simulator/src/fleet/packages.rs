//! What is installed on a device.

use std::borrow::Cow;

use nexthink_chatbot::nql::matches_wildcards;

use super::device::Platform;
use crate::random::Random;

/// An installed package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Package {
    pub name: Cow<'static, str>,
    pub version: Cow<'static, str>,
    pub publisher: Cow<'static, str>,
}

/// What a repair of Office 365 leaves behind.
pub(crate) const CURRENT_OFFICE_VERSION: &str = "16.0.17928.20114";

const fn package(name: &'static str, version: &'static str, publisher: &'static str) -> Package {
    Package { name: Cow::Borrowed(name), version: Cow::Borrowed(version), publisher: Cow::Borrowed(publisher) }
}

const WINDOWS: [Package; 6] = [
    package("Microsoft 365 Apps for enterprise - en-us", CURRENT_OFFICE_VERSION, "Microsoft Corporation"),
    package("Microsoft OneDrive", "24.201.1006.0005", "Microsoft Corporation"),
    package("Microsoft Edge", "130.0.2849.46", "Microsoft Corporation"),
    package("Google Chrome", "130.0.6723.70", "Google LLC"),
    package("Zoom Workplace (64-bit)", "6.2.49583", "Zoom Communications, Inc."),
    package("Nexthink Collector", "24.10.2.5", "Nexthink SA"),
];

const MAC_OS: [Package; 4] = [
    package("Microsoft Outlook", "16.90.24101387", "Microsoft Corporation"),
    package("Google Chrome", "130.0.6723.70", "Google LLC"),
    package("zoom.us", "6.2.5", "Zoom Communications, Inc."),
    package("Nexthink Collector", "24.10.2.5", "Nexthink SA"),
];

/// What every device of the platform has.
pub(super) fn standard(platform: Platform) -> Vec<Package> {
    match platform {
        Platform::Windows => WINDOWS.to_vec(),
        Platform::MacOs => MAC_OS.to_vec(),
    }
}

/// An Office from before 2016 beside the current one. The Outlook query looks for the exact name "Microsoft Office".
pub(super) const OUTDATED_OFFICE: Package = package("Microsoft Office", "15.0.4569.1506", "Microsoft Corporation");

/// One that only the slow-PC query finds, because it looks for the name with wildcards.
pub(super) const OUTDATED_OFFICE_PROFESSIONAL: Package =
    package("Microsoft Office Professional Plus 2013", "15.0.5603.1000", "Microsoft Corporation");

impl Package {
    /// The ID of a name and version, the same wherever it is installed.
    pub fn uid(&self) -> String {
        let letters = self.name.bytes().chain([0]).chain(self.version.bytes());
        // FNV-1a: the letters' order counts.
        let hash = letters
            .fold(0xCBF2_9CE4_8422_2325, |hash: u64, letter| (hash ^ u64::from(letter)).wrapping_mul(0x0100_0000_01B3));
        Random::of([hash, 0, 0]).uuid()
    }

    /// Whether it is the same package on another device.
    pub fn is_same(&self, other: &Self) -> bool {
        self.name == other.name && self.version == other.version
    }

    /// Whether it is an Office, by the names of the two playbooks that ask.
    pub fn is_office(&self) -> bool {
        ["*Microsoft Office*", "*Microsoft 365*"].iter().any(|pattern| matches_wildcards(&self.name, pattern))
    }
}
