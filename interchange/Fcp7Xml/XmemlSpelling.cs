using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>
/// What a file spells otherwise than it would be written here: <c>1055.0</c> for 1055, <c>True</c> for TRUE, an element left
/// out. Each exception names the usual text it stands for, and holds for as long as that is what would be written.
/// </summary>
internal sealed class XmemlSpelling
{
    readonly List<(string, OtioValue)> _exceptions = [];

    public bool IsUsual => _exceptions.Count == 0;

    public OtioObject Exceptions => OtioObject.Map([.. _exceptions]);

    /// <summary>True for an element that holds nothing but text.</summary>
    public static bool IsPlain(XmlNode element) => element.IsLeaf && !HasAttributes(element);

    public static bool HasAttributes(XmlNode element) => element.Attributes.Count > 0;

    /// <param name="element">The child as read; default when there is none.</param>
    /// <param name="name">Of the child.</param>
    /// <param name="usual">What would be written; null for nothing.</param>
    public void Leaf(XmlNode element, string name, string? usual)
    {
        if (!element.Exists)
        {
            if (usual is not null) Except(name, false, usual);
        }
        else if (usual is null || !IsPlain(element) || element.Text != usual)
        {
            Except(name, XmlMetadata.Of(element), usual);
        }
    }

    public void Leaf(XmlNode element, string name, long usual)
    {
        if (element.Exists && IsPlain(element) && Says(element, usual)) return;
        Leaf(element, name, XmemlFrames.Text(usual));
    }

    /// <summary>Without making a text: the number is this one and has as many characters.</summary>
    public static bool Says(XmlNode leaf, long number) => leaf.Integer() == number && leaf.Inside.Length == Length(number);

    public void Rate(XmlNode element, Timeline.Time.FrameRate? usual)
    {
        if (!element.Exists)
        {
            if (usual is { } rate) Except("rate", false, rate.ToString());
        }
        else if (usual is not { } said || !XmemlRate.Says(element, said))
        {
            Except("rate", XmlMetadata.Of(element), usual?.ToString());
        }
    }

    public void Except(string name, OtioValue written, string? usual) =>
        _exceptions.Add((name, OtioArray.Of([written, usual is null ? OtioNull.Value : usual])));

    static int Length(long number)
    {
        var length = number < 0 ? 2 : 1;
        for (number = Math.Abs(number); number >= 10; number /= 10) length++;
        return length;
    }
}

/// <summary>Writes elements in the usual spelling but for the exceptions that still hold.</summary>
internal readonly struct XmemlSpeller(XmlOutput output, OtioObject? exceptions)
{
    public void Leaf(string name, string? usual)
    {
        if (Exception(name, usual) is { } written) WriteException(name, written);
        else if (usual is not null) output.Leaf(name, usual);
    }

    public void Leaf(string name, long usual)
    {
        if (exceptions is null) output.Leaf(name, usual);
        else Leaf(name, XmemlFrames.Text(usual));
    }

    /// <summary>For what follows from everything else: a file that leaves it out goes on doing so, whatever it would be by now.</summary>
    public void Derived(string name, string? usual)
    {
        if (exceptions?[name] is not OtioArray { Items: [OtioBool, ..] }) Leaf(name, usual);
    }

    public void Rate(Timeline.Time.FrameRate? usual)
    {
        if (Exception("rate", usual?.ToString()) is { } written) WriteException("rate", written);
        else if (usual is { } rate) XmemlRate.Write(output, rate);
    }

    /// <summary>False when an element has an exception that stands for something else by now.</summary>
    public bool Holds(string name, long usual) => exceptions?[name] is null || Exception(name, XmemlFrames.Text(usual)) is not null;

    OtioValue? Exception(string name, string? usual) =>
        exceptions?[name] is OtioArray { Items: [var written, var meant] } && (meant as OtioString)?.Value == usual ? written : null;

    void WriteException(string name, OtioValue written)
    {
        if (written is not OtioBool) XmlMetadata.Write(output, name, written);
    }
}
