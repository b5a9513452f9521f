-- The digest of a file's bytes as they were received; unknown for older files.

ALTER TABLE files ADD COLUMN sha256 BLOB CHECK (length(sha256) = 32);
