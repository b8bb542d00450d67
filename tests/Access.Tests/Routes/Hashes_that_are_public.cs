using System.Net;
using XilinIngest.Access.Tests.Harness;

namespace XilinIngest.Access.Tests.Routes;

/// <summary>An installation that shows the hashes of its log to everyone (<c>Ledger__PublicTiles</c>).</summary>
public sealed class Hashes_that_are_public
{
    [Fact]
    public async Task Are_for_everyone_and_for_shared_caches_while_rows_are_not()
    {
        await using var service = new SecuredService { AreTilesPublic = true };
        await service.InitializeAsync();
        await service.SubmitAsync("clerk", XilinSubmissions.ValidSubmission());
        foreach (var path in new[] { "/checkpoint", "/tile/0/000.p/1" })
        {
            using var answer = await service.ClientFor("no one").GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.True(answer.Headers.CacheControl!.Public, path);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await service.StatusAsync("no one", "/api/submissions/1"));
    }

    [Fact]
    public async Task Are_kept_by_no_shared_cache_where_the_installation_does_not_say_so()
    {
        await using var service = new SecuredService();
        await service.InitializeAsync();
        await service.SubmitAsync("clerk", XilinSubmissions.ValidSubmission());
        using var answer = await service.ClientFor("firm").GetAsync("/tile/0/000.p/1");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.Private);
    }
}
