namespace XilinIngest.Client.Tests;

[CollectionDefinition(nameof(WireDeployment))]
public sealed class WireDeploymentCollection : ICollectionFixture<WireDeployment>;
