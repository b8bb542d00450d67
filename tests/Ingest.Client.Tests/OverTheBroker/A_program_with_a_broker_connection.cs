using System.Collections.Concurrent;
using System.Diagnostics;
using XilinIngest.Client.Tests.Library;
using XilinIngest.ClientLibrary;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Tests.OverTheBroker;

/// <summary>The client library and samples/CSharpClient over the real broker, as the user of an office.</summary>
[Collection(nameof(WireDeployment))]
public sealed class A_program_with_a_broker_connection(WireDeployment deployment)
{
    [Fact]
    public async Task Submits_and_gets_its_receipt()
    {
        var address = deployment.Broker.AddressFor(WireDeployment.Village, OfficeDefinitions.Password).ToString();
        var (exit, output, errors) = await A_program_that_uses_the_client_library.RunSampleAsync(
            address, WireDeployment.Village, "2022-11", "1", "ENTERPRISE_VISITS", "35", "家", "2022-12-03T09:14:00+08:00");
        Assert.True(exit == 0, output + errors);
        Assert.Contains("Accepted row", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_given_a_receipt_on_its_own_queue_that_an_earlier_client_did_not_wait_for()
    {
        var address = deployment.Broker.AddressFor(WireDeployment.Village, OfficeDefinitions.Password).ToString();
        var broker = BrokerConnectionSettings.Create(address);
        var submission = A_program_that_uses_the_client_library.NewSubmission() with { Period = "2022-06", Unit = WireDeployment.Village };
        await using (var first = XilinClient.Connect(new XilinClientOptions { Broker = broker }))
        {
            // Confirmed by the broker; the receipt is not waited for.
            Assert.Equal(submission.SubmissionId, (await first.SubmitAsync(submission)).Id);
        }

        var others = new ConcurrentQueue<SubmissionReceipt>();
        await using var second = XilinClient.Connect(new XilinClientOptions { Broker = broker, OnOtherReceipt = others.Enqueue });
        await (await second.SubmitAsync(submission with { SubmissionId = Guid.NewGuid(), Revision = 2 })).Reply;
        var since = Stopwatch.StartNew();
        while (!others.Any(receipt => receipt.SubmissionId == submission.SubmissionId))
        {
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(30), "The receipt of the earlier submission did not come within 30 s.");
            await Task.Delay(100);
        }
    }
}
