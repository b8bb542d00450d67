namespace XilinIngest.Admin.Archives;

/// <summary>What an archive says of itself, for a reader who has nothing else.</summary>
internal static class ArchiveReadme
{
    public static string Text(int year) => $$"""
        西林指标系统 {{year}} 年档案 / Archive of {{year}}, XilinIngest

        entries.parquet   台账中该年各月的全部行（已接收、已退回、已被取代），正文为 JSON
                          all rows of the log for the months of the year; body is the submission as JSON
        figures.parquet   现行有效的数字（DECIMAL(28,6)），sequence 为来源行号
                          the figures that count, as DECIMAL(28,6); sequence is the row that they come from
        leaves.parquet    整个台账各行的散列，按行号 / the hash of every row of the whole log, in order
        archive.json      签名的检查点、公钥、各文件的 SHA-256 / signed checkpoints, public keys, SHA-256 of the files
        catalogue/        单位、指标等目录表 / units, indicators and the other tables

        读取 / Read, with DuckDB:
          SELECT f.period, u.name_zh, sum(f.value) FROM 'figures.parquet' f
          JOIN read_csv('catalogue/units.csv', all_varchar = true) u ON u.code = f.unit
          WHERE f.indicator = 'RETAIL_SALES' GROUP BY ALL;

        核验 / Prove that no row was changed:
        1. leaf_hash = SHA-256(0x00 + the bytes of the row). The bytes are: xilin-entry-1, sequence, submission_id, unit, period,
           revision, verdict, findings, received_at, sender, body; each as a 4-byte big-endian length and UTF-8 text.
        2. The root of all leaf hashes of a partition (RFC 9162, section 2.1.1) is the root in its note in archive.json. The note is
           that of c2sp.org/tlog-checkpoint: the ledger's name, the number of rows, the root in Base64, an empty line, signatures.
        3. The signatures are those of c2sp.org/signed-note (Ed25519) and c2sp.org/tlog-cosignature (the time), by keys of archive.json:
           of each kind the newest whose "after" is smaller than the number of rows. The introduction of a key is a note as well, signed
           by the key before it and by itself; that of a key of times, by the ledger's key.
        A checkpoint kept elsewhere since proves that the log was not made anew.

        """;
}
