using XilinIngest.TabularFiles.Csv;

namespace XilinIngest.Standalone.Tests;

/// <summary>The committed CSV files that tests compare with.</summary>
internal static class ReferenceFiles
{
    internal static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string path) => CsvRecordReader.ReadSoundFile(path);

    /// <summary>The figures of the printed report, in its order.</summary>
    internal static IReadOnlyList<IReadOnlyDictionary<string, string>> Printed =>
        Rows(Path.Combine(AppContext.BaseDirectory, "xilin-2022.csv"));
}
