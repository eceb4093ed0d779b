-- What each start of each replica says of an hour: sites and tenants, as compressed JSON.
CREATE TABLE usage_hours (
    start_us INTEGER NOT NULL,
    writer   INTEGER NOT NULL,
    content  BLOB NOT NULL,
    PRIMARY KEY (start_us, writer)
) STRICT;
