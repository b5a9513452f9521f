//! What everyone who signs in does with their own session and password, alike at counters,
//! office and admin.

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use axum_extra::extract::CookieJar;
use jiban_app::api::session::{
    AdminWorkplace, ChangeOwnPassword, CounterWorkplace, OfficeWorkplace, StillHere,
};
use jiban_app::api::{Call, Done};

use super::client::Client;
use super::extract::JsonBody;
use super::response::Rejection;
use super::{App, admin, counter, office, session};

pub(super) fn router() -> Router<App> {
    macro_rules! of {
        ($($workplace:ty => $cookie:expr),+ $(,)?) => {
            Router::new()$(
                .route(
                    ChangeOwnPassword::<$workplace>::PATH,
                    post(|State(app): State<App>, Client(client): Client, jar: CookieJar, JsonBody(command): JsonBody<ChangeOwnPassword<$workplace>>| async move {
                        let secret = session::secret(&jar, $cookie)?;
                        let ChangeOwnPassword { old, new, .. } = command;
                        app.service.change_own_password(secret, old, new, client).await?;
                        Ok::<_, Rejection>(Json(Done {}))
                    }),
                )
                .route(
                    StillHere::<$workplace>::PATH,
                    post(|State(app): State<App>, jar: CookieJar, _: JsonBody<StillHere<$workplace>>| async move {
                        app.service.still_here(session::secret(&jar, $cookie)?)?;
                        Ok::<_, Rejection>(Json(Done {}))
                    }),
                )
            )+
        };
    }
    of! {
        CounterWorkplace => counter::COOKIE,
        OfficeWorkplace => office::COOKIE,
        AdminWorkplace => admin::COOKIE,
    }
}
