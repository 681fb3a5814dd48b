//! Names for generated employees and devices, and the kinds of computers that a company buys.

use super::device::Hardware;

/// The company of the tenant; `.example` is reserved, so no mail ever reaches anyone.
pub(super) const DOMAIN: &str = "acme.example";

pub(super) const ENTITIES: [&str; 5] = ["Lausanne", "Paris", "Boston", "Bangalore", "Remote"];

pub(super) const FIRST_NAMES: [&str; 40] = [
    "Adele",
    "Ahmed",
    "Aiko",
    "Ana",
    "Anders",
    "Beatriz",
    "Carlos",
    "Charlotte",
    "Dmitri",
    "Emma",
    "Farah",
    "Felix",
    "Fiona",
    "Giulia",
    "Hannah",
    "Hugo",
    "Ingrid",
    "Ivan",
    "Jamal",
    "Jana",
    "Jonas",
    "Julia",
    "Karim",
    "Laura",
    "Leon",
    "Lucia",
    "Marek",
    "Mei",
    "Miguel",
    "Nadia",
    "Noah",
    "Olga",
    "Pedro",
    "Priya",
    "Rosa",
    "Sami",
    "Sofia",
    "Tomas",
    "Yara",
    "Zoe",
];

pub(super) const LAST_NAMES: [&str; 40] = [
    "Adler", "Almeida", "Andersen", "Baker", "Becker", "Bianchi", "Carter", "Chen", "Costa", "Diaz", "Evans",
    "Fischer", "Fontana", "Garcia", "Haddad", "Hansen", "Huber", "Ito", "Jones", "Kim", "Kowalski", "Kumar", "Lam",
    "Lopez", "Meyer", "Moreau", "Nielsen", "Okafor", "Petrov", "Popescu", "Rao", "Roux", "Santos", "Singh", "Smith",
    "Tanaka", "Vogel", "Weber", "Wong", "Ziegler",
];

const GIBIBYTE: f64 = 1_073_741_824.0;

pub(super) const LAPTOPS: [Hardware; 4] = [
    Hardware { kind: "laptop", manufacturer: "Lenovo", model: "ThinkPad T14 Gen 4", memory: 16.0 * GIBIBYTE },
    Hardware { kind: "laptop", manufacturer: "Dell", model: "Latitude 5440", memory: 16.0 * GIBIBYTE },
    Hardware { kind: "laptop", manufacturer: "HP", model: "EliteBook 840 G10", memory: 32.0 * GIBIBYTE },
    Hardware { kind: "laptop", manufacturer: "Microsoft", model: "Surface Laptop 5", memory: 8.0 * GIBIBYTE },
];

pub(super) const DESKTOP: Hardware =
    Hardware { kind: "desktop", manufacturer: "Dell", model: "OptiPlex 7010", memory: 16.0 * GIBIBYTE };

pub(super) const MAC: Hardware =
    Hardware { kind: "laptop", manufacturer: "Apple", model: "MacBook Pro 14", memory: 18.0 * GIBIBYTE };

pub(super) const WINDOWS_SYSTEMS: [&str; 3] =
    ["Windows 11 Enterprise 23H2 (64 bits)", "Windows 11 Pro 22H2 (64 bits)", "Windows 10 Enterprise 22H2 (64 bits)"];

pub(super) const MAC_SYSTEM: &str = "macOS Sonoma 14.6.1 (ARM 64 bits)";
