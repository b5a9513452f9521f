//! `jiban terminal`

use std::path::{Path, PathBuf};

use jiban_domain::setup::{EscposPrinter, Printer};

use super::serve::{begin_log, stopped};
use super::{CommandError, console, create_folder_of};
use crate::cli::Terminal;
use crate::clock::Clock;
use crate::settings::Settings;
use crate::terminal::TerminalSettings;
use crate::terminal::browser::BrowserSettings;
use crate::terminal::start::start;

pub(super) async fn run(settings: &Settings, arguments: &Terminal) -> Result<(), CommandError> {
    begin_log(settings);
    let printer = arguments.printer.as_deref().map(printer).transpose()?;
    create_folder_of(&arguments.store)?;
    let terminal = TerminalSettings {
        server: arguments.server.clone(),
        authority: arguments.ca.clone(),
        kiosk: arguments.kiosk.as_str().into(),
        listen: arguments.listen,
        store: arguments.store.clone(),
        printer,
        voice: settings.voice,
        browser: (!arguments.no_browser).then(|| browser(arguments)),
    };
    let running = start(terminal, Clock::from_environment()).await?;
    let stopped = stopped();
    let reached = if running.terminal.server.is_reached() { "reached" } else { "not reached yet" };
    console::print_line(&format!(
        "\n即办 Jiban\n\n  http://{}/kiosk/{}   自助终端 terminal\n\nThe hall's server at {} is {reached}.\n\
         Press Ctrl-C to stop.",
        running.address,
        running.terminal.kiosk,
        running.terminal.server.base(),
    ));
    stopped.await;
    running.stop().await;
    Ok(())
}

/// How the browser is started. Its profile is in memory where systemd gives a folder there.
fn browser(arguments: &Terminal) -> BrowserSettings {
    let beside = arguments.store.parent().unwrap_or(Path::new("")).to_path_buf();
    let folder = std::env::var_os("RUNTIME_DIRECTORY").map_or(beside, PathBuf::from);
    let flags = arguments.browser_flags.split_whitespace().map(str::to_owned).collect();
    BrowserSettings {
        program: arguments.browser.clone(),
        flags,
        profile: std::path::absolute(folder.join("browser")).unwrap_or_default(),
        most_memory: arguments.browser_memory << 20,
        rest_command: arguments.rest_command.clone(),
    }
}

/// `host:port`, `/dev/usb/lp0`, or `/dev/ttyUSB0,19200`.
fn printer(given: &str) -> Result<Printer, CommandError> {
    let wrong = || CommandError::Printer(given.to_owned());
    let (address, baud) = match given.rsplit_once(',') {
        Some((address, baud)) => (address, Some(baud.parse().map_err(|_| wrong())?)),
        None => (given, None),
    };
    let printer = EscposPrinter { baud, ..EscposPrinter::new(address.to_owned()) };
    let has_port = address.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    let usable = if printer.is_device() { true } else { has_port && baud.is_none() };
    if usable { Ok(Printer::Escpos(printer)) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printer_is_given_by_its_address_or_device() {
        let escpos = |given: &str| match printer(given) {
            Ok(Printer::Escpos(printer)) => Some((printer.address, printer.baud)),
            _ => None,
        };
        let is = |address: &str, baud| Some((address.to_owned(), baud));
        assert_eq!(escpos("10.0.0.5:9100"), is("10.0.0.5:9100", None));
        assert_eq!(escpos("/dev/usb/lp0"), is("/dev/usb/lp0", None));
        assert_eq!(escpos("/dev/ttyUSB0,19200"), is("/dev/ttyUSB0", Some(19_200)));
        for wrong in ["printer", "10.0.0.5:9100,9600", "/dev/ttyS0,fast", ""] {
            assert!(printer(wrong).is_err(), "{wrong}");
        }
    }
}
