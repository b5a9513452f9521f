//! The sample of a proxy, `docs/nginx.conf`: what visitors need is open to everybody, and
//! everything else to the hall's own networks.

use std::path::Path;

use jiban_domain::access::Rule;

use crate::documents::routes;

/// The WebSocket of a draft.
const LIVE_DRAFT: &str = "/api/apply/live";

/// What visitors' phones need, from everywhere.
const FOR_EVERYBODY: [&str; 31] = [
    "/",
    "/T/{token}",
    "/T/{token}/answer",
    "/T/{token}/supply",
    "/VERIFY/{code}",
    "/B/{token}",
    "/b/{token}",
    "/b/{token}/booking.ics",
    "/b/{token}/cancel",
    "/b/{token}/move",
    "/book/{hall}",
    "/book/{hall}/{matter}",
    "/api/apply",
    "/api/case/supply",
    "/api/form",
    "/api/progress",
    "/api/verify",
    "/events/progress",
    "/events/progress/shared",
    "/guides",
    "/guides/{hall}/{matter}",
    "/guides/{hall}/{matter}/form.pdf",
    "/t/{token}",
    "/t/{token}/answer",
    "/t/{token}/file/{file}",
    "/t/{token}/give_back",
    "/t/{token}/supply",
    "/verify",
    "/verify/{code}",
    "/assets/{name}",
    "/favicon.svg",
];

/// What of theirs begins so: an application as it is filled in.
const FOLDERS_FOR_EVERYBODY: [&str; 4] = ["/apply/", "/d/", "/D/", "/api/apply/"];

struct Location {
    path: String,
    exact: bool,
    body: String,
}

/// The locations of the last server, which is the one with TLS.
fn locations() -> Vec<Location> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/nginx.conf");
    let sample = std::fs::read_to_string(sample).unwrap();
    let server = sample.rsplit("server {").next().unwrap();
    let read = server.split("\n  location ").skip(1).map(|rest| {
        let (path, body) = rest.split_once('{').unwrap();
        let exact = path.starts_with("= ");
        let path = path.trim_start_matches("= ").trim().to_owned();
        assert!(path.starts_with('/'), "only exact paths and beginnings: {path}");
        Location { path, exact, body: body.to_owned() }
    });
    read.collect()
}

/// The location of an address, as nginx finds it: an exact one, else the longest beginning.
fn location_of<'a>(all: &'a [Location], path: &str) -> &'a Location {
    all.iter().find(|one| one.exact && one.path == path).unwrap_or_else(|| {
        let begins = all.iter().filter(|one| !one.exact && path.starts_with(&one.path));
        begins.max_by_key(|one| one.path.len()).unwrap()
    })
}

/// Whether somebody of the hall alone may call it.
fn of_the_hall(route: &str) -> bool {
    let rows = jiban::http::routes().rows();
    let rule = rows.into_iter().find(|row| row.path == route).map(|row| row.action.rule());
    rule.is_some_and(|rule| !matches!(rule, Rule::Anyone | Rule::Holder | Rule::Kiosk))
}

#[test]
fn what_visitors_need_is_open_and_all_else_is_closed_to_the_outside() {
    let all = locations();
    let more = ["/favicon.svg", "/assets/{name}", "/nowhere", "/api/nowhere"].map(str::to_owned);
    let routes: Vec<String> = routes().into_iter().chain(more).collect();
    for route in &routes {
        let found = location_of(&all, route);
        let open = !found.body.contains("if ($jiban_inside = 0) { return 404; }");
        let wanted = FOR_EVERYBODY.contains(&route.as_str())
            || FOLDERS_FOR_EVERYBODY.iter().any(|folder| route.starts_with(folder));
        assert_eq!(open, wanted, "{route} by \"location {}\"", found.path);
        assert!(found.body.contains("proxy_pass http://jiban;"), "{route}");
        let is_stream = route.starts_with("/events/");
        assert_eq!(found.body.contains("proxy_buffering off;"), is_stream, "{route}");
        let is_socket = route == LIVE_DRAFT;
        assert_eq!(found.body.contains("Upgrade $http_upgrade;"), is_socket, "{route}");
    }
    for open in FOR_EVERYBODY {
        assert!(routes.iter().any(|route| route == open), "{open} is gone");
    }
    for open in FOLDERS_FOR_EVERYBODY {
        let inside = || routes.iter().filter(|route| route.starts_with(open));
        assert!(inside().count() > 0, "{open} is gone");
        assert!(inside().all(|route| !of_the_hall(route)), "{open} holds what is the hall's alone");
    }
}

#[test]
fn twenty_photographs_pass_with_the_form_around_them() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/nginx.conf");
    let sample = std::fs::read_to_string(sample).unwrap();
    let (_, size) = sample.split_once("client_max_body_size ").unwrap();
    let megabytes: usize = size.split('m').next().unwrap().parse().unwrap();
    assert!(megabytes > 20 * 10, "{megabytes}");
    for line in ["http2;", "X-Forwarded-For", "Strict-Transport-Security", "Host $host"] {
        assert!(sample.contains(line), "{line}");
    }
}
