//! What is wrong in the description, as the page shows it: beside its field,
//! and in a list whose entries lead there.

use jiban_domain::day::Clock24;
use serde_json::Value;

use super::document;
use super::forms::{self, Kind};

/// Something wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The place as a JSON pointer; empty where the fault has no field, such
    /// as a line of a TOML file that cannot be read.
    pub pointer: String,
    /// What is wrong and what was wanted.
    pub what: String,
}

impl Fault {
    /// Reads a fault as the server says it: `hall[0].matter[3].line: what`.
    pub fn read(said: &str) -> Self {
        match said.split_once(": ") {
            Some((place, what))
                if ["hall", "department", "clerk"].iter().any(|list| place.starts_with(list)) =>
            {
                let mut pointer = String::from("/");
                for letter in place.chars() {
                    match letter {
                        '.' | '[' => pointer.push('/'),
                        ']' => {}
                        letter => pointer.push(letter),
                    }
                }
                Self { pointer, what: what.to_owned() }
            }
            _ => Self { pointer: String::new(), what: said.to_owned() },
        }
    }

    /// Whether the fault is to be shown beside the field at `at`: it is the
    /// field's own, or of something inside it.
    pub fn is_at(&self, at: &str) -> bool {
        self.pointer
            .strip_prefix(at)
            .is_some_and(|below| !at.is_empty() && (below.is_empty() || below.starts_with('/')))
    }
}

/// Whether something is wrong with the field at `at`. What is said of a text
/// is said of both its languages.
pub fn is_faulty(faults: &[Fault], at: &str) -> bool {
    let text = at.strip_suffix("/zh").or_else(|| at.strip_suffix("/en"));
    faults.iter().any(|fault| fault.is_at(at) || text.is_some_and(|text| fault.pointer == text))
}

/// Times of day that are none. They would break the whole request, so that the
/// server could not say where; so they are looked for before it is sent.
pub fn wrong_clocks(root: &Value, what: &str) -> Vec<Fault> {
    let mut places = Vec::new();
    for hall in 0..document::count(root, "/hall") {
        places.push(format!("/hall/{hall}/day_turns_at"));
        for day in forms::WEEKDAYS {
            let day = format!("/hall/{hall}/hours/week/{}", day.0);
            for period in 0..document::count(root, &day) {
                places.push(format!("{day}/{period}/0"));
                places.push(format!("{day}/{period}/1"));
            }
        }
    }
    places
        .into_iter()
        .filter(|at| {
            root.pointer(at).is_some() && Clock24::try_from(document::text(root, at)).is_err()
        })
        .map(|pointer| Fault { pointer, what: what.to_owned() })
        .collect()
}

/// A place in words: which hall, which item, which field.
pub fn place_in_words(root: &Value, pointer: &str, lang: jiban_domain::Lang) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut at = String::new();
    let mut fields: Vec<&forms::Field> = Vec::new();
    for part in pointer.split('/').skip(1) {
        let list = at.clone();
        at = format!("{at}/{part}");
        if let Ok(index) = part.parse::<usize>() {
            let name = forms::name_of(root, &at, lang);
            words.push(if name.is_empty() { format!("#{}", index + 1) } else { name });
            if let Some(section) = forms::section_of_list(&list) {
                fields = section.fields.iter().collect();
            }
            continue;
        }
        let known = fields.iter().find(|field| field.key.rsplit('/').next() == Some(part));
        if let Some(field) = known {
            words.push(field.label.get(lang).to_owned());
            if let Kind::Rows(rows) = field.kind {
                fields = rows.all().collect();
            }
        } else if let Some(day) = forms::WEEKDAYS.iter().find(|day| day.0 == part) {
            words.push(day.1.get(lang).to_owned());
        }
    }
    words.join(" · ")
}

#[cfg(test)]
mod tests {
    use jiban_domain::Lang;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_fault_is_read_with_its_place() {
        let fault = Fault::read("hall[0].matter[3].line: there is no line \"Z\": write A");
        assert_eq!(fault.pointer, "/hall/0/matter/3/line");
        assert_eq!(fault.what, "there is no line \"Z\": write A");
        assert!(fault.is_at("/hall/0/matter/3/line"));
        assert!(fault.is_at("/hall/0/matter/3"));
        assert!(!fault.is_at("/hall/0/matter/3/li"));
        assert!(!fault.is_at(""));
        let empty = [Fault::read("hall[0].name: is empty")];
        assert!(is_faulty(&empty, "/hall/0/name/en"));
        assert!(!is_faulty(&empty, "/hall/0/id"));
        let fault = Fault::read("line 3: expected a string");
        assert_eq!(
            (fault.pointer.as_str(), fault.what.as_str()),
            ("", "line 3: expected a string")
        );
    }

    #[test]
    fn only_times_that_are_none_are_found() {
        let root = json!({ "hall": [
            { "day_turns_at": "00:00", "hours": { "week": { "mon": [["09:00", "24:00"]] } } },
            { "day_turns_at": "4 am", "hours": { "week": { "sun": [["09:00", ""]] } } },
        ] });
        let found: Vec<_> = wrong_clocks(&root, "no").into_iter().map(|f| f.pointer).collect();
        assert_eq!(found, ["/hall/1/day_turns_at", "/hall/1/hours/week/sun/0/1"]);
    }

    #[test]
    fn a_place_reads_as_hall_item_and_field() {
        let root = json!({ "hall": [{
            "name": { "zh": "芙蓉大厅", "en": "Furong" },
            "matter": [{ "name": { "zh": "", "en": "" } }],
        }] });
        assert_eq!(
            place_in_words(&root, "/hall/0/matter/0/materials/1/name", Lang::Zh),
            "芙蓉大厅 · #1 · 材料 · #2 · 名称"
        );
        assert_eq!(
            place_in_words(&root, "/hall/0/hours/week/mon/0", Lang::En),
            "Furong · Monday · #1"
        );
    }
}
