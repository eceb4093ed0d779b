-- What each start of each replica says of an hour: sites and tenants, as compressed JSON.
CREATE TABLE usage_hours (
    start_us BIGINT NOT NULL,
    writer   BIGINT NOT NULL,
    content  BYTEA NOT NULL,
    PRIMARY KEY (start_us, writer)
);
