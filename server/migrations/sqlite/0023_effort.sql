-- What filling in a draft took, for figures: touches, and milliseconds in which somebody wrote.
ALTER TABLE drafts ADD COLUMN touches INTEGER NOT NULL DEFAULT 0;
ALTER TABLE drafts ADD COLUMN filled_ms INTEGER NOT NULL DEFAULT 0;

-- In how many of the applications somebody of the hall was beside the applicant.
ALTER TABLE form_faults ADD COLUMN helped INTEGER NOT NULL DEFAULT 0;
