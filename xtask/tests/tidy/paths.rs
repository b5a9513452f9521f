//! The paths that a Rust file names, from its tokens. So paths inside macros
//! count, and those in comments and strings do not; nor do those of tests, which
//! may use anything.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// What a file declares and names.
#[derive(Default)]
pub struct Named {
    /// Paths outside of `use`, with the inline modules around them.
    pub used: Vec<Path>,
    /// Imports.
    pub imports: Vec<Import>,
    /// Items that are defined.
    pub defined: BTreeSet<String>,
    /// Modules of tests, in files of their own.
    pub test_modules: Vec<String>,
    /// All identifiers outside of `use`.
    pub identifiers: BTreeSet<String>,
}

/// A path as it is written, and the inline modules it is written in.
#[derive(Debug, Clone)]
pub struct Path {
    pub segments: Vec<String>,
    pub inside: Vec<String>,
}

/// One leaf of a `use`.
pub struct Import {
    pub path: Path,
    /// The name it has here; `*` for all.
    pub name: String,
    /// Whether others may take it from here.
    pub public: bool,
}

pub fn named(text: &str) -> Named {
    let mut named = Named::default();
    let tokens: TokenStream = text.parse().expect("a Rust source");
    named.walk(&tokens.into_iter().collect::<Vec<_>>(), &[]);
    named
}

impl Named {
    fn walk(&mut self, tokens: &[TokenTree], inside: &[String]) {
        let mut at = 0;
        let mut public = false;
        while let Some(token) = tokens.get(at) {
            let rest = &tokens[at..];
            at += match token {
                TokenTree::Punct(punct) if punct.as_char() == '#' && is_for_tests(rest) => {
                    self.skip_tests(rest)
                }
                TokenTree::Group(group) => {
                    // `pub(crate)`: the item is yet to come.
                    if group.delimiter() != Delimiter::Parenthesis {
                        public = false;
                    }
                    self.walk_group(group, inside);
                    1
                }
                TokenTree::Ident(ident) => {
                    let word = ident.to_string();
                    match (word.as_str(), rest.get(1)) {
                        ("pub", _) => {
                            public = true;
                            1
                        }
                        ("use", _) => {
                            let end = rest.iter().position(is_semicolon).unwrap_or(rest.len());
                            self.import(&rest[1..end], &[], inside, public);
                            public = false;
                            end
                        }
                        ("mod", Some(TokenTree::Ident(name))) => {
                            public = false;
                            if let Some(TokenTree::Group(body)) = rest.get(2) {
                                let inside = [inside, &[name.to_string()]].concat();
                                self.walk_group(body, &inside);
                                3
                            } else {
                                2
                            }
                        }
                        (
                            "fn" | "struct" | "enum" | "trait" | "const" | "static" | "type"
                            | "union",
                            Some(TokenTree::Ident(name)),
                        ) => {
                            public = false;
                            self.defined.insert(name.to_string());
                            1
                        }
                        _ => self.path(rest, inside),
                    }
                }
                _ => 1,
            };
        }
    }

    fn walk_group(&mut self, group: &Group, inside: &[String]) {
        self.walk(&group.stream().into_iter().collect::<Vec<_>>(), inside);
    }

    /// A path, or a single name; returns how many tokens it took.
    fn path(&mut self, tokens: &[TokenTree], inside: &[String]) -> usize {
        let mut segments = Vec::new();
        let mut at = 0;
        while let Some(TokenTree::Ident(ident)) = tokens.get(at) {
            segments.push(ident.to_string());
            self.identifiers.insert(ident.to_string());
            at += 1;
            if !is_separator(&tokens[at..]) {
                break;
            }
            at += 2;
        }
        if segments.len() > 1 {
            self.used.push(Path { segments, inside: inside.to_vec() });
        }
        at
    }

    fn import(&mut self, tree: &[TokenTree], before: &[String], inside: &[String], public: bool) {
        let mut segments = before.to_vec();
        let mut at = 0;
        loop {
            match tree.get(at) {
                Some(TokenTree::Ident(ident)) => segments.push(ident.to_string()),
                Some(TokenTree::Group(group)) => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    for tree in inner.split(is_comma) {
                        self.import(tree, &segments, inside, public);
                    }
                    return;
                }
                Some(TokenTree::Punct(punct)) if punct.as_char() == '*' => {
                    let path = Path { segments, inside: inside.to_vec() };
                    self.imports.push(Import { path, name: "*".to_owned(), public });
                    return;
                }
                _ => {}
            }
            at += 1;
            if !is_separator(tree.get(at..).unwrap_or_default()) {
                break;
            }
            at += 2;
        }
        if segments.last().is_some_and(|last| last == "self") {
            segments.pop();
        }
        let Some(mut name) = segments.last().cloned() else { return };
        if let Some([TokenTree::Ident(word), TokenTree::Ident(alias)]) = tree.get(at..at + 2)
            && word == "as"
        {
            name = alias.to_string();
        }
        self.imports.push(Import {
            path: Path { segments, inside: inside.to_vec() },
            name,
            public,
        });
    }

    /// Passes over an item of tests; returns how many tokens it took.
    fn skip_tests(&mut self, tokens: &[TokenTree]) -> usize {
        for (at, token) in tokens.iter().enumerate().skip(2) {
            match token {
                TokenTree::Ident(word) if word == "mod" => {
                    if let Some(TokenTree::Ident(name)) = tokens.get(at + 1) {
                        self.test_modules.push(name.to_string());
                    }
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return at + 1,
                token if is_semicolon(token) => return at + 1,
                _ => {}
            }
        }
        tokens.len()
    }
}

/// Whether an attribute begins here that keeps an item to tests.
fn is_for_tests(tokens: &[TokenTree]) -> bool {
    let Some(TokenTree::Group(attribute)) = tokens.get(1) else { return false };
    let words = attribute.stream().to_string().replace(' ', "");
    words == "cfg(test)" || words == "test" || words == "tokio::test"
}

fn is_separator(tokens: &[TokenTree]) -> bool {
    let colon = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    colon(tokens.first()) && colon(tokens.get(1))
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}

fn is_semicolon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';')
}

#[test]
fn paths_are_read_from_uses_code_and_macros() {
    let named = named(
        "//! super::comment\n\
         use crate::a::{b, c::{self, D as E}};\n\
         pub(crate) use super::f::*;\n\
         fn g(x: crate::h::I) { view! { <p>{j::k(\"l::m\")}</p> } }\n\
         mod inner { fn n() { super::o::p() } }\n\
         #[cfg(test)] mod tests { use crate::q::r; }\n\
         #[cfg(test)] mod more_tests;",
    );
    let imports: Vec<String> = named
        .imports
        .iter()
        .map(|import| {
            format!("{} {} {}", import.path.segments.join("::"), import.name, import.public)
        })
        .collect();
    let expected =
        ["crate::a::b b false", "crate::a::c c false", "crate::a::c::D E false", "super::f * true"];
    assert_eq!(imports, expected);
    let used: Vec<String> = named
        .used
        .iter()
        .map(|path| format!("{} in {:?}", path.segments.join("::"), path.inside))
        .collect();
    assert_eq!(used, ["crate::h::I in []", "j::k in []", "super::o::p in [\"inner\"]"]);
    assert_eq!(named.test_modules, ["tests", "more_tests"]);
    assert!(named.defined.contains("g") && named.identifiers.contains("view"));
}
