namespace XilinIngest.CatalogueFiles.Tables;

/// <summary>By what a change of a file is noticed.</summary>
internal readonly record struct FileState(DateTime Written, long Length)
{
    public static FileState Of(string folder, string name)
    {
        var file = new FileInfo(Path.Combine(folder, name));
        return file.Exists ? new(file.LastWriteTimeUtc, file.Length) : new(default, -1);
    }
}
