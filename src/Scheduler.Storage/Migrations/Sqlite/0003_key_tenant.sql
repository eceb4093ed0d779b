-- The tenant whose streams the bearer of a key asks for; null for none.
ALTER TABLE api_keys ADD COLUMN tenant TEXT;
