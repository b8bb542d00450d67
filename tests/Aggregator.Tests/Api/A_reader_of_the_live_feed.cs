using XilinIngest.Aggregator.Api;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Api;

public sealed class A_reader_of_the_live_feed
{
    private static readonly DateTimeOffset At = new(2023, 1, 20, 0, 0, 0, TimeSpan.Zero);
    private static readonly Catalogue Catalogue =
        TestDistrict.Reviewed(UniformDistrict.Catalogue, new ReviewRule(UnitKind.Village, null, true, null, null));

    private static readonly Publication Review = Stored(ResultKinds.Review, TestDistrict.Village2, new ReportReviewed
    {
        Unit = TestDistrict.Village2,
        Period = "2022-12",
        Row = 7,
        Decision = ReviewDecision.Return,
        At = At,
        By = "street",
        Reason = "台账不符",
        Version = 1,
        Cause = [9],
        PublishedAt = At,
    });

    private static readonly Publication Month = Stored(ResultKinds.Month, TestDistrict.District, new MonthChanged
    {
        Unit = TestDistrict.District,
        Period = "2022-12",
        Transition = MonthTransition.Closed,
        At = At,
        By = "district",
        Reason = "按期关账",
        Version = 1,
        Cause = [10],
        PublishedAt = At,
    });

    [Fact]
    public void Gets_a_review_if_it_reports_reviews_or_reads_all()
    {
        Assert.Equal(Review.Payload, TextFor(Rights.Read, Review));
        Assert.Equal(Review.Payload, TextFor(Rights.Enter, Review, TestDistrict.Village2));
        Assert.Equal(Review.Payload, TextFor(Rights.Review, Review));
        Assert.Null(TextFor(Rights.Enter, Review, TestDistrict.Village1));
        Assert.Null(TextFor(Rights.Close, Review));
    }

    [Fact]
    public void Learns_that_a_month_was_closed_and_by_whom_if_it_closes_months_or_reads_all()
    {
        Assert.Equal(Month.Payload, TextFor(Rights.Read, Month));
        Assert.Equal(Month.Payload, TextFor(Rights.Close, Month));
        var text = TextFor(Rights.Enter, Month, TestDistrict.Village1)!;
        Assert.Equal(Month.Payload.Replace("\"by\":\"district\",", "", StringComparison.Ordinal), text);
        Assert.DoesNotContain("\"by\"", text, StringComparison.Ordinal);
    }

    private static string? TextFor(Rights rights, Publication publication, params string[] units) =>
        ResultVisibility.TextFor(new Caller { Name = "reader", Rights = rights, Units = units }, Catalogue, publication);

    private static Publication Stored(string kind, string unit, object message) => new()
    {
        Id = 1,
        Kind = kind,
        Unit = unit,
        Period = 202212,
        Event = message.GetType().Name,
        Json = WireFormat.Serialize(message),
    };
}
