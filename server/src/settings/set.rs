//! The parser of each setting. `None` means that the value is invalid.

use std::net::IpAddr;
use std::path::PathBuf;

use axum::http::Uri;
use axum::http::uri::Authority;
use ipnet::IpNet;
use tracing_subscriber::EnvFilter;

use super::Settings;

pub(super) fn db(settings: &mut Settings, value: &str) -> Option<()> {
    settings.db = file(value)?;
    Some(())
}

pub(super) fn key(settings: &mut Settings, value: &str) -> Option<()> {
    settings.key = Some(file(value)?);
    Some(())
}

pub(super) fn listen(settings: &mut Settings, value: &str) -> Option<()> {
    settings.listen = value.trim().parse().ok()?;
    Some(())
}

/// Stored as scheme and host without the final slash, since paths are appended.
pub(super) fn public_url(settings: &mut Settings, value: &str) -> Option<()> {
    let address: Uri = value.trim().parse().ok()?;
    let scheme = address.scheme_str().filter(|scheme| ["http", "https"].contains(scheme))?;
    // User names and empty ports are refused: the authority has them, but neither its host nor
    // its port does.
    let host = address.authority().filter(|authority| {
        !authority.host().is_empty()
            && (authority.as_str() == authority.host()
                || authority.port_u16().is_some() && !authority.as_str().contains('@'))
    })?;
    if !matches!(address.path(), "" | "/") || address.query().is_some() || value.contains('#') {
        return None;
    }
    settings.public_url = Some(format!("{scheme}://{host}"));
    Some(())
}

pub(super) fn hosts(settings: &mut Settings, value: &str) -> Option<()> {
    let named = value.split([',', ' ']).filter(|name| !name.is_empty());
    settings.hosts = named.map(host).collect::<Option<_>>()?;
    (!settings.hosts.is_empty()).then_some(())
}

/// A host without scheme and port.
fn host(name: &str) -> Option<String> {
    let bare = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(name);
    let is_address = bare.parse::<IpAddr>().is_ok();
    let is_name = name.parse::<Authority>().is_ok_and(|whole| whole.host() == name);
    (is_address || is_name).then(|| bare.to_owned())
}

pub(super) fn office_idle_minutes(settings: &mut Settings, value: &str) -> Option<()> {
    idle_minutes(&mut settings.office_idle_minutes, value)
}

pub(super) fn counter_idle_minutes(settings: &mut Settings, value: &str) -> Option<()> {
    idle_minutes(&mut settings.counter_idle_minutes, value)
}

fn idle_minutes(setting: &mut Option<u32>, value: &str) -> Option<()> {
    let value = value.trim();
    let minutes = value.parse().ok().filter(|minutes| (1..=720).contains(minutes));
    *setting = minutes;
    (minutes.is_some() || value == "off").then_some(())
}

pub(super) fn tls_cert(settings: &mut Settings, value: &str) -> Option<()> {
    settings.tls.get_or_insert_default().cert = file(value)?;
    Some(())
}

pub(super) fn tls_key(settings: &mut Settings, value: &str) -> Option<()> {
    settings.tls.get_or_insert_default().key = file(value)?;
    Some(())
}

pub(super) fn demo(settings: &mut Settings, value: &str) -> Option<()> {
    settings.demo = yes_or_no(value)?;
    Some(())
}

pub(super) fn demo_password(settings: &mut Settings, value: &str) -> Option<()> {
    let valid = (1..=256).contains(&value.chars().count());
    settings.demo_password = Some(valid.then(|| value.to_owned())?);
    Some(())
}

pub(super) fn voice(settings: &mut Settings, value: &str) -> Option<()> {
    settings.voice = yes_or_no(value)?;
    Some(())
}

pub(super) fn log(settings: &mut Settings, value: &str) -> Option<()> {
    let has_level = |part: &str| {
        let level = part.rsplit('=').next().unwrap_or_default().trim().to_ascii_lowercase();
        ["off", "error", "warn", "info", "debug", "trace"].contains(&level.as_str())
    };
    // The filter accepts any word as the name of a module, so that "verbose" would silence
    // everything.
    let valid = value.split(',').all(has_level) && EnvFilter::try_new(value).is_ok();
    settings.log = valid.then(|| value.to_owned())?;
    Some(())
}

pub(super) fn sms_gateway(settings: &mut Settings, value: &str) -> Option<()> {
    settings.sms_gateway = Some(file(value)?);
    Some(())
}

pub(super) fn alerts(settings: &mut Settings, value: &str) -> Option<()> {
    settings.alerts = Some(file(value)?);
    Some(())
}

pub(super) fn statement_secret(settings: &mut Settings, value: &str) -> Option<()> {
    settings.statement_secret = Some(file(value)?);
    Some(())
}

pub(super) fn identity_provider(settings: &mut Settings, value: &str) -> Option<()> {
    settings.identity_provider = Some(file(value)?);
    Some(())
}

/// Addresses and networks, separated by commas or spaces.
pub(super) fn trusted_proxies(settings: &mut Settings, value: &str) -> Option<()> {
    let written = value.split([',', ' ']).map(str::trim).filter(|one| !one.is_empty());
    settings.trusted_proxies = written.map(network).collect::<Option<Vec<IpNet>>>()?;
    Some(())
}

/// A network, or one address of it. A proxy that is seen as IPv4 is IPv4, however it is written.
fn network(written: &str) -> Option<IpNet> {
    let address = written.parse::<IpAddr>().map(|address| IpNet::from(address.to_canonical()));
    address.ok().or_else(|| written.parse().ok())
}

pub(super) fn limits(settings: &mut Settings, value: &str) -> Option<()> {
    settings.limits.lifted = !yes_or_no(value)?;
    Some(())
}

/// A bound. Nothing is bounded to zero, since that would close the hall.
pub(super) fn count(bound: &mut u32, value: &str) -> Option<()> {
    *bound = value.trim().parse().ok().filter(|count| (1..=1_000_000).contains(count))?;
    Some(())
}

fn file(value: &str) -> Option<PathBuf> {
    let path = value.trim();
    let names_a_file = !path.is_empty() && !path.ends_with('/') && !path.contains('\0');
    names_a_file.then(|| PathBuf::from(path))
}

fn yes_or_no(value: &str) -> Option<bool> {
    match value.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}
