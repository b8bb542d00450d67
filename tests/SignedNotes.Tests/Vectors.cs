namespace XilinIngest.SignedNotes.Tests;

/// <summary>Keys, notes and cosignatures that were not made here: of C2SP's texts, of Go's tests, and of OpenSSL.</summary>
internal static class Vectors
{
    // golang.org/x/mod/sumdb/note, note_test.go.
    public const string PeterKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    public const string EnochKey = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
    public const string Text =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    public const string PeterLine =
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    public const string EnochLine =
        "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

    // The private key of that test, as OpenSSL writes one.
    public const string PeterPem =
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIIEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz\n-----END PRIVATE KEY-----\n";

    // c2sp.org/signed-note.
    public const string FooKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    public const string FooNote =
        "This is an example message.\n\n"
        + "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    // c2sp.org/tlog-checkpoint and tlog-cosignature.
    public const string Checkpoint = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    public const string CheckpointLine =
        "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";
    public const string WitnessLine =
        "— witness.example.com/w1 "
        + "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

    // github.com/transparency-dev/formats, note_cosigv1_test.go.
    public const string RemoraKey = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";

    // Go's crypto/ed25519 over the cosigned text of tlog-cosignature, with the key of PeterNeumann.
    public const string CosignerKey = "PeterNeumann+18b9780b+BBpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    public const string CosignatureLine =
        "— PeterNeumann GLl4CwAAAABkGFDLJeR//pqzhnEKVvEm2wWbh2RJ6oru5+cUUfm5X9NnlaGr8aSH9QE5RVZD4QGlxl2F5UpVIIi94p178KLfqPPsAA==\n";

    public static NoteVerifier Key(string text)
    {
        Assert.True(NoteVerifier.TryParse(text, out var key));
        return key;
    }

    public static SignedNote Note(string text)
    {
        Assert.True(SignedNote.TryParse(text, out var note));
        Assert.Equal(text, note.ToString());
        return note;
    }
}
