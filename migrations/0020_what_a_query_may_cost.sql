-- What a query may cost is known from the counts in its company's row before it runs, and one more attribute is looked
-- up by an index.

-- All rows of the company, whatever their state: what a query goes through where no index narrows it. Seats bound those
-- who are active alone. Rows go with their company and no earlier, so that nothing counts down.
ALTER TABLE companies ADD COLUMN teammate_rows INTEGER NOT NULL DEFAULT 0;
ALTER TABLE companies ADD COLUMN group_rows INTEGER NOT NULL DEFAULT 0;

UPDATE companies SET
  teammate_rows = (SELECT count(*) FROM teammates WHERE company_id = companies.id),
  group_rows = (SELECT count(*) FROM groups WHERE company_id = companies.id);

-- A trigger can't be altered; D1 applies a migration in one transaction. Each counts in the row that it writes anyway.
DROP TRIGGER teammates_count_inserted;

CREATE TRIGGER teammates_count_inserted AFTER INSERT ON teammates BEGIN
  UPDATE companies SET
    teammate_rows = teammate_rows + 1,
    active_teammates = active_teammates + (NEW.state = 'active'),
    listed_teammates = listed_teammates + (NEW.state IN ('active', 'blocked')),
    active_admins = active_admins + (NEW.state = 'active' AND NEW.role = 'admin')
  WHERE id = NEW.company_id;
END;

DROP TRIGGER groups_count_inserted;

CREATE TRIGGER groups_count_inserted AFTER INSERT ON groups BEGIN
  UPDATE companies SET
    group_rows = group_rows + 1,
    listed_groups = listed_groups + (NEW.state = 'active')
  WHERE id = NEW.company_id;
END;

-- employeeNumber of the enterprise extension, case-folded: customers of Entra match on it. A column, so that its index
-- is written only when the number changes, and not at all for those who have none.
ALTER TABLE teammates ADD COLUMN employee_number_folded TEXT;

UPDATE teammates SET employee_number_folded =
  lower(attributes ->> '$."urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"."employeeNumber"')
WHERE instr(attributes, '"employeeNumber"') > 0;

CREATE INDEX teammates_employee_number ON teammates (company_id, employee_number_folded)
WHERE employee_number_folded IS NOT NULL;

-- The Worker before this one knows nothing of the column: what it writes is made good. Texts are folded by Rust where
-- ASCII folding would not do (migration 0002).
CREATE TRIGGER teammates_inserted_employee_number AFTER INSERT ON teammates
WHEN lower(coalesce(NEW.attributes_folded, NEW.attributes)
  ->> '$."urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"."employeeNumber"')
  IS NOT NEW.employee_number_folded BEGIN
  UPDATE teammates SET employee_number_folded = lower(coalesce(attributes_folded, attributes)
    ->> '$."urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"."employeeNumber"')
  WHERE company_id = NEW.company_id AND id = NEW.id;
END;

CREATE TRIGGER teammates_updated_employee_number AFTER UPDATE OF attributes ON teammates
WHEN lower(coalesce(NEW.attributes_folded, NEW.attributes)
  ->> '$."urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"."employeeNumber"')
  IS NOT NEW.employee_number_folded BEGIN
  UPDATE teammates SET employee_number_folded = lower(coalesce(attributes_folded, attributes)
    ->> '$."urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"."employeeNumber"')
  WHERE company_id = NEW.company_id AND id = NEW.id;
END;
