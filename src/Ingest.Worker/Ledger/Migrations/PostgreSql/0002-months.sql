-- The closings and reopenings of months: accepted rows without a revision, a few in a year. The state of every month is read from them.
CREATE INDEX ledger_entry_month ON ledger_entry (sequence) WHERE revision = 0 AND verdict = 'accepted';
