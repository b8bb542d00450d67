using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Submissions.Checking;
using static XilinIngest.Worker.Tests.Submissions.A_submission_that_is_wrong;

namespace XilinIngest.Worker.Tests.Submissions;

public sealed class An_explanation
{
    [Theory]
    [InlineData("一次性大额订单")]
    [InlineData("无锡工厂停产检修")]
    [InlineData("更正5月份漏报的一笔")]
    [InlineData("One large order was booked")]
    [InlineData("Plant shutdown for repairs")]
    [InlineData("因设备检修停产半月")]
    [InlineData("新增一家企业并表")]
    [InlineData("ERP系统切换，合并入账")]
    [InlineData("订单延至次月交付")]
    [InlineData("甲乙两厂合并")]
    [InlineData("退税12万")]
    [InlineData("铜价涨30%")]
    [InlineData("按环保要求停产")]
    [InlineData("财务调账，跨期入账")]
    [InlineData("New kiln")]
    [InlineData("Price up 30%")]
    public void Is_taken_where_it_says_what_happened(string text) => Assert.True(ExplanationQuality.IsMeaningful(text));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("核实无误")]
    [InlineData("数据核实无误，情况属实。")]
    [InlineData("经核实，数据真实准确无误")]
    [InlineData("同上")]
    [InlineData("The data is correct.")]
    [InlineData("Verified and confirmed: figures are right")]
    [InlineData("OK OK OK")]
    [InlineData("无无无无无无")]
    [InlineData("1111111111")]
    [InlineData("12345")]
    [InlineData("20221231 / 626.17")]
    [InlineData("asdfg")]
    [InlineData("qwerty uiop")]
    [InlineData("sdfasdf jkljkl")]
    [InlineData("abcde fghij")]
    [InlineData("see note")]
    [InlineData("See attachment, please")]
    [InlineData("n/a n/a n/a")]
    [InlineData("as above")]
    [InlineData("no problem")]
    [InlineData("xxxxx yyyyy")]
    [InlineData("一二三四五")]
    [InlineData("甲乙丙丁戊")]
    [InlineData("十二万三千四百")]
    [InlineData("见备注")]
    [InlineData("详见附件说明")]
    [InlineData("数据没有问题")]
    [InlineData("如实填报，一切正常")]
    [InlineData("测试测试测试")]
    [InlineData("啊啊啊啊啊")]
    [InlineData("啊啊啊啊呀呀哦哦嗯嗯")]
    [InlineData("的的的了了了是是是在在")]
    [InlineData("领导已审阅同意")]
    [InlineData("按领导要求填报")]
    [InlineData("按照实际填写")]
    [InlineData("数据来源财务")]
    [InlineData("请审核通过谢谢")]
    [InlineData("一切以附件为准")]
    [InlineData("lorem ipsum dolor")]
    [InlineData("qazwsx edcrfv")]
    [InlineData("йцукен фывапр")]
    [InlineData("。。。。。。。。")]
    public void Is_refused_where_it_says_nothing_about_the_figure(string text) => Assert.False(ExplanationQuality.IsMeaningful(text));
}
