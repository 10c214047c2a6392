-- A create may name a template by its name alone: every such create went through all templates of the company.
CREATE INDEX templates_name ON templates (company_id, name);
