//! What the page of cases looks at: which days, which hall, and the figures of
//! them. The server says which day it is.

use jiban_domain::{HallId, Lang, Text};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::counter::Places;
use crate::api::office::Figures;
use crate::api::{Refused, get};
use crate::parts::days;

/// A stretch of days by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Span {
    /// From the first of this month.
    #[default]
    Month,
    /// Today and the 29 days before it.
    Last30,
    /// From the first of this quarter.
    Quarter,
    /// From one day to another.
    Custom,
}

impl Span {
    /// In the order of the page.
    pub const ALL: [Self; 4] = [Self::Month, Self::Last30, Self::Quarter, Self::Custom];

    /// First and last day, seen from `today`; none of days of one's own.
    fn days(self, today: &str) -> Option<(String, String)> {
        let from = match self {
            Self::Month => days::first_of_month(today),
            Self::Last30 => days::plus(today, -29),
            Self::Quarter => days::first_of_quarter(today),
            Self::Custom => return None,
        };
        Some((from, today.to_owned()))
    }
}

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Watch {
    /// The stretch's name.
    pub span: RwSignal<Span>,
    /// First day, `YYYY-MM-DD`; empty is the server's choice: this month.
    pub from: RwSignal<String>,
    /// Last day; empty is today.
    pub to: RwSignal<String>,
    /// The hall; none is all.
    pub hall: RwSignal<Option<HallId>>,
    /// The halls there are.
    pub halls: RwSignal<Vec<(HallId, Text)>>,
    /// The figures; none before the first answer.
    pub figures: RwSignal<Option<Figures>>,
    /// When they came, by the browser's clock.
    pub read_at: RwSignal<jiban_domain::Millis>,
    /// Why they could not be read again.
    pub refused: RwSignal<Option<Refused>>,
    /// An answer is on its way.
    pub busy: RwSignal<bool>,
    today: RwSignal<String>,
}

impl Watch {
    /// Nothing read yet.
    pub fn new() -> Self {
        Self {
            span: RwSignal::new(Span::default()),
            from: RwSignal::new(String::new()),
            to: RwSignal::new(String::new()),
            hall: RwSignal::new(None),
            halls: RwSignal::new(Vec::new()),
            figures: RwSignal::new(None),
            read_at: RwSignal::new(0),
            refused: RwSignal::new(None),
            busy: RwSignal::new(false),
            today: RwSignal::new(String::new()),
        }
    }

    /// Looks at another stretch; days of one's own begin as those shown.
    pub fn choose(self, span: Span, lang: Lang) {
        self.span.set(span);
        if let Some((from, to)) = span.days(&self.today.get_untracked()) {
            self.from.set(from);
            self.to.set(to);
            self.read(lang);
        }
    }

    /// Looks at another hall.
    pub fn choose_hall(self, hall: Option<HallId>, lang: Lang) {
        self.hall.set(hall);
        self.read(lang);
    }

    /// What stands behind the `?` of an address for what is looked at.
    pub fn asked(self) -> String {
        let mut asked: Vec<String> = Vec::new();
        if let Some(hall) = self.hall.get_untracked() {
            let hall = web_sys::js_sys::encode_uri_component(hall.as_str());
            asked.push(format!("hall={}", String::from(hall)));
        }
        for (name, day) in [("from", self.from), ("to", self.to)] {
            let day = day.get_untracked();
            if !day.is_empty() {
                asked.push(format!("{name}={day}"));
            }
        }
        asked.join("&")
    }

    /// Reads the figures again.
    pub fn read(self, lang: Lang) {
        let asked = self.asked();
        self.busy.set(true);
        spawn_local(async move {
            let answer = get::<Figures>(&format!("/api/office/figures?{asked}"), lang).await;
            // Something else may have been chosen while it was on its way.
            if self.asked() != asked {
                return;
            }
            self.busy.set(false);
            match answer {
                Ok(figures) => self.take(figures),
                Err(refused) => self.refused.set(Some(refused)),
            }
        });
        if self.halls.with_untracked(Vec::is_empty) {
            spawn_local(async move {
                if let Ok(places) = get::<Places>("/api/counter/places", lang).await {
                    let halls = places.halls.into_iter().map(|hall| (hall.id, hall.name));
                    self.halls.set(halls.collect());
                }
            });
        }
    }

    /// Figures have come.
    pub fn take(self, figures: Figures) {
        if self.to.with_untracked(String::is_empty) {
            self.today.set(figures.to.clone());
            self.from.set(figures.from.clone());
            self.to.set(figures.to.clone());
        }
        self.refused.set(None);
        self.read_at.set(crate::parts::clock::browser_now());
        self.figures.set(Some(figures));
    }
}

impl Default for Watch {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_ends_today_and_begins_where_its_name_says() {
        let days = |span: Span| span.days("2026-11-25").map(|(from, _)| from);
        assert_eq!(days(Span::Month).as_deref(), Some("2026-11-01"));
        assert_eq!(days(Span::Last30).as_deref(), Some("2026-10-27"));
        assert_eq!(days(Span::Quarter).as_deref(), Some("2026-10-01"));
        assert_eq!(days(Span::Custom), None);
    }
}
