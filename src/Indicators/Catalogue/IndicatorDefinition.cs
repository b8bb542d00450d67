namespace XilinIngest.Indicators;

/// <summary>What an indicator means (指标解释): a row of <c>definitions.csv</c>.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="What">What it measures (指标含义).</param>
/// <param name="Formula">How it is computed (计算方法); null: as its kind says.</param>
/// <param name="Scope">Which units and activities count (统计口径).</param>
/// <param name="Source">Where the figures come from (数据来源).</param>
/// <param name="Since">The first month that it is reported for; null: not stated.</param>
/// <param name="Note">What a reader has to know besides; null: nothing.</param>
public sealed record IndicatorDefinition(
    IndicatorCode Indicator, DefinitionWords What, DefinitionWords? Formula, DefinitionWords Scope, DefinitionWords Source, Period? Since,
    DefinitionWords? Note);

/// <summary>A part of a definition in both languages; neither is empty.</summary>
public sealed record DefinitionWords(string Zh, string En);
