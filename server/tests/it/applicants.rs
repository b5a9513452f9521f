//! What ordinary applicants bring is taken: their papers, their telephones and their names,
//! as they are written and pasted. What is refused says why.

use crate::support::cases::{PERSON, photograph};
use crate::support::{Answer, House, SATURDAY_TEN};
use jiban::clock::Clock;
use serde_json::{Value, json};
use uuid::Uuid;

const HOUR: i64 = 60 * 60 * 1000;

/// Opens a case for an applicant, and withdraws it, so that the next can come.
async fn open(house: &House, cookie: &str, ticket: i64, applicant: &Value) -> Answer {
    let body = json!({ "request_id": Uuid::new_v4(), "ticket": ticket,
                       "matter": "proprietor-open", "applicant": applicant });
    house.post_in("zh", "/api/counter/open_case", cookie, body).await
}

fn person(number: &str, name: &str, telephone: &str) -> Value {
    json!({ "kind": "person", "name": name, "number": number, "telephone": telephone })
}

async fn revealed(house: &House, cookie: &str, opened: &Value) -> Value {
    let look = json!({ "case": opened["id"] });
    house.post_as("/api/counter/look", cookie, look).await.ok()
}

#[tokio::test]
async fn each_paper_and_telephone_is_taken_as_it_is_written() {
    let house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let (cookie, ticket) = house.serve("clerk1", "1", "proprietor-open").await;
    let named = |paper: &str, number: &str| {
        let mut applicant = person(number, "JOHN MICHAEL SMITH", "13812345678");
        applicant["paper"] = paper.into();
        applicant
    };
    for (applicant, paper, number, telephone, masked) in [
        (
            person("810000199001010019", "张伟", "+852 9123 4567"),
            "hong_kong_macau_residence",
            "810000199001010019",
            "+85291234567",
            "8100**********0019",
        ),
        (
            person("USA110090010123", "JOHN MICHAEL SMITH", "0571-87654321-8001"),
            "permanent_residence",
            "USA110090010123",
            "057187654321-8001",
            "USA*********123",
        ),
        (
            person("E12345678", "JOHN MICHAEL SMITH", "0086 138 1234 5678"),
            "passport",
            "E12345678",
            "13812345678",
            "E1*****78",
        ),
        (
            // A reader calls each of those with eighteen places so.
            named("identity_card", "911124198108030024"),
            "permanent_residence",
            "911124198108030024",
            "13812345678",
            "9111**********0024",
        ),
        (
            named("military", "军字第 1234567 号"),
            "military",
            "军字第1234567号",
            "13812345678",
            "军字第1*****7号",
        ),
        (
            named("taiwan_permit", "1234 5678"),
            "taiwan_permit",
            "12345678",
            "13812345678",
            "12****78",
        ),
        (
            person(
                "\u{202d}11010519491231002X\u{202c}",
                "张\u{202e}伟",
                "\u{202d}138 1234 5678\u{202c}",
            ),
            "identity_card",
            PERSON,
            "13812345678",
            "1101**********002X",
        ),
    ] {
        let opened = open(&house, &cookie, ticket, &applicant).await.ok();
        let shown = house.case(&cookie, &opened["id"]).await["applicant"].clone();
        assert_eq!((&shown["paper"], &shown["number"]), (&paper.into(), &masked.into()));
        let whole = revealed(&house, &cookie, &opened).await;
        assert_eq!((&whole["number"], &whole["telephone"]), (&number.into(), &telephone.into()));
        assert!(["张伟", "JOHN MICHAEL SMITH"].contains(&whole["name"].as_str().unwrap()));
        // It is found again as it is written, by the counter and by its applicant.
        let search = json!({ "q": applicant["number"] });
        let found = house.post_as("/api/counter/find_cases", &cookie, search).await.ok();
        assert_eq!(found["cases"][0]["id"], opened["id"], "{found}");
        let last = number.chars().skip(number.chars().count() - 4).collect::<String>();
        let find = json!({ "number": opened["number"], "last_four": last });
        house.post("/api/case/find", find).await.ok();
    }
}

#[tokio::test]
async fn what_is_refused_says_why_and_changes_nothing() {
    let house = House::at(Clock::standing_at(SATURDAY_TEN)).await;
    let (cookie, ticket) = house.serve("clerk1", "1", "proprietor-open").await;
    let long_name = "长".repeat(121);
    for (applicant, why) in [
        (
            json!({ "kind": "business", "name": "老张理发店", "number": "110105600123456",
                    "telephone": "13812345678" }),
            "新版营业执照",
        ),
        (person("1101051949123100", "张伟", "13812345678"), "16 位"),
        (person(PERSON, "张伟", "138"), "电话号码"),
        (person(PERSON, &long_name, "13812345678"), "121"),
        (person(PERSON, "\u{200b}\u{feff}", "13812345678"), "填写"),
        (
            json!({ "kind": "person", "paper": "hong_kong_macau_permit", "name": "张伟",
                    "number": "12345678", "telephone": "13812345678" }),
            "H 或 M",
        ),
        (
            json!({ "kind": "person", "paper": "taiwan_residence", "name": "张伟",
                    "number": PERSON, "telephone": "13812345678" }),
            "83 开头",
        ),
    ] {
        let refused = open(&house, &cookie, ticket, &applicant).await;
        assert!(refused.text().contains(why), "{}", refused.text());
        assert_eq!(refused.refusal(), (422, "bad_applicant".to_owned()));
    }
}

