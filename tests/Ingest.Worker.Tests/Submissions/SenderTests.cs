using XilinIngest.Indicators;
using XilinIngest.Messaging;
using XilinIngest.Submissions.Senders;
using XilinIngest.Worker.Intake;

namespace XilinIngest.Worker.Tests.Submissions;

public class A_sender
{
    private const string Root = "320404004000", Village = "320404004201", OtherVillage = "320404004202", Firm = "91320404MA0000003T";
    private static readonly Period July = new(2022, 7);

    // The firm moves from one village to the other in 2022-04.
    private static readonly UnitTree Tree = new(
    [
        Unit(0, Root, UnitKind.Street, Span(2020, 1, null, null)),
        Unit(1, Village, UnitKind.Village, Span(2020, 1, null, Root)),
        Unit(2, OtherVillage, UnitKind.Village, Span(2020, 1, null, Root)),
        Unit(3, Firm, UnitKind.Enterprise, Span(2020, 1, new Period(2022, 3), Village), Span(2022, 4, null, OtherVillage)),
    ]);

    [Theory]
    [InlineData(Village, Village, true)]
    [InlineData(Root, Firm, true)]
    [InlineData(Root, Village, true)]
    [InlineData(OtherVillage, Firm, true)]
    [InlineData(Village, Firm, false)]
    [InlineData(Village, Root, false)]
    [InlineData(Village, OtherVillage, false)]
    [InlineData(Firm, Village, false)]
    [InlineData("", Village, false)]
    [InlineData("admin", Village, false)]
    [InlineData("32040400420", Village, false)]
    [InlineData("*", Village, false)]
    public void Submits_for_itself_and_for_those_below_it(string sender, string unit, bool may) =>
        Assert.Equal(may, SubmitRight.Covers([sender], Tree[new UnitCode(unit)], July, Tree));

    [Fact]
    public void Submits_for_those_below_it_in_the_month_reported()
    {
        var march = new Period(2022, 3);
        Assert.True(SubmitRight.Covers([Village], Tree[new UnitCode(Firm)], march, Tree));
        Assert.False(SubmitRight.Covers([OtherVillage], Tree[new UnitCode(Firm)], march, Tree));
    }

    [Fact]
    public void Submits_for_no_unit_that_no_one_knows_and_for_its_own_in_any_month()
    {
        Assert.False(SubmitRight.Covers([Village], null, July, Tree));
        Assert.True(SubmitRight.Covers([Village], Tree[new UnitCode(Village)], null, Tree));
        Assert.False(SubmitRight.Covers([Root], Tree[new UnitCode(Village)], null, Tree));
    }

    [Theory]
    [InlineData(Village, "amq.rabbitmq.reply-to.g1h2AA==", true)]
    [InlineData(null, "amq.rabbitmq.reply-to.g1h2AA==", true)]
    [InlineData(Village, "xilin.receipts.320404004201", true)]
    [InlineData(Village, "xilin.receipts.320404004202", false)]
    [InlineData(null, "xilin.receipts.", false)]
    [InlineData(Village, "xilin.parked", false)]
    [InlineData(Village, "amq.rabbitmq.reply-to", false)]
    [InlineData(Village, null, false)]
    public void Is_answered_where_only_it_can_read(string? sender, string? replyTo, bool isAllowed) =>
        Assert.Equal(isAllowed ? replyTo : null,
            ReceiptPublisher.AllowedReplyQueue(new DeliveryInfo { Sender = sender, ReplyTo = replyTo, Exchange = "", RoutingKey = "" }));

    private static UnitSpan Span(int year, int month, Period? to, string? parent) =>
        new(new Period(year, month), to, parent is null ? null : new UnitCode(parent), new HashSet<string>());

    private static Unit Unit(int index, string code, UnitKind kind, params UnitSpan[] spans) =>
        new() { Code = new UnitCode(code), NameZh = code, NameEn = code, Kind = kind, Index = index, Spans = spans };
}
