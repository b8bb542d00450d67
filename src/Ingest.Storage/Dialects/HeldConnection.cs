using System.Data.Common;

namespace XilinIngest.Storage.Dialects;

/// <summary>What is held as long as a connection lives: closing it gives it back, as does the death of the process.</summary>
internal sealed class HeldConnection(DbConnection connection) : IDisposable
{
    public void Dispose() => connection.Dispose();
}
