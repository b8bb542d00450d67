using XilinIngest.Wire.Tests.Senders;
using XilinIngest.Wire.Tests.Submissions;
using XilinIngest.Wire.Tests.Topology;
using XilinIngest.Wire.Tests.Unreadable;

namespace XilinIngest.Wire.Tests.Transport;

/// <summary>The services on RabbitMQ.Client alone.</summary>
public sealed class RabbitClientDeployment : WireDeployment
{
    /// <summary>The value of <c>Bus__Library</c>.</summary>
    internal const string LibraryName = "RabbitMQ.Client";

    public RabbitClientDeployment() => Library = LibraryName;
}

[CollectionDefinition(nameof(RabbitClientDeployment))]
public sealed class RabbitClientDeploymentCollection : ICollectionFixture<RabbitClientDeployment>;

[Collection(nameof(RabbitClientDeployment))]
public sealed class By_RabbitMQ_Client_a_submission(RabbitClientDeployment wire) : A_submission_over_the_broker(wire);

[Collection(nameof(RabbitClientDeployment))]
public sealed class By_RabbitMQ_Client_an_office(RabbitClientDeployment wire) : An_office_that_speaks_for_itself(wire);

[Collection(nameof(RabbitClientDeployment))]
public sealed class By_RabbitMQ_Client_a_sender_that_speaks_for_another(RabbitClientDeployment wire)
    : A_sender_that_speaks_for_another(wire);

[Collection(nameof(RabbitClientDeployment))]
public sealed class By_RabbitMQ_Client_an_office_without_a_receipt_queue(RabbitClientDeployment wire)
    : An_office_without_a_receipt_queue(wire);

[Collection(nameof(RabbitClientDeployment))]
public sealed class By_RabbitMQ_Client_a_message_that_no_one_can_use(RabbitClientDeployment wire) : A_message_that_no_one_can_use(wire);

[Collection(nameof(RabbitClientDeployment))]
public sealed class By_RabbitMQ_Client_what_is_on_the_broker(RabbitClientDeployment wire) : What_is_on_the_broker(wire);
