//! Alerts about terminals: each begins once and ends once, and somebody is told of both.

use jiban_domain::terminal_alert::{AlertKind, TerminalFacts, Thresholds, Verdict};
use jiban_domain::{KioskId, Lang, Millis, Refusal, Text};
use serde_json::json;
use strum::VariantArray as _;

use crate::alerting::{AlertMessage, Alerting, Way};
use crate::change::Change;
use crate::change::terminals::{Alert, AlertNews, NewsState, TerminalChange};
use crate::service::unit_of_work::UnitOfWork;
use crate::service::{HallService, read_failed};
use crate::zone::utc_date_and_time;

/// The pause after a first try that failed; each is four times as long as the one before.
const FIRST_PAUSE: Millis = 5_000;
const LONGEST_PAUSE: Millis = 60 * 60_000;
/// What could not be told for so long is not told any more.
const TOLD_WITHIN: Millis = 3 * 24 * 60 * 60_000;

/// What begins or ends.
#[derive(Debug, Clone)]
struct Turn {
    kiosk: KioskId,
    kind: AlertKind,
    begins: bool,
}

impl HallService {
    /// Says who is told of alerts, and from when something is wrong.
    pub fn use_alerting(&self, alerting: Alerting) {
        let _ = self.alerting.set(alerting);
    }

    fn thresholds(&self) -> Thresholds {
        self.alerting.get().map(|alerting| alerting.thresholds).unwrap_or_default()
    }

    /// Begins and ends alerts by what terminals reported.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn check_terminals(&self) -> Result<(), Refusal> {
        let turns = self.turns();
        if turns.is_empty() {
            return Ok(());
        }
        let ways: Vec<Way> = Way::ALL
            .into_iter()
            .filter(|way| self.alerting.get().is_some_and(|alerting| alerting.has(*way)))
            .collect();
        self.execute(None, move |work| {
            for turn in &turns {
                take_turn(work, turn, &ways);
            }
            Ok(String::new())
        })
        .await
        .map(drop)
    }

    fn turns(&self) -> Vec<Turn> {
        let (bounds, steady) = (self.thresholds(), self.clock.steady());
        let in_doubt = self.clock.is_in_doubt();
        let live_state = self.live_state();
        let setup = &live_state.setup().setup;
        let mut turns = Vec::new();
        for kiosk in setup.halls.iter().flat_map(|hall| &hall.kiosks) {
            let Some(facts) = self.terminals.facts(&kiosk.id, steady) else { continue };
            let clock_off = facts.clock_off.filter(|_| !in_doubt);
            let facts = TerminalFacts { clock_off, ..facts };
            for kind in AlertKind::VARIANTS {
                let open = live_state.alerts().of(&kiosk.id, *kind).is_some();
                let begins = match kind.judge(&facts, &bounds) {
                    Verdict::Wrong if !open => true,
                    Verdict::Well if open => false,
                    _ => continue,
                };
                turns.push(Turn { kiosk: kiosk.id.clone(), kind: *kind, begins });
            }
        }
        // A kiosk that the hall file has no more is nobody's worry.
        let gone = live_state.alerts().open().filter(|alert| setup.kiosk(&alert.kiosk).is_none());
        turns.extend(gone.map(|alert| Turn {
            kiosk: alert.kiosk.clone(),
            kind: alert.kind,
            begins: false,
        }));
        turns
    }

    /// Tells whoever is to be told. What fails is tried again after growing pauses.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub async fn tell_alerts(&self) -> Result<(), Refusal> {
        let now = self.clock.now();
        for (news, alert) in self.reader.alert_news(now).await.map_err(read_failed)? {
            let has_way = self.alerting.get().filter(|alerting| alerting.has(news.way));
            let mut after = news.clone();
            match has_way {
                None => after.state = NewsState::Dropped,
                Some(alerting) => {
                    let message = self.alert_message(&news, &alert);
                    match alerting.tell(news.way, &message, now / 1000).await {
                        Ok(()) => after.state = NewsState::Sent,
                        Err(error) => {
                            tracing::warn!(%error, way = news.way.name(), "an alert was not taken");
                            after = tried_again(after, self.clock.now());
                        }
                    }
                }
            }
            self.execute(None, move |work| {
                work.put(Change::Terminal(TerminalChange::News(after.clone())));
                Ok(String::new())
            })
            .await?;
        }
        Ok(())
    }

    fn alert_message(&self, news: &AlertNews, alert: &Alert) -> AlertMessage {
        let live_state = self.live_state();
        let found = live_state.setup().setup.kiosk(&alert.kiosk);
        let name = found.map_or_else(
            || Text::from(alert.kiosk.as_str()),
            |(hall, kiosk)| Text {
                zh: format!("{} {}", hall.name.get(Lang::Zh), kiosk.name.get(Lang::Zh)),
                en: format!("{}, {}", hall.name.get(Lang::En), kiosk.name.get(Lang::En)),
            },
        );
        let what = alert.kind.name();
        let at = if news.over { alert.ended_at.unwrap_or(news.at) } else { alert.begun_at };
        let (zh, en) = if news.over { ("已恢复", "over") } else { ("告警", "alert") };
        let id = &alert.kiosk;
        let subject = format!("[{zh}/{en}] {id}: {} / {}", what.zh, what.en);
        let text = format!(
            "{} ({id}): {}\n{} ({id}) {}\n\n{zh} / {en}: {}\n",
            name.zh,
            what.zh,
            name.en,
            what.en,
            utc_date_and_time(at),
        );
        let json = json!({
            "type": if news.over { "terminal.alert.over" } else { "terminal.alert" },
            "timestamp": rfc_3339(at),
            "data": {
                "alert": alert.id, "kiosk": id, "name": name, "kind": alert.kind,
                "begun_at": alert.begun_at, "ended_at": alert.ended_at.filter(|_| news.over),
                "what": what,
            },
        });
        AlertMessage { id: format!("alert_{}", news.id()), json: json.to_string(), subject, text }
    }
}

