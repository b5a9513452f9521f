//! Progress messages of a command.

use std::time::Instant;

/// Numbers the steps of one command.
pub struct Steps {
    done: usize,
    all: usize,
    since: Instant,
}

impl Steps {
    pub fn new(all: usize) -> Self {
        Self { done: 0, all, since: Instant::now() }
    }

    pub fn next(&mut self, what: &str) {
        self.done += 1;
        eprintln!("[{}/{}] {what}", self.done, self.all);
    }

    /// Ends the command and prints how long all steps took.
    pub fn finish(&self, what: &str) {
        eprintln!("{what} ({})", duration(self.since));
    }
}

fn duration(since: Instant) -> String {
    let seconds = since.elapsed().as_secs();
    if seconds < 100 {
        format!("{seconds} s")
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}
