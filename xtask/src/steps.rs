//! What is being done, said while it is done.

use std::time::Instant;

/// Numbers the steps of one command.
pub struct Steps {
    done: usize,
    all: usize,
    since: Instant,
}

impl Steps {
    /// A command that takes `all` steps.
    pub fn new(all: usize) -> Self {
        Self { done: 0, all, since: Instant::now() }
    }

    /// Begins the next step.
    pub fn next(&mut self, what: &str) {
        self.done += 1;
        eprintln!("[{}/{}] {what}", self.done, self.all);
    }

    /// Closes the last step, saying how long all of them took.
    pub fn finish(&self, what: &str) {
        eprintln!("{what} ({})", span(self.since));
    }
}

fn span(since: Instant) -> String {
    let seconds = since.elapsed().as_secs();
    if seconds < 100 {
        format!("{seconds} s")
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}
