using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Input;

namespace XilinIngest.SubmissionFiles.Rows;

/// <summary>Reads the figures of a row: given, withdrawn, or unchanged if the cell is blank.</summary>
internal static class RowFigures
{
    private static readonly (FormColumn Column, string Field)[] Figures =
    [
        (FormColumn.Value, FigureNames.Value), (FormColumn.YearToDate, FigureNames.YearToDate), (FormColumn.LastYear, FigureNames.LastYear),
        (FormColumn.Numerator, FigureNames.Numerator), (FormColumn.Denominator, FigureNames.Denominator),
        (FormColumn.Date, FigureNames.Date),
    ];

    private static readonly FormColumn[] TextColumns = [FormColumn.Note, FormColumn.Explanation, FormColumn.Rule];

    public static bool IsFigure(FormColumn column) => Array.Exists(Figures, figure => figure.Column == column);

    /// <summary>Whether the row is blank: without figures, withdrawals and texts.</summary>
    public static bool IsBlank(IReadOnlyDictionary<FormColumn, FileCell> cells) =>
        !Array.Exists(Figures, figure => IsFilled(cells, figure.Column)) && !Array.Exists(TextColumns, column => IsFilled(cells, column))
        && (!IsFilled(cells, FormColumn.Withdraw) || IsNo(TextIn(cells, FormColumn.Withdraw)));

    public static void Read(
        SubmissionDraft draft, IReadOnlyDictionary<FormColumn, FileCell> cells, JsonObject value, SourceLocation row,
        IReadOnlyList<Stage> stages)
    {
        var unit = TextIn(cells, FormColumn.UnitOfMeasure) is { } text ? NumberText.Normalize(text) : null;
        var filled = Figures.Where(figure => IsFilled(cells, figure.Column)).ToList();
        if (IsWithdrawn(draft, cells))
        {
            value["value"] = null;
            if (filled.Count > 0)
            {
                draft.Findings.Add(new(cells[filled[0].Column].Location, FileFindings.FigureAndWithdrawal()));
            }
        }
        else
        {
            ReadFigures(draft, cells, filled, unit, value, stages);
            if (filled.Count == 0 && !IsFilled(cells, FormColumn.Withdraw))
            {
                var words = TextColumns.Where(column => IsFilled(cells, column)).ToList();
                draft.Findings.Add(words.Count > 0
                    ? new(cells[words[0]].Location, FileFindings.TextWithoutFigure()) : new(row, FileFindings.NoFigure()));
            }
        }

        if (unit is not null)
        {
            value["unit"] = unit;
            if (InputText.HasInvisibleCharacters(unit))
            {
                draft.Findings.Add(new(cells[FormColumn.UnitOfMeasure].Location, FileFindings.InvisibleCharacter(unit)));
            }
        }
    }

    /// <summary>The trimmed text of a cell; null if there is none or the cell has a fault.</summary>
    public static string? TextIn(IReadOnlyDictionary<FormColumn, FileCell> cells, FormColumn column) =>
        cells.TryGetValue(column, out var cell) && cell is { IsEmpty: false, Finding: null } ? InputText.Trim(cell.Text) : null;

    private static void ReadFigures(
        SubmissionDraft draft, IReadOnlyDictionary<FormColumn, FileCell> cells, List<(FormColumn Column, string Field)> filled,
        string? unit, JsonObject value,
        IReadOnlyList<Stage> stages)
    {
        var takenBack = new JsonArray();
        foreach (var (column, field) in filled)
        {
            if (IsWithdrawal(TextIn(cells, column)))
            {
                takenBack.Add(field);
            }
            else if (column == FormColumn.Date)
            {
                ReadDate(draft, cells[column], value);
            }
            else if (column == FormColumn.Value && stages.Count > 0)
            {
                ReadStage(draft, cells[column], value, stages);
            }
            else if (ReadNumber(draft, cells[column], unit) is { } number)
            {
                value[field] = number;
            }
        }

        if (takenBack.Count == 0)
        {
            return;
        }

        // The other figures depend on the month's figure. Without it the whole indicator is withdrawn.
        if (!takenBack.Any(field => field!.GetValue<string>() == FigureNames.Value))
        {
            value["withdraw"] = takenBack;
        }
        else if (takenBack.Count == filled.Count)
        {
            value["value"] = null;
        }
        else
        {
            draft.Findings.Add(new(cells[FormColumn.Value].Location, FileFindings.FigureAndWithdrawal()));
        }
    }

    private static void ReadDate(SubmissionDraft draft, FileCell cell, JsonObject value)
    {
        if (cell.Finding is null && DateText.TryRead(cell.Text, out var date))
        {
            value[FigureNames.Date] = DateText.Format(date);
        }
        else if (cell.Finding is null)
        {
            draft.Findings.Add(new(cell.Location, FileFindings.BadDate(cell.Text)));
        }
    }

    private static void ReadStage(SubmissionDraft draft, FileCell cell, JsonObject value, IReadOnlyList<Stage> stages)
    {
        if (cell is { Finding: null, FigureFinding: null } && StageText.TryRead(cell.Text, stages, out var stage))
        {
            value[FigureNames.Value] = stage;
        }
        else if (cell.Finding is null)
        {
            draft.Findings.Add(new(cell.Location, cell.FigureFinding ?? FileFindings.NoSuchStage(cell.Text, stages)));
        }
    }

    private static decimal? ReadNumber(SubmissionDraft draft, FileCell cell, string? unit)
    {
        if (cell.Finding is not null)
        {
            return null;
        }

        if (NumberText.TryRead(cell.Text, out var number, out var finding) && cell.FigureFinding is null
            && DisplayedUnit.Matches(cell.DisplayedUnit, unit))
        {
            return number;
        }

        draft.Findings.Add(new(cell.Location, finding ?? cell.FigureFinding ?? FileFindings.UnitMismatch(cell.DisplayedUnit!, unit ?? "")));
        return null;
    }

    private static bool IsWithdrawn(SubmissionDraft draft, IReadOnlyDictionary<FormColumn, FileCell> cells)
    {
        var text = TextIn(cells, FormColumn.Withdraw);
        if (text is null || IsNo(text))
        {
            return false;
        }

        if (NumberText.ToHalfWidth(text).ToLowerInvariant() is "是" or "yes")
        {
            return true;
        }

        draft.Findings.Add(new(cells[FormColumn.Withdraw].Location, FileFindings.BadWithdrawal(text)));
        return false;
    }

    private static bool IsNo(string? text) => text is not null && NumberText.ToHalfWidth(text).ToLowerInvariant() is "否" or "no";

    private static bool IsWithdrawal(string? text) =>
        text is not null && NumberText.ToHalfWidth(text).ToLowerInvariant() is "撤回" or "withdraw";

    private static bool IsFilled(IReadOnlyDictionary<FormColumn, FileCell> cells, FormColumn column) =>
        cells.TryGetValue(column, out var cell) && !cell.IsEmpty;
}
