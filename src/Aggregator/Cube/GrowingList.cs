namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// A list that only grows. A copy shares its array: what the copy adds stands behind the items that the original sees. So the newest copy
/// alone may be added to.
/// </summary>
internal struct GrowingList<T>
{
    private const int FirstCapacity = 4;

    private T[]? _items;

    public int Count { get; private set; }

    public readonly ArraySegment<T> Items => _items is null ? ArraySegment<T>.Empty : new(_items, 0, Count);

    public readonly T this[int index] => index < Count ? _items![index] : throw new ArgumentOutOfRangeException(nameof(index));

    public readonly int IndexOf(T item) => Items.AsSpan().IndexOf(item);

    /// <summary>Makes room for so many items, where none was added yet.</summary>
    public void EnsureCapacity(int capacity) => _items ??= capacity == 0 ? null : new T[capacity];

    /// <summary>Another list if it has the same items and no room for more, so that both can be added to; otherwise this one.</summary>
    public readonly GrowingList<T> OrEqual(GrowingList<T> other) =>
        other.Count == other._items?.Length && Items.AsSpan().SequenceEqual(other.Items) ? other : this;

    public void Add(T item)
    {
        if (_items is null || Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(FirstCapacity, Count * 2));
        }

        _items[Count++] = item;
    }
}
