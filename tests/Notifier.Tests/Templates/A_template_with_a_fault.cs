using XilinIngest.Notifier.Templates;

namespace XilinIngest.Notifier.Tests.Templates;

public sealed class A_template_with_a_fault
{
    [Theory]
    [InlineData("t\n{% foo %}", 2, "foo")]
    [InlineData("t\nx\n{% if count %}", 3, "endif")]
    [InlineData("t\n{{ count ", 2, "}}")]
    [InlineData("t\n{{ nobody }}", 2, "nobody")]
    [InlineData("t\n{{ count | shout }}", 2, "shout")]
    [InlineData("t\n{% for alert in alerts %}\n{{ alert.telephone }}{% endfor %}", 3, "telephone")]
    [InlineData("t\nx\n{% for i in (1..1000000000) %}x{% endfor %}", 3, "range")]
    [InlineData("t\n{% if '}' == about or (1..1000000000) contains 5 %}x{% endif %}y", 2, "range")]
    [InlineData("t\n{% raw %}{{ ' {% endraw %}\n{% for i in (1..1000000000) %}x{% endfor %}'", 3, "range")]
    [InlineData("t\n{{ alerts[(1..1000000000)] }}", 2, "range")]
    [InlineData("t\n{{ 'now' | date: '%2000000000Y' }}", 2, "width")]
    [InlineData("t\n{{ 'now' | date: '%-999999999N' }}", 2, "width")]
    [InlineData("t\n{% assign f = alerts | map: 'year' | join: '000000000Y%' %}\n{{ 'now' | date: f }}x", 3, "width")]
    [InlineData("t\n{% include 'routes.csv' %}", 2, "include")]
    [InlineData("t\n{% render 'routes.csv' %}", 2, "render")]
    [InlineData("t\n{{ route | replace: 's', '1234567890' }}", 2, "replace")]
    [InlineData("t\n{% capture x %}1{% endcapture %}", 2, "capture")]
    [InlineData("{{ about }}", 1, "title")]
    [InlineData("only a title", 1, "text")]
    public void Is_refused_with_its_line_and_what_is_wrong(string source, int line, string named)
    {
        var fault = Assert.Throws<TemplateException>(() => NoticeTemplate.Parse(source));
        Assert.Equal(line, fault.Line);
        Assert.Contains(named, fault.Problem.En, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Problem.Zh);
        Assert.NotEmpty(fault.Remedy.Zh + fault.Remedy.En);
    }

    [Theory]
    [InlineData("{% assign n = 'x' %}{% for a in alerts %}{% for b in alerts %}{% for c in alerts %}{% for d in alerts %}"
        + "{% for e in alerts %}{% for f in alerts %}{% for g in alerts %}{{ n }}"
        + "{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}")]
    [InlineData("{% assign x = 'xxxxxxxxxx' %}{% for a in alerts %}{% for b in alerts %}"
        + "{% assign x = alerts | map: 'text' | join: x | join: x %}{% endfor %}{% endfor %}{{ x }}")]
    public void Ends_where_it_takes_too_many_steps_or_grows_too_long(string source) =>
        Assert.Throws<TemplateException>(() => NoticeTemplate.Parse("t\n" + source));

    [Theory]
    [InlineData("(", "count", ")", 100, "brackets")]
    [InlineData("a[", "a", "]", 100, "brackets")]
    [InlineData("count and ", "count", "", 200, "and or or")]
    [InlineData("", "count", " | plus: 1", 1000, "filters")]
    public void Is_refused_where_it_nests_so_deep_that_it_would_end_the_process(
        string before, string middle, string after, int most, string named)
    {
        string Nested(int depth) => "t\n{% if " + Repeat(before, depth) + middle + Repeat(after, depth) + " %}x{% endif %}y";
        var fault = Assert.Throws<TemplateException>(() => NoticeTemplate.Parse(Nested(most + 1)));
        Assert.Contains(named, fault.Problem.En, StringComparison.Ordinal);
        Assert.Equal(2, fault.Line);

        // What may be there is read or refused by the language, and the process lives.
        var other = Record.Exception(() => NoticeTemplate.Parse(Nested(most)));
        Assert.True(other is null or TemplateException, $"{other}");
    }

    [Fact]
    public void Is_refused_where_its_blocks_nest_so_deep_that_they_would_end_the_process()
    {
        static string Nested(int depth) => "t\n" + Repeat("{% if count %}", depth) + "x" + Repeat("{% endif %}", depth);
        var fault = Assert.Throws<TemplateException>(() => NoticeTemplate.Parse(Nested(201)));
        Assert.Contains("tags", fault.Problem.En, StringComparison.Ordinal);
        Assert.Equal("x", NoticeTemplate.Parse(Nested(200)).Write(TemplateData.Samples.First()).Text);
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
