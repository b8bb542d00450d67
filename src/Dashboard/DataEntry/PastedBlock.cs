using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Input;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>A cell that was pasted and not taken.</summary>
/// <param name="Row">Its row in the block, from 1.</param>
/// <param name="Column">Its column in the block, from 1.</param>
/// <param name="Text">Its text.</param>
/// <param name="ReasonZh">Why it was not taken.</param>
/// <param name="ReasonEn">The same in English.</param>
public sealed record UntakenCell(int Row, int Column, string Text, string ReasonZh, string ReasonEn);

/// <summary>What became of a block that was pasted into the grid.</summary>
/// <param name="Filled">
/// The fields that were filled. Whether their texts are numbers is said beside each field, as if they were typed.
/// </param>
/// <param name="Untaken">The cells that were not taken.</param>
/// <param name="Blank">The number of blank cells, whose fields are unchanged.</param>
public sealed record PasteResult(IReadOnlyList<Field> Filled, IReadOnlyList<UntakenCell> Untaken, int Blank);

/// <summary>Puts a block of cells into the grid, down and to the right from the field into which it was pasted.</summary>
internal static class PastedBlock
{
    // As many characters as a field of the form takes.
    private const int MaxLength = 200;

    /// <summary>The result for a block that is larger than any form.</summary>
    public static PasteResult TooLarge { get; } = new([],
        [new(1, 1, "…", "内容太多，什么也没有填入。请只复制表中的数。", "There is too much of it, so nothing was taken. Copy only the figures.")], 0);

    public static PasteResult Place(IReadOnlyList<IndicatorFields> lines, string startField, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var columns = new EntryColumns(lines);
        var (filled, untaken, blank) = (new List<Field>(), new List<UntakenCell>(), 0);
        var (row, column) = Find(lines, columns, startField);
        foreach (var (i, k, text) in rows.SelectMany((cells, i) => cells.Select((text, k) => (i, k, text))))
        {
            if (InputText.IsBlank(text))
            {
                blank++;
            }
            else if (row < 0 || row + i >= lines.Count)
            {
                untaken.Add(new(i + 1, k + 1, text, "超出表格的最后一行。", "It is below the last row of the table."));
            }
            else if (columns.FieldsOf(lines[row + i]).ElementAtOrDefault(column + k) is { } field)
            {
                Fill(lines[row + i], field, text, rows[i].Count == 1, reason => untaken.Add(new(i + 1, k + 1, text, reason.Zh, reason.En)))
                    .ForEach(filled.Add);
            }
            else
            {
                var indicator = lines[row + i].Indicator;
                untaken.Add(new(i + 1, k + 1, text, $"“{indicator.NameZh}”没有这一栏。", $"'{indicator.NameEn}' has no such column."));
            }
        }

        return new(filled, untaken, blank);
    }

    private static (int Row, int Column) Find(IReadOnlyList<IndicatorFields> lines, EntryColumns columns, string name)
    {
        for (var row = 0; row < lines.Count; row++)
        {
            var column = columns.FieldsOf(lines[row]).ToList().FindIndex(field => field?.Name == name);
            if (column >= 0)
            {
                return (row, column);
            }
        }

        return (-1, 0);
    }

    private static List<Field> Fill(IndicatorFields line, Field field, string text, bool isSingle, Action<(string Zh, string En)> refuse)
    {
        if (line.Indicator.Stages.Count > 0 && field == line.Value)
        {
            return FillStage(line, text, refuse);
        }

        if (line.Indicator.IsRatio && isSingle && field == line.Numerator)
        {
            return FillRatio(line, text, refuse);
        }

        if (text.Length > MaxLength)
        {
            refuse(($"超过 {MaxLength} 个字。", $"It has more than {MaxLength} characters."));
            return [];
        }

        field.Typed = text;
        return [field];
    }

    private static List<Field> FillStage(IndicatorFields line, string text, Action<(string Zh, string En)> refuse)
    {
        Stage[] stages = [.. line.Indicator.Stages.Select(stage => new Stage(stage.NameZh, stage.NameEn))];
        if (!StageText.TryRead(text, stages, out var stage))
        {
            var finding = FileFindings.NoSuchStage(text, stages);
            refuse((finding.MessageZh + finding.RemedyZh, $"{finding.MessageEn} {finding.RemedyEn}"));
            return [];
        }

        line.Value.Typed = stage.ToString(System.Globalization.CultureInfo.InvariantCulture);
        line.StageChosen();
        return [line.Value, line.Date];
    }

    // One cell for two fields is read as numerator / denominator; a percentage alone does not say what it was made of.
    private static List<Field> FillRatio(IndicatorFields line, string text, Action<(string Zh, string En)> refuse)
    {
        if (NumberText.ToHalfWidth(text).Split('/') is not [var numerator, var denominator])
        {
            refuse(($"“{line.Indicator.NameZh}”要分别填分子和分母，如 95/100。",
                $"'{line.Indicator.NameEn}' needs its numerator and its denominator, such as 95/100."));
            return [];
        }

        (line.Numerator.Typed, line.Denominator.Typed) = (numerator, denominator);
        return [line.Numerator, line.Denominator];
    }
}
