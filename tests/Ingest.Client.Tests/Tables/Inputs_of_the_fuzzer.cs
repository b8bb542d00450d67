using XilinIngest.Fuzzing;

namespace XilinIngest.Client.Tests.Tables;

/// <summary>What the fuzzer begins with, and what it has found once, is read.</summary>
public sealed class Inputs_of_the_fuzzer
{
    private static readonly string Corpus = Path.Combine(RepositoryFiles.Root, "tests", "Fuzzing", "corpus");

    [Fact]
    public void Are_read_without_an_exception()
    {
        var readers = new FuzzedReaders(RepositoryFiles.Catalogue, Path.Combine(Corpus, "map", "wide.csv"));
        Assert.Equal(readers.Names.Order(), Directory.EnumerateDirectories(Corpus).Select(Path.GetFileName).Order());
        Assert.All(
            Directory.EnumerateFiles(Corpus, "*", SearchOption.AllDirectories),
            file => readers.Find(Path.GetFileName(Path.GetDirectoryName(file))!)!(File.ReadAllBytes(file)));
    }
}
