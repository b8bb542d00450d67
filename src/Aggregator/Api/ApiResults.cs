using Microsoft.AspNetCore.Http;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Hosting;

namespace XilinIngest.Aggregator.Api;

/// <summary>Answers of the API: values, or texts that were serialised when they were published.</summary>
internal static class ApiResults
{
    public const string ContentType = "application/json; charset=utf-8";

    public static IResult Json<T>(T value) => Results.Json(value, ApiJson.Options);

    /// <summary>A text as it was published.</summary>
    public static IResult Text(byte[] json) => Results.Bytes(json, ContentType);

    /// <summary>A list of texts as they were published.</summary>
    public static IResult Texts(IEnumerable<byte[]> texts) => Text(ResultJson.Array(texts));

    /// <summary>A list of stored versions as they were published.</summary>
    public static IResult Versions(IEnumerable<Vintage> vintages) =>
        Texts(vintages.Select(vintage => vintage.Json));
}
