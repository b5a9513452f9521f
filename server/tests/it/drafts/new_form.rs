//! A form that changes while somebody fills it in, and how large one may become.

use serde_json::{Value, json};

use super::MATTER;
use crate::support::House;

/// The fields of the shop in the form of [`MATTER`].
async fn change_shop_fields(house: &House, change: impl FnOnce(&mut Vec<Value>)) {
    house
        .change_setup(|setup| {
            let matters = setup["hall"][0]["matter"].as_array_mut().unwrap();
            let matter = matters.iter_mut().find(|matter| matter["id"] == MATTER).unwrap();
            let groups = matter["form"].as_array_mut().unwrap();
            let shop = groups.iter_mut().find(|group| group["id"] == "shop").unwrap();
            change(shop["field"].as_array_mut().unwrap());
        })
        .await;
}

#[tokio::test]
async fn a_form_that_changes_under_a_draft_says_what_is_asked_otherwise() {
    let mut house = House::open().await;
    let token = house.begin_draft(MATTER).await;
    house.fill_draft(&token, MATTER).await;
    assert_eq!(house.draft(&token).await.ok()["form_changes"], json!(null));
    let overview = format!("/d/{token}");
    assert!(!house.get(&overview).await.text().contains("The form has changed"));

    change_shop_fields(&house, |fields| {
        fields.retain(|field| field["id"] != "credit_code");
        let name = fields.iter_mut().find(|field| field["id"] == "shop_name").unwrap();
        name["longest"] = json!(30);
        fields.push(json!({ "id": "shop_sign", "required": true,
                            "label": { "zh": "招牌上的字", "en": "Words on the sign" } }));
    })
    .await;
    for _ in 0..2 {
        let labels = |changes: &Value, which: &str| {
            let labels = changes[which].as_array().unwrap().clone();
            labels.iter().map(|label| label["zh"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let changes = house.draft(&token).await.ok()["form_changes"].clone();
        assert_eq!(labels(&changes, "added"), ["招牌上的字"]);
        assert_eq!(labels(&changes, "removed"), ["统一社会信用代码"]);
        assert_eq!(labels(&changes, "changed"), ["店名（字号名称）"]);
        let page = house.get(&overview).await.text();
        for line in
            ["The form has changed", "New: Words on the sign", "No longer asked: Credit code"]
        {
            assert!(page.contains(line), "{line}");
        }
        // Also after a restart.
        house.restart().await;
    }

    // What was written stays, and what is new is asked for.
    let shop = house.draft(&token).await.ok()["values"]["shop_name"].clone();
    assert!(shop.is_string());
    let refused = house.on_draft("send", &token).await;
    assert_eq!(refused.refusal(), (422, "form_not_complete".to_owned()));
    let fields = refused.json()["fields"].as_array().unwrap().clone();
    assert!(fields.iter().all(|field| field["field"] == "shop_sign"), "{fields:?}");
    let gone = house.write_field(&token, "credit_code", json!("x")).await.refusal();
    assert_eq!(gone, (404, "unknown_field".to_owned()));
    house.write_field(&token, "shop_sign", json!("好味")).await.ok();
    assert_eq!(house.on_draft("send", &token).await.ok()["state"], "sent");
    house.stop().await;
}

#[tokio::test]
async fn all_answers_together_have_an_end() {
    let house = House::open().await;
    let ids: Vec<String> = (0..60).map(|at| format!("words_{at}")).collect();
    change_shop_fields(&house, |fields| {
        fields.extend(ids.iter().map(|id| json!({ "id": id, "label": id, "longest": 2_000 })));
    })
    .await;
    let token = house.begin_draft(MATTER).await;
    let long = "长".repeat(2_000);
    let mut refused = None;
    for id in &ids {
        let answer = house.write_field(&token, id, json!(long)).await;
        if answer.status != 200 {
            refused = Some((id, answer.refusal()));
            break;
        }
    }
    let (id, refusal) = refused.expect("they have no end");
    assert_eq!(refusal, (413, "draft_too_large".to_owned()));
    let values = house.draft(&token).await.ok()["values"].clone();
    assert_eq!(values.get(id), None, "what was refused changes nothing");
    assert!(values.as_object().unwrap().len() > 20, "{}", values.as_object().unwrap().len());
    // Where something is taken away, there is room again.
    house.write_field(&token, &ids[0], json!("短")).await.ok();
    house.write_field(&token, id, json!(long)).await.ok();
    house.stop().await;
}
