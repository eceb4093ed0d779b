-- What the sites that are billed by percentile carried over five minutes: number and kbit/s of each.
CREATE TABLE meter_slots (
    start_us INTEGER NOT NULL PRIMARY KEY,
    content  BLOB NOT NULL
) STRICT;
