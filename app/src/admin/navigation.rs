//! Navigation of the admin page: page, hall, and item of a list.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::words::Bilingual;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    #[default]
    Overview,
    Tickets,
    Terminals,
    Cases,
    Matters,
    Bundles,
    Lines,
    Counters,
    Kiosks,
    Statements,
    Hours,
    Departments,
    Clerks,
    Halls,
    Files,
}

impl Page {
    /// Pages about the selected hall.
    pub const OF_HALL: [Self; 7] = [
        Self::Matters,
        Self::Bundles,
        Self::Lines,
        Self::Counters,
        Self::Kiosks,
        Self::Statements,
        Self::Hours,
    ];
    /// Pages that a supervisor has too; the first is theirs where the address names none.
    pub const OF_SUPERVISOR: [Self; 3] = [Self::Cases, Self::Tickets, Self::Terminals];
    /// Pages about all halls.
    pub const OF_ALL_HALLS: [Self; 4] = [Self::Departments, Self::Clerks, Self::Halls, Self::Files];

    pub const fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Overview => Bilingual("大厅现况", "The hall now"),
            Self::Tickets => Bilingual("号票", "Tickets"),
            Self::Terminals => Bilingual("终端运行", "Terminals"),
            Self::Cases => Bilingual("办件", "Cases"),
            Self::Matters => Bilingual("事项", "Matters"),
            Self::Bundles => Bilingual("一件事", "Bundles"),
            Self::Lines => Bilingual("队列", "Lines"),
            Self::Counters => Bilingual("窗口", "Counters"),
            Self::Kiosks => Bilingual("终端", "Kiosks"),
            Self::Statements => Bilingual("证明", "Statements"),
            Self::Hours => Bilingual("时间", "Hours"),
            Self::Departments => Bilingual("部门", "Departments"),
            Self::Clerks => Bilingual("人员", "Clerks"),
            Self::Halls => Bilingual("大厅", "Halls"),
            Self::Files => Bilingual("导入导出", "Import and export"),
        }
        .get(lang)
    }

    /// The hash of its address.
    pub const fn hash(self) -> &'static str {
        match self {
            Self::Overview => "now",
            Self::Tickets => "tickets",
            Self::Terminals => "terminals",
            Self::Cases => "cases",
            Self::Matters => "matters",
            Self::Bundles => "bundles",
            Self::Lines => "lines",
            Self::Counters => "counters",
            Self::Kiosks => "kiosks",
            Self::Statements => "statements",
            Self::Hours => "hours",
            Self::Departments => "departments",
            Self::Clerks => "clerks",
            Self::Halls => "halls",
            Self::Files => "files",
        }
    }

    fn of_hash(hash: &str) -> Self {
        Self::OF_HALL
            .into_iter()
            .chain(Self::OF_ALL_HALLS)
            .chain(Self::OF_SUPERVISOR)
            .find(|page| page.hash() == hash)
            .unwrap_or_default()
    }

    /// This page, or a supervisor's first where it is none of theirs.
    #[must_use]
    pub fn for_supervisor(self) -> Self {
        if Self::OF_SUPERVISOR.contains(&self) { self } else { Self::OF_SUPERVISOR[0] }
    }

    /// The page that edits the value at a pointer, with the index of the hall and
    /// of the item.
    fn of_pointer(pointer: &str) -> (Self, usize, usize) {
        let mut parts = pointer.split('/').skip(1);
        let mut next = || parts.next().unwrap_or_default();
        let (root, first) = (next(), next().parse().unwrap_or_default());
        match root {
            "clerk" => return (Self::Clerks, 0, first),
            "department" => return (Self::Departments, 0, first),
            _ => {}
        }
        let (list, item) = (next(), next().parse().unwrap_or_default());
        match list {
            "matter" => (Self::Matters, first, item),
            "bundle" => (Self::Bundles, first, item),
            "line" => (Self::Lines, first, item),
            "counter" => (Self::Counters, first, item),
            "kiosk" => (Self::Kiosks, first, item),
            "statement" => (Self::Statements, first, item),
            "hours" => (Self::Hours, first, 0),
            _ => (Self::Halls, first, first),
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub struct Navigation {
    pub page: RwSignal<Page>,
    /// Index of the hall in the working copy.
    pub hall: RwSignal<usize>,
    /// Index of the item in the page's list.
    pub item: RwSignal<usize>,
}

impl Navigation {
    /// Starts at the page in the address and follows it from then on, so that
    /// "back" and reloading work.
    pub fn follow_the_address() -> Self {
        let navigation = Self {
            page: RwSignal::new(Page::of_hash(&current_hash())),
            hall: RwSignal::new(0),
            item: RwSignal::new(0),
        };
        let listener = window_event_listener(leptos::ev::hashchange, move |_| {
            let page = Page::of_hash(&current_hash());
            if page != navigation.page.get_untracked() {
                navigation.item.set(0);
                navigation.page.set(page);
            }
        });
        on_cleanup(move || listener.remove());
        navigation
    }

    /// Opens the page of the field at a pointer and focuses the field.
    pub fn go_to(self, pointer: &str) {
        let (page, hall, item) = Page::of_pointer(pointer);
        if !matches!(page, Page::Departments | Page::Clerks | Page::Halls) {
            self.hall.set(hall);
        }
        if page != self.page.get_untracked() {
            self.page.set(page);
            let _ = window().location().set_hash(page.hash());
        }
        self.item.set(item);
        focus(pointer);
    }
}

fn current_hash() -> String {
    window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned()
}

/// Focuses the field at a pointer, or the first one below it, once the page is
/// rendered.
pub fn focus(pointer: &str) {
    use leptos::wasm_bindgen::JsCast;
    let selectors = [format!("[data-at='{pointer}']"), format!("[data-at^='{pointer}/']")];
    request_animation_frame(move || {
        let field = selectors
            .iter()
            .find_map(|selector| document().query_selector(selector).ok().flatten())
            .and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(field) = field {
            let _ = field.focus();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_the_setup_has_its_page() {
        for (pointer, wanted) in [
            ("/hall/1/matter/3/materials/0/name", (Page::Matters, 1, 3)),
            ("/hall/0/line/2/letter", (Page::Lines, 0, 2)),
            ("/hall/0/counter/5/lines/1", (Page::Counters, 0, 5)),
            ("/hall/1/kiosk/0/printer/address", (Page::Kiosks, 1, 0)),
            ("/hall/1/hours/week/mon/0", (Page::Hours, 1, 0)),
            ("/hall/1/rules/countdown_seconds", (Page::Halls, 1, 1)),
            ("/hall/1/bundle/2/part/0/matter", (Page::Bundles, 1, 2)),
            ("/department/3/telephone", (Page::Departments, 0, 3)),
            ("/clerk/4/halls/0", (Page::Clerks, 0, 4)),
        ] {
            assert_eq!(Page::of_pointer(pointer), wanted, "{pointer}");
        }
    }

    #[test]
    fn each_page_is_found_by_its_hash() {
        let of_all = Page::OF_HALL.into_iter().chain(Page::OF_ALL_HALLS);
        for page in of_all.chain(Page::OF_SUPERVISOR) {
            assert_eq!(Page::of_hash(page.hash()), page);
        }
        assert_eq!(Page::of_hash("nonsense"), Page::Overview);
    }
}
