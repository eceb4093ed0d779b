-- What the sites that are billed by percentile carried over five minutes: number and kbit/s of each.
CREATE TABLE meter_slots (
    start_us BIGINT NOT NULL PRIMARY KEY,
    content  BYTEA NOT NULL
);
