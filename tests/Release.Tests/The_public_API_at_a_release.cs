namespace XilinIngest.Release.Tests;

public sealed class The_public_API_at_a_release
{
    [Fact]
    public void Has_what_was_added_and_not_what_was_removed() => Assert.Equal(["#nullable enable", "A.B() -> void", "A.D -> int"],
        PublicApi.Ship(["#nullable enable", "A.B() -> void", "A.C -> int"], ["#nullable enable", "*REMOVED*A.C -> int", "A.D -> int", ""]));

    [Fact]
    public void Is_all_shipped_where_only_the_header_is_left()
    {
        Assert.False(PublicApi.HasUnshipped(["#nullable enable", ""]));
        Assert.True(PublicApi.HasUnshipped(["#nullable enable", "A.B() -> void"]));
    }
}
