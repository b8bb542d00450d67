using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Dashboard.DataEntry;

namespace XilinIngest.Dashboard.Tests.Enter;

/// <summary>Stage 2 stands since 23 June 2022; the form is changed.</summary>
public sealed class A_stage_in_the_form
{
    private static readonly DateOnly June = new(2022, 6, 23);
    private readonly IndicatorFields _line = new(StagedIndicators.Planning, Stored(1));

    public A_stage_in_the_form() => _line.Load(Stored(1));

    [Fact]
    public void That_is_chosen_anew_is_sent_without_the_date_of_the_one_before()
    {
        Choose("3");
        Assert.Equal("", _line.Date.Text);
        Assert.Equal((3m, null, null), Sent());
    }

    [Fact]
    public void That_is_chosen_anew_is_sent_with_the_date_that_is_typed_though_it_is_the_same_day()
    {
        Choose("3");
        _line.Date.Typed = "2022-06-23";
        Assert.Equal((3m, June, null), Sent());
        _line.Load(Stored(2));
        Assert.Equal((3m, June, null), Sent());
    }

    [Fact]
    public void That_is_taken_back_to_0_is_sent_without_a_date()
    {
        Choose("0");
        Assert.Equal((0m, null, null), Sent());
    }

    [Fact]
    public void Whose_date_is_cleared_is_sent_without_it_so_that_the_service_asks_for_it()
    {
        _line.Date.Typed = "";
        Assert.True(_line.WillBeSent);
        Assert.Equal((2m, null, null), Sent());
    }

    [Fact]
    public void Whose_date_is_corrected_is_sent_with_it()
    {
        _line.Date.Typed = "2022-06-20";
        Assert.Equal((2m, new DateOnly(2022, 6, 20), null), Sent());
    }

    [Fact]
    public void With_a_note_is_sent_as_it_stands()
    {
        _line.Note.Typed = "会议纪要第 12 号";
        Assert.Equal((2m, June, null), Sent());
    }

    [Fact]
    public void That_is_cleared_is_withdrawn_with_its_date()
    {
        Choose("");
        Assert.True(_line.IsWithdrawn);
        Assert.Equal((null, null, FigureNames.Value), Sent());
    }

    [Fact]
    public void That_is_chosen_back_has_its_date_again()
    {
        Choose("3");
        Choose("2");
        Assert.Equal(("2022-06-23", false), (_line.Date.Text, _line.WillBeSent));
    }

    private void Choose(string stage)
    {
        _line.Value.Typed = stage;
        _line.StageChosen();
    }

    private (decimal? Value, DateOnly? Date, string? Withdrawn) Sent()
    {
        var value = _line.ToValue();
        return (value.Value, value.Date, value.Withdraw is null ? null : string.Join(' ', value.Withdraw));
    }

    private static FormEntry Stored(long row) =>
        new("AREA_PLANNING", true, new FormFigures(2, null, null, null, null, row) { Date = June }, null, null);
}
