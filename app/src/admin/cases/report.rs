//! The report on cases: its period, its hall and the figures. The server says
//! which day is today.

use jiban_domain::{HallId, Lang, Text};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::counter::Places;
use crate::api::figures::Figures;
use crate::api::{Refused, get};
use crate::parts::days;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Period {
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

impl Period {
    /// In the order of the buttons.
    pub const ALL: [Self; 4] = [Self::Month, Self::Last30, Self::Quarter, Self::Custom];

    /// First and last day; `None` for a custom period.
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

#[derive(Debug, Clone, Copy)]
pub struct Report {
    pub period: RwSignal<Period>,
    /// First day, `YYYY-MM-DD`. Empty until the first answer: the server's default
    /// is this month.
    pub from: RwSignal<String>,
    /// Last day; empty until the first answer.
    pub to: RwSignal<String>,
    /// `None` means all halls.
    pub hall: RwSignal<Option<HallId>>,
    pub halls: RwSignal<Vec<(HallId, Text)>>,
    /// `None` before the first answer.
    pub figures: RwSignal<Option<Figures>>,
    /// When the figures were loaded, by the browser's clock.
    pub loaded_at: RwSignal<jiban_domain::Millis>,
    /// Why they could not be loaded.
    pub refused: RwSignal<Option<Refused>>,
    /// Whether a request is in progress.
    pub busy: RwSignal<bool>,
    today: RwSignal<String>,
}

impl Report {
    pub fn new() -> Self {
        Self {
            period: RwSignal::new(Period::default()),
            from: RwSignal::new(String::new()),
            to: RwSignal::new(String::new()),
            hall: RwSignal::new(None),
            halls: RwSignal::new(Vec::new()),
            figures: RwSignal::new(None),
            loaded_at: RwSignal::new(0),
            refused: RwSignal::new(None),
            busy: RwSignal::new(false),
            today: RwSignal::new(String::new()),
        }
    }

    /// Selects a period. A custom one starts with the days shown before.
    pub fn select_period(self, period: Period, lang: Lang) {
        self.period.set(period);
        if let Some((from, to)) = period.days(&self.today.get_untracked()) {
            self.from.set(from);
            self.to.set(to);
            self.load(lang);
        }
    }

    pub fn select_hall(self, hall: Option<HallId>, lang: Lang) {
        self.hall.set(hall);
        self.load(lang);
    }

    /// Query parameters for the period and hall.
    pub fn query(self) -> String {
        let mut parameters: Vec<String> = Vec::new();
        if let Some(hall) = self.hall.get_untracked() {
            let hall = web_sys::js_sys::encode_uri_component(hall.as_str());
            parameters.push(format!("hall={}", String::from(hall)));
        }
        for (name, day) in [("from", self.from), ("to", self.to)] {
            let day = day.get_untracked();
            if !day.is_empty() {
                parameters.push(format!("{name}={day}"));
            }
        }
        parameters.join("&")
    }

    /// Loads the figures.
    pub fn load(self, lang: Lang) {
        let query = self.query();
        self.busy.set(true);
        spawn_local(async move {
            let answer = get::<Figures>(&format!("/api/office/figures?{query}"), lang).await;
            // By now another period or hall may be selected.
            if self.query() != query {
                return;
            }
            self.busy.set(false);
            match answer {
                Ok(figures) => self.show(figures),
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

    pub fn show(self, figures: Figures) {
        if self.to.with_untracked(String::is_empty) {
            self.today.set(figures.to.clone());
            self.from.set(figures.from.clone());
            self.to.set(figures.to.clone());
        }
        self.refused.set(None);
        self.loaded_at.set(crate::parts::clock::browser_now());
        self.figures.set(Some(figures));
    }
}

impl Default for Report {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_periods_end_today() {
        let days = |period: Period| period.days("2026-11-25").map(|(from, _)| from);
        assert_eq!(days(Period::Month).as_deref(), Some("2026-11-01"));
        assert_eq!(days(Period::Last30).as_deref(), Some("2026-10-27"));
        assert_eq!(days(Period::Quarter).as_deref(), Some("2026-10-01"));
        assert_eq!(days(Period::Custom), None);
    }
}
