namespace XilinIngest.Release.Tests;

public sealed class A_changelog
{
    private const string Text = """
        # Changelog

        ## 0.3.0 – unreleased
        ### Results
        - Third.

        ## 0.2.0 – 2026-12-01
        - Second.

        ## 0.1.0 – 2026-11-30
        - First.

        """;

    [Theory, InlineData("0.2.0", "- Second."), InlineData("0.1.0", "- First."), InlineData("0.3.0-rc.1", "### Results\n- Third.")]
    public void Gives_the_notes_of_a_version(string version, string notes) => Assert.Equal(notes, Changelog.Notes(Text, version));

    [Fact]
    public void Has_no_notes_of_a_version_that_is_unreleased() => Assert.Contains("./release.sh --prepare 0.3.0",
        Assert.Throws<ReleaseException>(() => Changelog.Notes(Text, "0.3.0")).Message, StringComparison.Ordinal);

    [Fact]
    public void Has_no_notes_of_a_version_that_it_does_not_name() =>
        Assert.Throws<ReleaseException>(() => Changelog.Notes(Text, "0.4.0-rc.1"));

    [Fact]
    public void Is_dated_once()
    {
        var dated = Changelog.Date(Text, "0.3.0", new(2027, 1, 2));
        Assert.Contains("\n## 0.3.0 – 2027-01-02\n", dated, StringComparison.Ordinal);
        Assert.Equal(["0.3.0", "0.2.0", "0.1.0"], Changelog.Released(dated));
        Assert.Throws<ReleaseException>(() => Changelog.Date(dated, "0.3.0", new(2027, 1, 3)));
    }
}
