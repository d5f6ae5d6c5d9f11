-- How many turns officers have done, by day: what supervisors see of each, summed as it happens so that nobody has to read
-- every dossier's events. Days are those of Việt Nam, as their number since 1970.
CREATE TABLE turns (
    unit    TEXT NOT NULL,
    day     INTEGER NOT NULL,
    officer BLOB NOT NULL,
    on_time INTEGER NOT NULL DEFAULT 0,
    late    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (unit, day, officer)
) STRICT, WITHOUT ROWID;
