//! How this machine is.

use std::path::Path;
use std::time::Instant;

use rustix::fs::statvfs;
use rustix::time::{ClockId, clock_gettime};

/// Figures of this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MachineNow {
    pub up_seconds: u64,
    pub disk_free: u64,
    pub disk_size: u64,
    pub memory_free: u64,
    pub memory_size: u64,
    /// Tenths of a degree Celsius, of the hottest sensor.
    pub temperature: Option<i32>,
}

impl MachineNow {
    /// Read now; the disk is that of `beside`. What cannot be read is 0.
    pub fn read(beside: &Path) -> Self {
        let folder = beside.parent().filter(|folder| !folder.as_os_str().is_empty());
        let disk = statvfs(folder.unwrap_or_else(|| Path::new("."))).ok();
        let bytes = |blocks: u64| disk.as_ref().map_or(0, |disk| blocks * disk.f_frsize);
        let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
        let up = clock_gettime(ClockId::Boottime).tv_sec;
        Self {
            up_seconds: u64::try_from(up).unwrap_or_default(),
            disk_free: bytes(disk.as_ref().map_or(0, |disk| disk.f_bavail)),
            disk_size: bytes(disk.as_ref().map_or(0, |disk| disk.f_blocks)),
            memory_free: kilobytes(&memory, "MemAvailable:") * 1024,
            memory_size: kilobytes(&memory, "MemTotal:") * 1024,
            temperature: hottest(Path::new("/sys/class/thermal")),
        }
    }
}

fn kilobytes(memory: &str, name: &str) -> u64 {
    let line = memory.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or_default()
}

fn hottest(sensors: &Path) -> Option<i32> {
    let entries = std::fs::read_dir(sensors).ok()?;
    let told = entries.flatten().filter_map(|sensor| {
        let text = std::fs::read_to_string(sensor.path().join("temp")).ok()?;
        let thousandths: i32 = text.trim().parse().ok()?;
        // Some sensors say nonsense.
        (-40_000..150_000).contains(&thousandths).then_some(thousandths / 100)
    });
    told.max()
}

/// Seconds since an instant.
pub fn seconds_since(start: Instant) -> u64 {
    start.elapsed().as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_has_a_disk_and_memory() {
        let now = MachineNow::read(Path::new("/tmp/x.db"));
        assert!(now.disk_free > 0 && now.disk_free <= now.disk_size);
        assert!(now.memory_free > 0 && now.memory_free <= now.memory_size);
        assert!(now.up_seconds > 0);
    }

    #[test]
    fn the_hottest_sensor_counts_and_nonsense_does_not() {
        let folder = tempfile::tempdir().unwrap();
        for (name, told) in [("a", "41500\n"), ("b", "63250\n"), ("c", "-274000"), ("d", "x")] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
            std::fs::write(folder.path().join(name).join("temp"), told).unwrap();
        }
        assert_eq!(hottest(folder.path()), Some(632));
        assert_eq!(hottest(&folder.path().join("none")), None);
    }
}
