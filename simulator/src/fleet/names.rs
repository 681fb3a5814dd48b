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

const fn hardware(
    kind: &'static str,
    manufacturer: &'static str,
    model: &'static str,
    gibibytes: f64,
    logical_processors: u8,
) -> Hardware {
    let (memory, drive) = (gibibytes * GIBIBYTE, 512.0 * GIBIBYTE);
    Hardware { kind, manufacturer, model, memory, drive, logical_processors }
}

pub(super) const LAPTOPS: [Hardware; 4] = [
    hardware("laptop", "Lenovo", "ThinkPad T14 Gen 4", 16.0, 12),
    hardware("laptop", "Dell", "Latitude 5440", 16.0, 12),
    hardware("laptop", "HP", "EliteBook 840 G10", 32.0, 16),
    hardware("laptop", "Microsoft", "Surface Laptop 5", 8.0, 8),
];

pub(super) const DESKTOP: Hardware = hardware("desktop", "Dell", "OptiPlex 7010", 16.0, 16);

pub(super) const MAC: Hardware = hardware("laptop", "Apple", "MacBook Pro 14", 18.0, 11);

pub(super) const WINDOWS_SYSTEMS: [&str; 3] =
    ["Windows 11 Enterprise 23H2 (64 bits)", "Windows 11 Pro 22H2 (64 bits)", "Windows 10 Enterprise 22H2 (64 bits)"];

pub(super) const MAC_SYSTEM: &str = "macOS Sonoma 14.6.1 (ARM 64 bits)";
