//! When the page is to be loaded anew, so that its memory holds nothing of the last visitor.
//! What was typed, read and shown is forgotten by the program, but its bytes are still there;
//! the browser keeps the addresses of calls, and what may be undone or pasted.

use leptos::prelude::*;

/// So many seconds after the end of a visit nobody is there: who ended it has turned away, and
/// who comes next has not reached for the screen.
const NOBODY_AFTER: u32 = 3;

/// Whose the memory is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// Nobody's: no page but the first was opened since the document was loaded.
    Nobody,
    /// Of a visitor who is there, or may be.
    Visitor,
    /// Of one who has left, so many seconds after their last touch.
    Left(u32),
}

/// The memory of the page.
#[derive(Clone, Copy)]
pub struct PageMemory(StoredValue<State>);

#[derive(Debug, Clone, Copy)]
struct State {
    whose: Whose,
    /// Calls that must be heard even if their visitor leaves, and were not yet.
    errands: u32,
}

impl PageMemory {
    /// Of a page that was just loaded.
    pub fn new() -> Self {
        Self(StoredValue::new(State { whose: Whose::Nobody, errands: 0 }))
    }

    /// A visitor opens a page.
    pub fn used(self) {
        self.0.update_value(|state| state.whose = Whose::Visitor);
    }

    /// Somebody touches the screen or a key. If the last visitor has left, it is the next one.
    pub fn touched(self) {
        self.0.update_value(|state| {
            if matches!(state.whose, Whose::Left(_)) {
                state.whose = Whose::Visitor;
            }
        });
    }

    /// The visitor has left, so many seconds after their last touch.
    pub fn left(self, idle_seconds: u32) {
        self.0.update_value(|state| {
            if state.whose != Whose::Nobody {
                state.whose = Whose::Left(idle_seconds);
            }
        });
    }

    /// Whether it is to be emptied now, where nobody has touched anything for so many seconds:
    /// not while somebody is there, nor before what a visitor left behind was heard.
    pub fn is_to_be_emptied(self, idle_seconds: u32) -> bool {
        match self.0.get_value().whose {
            Whose::Left(at) => idle_seconds.saturating_sub(at) >= NOBODY_AFTER && !self.is_owed(),
            Whose::Nobody | Whose::Visitor => false,
        }
    }

    /// A call begins that must be heard even if its visitor leaves.
    pub fn owes(self) {
        self.0.update_value(|state| state.errands += 1);
    }

    /// It was heard.
    pub fn is_heard(self) {
        self.0.update_value(|state| state.errands = state.errands.saturating_sub(1));
    }

    /// Whether some of these calls were not heard yet.
    pub fn is_owed(self) -> bool {
        self.0.get_value().errands > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_is_emptied_when_the_visitor_has_left_and_nobody_else_is_there() {
        Owner::new().with(|| {
            let memory = PageMemory::new();
            memory.left(0);
            assert!(!memory.is_to_be_emptied(100), "nobody was there");
            memory.used();
            assert!(!memory.is_to_be_emptied(100), "a visitor may read for long");
            memory.left(40);
            assert!(!memory.is_to_be_emptied(42), "they may come back");
            assert!(memory.is_to_be_emptied(43));
            // The next one chooses a language, and reads.
            memory.touched();
            assert!(!memory.is_to_be_emptied(100));
            memory.left(0);
            memory.owes();
            assert!(!memory.is_to_be_emptied(100), "the hall must hear it first");
            memory.is_heard();
            assert!(memory.is_to_be_emptied(100));
        });
    }
}
