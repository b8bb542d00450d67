-- The same tables as 0006-report-texts.sql of SQLite, which describes them.
CREATE TABLE report_text (
    period      bigint NOT NULL,
    unit        text   COLLATE "C" NOT NULL,
    section     text   COLLATE "C" NOT NULL,
    language    text   COLLATE "C" NOT NULL,
    version     bigint NOT NULL,
    edited_text text   COLLATE "C" NULL,
    computed    text   COLLATE "C" NOT NULL,
    replaced    text   COLLATE "C" NOT NULL,
    editor      text   COLLATE "C" NOT NULL,
    edited_at   text   COLLATE "C" NOT NULL,
    PRIMARY KEY (period, unit, section, language, version)
);

CREATE TABLE month_release_text (
    period   bigint NOT NULL,
    number   bigint NOT NULL,
    unit     text   COLLATE "C" NOT NULL,
    section  text   COLLATE "C" NOT NULL,
    language text   COLLATE "C" NOT NULL,
    version  bigint NOT NULL,
    PRIMARY KEY (period, number, unit, section, language)
);
