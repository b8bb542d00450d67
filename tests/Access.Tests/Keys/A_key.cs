using System.Net;
using System.Runtime.Versioning;
using XilinIngest.Access.Tests.Harness;

namespace XilinIngest.Access.Tests.Keys;

[Collection("guarded")]
public sealed class A_key(SecuredService service)
{
    [Fact]
    public async Task Opens_nothing_once_it_is_taken_back()
    {
        var client = service.ClientWithToken(service.AddKey("Someone who leaves", ["read"]));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/units")).StatusCode);
        service.RemoveKey("Someone who leaves");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/units")).StatusCode);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Is_kept_as_a_hash_in_a_file_for_its_owner_alone()
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(service.KeyFile));
        var kept = File.ReadAllText(service.KeyFile);
        Assert.All(service.Secrets.Values, secret =>
        {
            Assert.Matches("^xk_[A-Za-z0-9_-]{43}$", secret);
            Assert.DoesNotContain(secret[3..], kept, StringComparison.Ordinal);
        });
    }

    /// <summary>Sixty at once are an office's right; the next has to wait, and the others do not.</summary>
    [Fact]
    public async Task That_knocks_without_end_waits_and_the_others_do_not()
    {
        var client = service.ClientWithToken(service.AddKey("Someone in a hurry", ["enter"], SecuredService.Dongdai));
        var last = HttpStatusCode.OK;
        for (var i = 0; i < 2 * SecuredService.IntakePerMinute && last != HttpStatusCode.TooManyRequests; i++)
        {
            using var answer = await client.PostAsync("/api/submissions", XilinSubmissions.Body("{"));
            last = answer.StatusCode;
            if (last == HttpStatusCode.TooManyRequests)
            {
                await ProblemAssertions.AssertAsync(answer, HttpStatusCode.TooManyRequests, "too many");
                Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
                Assert.True(i >= SecuredService.IntakePerMinute);
            }
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        using var other = await service.ClientFor("clerk").PostAsync("/api/submissions", XilinSubmissions.Body("{"));
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
    }
}
