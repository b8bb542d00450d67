namespace XilinIngest.Contracts.Responses;

/// <summary>
/// What an indicator means (指标解释). Who reports it, and on which basis its growth is, is in <see cref="CatalogueIndicator"/>.
/// </summary>
/// <param name="Indicator">The indicator's code.</param>
/// <param name="What">What it measures (指标含义).</param>
/// <param name="Formula">How it is computed (计算方法); null: as its kind says.</param>
/// <param name="Scope">Which units and activities count (统计口径).</param>
/// <param name="Source">Where the figures come from (数据来源).</param>
/// <param name="Since">The first month that it is reported for, <c>yyyy-MM</c>; null: not stated.</param>
/// <param name="Note">What a reader has to know besides; null: nothing.</param>
public sealed record CatalogueDefinition(
    string Indicator, DefinitionText What, DefinitionText? Formula, DefinitionText Scope, DefinitionText Source, string? Since,
    DefinitionText? Note);

/// <summary>A part of a definition in both languages; neither is empty.</summary>
/// <param name="Zh">In Chinese.</param>
/// <param name="En">In English.</param>
public sealed record DefinitionText(string Zh, string En);
