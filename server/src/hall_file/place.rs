//! Places in a hall file, `hall[0].matter[3].line`, and the lines they are on.

use std::fmt;

use serde_path_to_error::{Path, Segment};
use toml::Spanned;
use toml::de::DeValue;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// The path from the top of the file to a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Place(pub(super) Vec<Step>);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Key(key) if at == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
            }
        }
        Ok(())
    }
}

/// Parses a place as the domain writes it. Keys are field names, which contain no
/// dots or brackets.
impl From<&str> for Place {
    fn from(text: &str) -> Self {
        let parts = text.split(['.', '[', ']']).filter(|part| !part.is_empty());
        let step =
            |part: &str| part.parse().map_or_else(|_| Step::Key(part.to_owned()), Step::Index);
        Self(parts.map(step).collect())
    }
}

/// Enum variants are skipped: they are not a level of the file.
impl From<&Path> for Place {
    fn from(path: &Path) -> Self {
        let steps = path.iter().map_while(|segment| match segment {
            Segment::Seq { index } => Some(Step::Index(*index)),
            Segment::Map { key } => Some(Step::Key(key.clone())),
            Segment::Enum { .. } | Segment::Unknown => None,
        });
        Self(steps.collect())
    }
}

impl Place {
    /// The place of a field inside this one.
    pub(super) fn field(&self, key: &str) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Key(key.to_owned()));
        Self(steps)
    }

    /// Its keys, without indexes.
    pub(super) fn keys(&self) -> Vec<&str> {
        let steps = self.0.iter().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        });
        steps.collect()
    }

    /// The enclosing place; `None` at the top.
    pub(super) fn parent(&self) -> Option<Self> {
        let (_, parent) = self.0.split_last()?;
        Some(Self(parent.to_vec()))
    }

    /// Whether the two are equal or one contains the other.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(mine, theirs)| mine == theirs)
    }

    /// Where the place starts in the text, in bytes. For a missing value this is
    /// where its table starts.
    pub(super) fn offset(&self, tree: &Spanned<DeValue<'_>>) -> usize {
        let mut found = 0;
        let mut value = tree;
        for step in &self.0 {
            let below = match (step, value.get_ref()) {
                (Step::Key(key), DeValue::Table(table)) => {
                    table.get_key_value(key.as_str()).map(|(key, below)| (key.span().start, below))
                }
                (Step::Index(index), DeValue::Array(list)) => {
                    list.get(*index).map(|below| (below.span().start, below))
                }
                _ => None,
            };
            let Some((start, below)) = below else { break };
            found = start;
            value = below;
        }
        found
    }
}

/// The line starts of a text.
pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(ends).collect() }
    }

    /// Line and column of a byte offset, both counted from 1.
    pub(crate) fn at(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let before = self.text.get(start..offset).unwrap_or_default();
        (line, before.chars().count() + 1)
    }
}
