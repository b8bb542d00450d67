namespace XilinIngest.CatalogueFiles.Tests.Reading;

/// <summary>Each row: what is edited, and the one fault that is found.</summary>
public sealed class A_faulty_line
{
    [Theory]
    [InlineData("indicators.csv", "稳定", "稳定\nVisits,来访,Visits,件,flow,village,,,,none,value,lower,no,件,cases,1,0,no,,,,民生,稳定",
        "indicators.csv:4 code: 'Visits' is not an indicator code")]
    [InlineData("indicators.csv", "稳定", "稳定\nPETITIONS,来访,Visits,件,flow,village,,,,none,value,lower,no,件,cases,1,0,no,,,,民生,稳定",
        "indicators.csv:4 code: it is on line 3 already")]
    [InlineData("indicators.csv", "Petitions", "", "indicators.csv:3 name_en: it is empty")]
    [InlineData("indicators.csv", "万元,flow", "万元,Flow",
        "indicators.csv:2 kind: 'Flow' is not one of flow, stock, net_increase, rate, given")]
    [InlineData("indicators.csv", "flow,village", "flow,hamlet", "indicators.csv:3 reported_by: 'hamlet' is not one of")]
    [InlineData("indicators.csv", ",trade,", ",Trade!,", "indicators.csv:2 register: 'Trade!' is not the name of a register")]
    [InlineData("indicators.csv", ",trade,", ",retail,", "indicators.csv:2 register: no unit is on the register 'retail'")]
    [InlineData("indicators.csv", "2013,,", "2013,2012,", "indicators.csv:2 january_exempt_to: 2012 is before 2013")]
    [InlineData("indicators.csv", "2013,,", ",2020,", "indicators.csv:2 january_exempt_to: there is a last year without a first")]
    [InlineData("indicators.csv", "2013,,", "13,,", "indicators.csv:2 january_exempt_from: '13' is not a whole number")]
    [InlineData("indicators.csv", "none,value", "none,growth", "indicators.csv:3 rank_by: ranked by growth, but no growth is computed")]
    [InlineData("indicators.csv", "higher,no", "higher,false", "indicators.csv:2 may_be_negative: 'false' is not one of yes, no")]
    [InlineData("indicators.csv", "10000,1", "0,1", "indicators.csv:2 printed_divisor: it is not above zero")]
    [InlineData("indicators.csv", "10000,1", "1E4,1", "indicators.csv:2 printed_divisor: '1E4' is not a number")]
    [InlineData("indicators.csv", "10000,1", "10000,7", "indicators.csv:2 decimals: '7' is not a whole number from 0 to 6")]
    [InlineData("indicators.csv", ",件,cases", ",余件,cases", "indicators.csv:3 printed_unit_zh: the report writes 余 itself")]
    [InlineData("indicators.csv", "信访{value}", "信访{value}余", "indicators.csv:3 phrase_zh: the report writes 余 itself")]
    [InlineData("indicators.csv", "信访{value}", "推进{valu}整治{0", "indicators.csv:3 phrase_zh: braces may hold {value} and nothing else")]
    [InlineData("indicators.csv", "信访{value}", "信访{value", "indicators.csv:3 phrase_zh: braces may hold {value} and nothing else")]
    [InlineData("indicators.csv", "信访{value}", "信访{{value}}", "indicators.csv:3 phrase_zh: braces may hold {value} and nothing else")]
    [InlineData("indicators.csv", "信访{value}", "信访｛value｝", "indicators.csv:3 phrase_zh: braces may hold {value} and nothing else")]
    [InlineData("indicators.csv", "零上访", "零上访{value}", "indicators.csv:3 zero_phrase_zh: no figure goes here")]
    [InlineData("indicators.csv", "零上访,", "零上访,信访}", "indicators.csv:3 rank_name_zh: no figure goes here")]
    [InlineData("units.csv", "Y43,企业1,Firm 1,enterprise,320404007201", "Y44,企业1,Firm 1,enterprise,320404007201",
        "units.csv:7 code: '91350100M000100Y44' is neither")]
    [InlineData("units.csv", "320404001000", "3.20404E+11", "units.csv:4 code: '3.20404E+11' is neither")]
    [InlineData("units.csv", "1,village", "1,enterprise", "units.csv:5 code: an enterprise has an 18-character")]
    [InlineData("units.csv", "五星街道,Wuxing,street,320404000000", "五星街道,Wuxing,street,320499000000",
        "units.csv:4 parent: there is no unit 320499000000")]
    [InlineData("units.csv", "Village 2,village,320404007000", "Village 2,village,320404007201",
        "units.csv:6 parent: 320404007201 is not of a higher level")]
    [InlineData("units.csv", "Village 2,village,320404007000", "Village 2,village,320404001000",
        "units.csv:6 parent: 320404001000 reports the totals of all below it")]
    [InlineData("units.csv", "二村,Village 2,village,320404007000,2020-01", "二村,Village 2,village,320404007000,2019-12",
        "units.csv:6 parent: its parent 320404007000 does not exist in 2019-12")]
    [InlineData("units.csv", "320404007000,2020-01,,,no\n320404007202", "320404007000,2020-01,2021-11,,no\n320404007202",
        "units.csv:7 parent: its parent 320404007201 does not exist in 2021-12")]
    [InlineData("units.csv", "Wuxing,street,320404000000", "Wuxing,street,", "units.csv:4 parent: line 2 is the root already")]
    [InlineData("units.csv", "2022-01,", "2021-12,", "units.csv:8 valid_from: it overlaps line 7")]
    [InlineData("units.csv", "2021-01,2021-12", "2021-01,2020-12", "units.csv:7 valid_to: 2020-12 is before valid_from 2021-01")]
    [InlineData("units.csv", "2021-01,2021-12", "Jan-21,2021-12", "units.csv:7 valid_from: 'Jan-21' is not a month")]
    [InlineData("units.csv", "Firm 1,enterprise,320404007202", "Firm One,enterprise,320404007202",
        "units.csv:8 name_en: it differs from line 7")]
    [InlineData("units.csv", "trade industry", "trade;industry", "units.csv:8 registers: 'trade;industry' is not the name of a register")]
    [InlineData("targets.csv", "320404007000,R", "320404007999,R", "targets.csv:2 unit: there is no unit 320404007999")]
    [InlineData("targets.csv", "RETAIL_SALES", "RETAIL_SALE", "targets.csv:2 indicator: there is no indicator RETAIL_SALE")]
    [InlineData("targets.csv", "amount,12", "amount,-1", "targets.csv:3 value: a full-year amount is above zero")]
    [InlineData("targets.csv", "amount,12", "growth,12", "targets.csv:3 kind: no growth is computed for PETITIONS")]
    [InlineData("targets.csv", "PETITIONS,2022,amount", "RETAIL_SALES,2022,amount",
        "targets.csv:3 indicator: line 2 is a target of that unit")]
    [InlineData("targets.csv", "-2.5", "-2.5%", "targets.csv:2 value: '-2.5%' is not a number")]
    [InlineData("colours.csv", "5,15", "15,5", "colours.csv:2 red_behind: red begins before amber")]
    [InlineData("colours.csv", "0.5", "-0.5", "colours.csv:3 margin: it is below zero")]
    [InlineData("colours.csv", "village", "street", "colours.csv:3 level: line 2 is that level already")]
    [InlineData("calendar.csv", "2022-08-01T00:00:00+08:00", "2022-08-01T00:00:00",
        "calendar.csv:2 opens: '2022-08-01T00:00:00' is not a time with an offset")]
    [InlineData("calendar.csv", "2022-08-01T", "2022-08-09T", "calendar.csv:2 deadline: it must be after opens")]
    [InlineData("calendar.csv", "2022-08-20T",
        "2022-08-08T17:00:00+08:00,2023-06-30T18:00:00+08:00\n2022-09,2022-10-01T00:00+08:00,2022-10-02T00:00+08:00,2022-10-20T",
        "calendar.csv:2 closes: it must be not before deadline")]
    [InlineData("calendar.csv", "2022-08-01T00:00:00+08:00,2022-08-08T18:00:00+08:00", "2022-08-20T18:00:00+08:00,",
        "calendar.csv:2 closes: it must be after opens")]
    [InlineData("calendar.csv", "2022-09-08T18:00+08:00,2022-09", ",2022-09",
        "calendar.csv:3 deadline: it is empty, and 2022-07 before it has one")]
    [InlineData("calendar.csv", "2023-06-30T18", "2022-06-30T18", "calendar.csv:2 locks: it must be not before closes")]
    [InlineData("calendar.csv", "2022-07,", "2022-09,", "calendar.csv:2 closes: it closes before 2022-09 has ended")]
    [InlineData("calendar.csv", "2022-08,", "2022-07,", "calendar.csv:3 period: line 2 is that month already")]
    [InlineData("rules.csv", "R02", "R01", "rules.csv:3 id: line 2 has that id already")]
    [InlineData("rules.csv", "R01,1", "R01,0", "rules.csv:2 version: '0' is not a whole number")]
    [InlineData("rules.csv", "question", "warning", "rules.csv:2 severity: 'warning' is not one of error, question")]
    [InlineData("rules.csv", "RETAIL_SALES,*", "RETAIL_SALES SALES,*", "rules.csv:2 indicators: there is no indicator 'SALES'")]
    [InlineData("rules.csv", "RETAIL_SALES,*", "RETAIL_SALES,", "rules.csv:2 kinds: it is empty")]
    [InlineData("rules.csv", "flow stock", "flow stocks", "rules.csv:3 kinds: there is no kind 'stocks'")]
    [InlineData("rules.csv", "7 * typical", "7 * ",
        "rules.csv:2 fires_when: at character 13, expected a number, a name, a function or '(', found the end")]
    [InlineData("rules.csv", "PETITIONS < 0", "PETITION < 0", "rules.csv:3 fires_when: at character 1, there is no indicator PETITION")]
    [InlineData("rules.csv", "Negative", "", "rules.csv:3 message_en: it is empty")]
    [InlineData("rules.csv", "Ten times,", "Ten times,again,", "rules.csv:2: 11 fields where the header has 10")]
    [InlineData("rules.csv", "\"Check it, and the unit\"", "\"Check it, and the unit", "rules.csv:2: its quotes do not match")]
    public void Is_named_with_its_line_and_column(string file, string from, string to, string expected)
    {
        using var folder = new CatalogueFolder();
        var result = folder.Edit(file, from, to).Read();

        Assert.False(result.IsValid);
        var fault = Assert.Single(result.Faults);
        Assert.StartsWith(expected, fault.ToString(), StringComparison.Ordinal);
        Assert.Contains(fault.MessageZh, c => c is >= '一' and <= '龥');
        Assert.NotEmpty(fault.Remedy.En);
    }
}
