using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Worker.Ledger.Witnessing;

namespace XilinIngest.Worker.Ledger.Tiles;

/// <summary>
/// The log at the addresses of c2sp.org/tlog-tiles: <c>/checkpoint</c> and <c>/tile/…</c>, of a partition below <c>/log/</c> and its path.
/// The rows themselves are not served there (entry bundles): what offices report is not for everyone.
/// </summary>
internal static class TileApi
{
    private const int SecondsOfCheckpoint = 2;
    private const int SecondsOfPartialTile = 60;
    private const int SecondsOfFullTile = 365 * 24 * 60 * 60;

    /// <param name="routes">The service's routes.</param>
    /// <param name="isPublic">Whether everyone is answered; otherwise who has any right.</param>
    public static void MapTiles(this IEndpointRouteBuilder routes, bool isPublic)
    {
        var group = routes.MapGroup("").WithTags("Ledger 台账").WithResponseTimeout();
        _ = isPublic ? group.AllowPublic() : group.RequireAnyRight();
        var visibility = isPublic ? "public" : "private";
        group.MapGet("/checkpoint", (Ledgers ledgers, WitnessService witnesses) => FindCheckpoint(ledgers, witnesses, null, visibility))
            .DescribeCheckpoint();
        group.MapGet("/log/{partition}/checkpoint", (Ledgers ledgers, WitnessService witnesses, string partition) =>
            FindCheckpoint(ledgers, witnesses, partition, visibility)).DescribeCheckpoint();
        group.MapGet("/tile/{level}/{**index}", (Ledgers ledgers, string level, string? index) =>
            FindTile(ledgers, null, level, index, visibility)).DescribeTile();
        group.MapGet("/log/{partition}/tile/{level}/{**index}", (Ledgers ledgers, string partition, string level, string? index) =>
            FindTile(ledgers, partition, level, index, visibility)).DescribeTile();
    }

    private static void DescribeCheckpoint(this RouteHandlerBuilder route) => route
        .WithSummary(
            "The newest checkpoint of a ledger as a signed note (c2sp.org/tlog-checkpoint); where there are witnesses, the newest one "
            + "that a quorum of them cosigned.")
        .Produces(StatusCodes.Status200OK, contentType: "text/plain");

    private static void DescribeTile(this RouteHandlerBuilder route) => route
        .WithSummary("Up to 256 hashes of a ledger, each 32 bytes (c2sp.org/tlog-tiles).")
        .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");

    private static IResult FindCheckpoint(Ledgers ledgers, WitnessService witnesses, string? partition, string visibility)
    {
        if (ledgers.Find(partition) is not { } ledger)
        {
            return NoSuchLog(ledgers);
        }

        return witnesses.Of(ledger).FindCheckpoint() is { } note
            ? new CachedResult(Results.Text(note.ToString(), "text/plain", Encoding.UTF8), $"{visibility}, max-age={SecondsOfCheckpoint}")
            : Problem("台账为空。", "The ledger is empty.");
    }

    private static IResult FindTile(Ledgers ledgers, string? partition, string level, string? index, string visibility)
    {
        if (ledgers.Find(partition) is not { } ledger)
        {
            return NoSuchLog(ledgers);
        }

        if (!TilePath.TryParse(level, index ?? "", out var tile))
        {
            return Problem(
                "这不是散列块的地址。格式：/tile/<层>/<序号>，如 /tile/0/x001/234、/tile/0/000.p/8。",
                "This is no address of a tile. They look like /tile/<level>/<index>, such as /tile/0/x001/234 and /tile/0/000.p/8.");
        }

        if (ledger.Tiles.Find(tile) is not { } hashes)
        {
            return Problem("最新的检查点还没有这一块。", "The newest checkpoint does not have this tile yet.");
        }

        // A full tile never changes. The hashes of a partial one do not either, but it is superseded soon.
        return new CachedResult(
            Results.Bytes(hashes, "application/octet-stream"),
            tile.IsFull ? $"{visibility}, max-age={SecondsOfFullTile}, immutable" : $"{visibility}, max-age={SecondsOfPartialTile}");
    }

    private static IResult NoSuchLog(Ledgers ledgers) => ledgers.AreOfPartitions
        ? Problem(
            $"台账按分区设置，地址为 /log/<分区>/…。现有：{ledgers.ListPartitions()}。",
            $"Each partition has a ledger, at /log/<partition>/…. There are: {ledgers.ListPartitions()}.")
        : Problem(
            "本系统没有分区，地址为 /checkpoint、/tile/…。", "This installation has no partitions: the addresses are /checkpoint and /tile/….");

    private static IResult Problem(string zh, string en) =>
        Results.Problem($"{zh} / {en}", statusCode: StatusCodes.Status404NotFound);

    private sealed class CachedResult(IResult result, string cacheControl) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = cacheControl;
            return result.ExecuteAsync(httpContext);
        }
    }
}
