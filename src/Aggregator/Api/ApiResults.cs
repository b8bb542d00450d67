using Microsoft.AspNetCore.Http;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Hosting;

namespace XilinIngest.Aggregator.Api;

/// <summary>Responses of the API: values, or texts that were serialised for publication.</summary>
internal static class ApiResults
{
    public const string ContentType = "application/json; charset=utf-8";

    public static IResult Json<T>(T value) => Results.Json(value, ApiJson.Options);

    /// <summary>A published text.</summary>
    public static IResult Text(byte[] json) => Results.Bytes(json, ContentType);

    /// <summary>A list of published texts.</summary>
    public static IResult Texts(IEnumerable<byte[]> texts) => Text(ResultJson.Array(texts));

    /// <summary>A list of stored versions, each as a published message.</summary>
    public static IResult Versions(IEnumerable<ResultVersion> versions) => Texts(versions.Select(PublicationReader.MessageOf));
}
