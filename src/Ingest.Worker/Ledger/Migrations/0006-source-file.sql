-- FILE is a word of SQL Server's own; the column is called the same in every database.
ALTER TABLE recorded_fact RENAME COLUMN file TO source_file;
