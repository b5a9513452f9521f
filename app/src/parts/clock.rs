//! Times in the hall's zone and the page's language. The browser knows the time
//! zones, so none are compiled in.

use jiban_domain::{Lang, Millis};
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::{Array, Date, Intl, Object, Reflect, global};

pub(super) fn format(at: Millis, zone: &str, lang: Lang, options: &[(&str, &str)]) -> String {
    let wanted = Object::new();
    for (name, value) in [("timeZone", zone), ("hourCycle", "h23")].iter().chain(options) {
        // Setting a property of a plain object cannot fail.
        let _ = Reflect::set(&wanted, &JsValue::from(*name), &JsValue::from(*value));
    }
    let locales = Array::of1(&JsValue::from(lang.tag()));
    let Some(formatter) = formatter(&locales, &wanted).or_else(|| {
        let _ = Reflect::delete_property(&wanted, &JsValue::from("timeZone"));
        formatter(&locales, &wanted)
    }) else {
        return String::new();
    };
    #[allow(clippy::cast_precision_loss)]
    let date = Date::new(&JsValue::from(at as f64));
    formatter
        .format()
        .call1(&JsValue::UNDEFINED, date.unchecked_ref())
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

/// None for a zone that the browser does not know: one that is being typed, or is too new. The
/// constructor would throw through the module.
fn formatter(locales: &Array, wanted: &Object) -> Option<Intl::DateTimeFormat> {
    let intl = Reflect::get(&global(), &JsValue::from("Intl")).ok()?;
    let constructor = Reflect::get(&intl, &JsValue::from("DateTimeFormat")).ok()?;
    let made =
        Reflect::construct::<fn() -> JsValue>(constructor.dyn_ref()?, &Array::of2(locales, wanted))
            .ok()?;
    Some(made.unchecked_into())
}

/// `14:05`.
pub fn hour_minute(at: Millis, zone: &str) -> String {
    format(at, zone, Lang::Zh, &[("hour", "2-digit"), ("minute", "2-digit")])
}

/// `2026/11/21 14:05`, with the year: for a clock that may be wrong by years.
pub fn date_and_time(at: Millis, zone: &str, lang: Lang) -> String {
    let two = "2-digit";
    let options =
        [("year", "numeric"), ("month", two), ("day", two), ("hour", two), ("minute", two)];
    format(at, zone, lang, &options)
}

/// `11月21日 星期六`, or `Saturday, November 21`.
pub fn day(at: Millis, zone: &str, lang: Lang) -> String {
    format(at, zone, lang, &[("month", "long"), ("day", "numeric"), ("weekday", "long")])
}

/// The browser's clock, in UTC milliseconds. Pages show the server's time: they
/// keep the offset to a snapshot's `now`, and use this clock only to count on.
#[allow(clippy::cast_possible_truncation)]
pub fn browser_now() -> Millis {
    Date::now() as Millis
}
