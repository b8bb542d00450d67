using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Notifier.Notices;

/// <summary>Colours as they are stored and written: as on the wire.</summary>
internal static class ColourText
{
    public static TargetColour Of(Colour colour) => colour switch
    {
        Colour.Red => TargetColour.Red,
        Colour.Amber => TargetColour.Amber,
        _ => TargetColour.Green,
    };

    public static Colour Of(TargetColour colour) => colour switch
    {
        TargetColour.Red => Colour.Red,
        TargetColour.Amber => Colour.Amber,
        _ => Colour.Green,
    };

    public static string Write(Colour colour) => Of(colour).ToWireName();

    public static Colour Parse(string text) => WireNames.Parse<TargetColour>(text) switch
    {
        TargetColour.Red => Colour.Red,
        TargetColour.Amber => Colour.Amber,
        TargetColour.Green => Colour.Green,
        _ => throw new InvalidDataException($"The notices' database has a colour '{text}'."),
    };

    public static string Zh(Colour colour) => colour switch
    {
        Colour.Red => "红色",
        Colour.Amber => "黄色",
        _ => "绿色",
    };

    public static string En(Colour colour) => Write(colour);
}
