using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Client.Files;

/// <summary>The figures of a row: given, taken back, or left as they stand where the cell is blank.</summary>
internal static class RowValue
{
    private static readonly (Column Column, string Field)[] Figures =
    [
        (Column.Value, FigureNames.Value), (Column.YearToDate, FigureNames.YearToDate), (Column.LastYear, FigureNames.LastYear),
        (Column.Numerator, FigureNames.Numerator), (Column.Denominator, FigureNames.Denominator),
    ];

    private static readonly Column[] Words = [Column.Note, Column.Explanation, Column.Rule];

    public static bool IsFigure(Column column) => Array.Exists(Figures, figure => figure.Column == column);

    /// <summary>Whether the row says nothing: no figure, nothing to withdraw, no words.</summary>
    public static bool IsBlank(IReadOnlyDictionary<Column, Cell> cells) =>
        !Array.Exists(Figures, figure => IsFilled(cells, figure.Column)) && !Array.Exists(Words, column => IsFilled(cells, column))
        && (!IsFilled(cells, Column.Withdraw) || IsNo(TextIn(cells, Column.Withdraw)));

    public static void Read(Draft draft, IReadOnlyDictionary<Column, Cell> cells, JsonObject value, Place row)
    {
        var unit = TextIn(cells, Column.UnitOfMeasure) is { } text ? NumberText.Plain(text) : null;
        var filled = Figures.Where(figure => IsFilled(cells, figure.Column)).ToList();
        if (Withdraws(draft, cells))
        {
            value["value"] = null;
            if (filled.Count > 0)
            {
                draft.Findings.Add(new(cells[filled[0].Column].Place, FileFindings.FigureAndWithdrawal()));
            }
        }
        else
        {
            ReadFigures(draft, cells, filled, unit, value);
            if (filled.Count == 0 && !IsFilled(cells, Column.Withdraw))
            {
                var words = Words.Where(column => IsFilled(cells, column)).ToList();
                draft.Findings.Add(words.Count > 0 ? new(cells[words[0]].Place, FileFindings.WordsWithoutFigure()) : new(row, FileFindings.NoFigure()));
            }
        }

        if (unit is not null)
        {
            value["unit"] = unit;
            if (TypedText.HidesSomething(unit))
            {
                draft.Findings.Add(new(cells[Column.UnitOfMeasure].Place, FileFindings.Hides(unit)));
            }
        }
    }

    /// <summary>Its text, trimmed; null where there is none or the cell as such is wrong.</summary>
    public static string? TextIn(IReadOnlyDictionary<Column, Cell> cells, Column column) =>
        cells.TryGetValue(column, out var cell) && cell is { IsEmpty: false, Finding: null } ? TypedText.Trim(cell.Text) : null;

    private static void ReadFigures(Draft draft, IReadOnlyDictionary<Column, Cell> cells, List<(Column Column, string Field)> filled, string? unit, JsonObject value)
    {
        var takenBack = new JsonArray();
        foreach (var (column, field) in filled)
        {
            if (IsWithdrawal(TextIn(cells, column)))
            {
                takenBack.Add(field);
            }
            else if (Number(draft, cells[column], unit) is { } number)
            {
                value[field] = number;
            }
        }

        if (takenBack.Count == 0)
        {
            return;
        }

        // The month's figure carries the others: without it the whole indicator is withdrawn.
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
            draft.Findings.Add(new(cells[Column.Value].Place, FileFindings.FigureAndWithdrawal()));
        }
    }

    private static decimal? Number(Draft draft, Cell cell, string? unit)
    {
        if (cell.Finding is not null)
        {
            return null;
        }

        if (NumberText.TryRead(cell.Text, out var number, out var finding) && cell.OfFigure is null && ShownUnit.Agrees(cell.ShownUnit, unit))
        {
            return number;
        }

        draft.Findings.Add(new(cell.Place, finding ?? cell.OfFigure ?? FileFindings.ShownOtherwise(cell.ShownUnit!, unit ?? "")));
        return null;
    }

    private static bool Withdraws(Draft draft, IReadOnlyDictionary<Column, Cell> cells)
    {
        var text = TextIn(cells, Column.Withdraw);
        if (text is null || IsNo(text))
        {
            return false;
        }

        if (NumberText.Ascii(text).ToLowerInvariant() is "是" or "yes")
        {
            return true;
        }

        draft.Findings.Add(new(cells[Column.Withdraw].Place, FileFindings.BadWithdrawal(text)));
        return false;
    }

    private static bool IsNo(string? text) => text is not null && NumberText.Ascii(text).ToLowerInvariant() is "否" or "no";

    private static bool IsWithdrawal(string? text) => text is not null && NumberText.Ascii(text).ToLowerInvariant() is "撤回" or "withdraw";

    private static bool IsFilled(IReadOnlyDictionary<Column, Cell> cells, Column column) => cells.TryGetValue(column, out var cell) && !cell.IsEmpty;
}