fn rfc_3339(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
}

fn tried_again(news: AlertNews, now: Millis) -> AlertNews {
    let pause = FIRST_PAUSE.saturating_mul(4_i64.saturating_pow(news.tries)).min(LONGEST_PAUSE);
    let state = if now - news.at > TOLD_WITHIN { NewsState::Dropped } else { news.state };
    AlertNews { tries: news.tries + 1, next_at: now + pause, state, ..news }
}

fn take_turn(work: &mut UnitOfWork<'_>, turn: &Turn, ways: &[Way]) {
    let open = work.live_state().alerts().of(&turn.kiosk, turn.kind).cloned();
    let now = work.now();
    let alert = match (open, turn.begins) {
        (None, true) => Alert {
            id: work.live_state().alerts().next_id(),
            kiosk: turn.kiosk.clone(),
            kind: turn.kind,
            begun_at: now,
            ended_at: None,
        },
        (Some(open), false) => Alert { ended_at: Some(now), ..open },
        // Another round was quicker.
        _ => return,
    };
    let id = alert.id;
    work.put(Change::Terminal(TerminalChange::Alert(alert)));
    for way in ways {
        work.put(Change::Terminal(TerminalChange::News(AlertNews {
            alert: id,
            over: !turn.begins,
            way: *way,
            state: NewsState::Waiting,
            at: now,
            tries: 0,
            next_at: now,
        })));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_have_an_end() {
        let mut news = AlertNews {
            alert: 1,
            over: false,
            way: Way::Mail,
            state: NewsState::Waiting,
            at: 0,
            tries: 0,
            next_at: 0,
        };
        let mut pauses = Vec::new();
        for _ in 0..7 {
            let now = news.next_at;
            news = tried_again(news, now);
            pauses.push((news.next_at - now) / 1000);
        }
        assert_eq!(pauses, [5, 20, 80, 320, 1_280, 3_600, 3_600]);
        assert_eq!(news.state, NewsState::Waiting);
        assert_eq!(tried_again(news, TOLD_WITHIN + 1).state, NewsState::Dropped);
    }
}
