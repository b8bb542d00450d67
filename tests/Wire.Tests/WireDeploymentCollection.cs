namespace XilinIngest.Wire.Tests;

[CollectionDefinition(nameof(WireDeployment))]
public sealed class WireDeploymentCollection : ICollectionFixture<WireDeployment>;
