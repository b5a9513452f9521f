//! Reads setups that earlier versions stored. Rows are not rewritten: the next change of the setup
//! stores a new one.

use std::collections::BTreeMap;

use jiban_domain::setup::Setup;
use serde_json::{Map, Value, json};

/// Reads a setup of this version or an earlier one.
pub(super) fn read(document: &str) -> serde_json::Result<Setup> {
    let mut setup: Value = serde_json::from_str(document)?;
    convert_departments(&mut setup);
    serde_json::from_value(setup)
}

/// Before there were cases, a matter contained the name of its department, and its steps were only
/// names.
fn convert_departments(setup: &mut Value) {
    let mut named: BTreeMap<String, (String, Value)> = BTreeMap::new();
    let halls = setup.get_mut("hall").and_then(Value::as_array_mut);
    let matters = halls
        .into_iter()
        .flatten()
        .filter_map(|hall| hall.get_mut("matter").and_then(Value::as_array_mut))
        .flatten();
    for matter in matters {
        if let Some(name) = matter.get("department").filter(|name| name.is_object()).cloned() {
            let next = format!("d{}", named.len() + 1);
            let (id, _) = named.entry(name.to_string()).or_insert((next, name));
            matter["department"] = json!(id);
        }
        for step in matter.get_mut("steps").and_then(Value::as_array_mut).into_iter().flatten() {
            if step.get("zh").is_some() {
                *step = json!({ "name": step.take() });
            }
        }
    }
    if let (false, Some(setup)) = (named.is_empty(), setup.as_object_mut()) {
        let listed = setup.entry("department").or_insert_with(|| json!([]));
        let departments = named.into_values().map(|(id, name)| {
            Value::Object(Map::from_iter([("id".into(), json!(id)), ("name".into(), name)]))
        });
        if let Some(listed) = listed.as_array_mut() {
            listed.extend(departments);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiban_domain::Text;

    use super::*;

    #[test]
    fn a_setup_from_before_cases_can_be_read() {
        let text = |zh: &str, en: &str| json!({ "zh": zh, "en": en });
        let matter = |id: &str, department: Value| {
            json!({ "id": id, "name": text("事项", "Matter"), "line": "a",
                    "department": department, "steps": [text("受理", "Acceptance")] })
        };
        let civil = text("民政局", "Civil Affairs");
        let old = json!({
            "hall": [{ "id": "main", "name": text("大厅", "Hall"), "matter": [
                matter("m1", civil.clone()),
                matter("m2", text("公安局", "Police")),
                matter("m3", civil),
            ] }],
            "clerk": [{ "id": "admin", "name": text("主任", "Director"), "role": "admin" }],
        });
        let setup = read(&old.to_string()).unwrap();
        let matters = &setup.halls[0].matters;
        assert_eq!(matters[0].department, matters[2].department);
        assert_eq!(setup.department_name(&matters[0].department).zh, "民政局");
        assert_eq!(setup.department_name(&matters[1].department).zh, "公安局");
        assert_eq!(setup.departments.len(), 2);
        assert_eq!(matters[0].steps[0].name, Text::new("受理", "Acceptance"));
        let now = serde_json::to_string(&setup).unwrap();
        assert_eq!(read(&now).unwrap(), setup, "a current setup is read unchanged");
    }
}
