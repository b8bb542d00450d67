namespace XilinIngest.SubmissionFiles.Forms;

/// <summary>How much of a workbook is read, because a small file may unpack to any size.</summary>
/// <param name="MaxPart">The number of bytes to which a part may unpack.</param>
/// <param name="MaxSheets">The number of sheets.</param>
internal sealed record WorkbookLimits(long MaxPart, int MaxSheets)
{
    /// <summary>For files that a user reads on the own machine.</summary>
    public static WorkbookLimits OfOwnFiles { get; } = new(1024L * 1024 * 1024, int.MaxValue);

    /// <summary>For files that a service reads for others. A form has some 40 KiB and a sheet for each unit.</summary>
    public static WorkbookLimits OfUploads { get; } = new(8L * 1024 * 1024, 10);
}
