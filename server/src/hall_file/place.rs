//! Places in a hall file, `hall[0].matter[3].line`, and the lines they are on.

use std::fmt;

use serde_path_to_error::{Path, Segment};
use toml::Spanned;
use toml::de::DeValue;

/// One step down.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// The steps from the top of the file to a value.
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

/// Reads a place as the domain writes it: its keys are field names, so they
/// hold neither dots nor brackets.
impl From<&str> for Place {
    fn from(text: &str) -> Self {
        let parts = text.split(['.', '[', ']']).filter(|part| !part.is_empty());
        let step =
            |part: &str| part.parse().map_or_else(|_| Step::Key(part.to_owned()), Step::Index);
        Self(parts.map(step).collect())
    }
}

/// Variants of enums are no step: they stand for the value itself.
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
    /// The place of a field of this one.
    pub(super) fn field(&self, key: &str) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Key(key.to_owned()));
        Self(steps)
    }

    /// The keys among its steps.
    pub(super) fn keys(&self) -> Vec<&str> {
        let steps = self.0.iter().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        });
        steps.collect()
    }

    /// The place this one is in; none at the top.
    pub(super) fn above(&self) -> Option<Self> {
        let (_, above) = self.0.split_last()?;
        Some(Self(above.to_vec()))
    }

    /// Whether one of the two is the other, or is in it.
    pub(super) fn touches(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(mine, theirs)| mine == theirs)
    }

    /// Where the place begins in the text, in bytes. What is missing is looked
    /// for in the table that should hold it.
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

/// Where each line of a text begins.
pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(ends).collect() }
    }

    /// Line and column of an offset in bytes, both counted from 1.
    pub(crate) fn at(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let before = self.text.get(start..offset).unwrap_or_default();
        (line, before.chars().count() + 1)
    }
}
