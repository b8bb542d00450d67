using System.ComponentModel.DataAnnotations;
using System.Globalization;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Export;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Dashboard.SignIn;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.Submissions;

/// <summary>Serves the file that proves a receipt, in the reader's name.</summary>
internal static class ProofExport
{
    private const string Path = "/export/receipt.tlog-proof";
    private const string Newest = "newest";

    public static void MapProofExport(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, SaveAsync).ExcludeFromDescription().RequireAnyRight();

    /// <summary>The address of the file.</summary>
    /// <param name="sequence">The number of the row.</param>
    /// <param name="partition">The path of its partition; null: one ledger has the whole tree.</param>
    /// <param name="isNewest">Whether the newest checkpoint proves it, and not the receipt's own.</param>
    public static string Address(long sequence, string? partition, bool isNewest = false) =>
        string.Create(CultureInfo.InvariantCulture, $"{Path}?sequence={sequence}{(isNewest ? $"&checkpoint={Newest}" : "")}")
        + RowAddress.Query('&', partition);

    private static async Task<IResult> SaveAsync(
        HttpContext context, ServiceClient client, long sequence, [AllowedValues(Newest)] string? checkpoint, string? partition)
    {
        context.RequestServices.GetRequiredService<CurrentCaller>().Set(Caller.FromPrincipal(context.User));
        var response = await client.GetFileAsync(string.Create(
            CultureInfo.InvariantCulture, $"/api/submissions/{sequence}/proof?checkpoint={checkpoint ?? "receipt"}")
            + RowAddress.Query('&', partition));
        return response.Value is { } file
            ? Results.File(file.Bytes, file.ContentType, file.Name)
            : ExportApi.Failed(response.Problem!, Lang.Of(context));
    }
}
