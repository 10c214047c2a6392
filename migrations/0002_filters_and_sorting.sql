-- What filters and sorting look up, beside what 0001 has.
--
-- The Worker before this one knows none of these columns: it goes on writing while the new one is deployed,
-- and what it writes is made good by the triggers below.

-- attributes with every text case-folded, by Rust; NULL where ASCII folding says the same.
ALTER TABLE teammates ADD COLUMN attributes_folded TEXT;
-- The version of the teammate that the folded columns were written for.
ALTER TABLE teammates ADD COLUMN folded_version INTEGER;
-- displayName, case-folded. A column, so that its index is written only when the name changes.
ALTER TABLE teammates ADD COLUMN display_name_folded TEXT;

UPDATE teammates SET display_name_folded = lower(attributes ->> '$."displayName"');

CREATE INDEX teammates_display_name ON teammates (company_id, display_name_folded);
CREATE INDEX teammates_updated ON teammates (company_id, updated_at) WHERE state IN ('active', 'blocked');
CREATE INDEX teammates_state ON teammates (company_id, state);
-- Those who could make a page of 200 too large for an isolate. Usually none: whether there is one is all that
-- is asked.
CREATE INDEX teammates_large ON teammates (company_id, id) WHERE octet_length(attributes) > 40000;

-- Attributes written without their folded form: a stale form finds what is there no more.
CREATE TRIGGER teammates_insert_unfolded AFTER INSERT ON teammates WHEN NEW.folded_version IS NULL BEGIN
  UPDATE teammates SET display_name_folded = lower(NEW.attributes ->> '$."displayName"')
  WHERE company_id = NEW.company_id AND id = NEW.id;
END;

CREATE TRIGGER teammates_update_unfolded AFTER UPDATE OF attributes ON teammates
WHEN NEW.folded_version IS NOT NEW.version BEGIN
  UPDATE teammates SET attributes_folded = NULL, folded_version = NULL,
    display_name_folded = lower(NEW.attributes ->> '$."displayName"')
  WHERE company_id = NEW.company_id AND id = NEW.id;
END;
