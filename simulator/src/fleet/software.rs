//! Applications and binaries: what runs on the devices of each platform, and which package it comes with.

use super::device::Platform;
use super::facts::{Facts, ONEDRIVE_WORKS};
use super::packages::CURRENT_OFFICE_VERSION;

/// An application, as the tenant's administrator has defined it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Application {
    pub name: &'static str,
}

/// An executable file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Binary {
    pub name: &'static str,
    pub product: &'static str,
    pub company: &'static str,
    pub version: &'static str,
    pub platform: Platform,
    /// Bytes of the file.
    pub size: i64,
    /// Bytes of memory that it usually takes.
    pub memory: i64,
    /// The application that it belongs to, by its position.
    pub application: usize,
    pub has_user_interface: bool,
    /// Whether it runs for as long as someone is signed in.
    pub always_on: bool,
    /// Parts of the names of the packages that bring it; none: it is part of the system.
    packages: &'static [&'static str],
}

const APPLICATIONS: [Application; 8] = [
    Application { name: "Microsoft Outlook" },
    Application { name: "Microsoft Excel" },
    Application { name: "Microsoft Teams" },
    Application { name: "Microsoft OneDrive" },
    Application { name: "Microsoft Edge" },
    Application { name: "Google Chrome" },
    Application { name: "Zoom" },
    Application { name: "Nexthink Collector" },
];

const OFFICE: &[&str] = &["Microsoft 365", "Microsoft Office"];
const MICROSOFT: &str = "Microsoft Corporation";
const MEBIBYTE: i64 = 1_048_576;

/// A program with a window, which someone starts.
const fn program(name: &'static str, product: &'static str, version: &'static str, application: usize) -> Binary {
    Binary {
        name,
        product,
        company: MICROSOFT,
        version,
        platform: Platform::Windows,
        size: 40 * MEBIBYTE,
        memory: 300 * MEBIBYTE,
        application,
        has_user_interface: true,
        always_on: false,
        packages: OFFICE,
    }
}

const CHROME: &str = "130.0.6723.70";
const COLLECTOR: &str = "24.10.2.5";

static BINARIES: [Binary; 12] = [
    program("outlook.exe", "Microsoft Outlook", CURRENT_OFFICE_VERSION, 0),
    program("excel.exe", "Microsoft Excel", CURRENT_OFFICE_VERSION, 1),
    Binary { size: 3 * MEBIBYTE, ..program("ms-teams.exe", "Microsoft Teams", "24277.3507.3205.5581", 2) },
    Binary {
        size: 5 * MEBIBYTE,
        memory: 120 * MEBIBYTE,
        always_on: true,
        packages: &["OneDrive"],
        ..program("onedrive.exe", "Microsoft OneDrive", "24.201.1006.0005", 3)
    },
    Binary {
        size: 4 * MEBIBYTE,
        packages: &["Microsoft Edge"],
        ..program("msedge.exe", "Microsoft Edge", "130.0.2849.46", 4)
    },
    Binary {
        company: "Google LLC",
        size: 3 * MEBIBYTE,
        memory: 500 * MEBIBYTE,
        packages: &["Google Chrome"],
        ..program("chrome.exe", "Google Chrome", CHROME, 5)
    },
    Binary {
        company: "Zoom Communications, Inc.",
        size: MEBIBYTE,
        packages: &["Zoom"],
        ..program("zoom.exe", "Zoom Workplace", "6.2.49583", 6)
    },
    Binary {
        company: "Nexthink SA",
        size: 20 * MEBIBYTE,
        memory: 60 * MEBIBYTE,
        has_user_interface: false,
        always_on: true,
        packages: &["Nexthink Collector"],
        ..program("nxtsvc.exe", "Nexthink Collector", COLLECTOR, 7)
    },
    Binary {
        platform: Platform::MacOs,
        packages: &["Microsoft Outlook"],
        ..program("Microsoft Outlook", "Microsoft Outlook", "16.90.24101387", 0)
    },
    Binary {
        company: "Google LLC",
        platform: Platform::MacOs,
        memory: 500 * MEBIBYTE,
        packages: &["Google Chrome"],
        ..program("Google Chrome", "Google Chrome", CHROME, 5)
    },
    Binary {
        company: "Zoom Communications, Inc.",
        platform: Platform::MacOs,
        packages: &["zoom.us"],
        ..program("zoom.us", "zoom.us", "6.2.5", 6)
    },
    Binary {
        company: "Nexthink SA",
        platform: Platform::MacOs,
        memory: 60 * MEBIBYTE,
        has_user_interface: false,
        always_on: true,
        packages: &["Nexthink Collector"],
        ..program("nxtsvc", "Nexthink Collector", COLLECTOR, 7)
    },
];

impl Application {
    /// The application at a position.
    pub fn at(position: usize) -> Option<&'static Self> {
        APPLICATIONS.get(position)
    }

    /// All of them.
    pub fn count() -> usize {
        APPLICATIONS.len()
    }
}

impl Binary {
    /// The binary at a position.
    pub fn at(position: usize) -> Option<&'static Self> {
        BINARIES.get(position)
    }

    /// All of them.
    pub fn count() -> usize {
        BINARIES.len()
    }

    /// Whether it is installed where these facts hold, and nothing keeps it from running.
    pub fn runs_with(&self, facts: &Facts) -> bool {
        let brings = |name: &str| self.packages.iter().any(|part| name.contains(part));
        let broken = self.name == "onedrive.exe"
            && facts.onedrive_status.as_ref().is_some_and(|status| status != ONEDRIVE_WORKS);
        !broken && facts.packages.iter().any(|package| brings(&package.name))
    }
}

/// The binaries of a platform, with their positions.
pub(super) fn of(platform: Platform) -> impl Iterator<Item = (usize, &'static Binary)> + Clone {
    BINARIES.iter().enumerate().filter(move |(_, binary)| binary.platform == platform)
}

/// The position of a platform's binary of this name.
pub(super) fn find(platform: Platform, name: &str) -> Option<usize> {
    of(platform).find(|(_, binary)| binary.name == name).map(|(position, _)| position)
}

#[cfg(test)]
mod tests {
    use nexthink_chatbot::nql::Timestamp;

    use super::*;

    #[test]
    fn every_binary_belongs_to_an_application_and_runs_on_a_healthy_device_of_its_platform() {
        for binary in &BINARIES {
            let facts = Facts::healthy(binary.platform, 1e11, Timestamp(0));
            assert!(Application::at(binary.application).is_some() && binary.runs_with(&facts), "{}", binary.name);
            assert_eq!(binary.name.ends_with(".exe"), binary.platform == Platform::Windows);
        }
    }
}
