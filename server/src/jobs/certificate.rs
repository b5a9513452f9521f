//! The certificate is read again on SIGHUP, and soon after its files have changed.

use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use crate::connections::Certificate;

const INTERVAL: Duration = Duration::from_secs(10);

pub async fn run(certificate: Arc<Certificate>) {
    let mut ticks = interval_at(Instant::now() + INTERVAL, INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut asked = signal(SignalKind::hangup()).ok();
    let mut told = None;
    loop {
        let hangup = async {
            match &mut asked {
                Some(asked) => asked.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = ticks.tick() => {}
            _ = hangup => told = None,
        }
        match certificate.refresh() {
            Ok(changed) => {
                told = None;
                if changed {
                    tracing::info!("the certificate was read again and is used from now on");
                }
            }
            // Between the writes of the two files they do not belong together.
            Err(fault) => {
                let fault = fault.to_string();
                if told.as_ref() != Some(&fault) {
                    tracing::warn!(%fault, "the certificate was not read again; the one before stays");
                    told = Some(fault);
                }
            }
        }
    }
}
