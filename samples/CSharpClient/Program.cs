// Submits one figure, waits for the receipt, and follows the results until the unit's total of the month has been published.
// Usage: CSharpClient ADDRESS UNIT MONTH REVISION INDICATOR VALUE MEASURE TIME
//        CSharpClient http://127.0.0.1:5080 320404004201 2022-12 2 ENTERPRISE_VISITS 35 家 2023-01-09T09:00:00+08:00
using System.Globalization;
using XilinIngest.ClientLibrary;
using XilinIngest.Contracts;

if (args is not [var address, var unit, var month, var revision, var indicator, var value, var measure, var time])
{
    Console.Error.WriteLine("Usage: CSharpClient ADDRESS UNIT MONTH REVISION INDICATOR VALUE MEASURE TIME");
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
    // Keep the id with the submission. A submission that is sent again after a failure then gets the same receipt.
    SubmissionId = Guid.NewGuid(),
    Unit = unit,
    Period = month,
    Revision = int.Parse(revision, CultureInfo.InvariantCulture),
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

    // The feed is read from the first event on, because the total may have been published before the receipt arrived.
    using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
    await foreach (var result in client.WatchAsync(since: "0", limit.Token))
    {
        if (result.Read<TotalsPublished>() is { } totals && totals.Unit == unit && totals.Period == month
            && totals.Totals.FirstOrDefault(total => total.Indicator == indicator) is { } own && own.Cause.Contains(receipt.Sequence))
        {
            Console.WriteLine($"total v{own.Version} of {totals.Unit}: month {own.Month}, year-to-date {own.YearToDate}");
            return 0;
        }
    }

    return 4;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("The total was not published within 30 s; see /health/ready of the service.");
    return 4;
}
catch (TransportUnavailableException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 3;
}
