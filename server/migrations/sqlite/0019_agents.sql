-- Who stands in for the applicant (代办人, 经办人): name, paper, number and telephone,
-- sealed as one record. Empty where the applicant acts alone, and after erasure.
ALTER TABLE persons ADD COLUMN agent BLOB;
