//! Time selections as text.

use crate::nql::tree::{Date, MONTHS, Moment, Period, Range, TimeSelection};

pub(super) fn push_selection(text: &mut String, selection: TimeSelection) {
    text.push_str(&match selection.range {
        Range::Past(length) => format!("during past {}", period(length)),
        Range::Between(from, to) => format!("from {} to {}", moment(from), moment(to)),
        Range::On(day) => format!("on {}", date(&day)),
    });
    if let Some(resolution) = selection.resolution {
        text.push_str(" by ");
        text.push_str(&period(resolution));
    }
}

pub(super) fn period(period: Period) -> String {
    format!("{}{}", period.count, period.unit.symbol())
}

fn moment(moment: Moment) -> String {
    match moment {
        Moment::Ago(length) => format!("{} ago", period(length)),
        Moment::At(day) => date(&day),
    }
}

/// `2023-06-15 16:15:00`; without a year `Jun 15, 16:15:00`.
pub(super) fn date(date: &Date) -> String {
    let Date { month, day, time, .. } = date;
    let time = time.map(|time| format!("{:02}:{:02}:{:02}", time.hour, time.minute, time.second));
    match date.year {
        Some(year) => format!("{year:04}-{month:02}-{day:02}{}", time.map_or(String::new(), |time| format!(" {time}"))),
        None => {
            let month =
                MONTHS.get(usize::from(*month).saturating_sub(1)).and_then(|name| name.get(..3)).unwrap_or_default();
            format!("{month} {day}{}", time.map_or(String::new(), |time| format!(", {time}")))
        }
    }
}
