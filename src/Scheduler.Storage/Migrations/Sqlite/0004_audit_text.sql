-- Every three characters of a reason, so that a text is found without reading every row. The text itself stays in audit; the triggers keep both together.

CREATE VIRTUAL TABLE audit_text USING fts5(reason, content='audit', content_rowid='number', tokenize='trigram', detail=none, columnsize=0);

CREATE TRIGGER audit_text_insert AFTER INSERT ON audit BEGIN
    INSERT INTO audit_text (rowid, reason) VALUES (new.number, new.reason);
END;

CREATE TRIGGER audit_text_delete AFTER DELETE ON audit BEGIN
    INSERT INTO audit_text (audit_text, rowid, reason) VALUES ('delete', old.number, old.reason);
END;

INSERT INTO audit_text (audit_text) VALUES ('rebuild');
