-- The key of what is written about a case in free words, sealed. The notes are in the
-- case's document and in its events, sealed with it, and are erased for ever when
-- it is. Cases of earlier versions get one with their next note.

ALTER TABLE persons ADD COLUMN notes_key BLOB;
