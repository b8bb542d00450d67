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

    public readonly T this[int index] => Items[index];

    public readonly int IndexOf(T item) => Items.AsSpan().IndexOf(item);

    public void Add(T item)
    {
        if (_items is null || Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(FirstCapacity, Count * 2));
        }

        _items[Count++] = item;
    }
}