#[tokio::test]
async fn a_name_that_cannot_be_drawn_is_told_before_anything_is_printed() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let office = house.office("review1").await;
    let nowhere = '\u{3fffd}';
    for (name, places) in [
        ("张\u{e843}伟".to_owned(), json!([2])),
        (format!("{nowhere}伟{nowhere}"), json!([1, 3])),
        ("张伟".to_owned(), json!(null)),
        ("长".repeat(120), json!(null)),
        ("Siobhán O’Brien-Ñúñez".to_owned(), json!(null)),
    ] {
        let body = json!({ "request_id": Uuid::new_v4(), "ticket": ticket,
                           "matter": "food-permit",
                           "applicant": person(PERSON, &name, "13812345678") });
        let opened = house.post_as("/api/counter/open_case", &cookie, body).await.ok();
        let shown = house.case(&cookie, &opened["id"]).await;
        assert_eq!(shown["applicant"]["undrawable"], places, "{name}");
        assert!(!shown["applicant"]["name"].as_str().unwrap().ends_with('伟'), "still masked");
        assert_eq!(revealed(&house, &cookie, &opened).await["name"], name.as_str());
        house.mark_all(&cookie, &opened).await;
        house.accept(&cookie, &opened["id"]).await;
        let path = format!("/api/office/case?case={}", opened["id"]);
        let shown = house.get_as(&path, &office).await.ok();
        assert_eq!(shown["applicant"]["undrawable"], places, "{name}");
    }
}

#[tokio::test]
async fn a_number_of_any_paper_is_found_right_by_the_check() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk1", "1", "proprietor-open").await;
    for number in ["E12345678", "830000199001010039", "军字第1234567号"] {
        open(&house, &cookie, ticket, &person(number, "张伟", "13812345678")).await.ok();
    }
    let folder = house.stop().await;
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_jiban"))
        .args(["check", "--db", "hall.db"])
        .current_dir(folder.path())
        .env_clear()
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success() && said.contains("persons 3"), "{said}");
}

#[tokio::test]
async fn a_child_born_today_by_the_clock_of_the_hall_is_born() {
    // 07:30 in China, where it is the 26th; by UTC it is still the 25th.
    let morning = SATURDAY_TEN - 2 * HOUR - HOUR / 2;
    let house = House::at(Clock::standing_at(morning)).await;
    let (cookie, ticket) = house.serve("clerk1", "1", "proprietor-open").await;
    let child = person("110105202611210014", "张小宝", "13812345678");
    open(&house, &cookie, ticket, &child).await.ok();
}

#[tokio::test]
async fn nothing_is_offered_from_a_case_of_another_name_and_the_clerk_is_told() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let food = |name: &str| {
        json!({ "request_id": Uuid::new_v4(), "ticket": ticket, "matter": "food-permit",
                "applicant": person(PERSON, name, "13812345678") })
    };
    let earlier = house.post_as("/api/counter/open_case", &cookie, food("张伟")).await.ok();
    for material in earlier["materials"].as_array().unwrap() {
        let path =
            format!("/api/counter/attach?case={}&material={}", earlier["id"], material["id"]);
        house.post_raw(&path, &cookie, "image/jpeg", photograph().into()).await.ok();
    }
    let offers = |case: &Value| {
        let materials = case["materials"].as_array().unwrap().clone();
        materials.iter().filter(|one| !one["offer"].is_null()).count()
    };
    let same = house.post_as("/api/counter/open_case", &cookie, food("张 伟")).await.ok();
    assert!(offers(&same) > 0, "{same}");
    assert!(same.get("name_conflict").is_none(), "{same}");
    let offered = same["materials"].as_array().unwrap();
    let offered = offered.iter().find(|one| !one["offer"].is_null()).unwrap()["id"].clone();

    let other = house.post_as("/api/counter/open_case", &cookie, food("张薇")).await.ok();
    assert_eq!(offers(&other), 0, "{other}");
    let told = &other["name_conflict"];
    assert_eq!(told["cases"], json!([same["number"], earlier["number"]]), "{other}");
    assert_eq!(told["elsewhere"], false);
    let shown = house.case(&cookie, &other["id"]).await;
    assert_eq!((offers(&shown), &shown["name_conflict"]), (0, told));
    let reuse = json!({ "material": offered });
    let refused = house.on_case(&cookie, "reuse_material", &other["id"], reuse.clone()).await;
    assert_eq!(refused.refusal().1, "nothing_to_reuse");
    house.on_case(&cookie, "reuse_material", &same["id"], reuse).await.ok();
}

#[tokio::test]
async fn notes_lose_what_cannot_be_seen() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk1", "1", "proprietor-open").await;
    let opened = open(&house, &cookie, ticket, &person(PERSON, "张伟", "13812345678")).await.ok();
    let reason = json!({ "reason": "\u{202e}没有\u{202c}\u{200b}租赁\u{7}合同\n第二页" });
    house.on_case(&cookie, "decline_case", &opened["id"], reason).await.ok();
    let shown = house.case(&cookie, &opened["id"]).await;
    assert_eq!(shown["reason"]["zh"], "没有租赁合同\n第二页");
}
