// Submits one figure, waits for the receipt, and follows the results for ten seconds or until a ranking has the figure.
// Usage: CSharpClient ADDRESS UNIT MONTH INDICATOR VALUE MEASURE TIME
//        CSharpClient http://127.0.0.1:5080 320404004201 2022-07 ENTERPRISE_VISITS 35 家 2022-08-03T09:14:00+08:00
using System.Globalization;
using XilinIngest.ClientLibrary;
using XilinIngest.Contracts;

if (args is not [var address, var unit, var month, var indicator, var value, var measure, var time])
{
    Console.Error.WriteLine("Usage: CSharpClient ADDRESS UNIT MONTH INDICATOR VALUE MEASURE TIME");
    return 2;
}

// An amqp:// or amqps:// address has the office's user and password; http:// may need an access key.
var isBroker = address.StartsWith("amqp", StringComparison.Ordinal);
await using var client = XilinClient.Connect(new XilinClientOptions
{
    Server = isBroker ? null : new Uri(address),
    AccessKey = Environment.GetEnvironmentVariable("XILIN_ACCESS_KEY"),
    Broker = isBroker ? BrokerConnectionSettings.Create(address) : null,
    Timeout = TimeSpan.FromSeconds(30),
    OnDisconnected = reason => Console.Error.WriteLine($"Connecting again: {reason}"),
});

var submission = new SubmitIndicators
{
    // Keep the id with the submission: sent again after a failure it gets the same receipt.
    SubmissionId = Guid.NewGuid(),
    Unit = unit,
    Period = month,
    Revision = 1,
    SubmittedAt = DateTimeOffset.Parse(time, CultureInfo.InvariantCulture),
    Values = [new IndicatorValue { Indicator = indicator, Value = decimal.Parse(value, CultureInfo.InvariantCulture), Unit = measure }],
};

try
{
    var sent = await client.SubmitAsync(submission);
    Console.WriteLine($"sent {sent.Id}");

    var reply = await sent.Reply;
    if (reply.Receipt is not { } receipt)
    {
        Console.Error.WriteLine($"The service cannot read it: {reply.Problem}");
        return 1;
    }

    Console.WriteLine($"{receipt.Verdict} row {receipt.Sequence}");
    foreach (var finding in receipt.Findings)
    {
        Console.WriteLine($"{finding.Rule} {finding.MessageEn} {finding.RemedyEn}");
    }

    if (receipt.Verdict != Verdict.Accepted || isBroker)
    {
        return receipt.Verdict == Verdict.Accepted ? 0 : 1;
    }

    // From the first event on: the ranking may have been published before the receipt came.
    using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
    await foreach (var result in client.WatchAsync(since: "0", limit.Token))
    {
        if (result.Read<RankingPublished>() is { } ranking && ranking.Period == month && ranking.Indicator == indicator
            && ranking.Units.FirstOrDefault(ranked => ranked.Unit == unit && ranked.Value is not null) is { } own)
        {
            Console.WriteLine($"ranking v{ranking.Version}: {own.Unit} is {own.Rank} with {own.Value}");
            break;
        }
    }

    return 0;
}
catch (OperationCanceledException)
{
    Console.WriteLine("No ranking has the figure yet.");
    return 0;
}
catch (TransportUnavailableException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 3;
}
