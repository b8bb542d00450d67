-- The texts of report sections that someone edited, a row per version; no row ever changes. period: yyyymm, the month of the report.
-- section: ranks, shortfalls, or chapter/section of its indicators. language: zh or en. edited_text: null is back to the computed text.
-- computed: what the editor had before them. replaced: the text of the version before, or the computed one.
CREATE TABLE report_text (
    period      INTEGER NOT NULL,
    unit        TEXT    NOT NULL,
    section     TEXT    NOT NULL,
    language    TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    edited_text TEXT    NULL,
    computed    TEXT    NOT NULL,
    replaced    TEXT    NOT NULL,
    editor      TEXT    NOT NULL,
    edited_at   TEXT    NOT NULL,
    PRIMARY KEY (period, unit, section, language, version)
);

-- Which version of each was the newest when a month was released.
CREATE TABLE month_release_text (
    period   INTEGER NOT NULL,
    number   INTEGER NOT NULL,
    unit     TEXT    NOT NULL,
    section  TEXT    NOT NULL,
    language TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    PRIMARY KEY (period, number, unit, section, language)
) WITHOUT ROWID;
