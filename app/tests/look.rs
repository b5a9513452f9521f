use jiban_app::api::progress::*;
use jiban_app::progress::{HallDoors, ProgressView, documents};
use jiban_app::shell::Assets;
use jiban_domain::setup::Material;
use jiban_domain::ticket::TicketState;
use jiban_domain::wait::WaitMinutes;
use jiban_domain::*;
#[test]
fn look() {
    let assets = Assets { progress_script: "/progress.js".into(), ..Assets::default() };
    let base = Progress {
        number: "A012".into(),
        state: TicketState::Waiting,
        ahead: Some(3),
        wait_minutes: Some(WaitMinutes { low: 10, high: 20 }),
        counter: None,
        counter_name: None,
        hall: Text::new("滨江区政务服务中心", "Binjiang District Government Service Hall"),
        telephone: "0571-1234 5678".into(),
        line: Text::new("企业登记", "Business registration"),
        matter: Text::new("食品经营许可证核发（新办）", "Food business licence (new)"),
        materials: ["营业执照复印件", "法定代表人身份证", "经营场所平面布局图", "食品安全管理制度"]
            .iter()
            .enumerate()
            .map(|(i, m)| Material { name: Text::from(*m), deferrable: i == 2 })
            .collect(),
        time_zone: "Asia/Shanghai".into(),
        day: "2026-11-22".into(),
        events: vec![],
    };
    let ev = |kinds: &[&str]| {
        kinds
            .iter()
            .enumerate()
            .map(|(i, k)| Happened { at: i as i64, kind: (*k).into() })
            .collect::<Vec<_>>()
    };
    let c = Some(Text::new("3号窗口", "Counter 3"));
    let mut all = vec![("waiting", Progress { events: ev(&["issued"]), ..base.clone() })];
    all.push((
        "next",
        Progress {
            ahead: Some(0),
            wait_minutes: Some(WaitMinutes { low: 0, high: 4 }),
            events: ev(&["issued"]),
            ..base.clone()
        },
    ));
    all.push(("noopen", Progress { wait_minutes: None, events: ev(&["issued"]), ..base.clone() }));
    let b = Progress { ahead: None, wait_minutes: None, counter_name: c, ..base.clone() };
    all.push((
        "called",
        Progress { state: TicketState::Called, events: ev(&["issued", "called"]), ..b.clone() },
    ));
    all.push((
        "serving",
        Progress {
            state: TicketState::Serving,
            events: ev(&["issued", "called", "begun"]),
            ..b.clone()
        },
    ));
    all.push((
        "hold",
        Progress {
            state: TicketState::OnHold,
            events: ev(&["issued", "called", "begun", "held"]),
            ..b.clone()
        },
    ));
    all.push((
        "missed",
        Progress {
            state: TicketState::Missed,
            events: ev(&["issued", "called", "recalled", "recalled", "missed"]),
            ..b.clone()
        },
    ));
    all.push((
        "finished",
        Progress {
            state: TicketState::Finished,
            events: ev(&["issued", "called", "recalled", "begun", "held", "resumed", "finished"]),
            ..b.clone()
        },
    ));
    all.push((
        "cancelled",
        Progress {
            state: TicketState::Cancelled,
            counter_name: None,
            events: ev(&["issued", "cancelled"]),
            ..b.clone()
        },
    ));
    for lang in [Lang::Zh, Lang::En] {
        for (name, p) in &all {
            let v = ProgressView::of(p, lang, 9, |at| {
                format!("{:02}:{:02}", 9 + at / 3, 5 + at * 7 % 60)
            });
            std::fs::write(
                format!("/tmp/display/{name}-{}.html", lang.tag()),
                documents::progress(&assets, v, "/events/progress?token=X"),
            )
            .unwrap();
        }
        std::fs::write(
            format!("/tmp/display/notfound-{}.html", lang.tag()),
            documents::not_found(&assets, lang),
        )
        .unwrap();
        std::fs::write(
            format!("/tmp/display/unavailable-{}.html", lang.tag()),
            documents::unavailable(&assets, lang, "7F3A-21"),
        )
        .unwrap();
        let halls = vec![
            HallDoors {
                id: HallId::from("binjiang"),
                name: base.hall.clone(),
                kiosks: vec![
                    (KioskId::from("K1"), Text::new("大厅入口", "Main entrance")),
                    (KioskId::from("K2"), Text::new("24小时自助区", "24-hour zone")),
                ],
            },
            HallDoors {
                id: HallId::from("binjiang-community"),
                name: Text::new("江畔社区便民服务站", "Riverside community station"),
                kiosks: vec![(KioskId::from("K3"), Text::new("服务站", "Station"))],
            },
        ];
        std::fs::write(
            format!("/tmp/display/doors-{}.html", lang.tag()),
            documents::doors(&assets, lang, halls),
        )
        .unwrap();
    }
}
