using XilinIngest.Client.Catalogues;
using XilinIngest.TabularFiles;

namespace XilinIngest.Client.Files;

/// <summary>Reads a file of submissions by its format: JSON, CSV, or the Excel form.</summary>
internal static class SubmissionFileReader
{
    private const long MaxBytes = 64 * 1024 * 1024;

    /// <exception cref="CommandException">The file does not exist or cannot be read.</exception>
    public static FileContent Read(string path, ClientCatalogue? catalogue)
    {
        var (bytes, savedAt) = Load(path);
        var place = new SourceLocation(path);
        if (UnsupportedFiles.Check(bytes, Path.GetExtension(path).ToLowerInvariant()) is { } kind)
        {
            return FileContent.Invalid(place, kind);
        }

        if (UnsupportedFiles.IsZip(bytes))
        {
            return ExcelFile.Read(bytes, place, savedAt, catalogue?.Names);
        }

        if (TextFile.Decode(bytes, place, out var finding) is not { } text)
        {
            return new([], [finding!]);
        }

        return Path.GetExtension(path).ToLowerInvariant() is ".json" or ".jsonl" or ".ndjson"
            || text.AsSpan().TrimStart() is ['{' or '[', ..]
            ? JsonFile.Read(text, place, savedAt)
            : CsvFile.Read(text, place, savedAt, catalogue?.Names);
    }

    /// <summary>The bytes of a file, and when it was saved.</summary>
    /// <exception cref="CommandException">The file does not exist or cannot be read.</exception>
    public static (byte[] Bytes, DateTimeOffset SavedAt) Load(string path)
    {
        if (Directory.Exists(path))
        {
            throw new CommandException(ExitCodes.Usage, $"{path} 是文件夹。请写文件，如 {Path.Combine(path, "*.csv")}。",
                $"{path} is a folder. Name the files, such as {Path.Combine(path, "*.csv")}.");
        }

        try
        {
            var bytes = WholeFile.Read(path, MaxBytes, out _)
                ?? throw new CommandException(ExitCodes.Usage, $"{path} 超过 {MaxBytes / 1024 / 1024} MiB。请分成几个文件。",
                    $"{path} is larger than {MaxBytes / 1024 / 1024} MiB. Split it.");
            return (bytes, new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandException(ExitCodes.Usage, $"找不到文件 {path}。", $"There is no file {path}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Usage, $"无法读取 {path}：{exception.Message}", $"{path} cannot be read: {exception.Message}");
        }
    }
}
