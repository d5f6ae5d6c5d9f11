-- The account a dossier belongs to, when it belongs to one: its holder sees it, and whoever has the code still does.
ALTER TABLE dossiers ADD COLUMN citizen INTEGER REFERENCES citizens (id);
CREATE INDEX dossiers_by_citizen ON dossiers (citizen, id) WHERE citizen IS NOT NULL;
CREATE INDEX answers_by_dossier ON answers (dossier);
