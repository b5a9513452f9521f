use serde_json::json;

use super::*;

fn form() -> Form {
    serde_json::from_value(json!({ "groups": [
        { "id": "premises", "name": "经营场所", "field": [
            { "id": "address", "label": "地址", "kind": "address", "required": true },
            { "id": "area", "label": "使用面积", "kind": "number", "unit": "平方米" },
            { "id": "modes", "label": "经营方式", "kind": "several", "choices": [
                { "id": "dine", "name": "堂食" }, { "id": "online", "name": "网络经营" }]},
            { "id": "site", "label": "网址", "shown_when": [{ "field": "modes", "is": ["online"] }]},
            { "id": "about", "label": "说明", "kind": "long_text", "longest": 4000 },
            { "id": "staff", "label": "从业人员", "kind": "table", "columns": [
                { "id": "name", "label": "姓名" }, { "id": "since", "label": "健康证日期", "kind": "date" }]},
        ]},
        { "id": "consent", "name": "承诺", "field": [
            { "id": "true", "label": "真实性承诺", "kind": "consent",
              "statement": "本人承诺所填内容真实、完整。" }]},
    ]}))
    .unwrap()
}

fn content(values: Option<serde_json::Value>) -> Application {
    Application {
        lang: Lang::Zh,
        hall: Text::new("青禾区政务服务中心", "Qinghe Service Hall"),
        name: Text::new("食品经营许可", "Food business licence"),
        form: form(),
        values: values.map(|values| serde_json::from_value(values).unwrap()),
        number: None,
        sent: None,
        signed: None,
        qr: Some("HTTPS://HALL.EXAMPLE/D/0123456789ABCDEFGHJKMNPQRS".to_owned()),
        undrawable: Vec::new(),
    }
}

/// The texts of a page, and how far right the longest could reach.
fn texts(page: &str) -> String {
    let mut texts = String::new();
    for part in page.split('>').skip(1) {
        texts.push_str(part.split('<').next().unwrap_or_default());
        texts.push(' ');
    }
    texts
}

/// Where each text begins, and how wide it may be.
fn reaches(page: &str) -> Vec<(u32, u32, u32)> {
    let number = |from: &str, key: &str| -> Option<u32> {
        let at = from.find(&format!("{key}=\""))? + key.len() + 2;
        from[at..].split('"').next()?.parse().ok()
    };
    let mut found = Vec::new();
    for text in page.split("<text ").skip(1) {
        let text = text.split("</text>").next().unwrap_or_default();
        if text.contains("text-anchor") {
            continue;
        }
        let (Some(x), Some(y), Some(size)) =
            (number(text, "x"), number(text, "y"), number(text, "font-size"))
        else {
            continue;
        };
        let said = text.split("<tspan").nth(1).and_then(|span| span.split('>').nth(1));
        let said = said.and_then(|said| said.split('<').next()).unwrap_or_default();
        let said = said.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
        let said = said.replace("&amp;", "&");
        found.push((x + crate::sheet::measure::width(&said, size), y, size));
    }
    found
}

fn stays_on_the_paper(pages: &[String]) {
    for page in pages {
        for (right, base, _) in reaches(page) {
            assert!(right <= WIDTH - 100, "runs off to the right");
            assert!(base <= super::super::style::HEIGHT - 80, "runs off below");
        }
    }
}

#[test]
fn what_was_filled_in_stands_in_its_place() {
    let pages = application(&content(Some(json!({
        "address": { "region": "河南省郑州市", "detail": "建设路1号" },
        "area": "120.5", "modes": ["dine"], "site": "不再问的",
        "staff": [{ "name": "张伟", "since": "2026-01-02" }], "true": true,
    }))));
    assert_eq!(pages.len(), 1);
    let said = texts(&pages[0]);
    for word in [
        "食品经营许可申请表",
        "河南省郑州市",
        "120.5 平方米",
        "堂食",
        "张伟",
        "已阅读并同意",
        "第 1 页，共 1 页",
    ] {
        assert!(said.contains(word), "{word} in {said}");
    }
    assert!(!said.contains("不再问的"), "what is not asked is not printed");
    stays_on_the_paper(&pages);
}

#[test]
fn a_blank_form_has_a_place_for_each_answer() {
    let pages = application(&content(None));
    let said: String = pages.iter().map(|page| texts(page)).collect();
    for word in [
        "□ 堂食　□ 网络经营",
        "（经营方式为“网络经营”时填写）",
        "阅读后勾选同意",
        "申请人签名（盖章）",
    ] {
        assert!(said.contains(word), "{word} in {said}");
    }
    stays_on_the_paper(&pages);
}

#[test]
fn the_longest_answers_go_on_in_further_pages_and_lose_nothing() {
    let long: String = (0..4000).map(|n| if n % 37 == 36 { '。' } else { '长' }).collect();
    let rows: Vec<_> = (0..60)
        .map(|n| json!({ "name": format!("第{n}位从业人员的姓名很长很长很长很长"), "since": "2026-01-02" }))
        .collect();
    let pages = application(&content(Some(json!({
        "address": { "region": "某".repeat(300), "detail": "x".repeat(900) },
        "modes": ["dine"], "about": long, "staff": rows, "true": true,
    }))));
    assert!(pages.len() > 3, "{}", pages.len());
    let said: String = pages.iter().map(|page| texts(page)).collect();
    assert_eq!(said.matches('长').count(), long.matches('长').count() + 60 * 4);
    assert!(said.contains("第59位"));
    assert!(said.contains("（续）"));
    let last = format!("第 {0} 页，共 {0} 页", pages.len());
    assert!(said.contains(&last));
    stays_on_the_paper(&pages);
}

/// Characters as people write them, and as nobody expects them.
const ODD: [char; 16] = [
    '长', '𠮷', 'W', 'i', ' ', '　', '\n', '。', '（', '&', '<', '\u{301}', 'م', '😀', '\u{fffd}',
    '字',
];

/// Whatever was written, nothing runs off the paper.
#[test]
fn anything_that_can_be_written_stays_on_the_paper() {
    let mut seed = 7_usize;
    let mut text = |most: usize| -> String {
        let mut next = || {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            seed >> 33
        };
        let length = next() % most;
        (0..length).map(|_| ODD[next() % ODD.len()]).collect()
    };
    for _ in 0..40 {
        let (long, cell) = (text(600), text(160));
        let pages = application(&content(Some(json!({
            "address": { "region": long, "detail": cell }, "about": text(2000),
            "staff": [{ "name": cell, "since": long }, { "name": long, "since": cell }],
        }))));
        stays_on_the_paper(&pages);
    }
}
