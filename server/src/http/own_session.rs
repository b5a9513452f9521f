//! What everyone who signs in does with their own session and password, alike at counters,
//! office and admin.

use axum::Json;
use axum::extract::State;
use axum_extra::extract::CookieJar;
use jiban_app::api::session::{
    AdminWorkplace, ChangeOwnPassword, CounterWorkplace, HelpWorkplace, Here, OfficeWorkplace,
    StillHere,
};
use jiban_app::api::{Call, Done};
use jiban_domain::access::{Action, PlaceKind};

use super::App;
use super::client::Client;
use super::extract::JsonBody;
use super::response::Rejection;
use super::routes::{Routes, signed_in_at};

pub(super) fn router() -> Routes {
    macro_rules! of {
        ($($workplace:ty => $place:expr;)+) => {
            Routes::new()$(
                .post(
                    ChangeOwnPassword::<$workplace>::PATH,
                    Action::ChangeOwnPassword,
                    |State(app): State<App>, Client(client): Client, jar: CookieJar, JsonBody(command): JsonBody<ChangeOwnPassword<$workplace>>| async move {
                        let caller = signed_in_at(&app.service, &jar, $place)?;
                        let ChangeOwnPassword { old, new, .. } = command;
                        app.service.change_own_password(caller, old, new, client).await?;
                        Ok::<_, Rejection>(Json(Done {}))
                    },
                )
                .post(
                    StillHere::<$workplace>::PATH,
                    Action::StayHere,
                    |State(app): State<App>, jar: CookieJar, _: JsonBody<StillHere<$workplace>>| async move {
                        let caller = signed_in_at(&app.service, &jar, $place)?;
                        let idle_minutes = app.service.activity.minutes($place);
                        Ok::<_, Rejection>(Json(Here { clerk: caller.clerk, idle_minutes }))
                    },
                )
            )+
        };
    }
    of! {
        CounterWorkplace => PlaceKind::Counter;
        OfficeWorkplace => PlaceKind::Office;
        AdminWorkplace => PlaceKind::Admin;
        HelpWorkplace => PlaceKind::Help;
    }
}
