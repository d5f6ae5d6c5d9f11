-- What goes by post, and how it stands: 0 asked for, 1 given to the post, 2 arrived, 3 did not arrive. It is told from the filing and
-- the events, and kept here only so that a desk finds what it has to send without reading every dossier.
CREATE TABLE parcels (
    dossier  INTEGER NOT NULL REFERENCES dossiers (id),
    parcel   TEXT NOT NULL CHECK (parcel IN ('papers', 'result')),
    agency   TEXT NOT NULL,
    standing INTEGER NOT NULL CHECK (standing BETWEEN 0 AND 3),
    PRIMARY KEY (dossier, parcel)
) STRICT, WITHOUT ROWID;

CREATE INDEX parcels_open ON parcels (agency, dossier) WHERE standing <> 2;

-- Dossiers of before: the result by post was asked for in these very words.
INSERT INTO parcels (dossier, parcel, agency, standing)
SELECT id, 'result', agency, 0 FROM dossiers WHERE instr(filing, '"cach_nhan":"buu_dien"') > 0;
