-- Where in the world a company's Durable Object is to be made, by Cloudflare's name of the region. NULL: nowhere in
-- particular. It bears on the object's first start alone: one that is there does not move.

ALTER TABLE companies ADD COLUMN region TEXT;
