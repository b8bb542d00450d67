namespace XilinIngest.Dashboard.Data;

/// <summary>A file that a service gives.</summary>
/// <param name="Bytes">The content.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Name">The name to save it under.</param>
internal sealed record ServiceFile(byte[] Bytes, string ContentType, string? Name)
{
    public static async Task<ServiceFile?> ReadAsync(HttpContent content, CancellationToken cancellationToken) => new(
        await content.ReadAsByteArrayAsync(cancellationToken), content.Headers.ContentType?.ToString() ?? "application/octet-stream",
        content.Headers.ContentDisposition?.FileName?.Trim('"'));
}
