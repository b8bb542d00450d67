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
}
