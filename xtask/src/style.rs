//! The style sheets, joined to one for all pages, to one for the kiosk, which loads nothing
//! that it does not show, and to one that a kiosk loads later.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

/// The file of `style/` that imports all the others, in cascade order.
const ALL: &str = "all.css";

/// The sheets that every page has. A kiosk has these and those of its folder.
const SHARED: [&str; 2] = ["tokens.css", "parts.css"];
const KIOSK: &str = "kiosk/";
/// Somebody may fill in a form at a kiosk too.
const FILLED_IN: [&str; 2] = ["apply/fields.css", "apply/beside.css"];
/// What a kiosk loads only when somebody asks for it.
const ACCESSIBILITY: &str = "accessibility/";

/// Joined style sheets.
#[derive(Debug, Default)]
pub struct Joined {
    pub all: String,
    pub kiosk: String,
    pub accessibility: String,
}

/// The style sheets in the order in which `all.css` imports them.
pub fn joined(folder: &Path) -> Result<Joined> {
    let imported = imports(&read(&folder.join(ALL))?)?;
    for sheet in sheets_below(folder)? {
        let name = sheet.strip_prefix(folder)?;
        ensure!(
            name == Path::new(ALL) || imported.iter().any(|import| Path::new(import) == name),
            "style/{ALL} does not import {}",
            name.display()
        );
    }
    let mut joined = Joined::default();
    for import in imported {
        let sheet = read(&folder.join(&import))? + "\n";
        if import.starts_with(ACCESSIBILITY) {
            joined.accessibility += &sheet;
            continue;
        }
        let shared = SHARED.contains(&import.as_str()) || FILLED_IN.contains(&import.as_str());
        if shared || import.starts_with(KIOSK) {
            joined.kiosk += &sheet;
        }
        joined.all += &sheet;
    }
    Ok(joined)
}

/// The names in a sheet of comments and `@import "name";` lines.
fn imports(sheet: &str) -> Result<Vec<String>> {
    let mut names = Vec::new();
    let mut rest = sheet.trim();
    while !rest.is_empty() {
        let after = if let Some(comment) = rest.strip_prefix("/*") {
            comment.split_once("*/").map(|(_, after)| after)
        } else {
            rest.strip_prefix("@import \"").and_then(|import| {
                let (name, after) = import.split_once("\";")?;
                names.push(name.to_owned());
                Some(after)
            })
        };
        let Some(after) = after else {
            bail!("style/{ALL} holds more than imports: {}", rest.lines().next().unwrap_or(rest));
        };
        rest = after.trim_start();
    }
    Ok(names)
}

fn sheets_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut sheets = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            sheets.extend(sheets_below(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "css") {
            sheets.push(path);
        }
    }
    Ok(sheets)
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).with_context(|| file.display().to_string())
}

#[cfg(test)]
mod tests {
    use std::fs::{create_dir, write};

    use super::joined;

    #[test]
    fn sheets_are_joined_as_imported_and_none_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        create_dir(at("kiosk")).unwrap();
        create_dir(at("accessibility")).unwrap();
        write(
            at("all.css"),
            "/* In\n order. */\n@import \"z.css\";\n@import \"kiosk/a.css\";\n\
             @import \"accessibility/l.css\";\n",
        )
        .unwrap();
        write(at("accessibility/l.css"), "l {}\n").unwrap();
        write(at("z.css"), "z {}\n").unwrap();
        write(at("kiosk/a.css"), "a {}\n").unwrap();
        let sheets = joined(folder.path()).unwrap();
        assert_eq!(sheets.all, "z {}\n\na {}\n\n");
        assert_eq!(sheets.kiosk, "a {}\n\n");
        assert_eq!(sheets.accessibility, "l {}\n\n");

        write(at("kiosk/b.css"), "b {}\n").unwrap();
        let error = joined(folder.path()).unwrap_err().to_string();
        assert_eq!(error, "style/all.css does not import kiosk/b.css");

        write(at("all.css"), "@import \"z.css\";\np {}\n").unwrap();
        let error = joined(folder.path()).unwrap_err().to_string();
        assert_eq!(error, "style/all.css holds more than imports: p {}");
    }
}
