using System.Text.Json.Serialization;

namespace XilinIngest.Contracts;

/// <summary>How complete a published figure is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ResultState>))]
public enum ResultState
{
    /// <summary>Not every unit that is due has reported (快报).</summary>
    Provisional,

    /// <summary>Every unit that is due has reported (已报齐).</summary>
    Complete,

    /// <summary>The month is locked (已锁定).</summary>
    Final,
}

/// <summary>The colour of a figure against its target.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TargetColour>))]
public enum TargetColour
{
    /// <summary>On target or ahead of it.</summary>
    Green,

    /// <summary>Behind.</summary>
    Amber,

    /// <summary>Far behind.</summary>
    Red,
}

/// <summary>The word for a growth that a percentage cannot express.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<GrowthWords>))]
public enum GrowthWords
{
    /// <summary>The base is zero (上年同期为零).</summary>
    BaseZero,

    /// <summary>From loss to profit (扭亏为盈); for an indicator that is no profit, from below zero to above (由负转正).</summary>
    LossToProfit,

    /// <summary>From profit to loss (由盈转亏); for an indicator that is no profit, from above zero to below (由正转负).</summary>
    ProfitToLoss,

    /// <summary>The loss became smaller (减亏), also where it is gone: the compared figure is zero (由亏转平, 由负转零).</summary>
    LossSmaller,

    /// <summary>The loss became larger (增亏).</summary>
    LossLarger,

    /// <summary>The loss is the same (亏损持平).</summary>
    LossUnchanged,
}

/// <summary>The basis on which a growth was computed.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ComparisonBasis>))]
public enum ComparisonBasis
{
    /// <summary>Last year's figure as the units report it today (可比口径).</summary>
    Comparable,

    /// <summary>Last year's figure as it was recorded then (上年原报数口径).</summary>
    Recorded,
}

/// <summary>The quantity that a target is set for.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TargetType>))]
public enum TargetType
{
    /// <summary>Growth in per cent; of a rate, in percentage points.</summary>
    Growth,

    /// <summary>A full-year amount.</summary>
    Amount,
}

/// <summary>The measure that the units of a ranking are ranked by.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RankingMeasure>))]
public enum RankingMeasure
{
    /// <summary>No measure, because the catalogue no longer ranks the indicator.</summary>
    None,

    /// <summary>Growth.</summary>
    Growth,

    /// <summary>The year-to-date.</summary>
    Value,

    /// <summary>The completion of the target.</summary>
    Completion,
}

/// <summary>The better direction of a ranking.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RankingDirection>))]
public enum RankingDirection
{
    /// <summary>Higher is better.</summary>
    Higher,

    /// <summary>Lower is better.</summary>
    Lower,
}

/// <summary>Why a ranking that was published no longer exists.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RankingEnd>))]
public enum RankingEnd
{
    /// <summary>All figures were withdrawn.</summary>
    NoFigures,

    /// <summary>Fewer than two siblings report the indicator.</summary>
    FewerThanTwo,

    /// <summary>The catalogue no longer ranks the indicator.</summary>
    NotRanked,
}

/// <summary>The verdict on a submission.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>Recorded, and at least one of its values is in effect.</summary>
    Accepted,

    /// <summary>Recorded without effect on any value. The findings give the reasons.</summary>
    Refused,

    /// <summary>
    /// Recorded without effect, because later revisions had replaced all its values before it arrived. A notice names them.
    /// </summary>
    Superseded,
}

/// <summary>What a message does to a month.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MonthTransition>))]
public enum MonthTransition
{
    /// <summary>关账.</summary>
    Closed,

    /// <summary>重开.</summary>
    Reopened,
}

/// <summary>What a review does with a report.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ReviewDecision>))]
public enum ReviewDecision
{
    /// <summary>审核通过.</summary>
    Approve,

    /// <summary>退回: its figures stop counting until they are replaced.</summary>
    Return,
}

/// <summary>The severity of a finding. The first two refuse the submission.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<FindingSeverity>))]
public enum FindingSeverity
{
    /// <summary>强制性.</summary>
    Error,

    /// <summary>核实性, open.</summary>
    Question,

    /// <summary>核实性, answered by an explanation.</summary>
    Explained,

    /// <summary>提示: for information.</summary>
    Notice,
}

/// <summary>The role of a value in the figure that it is a part of.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<LineageRole>))]
public enum LineageRole
{
    /// <summary>A value of this year.</summary>
    Current,

    /// <summary>A value of last year, as recorded.</summary>
    Base,
}

/// <summary>Whether a month's report was on time.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ReportTiming>))]
public enum ReportTiming
{
    /// <summary>Nothing is due of the unit in this month, or the month is not in the calendar (不需报).</summary>
    NotDue,

    /// <summary>Not complete, and the deadline has not passed (未到期).</summary>
    Open,

    /// <summary>Complete by the deadline (按时).</summary>
    OnTime,

    /// <summary>Complete after the deadline (迟报).</summary>
    Late,

    /// <summary>The deadline has passed, and the report is not complete (未报).</summary>
    Missing,
}
