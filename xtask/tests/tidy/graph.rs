//! Which file of a crate uses which.

use std::collections::{BTreeMap, BTreeSet};

use crate::paths::{Import, Named, Path, named};
use crate::sources::files;

/// The files of one crate and what they use.
pub struct Crate {
    files: BTreeMap<Vec<String>, File>,
}

struct File {
    path: String,
    named: Named,
}

/// Re-exports of re-exports: more than anyone writes.
const MOST_STEPS: usize = 8;

impl Crate {
    /// Reads the sources below `folder`, which has the crate's root.
    pub fn read(folder: &str) -> Self {
        let mut modules = BTreeMap::new();
        for source in files(&[folder], "rs") {
            let inside = source.path[folder.len() + 1..].trim_end_matches(".rs");
            let mut module: Vec<String> = inside.split('/').map(str::to_owned).collect();
            if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
                module.pop();
            }
            // Of a library and a program in one folder, the library has the modules.
            if module.is_empty() && inside == "main" && modules.contains_key(&module) {
                continue;
            }
            modules.insert(module, File { named: named(&source.text), path: source.path });
        }
        let tests: Vec<Vec<String>> = modules
            .iter()
            .flat_map(|(module, file)| {
                file.named
                    .test_modules
                    .iter()
                    .map(|name| [module, std::slice::from_ref(name)].concat())
            })
            .collect();
        modules.retain(|module, _| !tests.iter().any(|test| module.starts_with(test)));
        Self { files: modules }
    }

    /// Every crate that a file names, with the first such file of each.
    pub fn crates_named(&self) -> BTreeMap<String, String> {
        let mut crates = BTreeMap::new();
        for file in self.files.values() {
            let imports = file.named.imports.iter().map(|import| &import.path);
            for path in file.named.used.iter().chain(imports) {
                crates.entry(path.segments[0].clone()).or_insert_with(|| file.path.clone());
            }
        }
        crates
    }

    /// Which files each file uses: path by path.
    pub fn uses(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut uses = BTreeMap::new();
        for (module, file) in &self.files {
            let mut used = BTreeSet::new();
            for path in &file.named.used {
                used.extend(self.file_of(module, path));
            }
            for import in &file.named.imports {
                // A re-export that the file itself does not use is a sign at the door.
                let passed_on = import.public && !file.named.identifiers.contains(&import.name);
                if !passed_on {
                    used.extend(self.file_of(module, &import.path));
                }
            }
            used.remove(file.path.as_str());
            uses.insert(file.path.as_str(), used);
        }
        uses
    }

    /// The file that defines what a path names, if it is of this crate.
    fn file_of(&self, module: &[String], path: &Path) -> Option<&str> {
        let full = self.resolve_from_root(module, path)?;
        let (owner, rest) = self.split(&full);
        // A module alone is named to be written before something of it.
        let item = rest.first()?;
        let owner = self.defining(owner, item, MOST_STEPS);
        Some(self.files[owner].path.as_str())
    }

    /// The path from the crate's root.
    fn resolve_from_root(&self, module: &[String], path: &Path) -> Option<Vec<String>> {
        let here = [module, &path.inside].concat();
        let (first, rest) = path.segments.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([&here, rest].concat()),
            "super" => {
                let ups = path.segments.iter().take_while(|segment| *segment == "super").count();
                let kept = here.len().checked_sub(ups)?;
                Some([&here[..kept], &path.segments[ups..]].concat())
            }
            name => {
                let child = [module, &[name.to_owned()]].concat();
                if self.files.contains_key(&child) {
                    return Some([&child, rest].concat());
                }
                // A module that was imported, and is written before its item.
                let imports = &self.files.get(module)?.named.imports;
                let import = imports.iter().find(|import| import.name == name)?;
                if import.path.segments[0] == name {
                    return None;
                }
                let module_path = self.resolve_from_root(module, &import.path)?;
                let (_, within) = self.split(&module_path);
                within.is_empty().then(|| [&module_path, rest].concat())
            }
        }
    }

    /// The longest part of a path that is a module in a file, and the rest.
    fn split<'a>(&self, full: &'a [String]) -> (&'a [String], &'a [String]) {
        let modules = (0..=full.len()).rev().find(|at| self.files.contains_key(&full[..*at]));
        full.split_at(modules.unwrap_or(0))
    }

    /// The module that an item comes from, through re-exports.
    fn defining<'a>(&'a self, module: &'a [String], item: &str, steps: usize) -> &'a [String] {
        let Some((module, file)) = self.files.get_key_value(module) else { return module };
        if steps == 0 {
            return module;
        }
        // By name first: what else has the name here is a method.
        let by_name = |import: &&Import| import.public && import.name == item;
        if let Some(import) = file.named.imports.iter().find(by_name)
            && let Some(full) = self.resolve_from_root(module, &import.path)
        {
            let (owner, rest) = self.split(&full);
            if let (Some((owner, _)), Some(item)) = (self.files.get_key_value(owner), rest.first())
            {
                return self.defining(owner, item, steps - 1);
            }
        }
        if file.named.defined.contains(item) {
            return module;
        }
        let all = |import: &&Import| import.public && import.name == "*";
        for import in file.named.imports.iter().filter(all) {
            let Some(full) = self.resolve_from_root(module, &import.path) else { continue };
            let Some((owner, _)) = self.files.get_key_value(&full) else { continue };
            let found = self.defining(owner, item, steps - 1);
            if self.files[found].named.defined.contains(item) {
                return found;
            }
        }
        module
    }
}

/// Sets of files each of which uses the others, directly or through more of them.
pub fn circles<'a>(uses: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> Vec<BTreeSet<&'a str>> {
    let reached = |from: &'a str| {
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut waiting = vec![from];
        while let Some(file) = waiting.pop() {
            for next in uses.get(file).into_iter().flatten() {
                if reached.insert(next) {
                    waiting.push(next);
                }
            }
        }
        reached
    };
    let all: BTreeMap<&str, BTreeSet<&str>> =
        uses.keys().map(|file| (*file, reached(file))).collect();
    let mut circles: Vec<BTreeSet<&str>> = all
        .iter()
        .filter(|(file, reached)| reached.contains(*file))
        .map(|(file, reached)| {
            reached.iter().filter(|other| all[*other].contains(file)).copied().collect()
        })
        .collect();
    circles.sort();
    circles.dedup();
    circles
}

#[test]
fn a_circle_is_found() {
    let uses = [("a", vec!["b"]), ("b", vec!["c"]), ("c", vec!["b", "d"]), ("d", vec![])];
    let uses = uses.into_iter().map(|(file, used)| (file, used.into_iter().collect())).collect();
    assert_eq!(circles(&uses), [BTreeSet::from(["b", "c"])]);
}
