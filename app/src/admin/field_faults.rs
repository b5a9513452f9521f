//! Faults of the setup, shown beside their fields and in a list that links to
//! the fields.

use jiban_domain::day::Clock24;
use serde_json::Value;

use super::forms::{self, FieldKind};
use super::json_pointer;

/// A fault and the field it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// JSON pointer of the field; empty if there is none, as for a syntax error
    /// in an imported file.
    pub pointer: String,
    /// What is wrong and what is required.
    pub message: String,
}

impl FieldFault {
    /// Parses a fault as the server sends it: `hall[0].matter[3].line: message`.
    pub fn parse(text: &str) -> Self {
        match text.split_once(": ") {
            Some((path, message))
                if ["hall", "department", "clerk"].iter().any(|list| path.starts_with(list)) =>
            {
                let mut pointer = String::from("/");
                for character in path.chars() {
                    match character {
                        '.' | '[' => pointer.push('/'),
                        ']' => {}
                        character => pointer.push(character),
                    }
                }
                Self { pointer, message: message.to_owned() }
            }
            _ => Self { pointer: String::new(), message: text.to_owned() },
        }
    }

    /// Whether the fault belongs to the value at `at` or to something inside it.
    pub fn is_within(&self, at: &str) -> bool {
        self.pointer
            .strip_prefix(at)
            .is_some_and(|below| !at.is_empty() && (below.is_empty() || below.starts_with('/')))
    }
}

/// Whether the field at `at` has a fault. A fault of a text marks the inputs of
/// both languages.
pub fn has_fault(faults: &[FieldFault], at: &str) -> bool {
    let text = at.strip_suffix("/zh").or_else(|| at.strip_suffix("/en"));
    faults.iter().any(|fault| fault.is_within(at) || text.is_some_and(|text| fault.pointer == text))
}

/// Invalid times of day. The server could not even parse a request with one, and
/// would not say which field is wrong. So they are found before sending.
pub fn invalid_times(root: &Value, message: &str) -> Vec<FieldFault> {
    let mut pointers = Vec::new();
    for hall in 0..json_pointer::len(root, "/hall") {
        let hall = format!("/hall/{hall}");
        pointers.push(format!("{hall}/day_turns_at"));
        let within = |list: &str| {
            let at = format!("{hall}/{list}");
            (0..json_pointer::len(root, &at)).map(move |item| format!("{at}/{item}"))
        };
        for owner in std::iter::once(hall.clone()).chain(within("line")).chain(within("counter")) {
            pointers.extend(times_of(root, &format!("{owner}/hours")));
        }
    }
    pointers
        .into_iter()
        .filter(|at| {
            root.pointer(at).is_some() && Clock24::try_from(json_pointer::text(root, at)).is_err()
        })
        .map(|pointer| FieldFault { pointer, message: message.to_owned() })
        .collect()
}

/// The ends of all periods of hours.
fn times_of(root: &Value, hours: &str) -> Vec<String> {
    let days = forms::WEEKDAYS.iter().map(|(day, _)| format!("{hours}/week/{day}"));
    days.flat_map(|day| {
        let periods = json_pointer::len(root, &day);
        (0..periods).flat_map(move |period| {
            let day = day.clone();
            [0, 1].map(move |end| format!("{day}/{period}/{end}"))
        })
    })
    .collect()
}

/// The names of the hall, item and field that a pointer leads through.
pub fn describe_place(root: &Value, pointer: &str, lang: jiban_domain::Lang) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut at = String::new();
    let mut fields: Vec<&forms::Field> = Vec::new();
    for part in pointer.split('/').skip(1) {
        let list = at.clone();
        at = format!("{at}/{part}");
        if let Ok(index) = part.parse::<usize>() {
            let name = forms::display_name(root, &at, lang);
            words.push(if name.is_empty() { format!("#{}", index + 1) } else { name });
            if let Some(section) = forms::section_of_list(&list) {
                fields = section.fields.iter().collect();
            }
            continue;
        }
        let known = fields.iter().find(|field| field.key.rsplit('/').next() == Some(part));
        if let Some(field) = known {
            words.push(field.label.get(lang).to_owned());
            match field.kind {
                FieldKind::List(rows) => fields = rows.all_fields().collect(),
                FieldKind::Form => fields = forms::form::all().collect(),
                _ => {}
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
    fn a_fault_is_parsed_with_its_pointer() {
        let fault = FieldFault::parse("hall[0].matter[3].line: there is no line \"Z\": write A");
        assert_eq!(fault.pointer, "/hall/0/matter/3/line");
        assert_eq!(fault.message, "there is no line \"Z\": write A");
        assert!(fault.is_within("/hall/0/matter/3/line"));
        assert!(fault.is_within("/hall/0/matter/3"));
        assert!(!fault.is_within("/hall/0/matter/3/li"));
        assert!(!fault.is_within(""));
        let empty = [FieldFault::parse("hall[0].name: is empty")];
        assert!(has_fault(&empty, "/hall/0/name/en"));
        assert!(!has_fault(&empty, "/hall/0/id"));
        let fault = FieldFault::parse("line 3: expected a string");
        assert_eq!(
            (fault.pointer.as_str(), fault.message.as_str()),
            ("", "line 3: expected a string")
        );
    }

    #[test]
    fn only_invalid_times_are_found() {
        let root = json!({ "hall": [
            { "day_turns_at": "00:00", "hours": { "week": { "mon": [["09:00", "24:00"]] } } },
            { "day_turns_at": "4 am", "hours": { "week": { "sun": [["09:00", ""]] } },
              "line": [{ "hours": { "week": { "mon": [["9", "10:00"]] } } }] },
        ] });
        let found: Vec<_> = invalid_times(&root, "no").into_iter().map(|f| f.pointer).collect();
        assert_eq!(
            found,
            [
                "/hall/1/day_turns_at",
                "/hall/1/hours/week/sun/0/1",
                "/hall/1/line/0/hours/week/mon/0/0"
            ]
        );
    }

    #[test]
    fn a_pointer_is_described_by_hall_item_and_field() {
        let root = json!({ "hall": [{
            "name": { "zh": "芙蓉大厅", "en": "Furong" },
            "matter": [{ "name": { "zh": "", "en": "" } }],
        }] });
        assert_eq!(
            describe_place(&root, "/hall/0/matter/0/materials/1/name", Lang::Zh),
            "芙蓉大厅 · #1 · 材料 · #2 · 名称"
        );
        assert_eq!(
            describe_place(&root, "/hall/0/hours/week/mon/0", Lang::En),
            "Furong · Monday · #1"
        );
    }
}
