-- When the machine's clock was doubted, and when it was set: looked for at each start.

CREATE INDEX events_of_clock ON events (id) WHERE kind IN ('ClockDoubted', 'ClockSet');
