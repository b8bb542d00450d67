using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Input;

namespace XilinIngest.SubmissionFiles.Forms;

/// <summary>The values that Excel accepts in the cells of the form, and the error messages for other values.</summary>
internal static class FormValidations
{
    public static DataValidations Build(FormSheet form, int first, int last)
    {
        var end = Math.Max(last, 7);
        var validations = new List<DataValidation>
        {
            Validation(DataValidationValues.Custom, NumberCells(form, end), "只能填普通小数（不带单位、逗号和百分号）；要撤回这一个数，写“撤回”。",
                "OR(AND(ISNUMBER(D7),ABS(D7)<1E15),D7=\"撤回\",D7=\"withdraw\")"),
            Validation(DataValidationValues.List, $"I7:I{end}", "撤回整项选“是”，不撤回留空；只撤回一个数，在那个数的单元格里写“撤回”。", "\"是\""),
            Validation(DataValidationValues.TextLength, $"J7:K{end}", "最多 500 字。", "0", "500"),
            Validation(DataValidationValues.Whole, "D3", "修订号是 1 至 9999 的整数，可留空。", "1", "9999"),
        };
        validations.AddRange(StagedRows(form).Select(row => Validation(
            DataValidationValues.List, $"D{row.Number}", "请从下拉列表中选择阶段。",
            $"\"{string.Join(',', row.Stages.Select((_, stage) => StageText.Format(stage, row.Stages)))}\"")));
        if (form.Choices.Count > 0)
        {
            validations.Add(
                Validation(DataValidationValues.List, $"A{first}:A{last}", "请从下拉列表中选择指标。",
                    $"'{FormWriter.Choices}'!$A$1:$A${form.Choices.Count}"));
            validations.Add(
                Validation(DataValidationValues.List, $"C{first}:C{last}", "请从下拉列表中选择计量单位。",
                    $"\"{string.Join(',', form.Choices.Select(indicator => indicator.CanonicalUnit).Distinct())}\""));
        }

        return new DataValidations(validations) { Count = (uint)validations.Count };
    }

    private static IEnumerable<(int Number, IReadOnlyList<Stage> Stages)> StagedRows(FormSheet form) =>
        form.Rows.Select((row, i) => (Number: 7 + i, Stages: row.Indicator.Kind.StagesOf(row.Indicator)))
        .Where(row => row.Stages.Count > 0);

    // All figures except the stages. Stages have lists of their own, and a cell may have only one rule.
    private static string NumberCells(FormSheet form, int end)
    {
        var staged = StagedRows(form).Select(row => row.Number).ToList();
        if (staged.Count == 0)
        {
            return $"D7:H{end}";
        }

        var starts = staged.Select(row => row + 1).Prepend(7);
        var ends = staged.Select(row => row - 1).Append(end);
        return string.Join(' ',
            starts.Zip(ends).Where(part => part.First <= part.Second).Select(part => $"D{part.First}:D{part.Second}").Append($"E7:H{end}"));
    }

    private static DataValidation Validation(DataValidationValues type, string cells, string error, string first, string? second = null)
    {
        var validation = new DataValidation
        {
            Type = type,
            AllowBlank = true,
            ShowErrorMessage = true,
            ShowInputMessage = true,
            ErrorTitle = "填写有误",
            Error = error,
            SequenceOfReferences = new ListValue<StringValue> { InnerText = cells },
        };
        validation.Append(new Formula1(first));
        if (second is not null)
        {
            validation.Append(new Formula2(second));
        }

        return validation;
    }
}
