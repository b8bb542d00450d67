-- The same tables as 0006-report-texts.sql of SQLite, which describes them.
CREATE TABLE report_text (
    period      bigint NOT NULL,
    unit        varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    section     nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    language    varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    version     bigint NOT NULL,
    edited_text nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    computed    nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    replaced    nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    editor      nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    edited_at   varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY (period, unit, section, language, version)
);

CREATE TABLE month_release_text (
    period   bigint NOT NULL,
    number   bigint NOT NULL,
    unit     varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    section  nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    language varchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    version  bigint NOT NULL,
    PRIMARY KEY (period, number, unit, section, language)
);
