using CineGit.Interchange.Xml;
using CineGit.Timeline.Diagnostics;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>What a program writes with every item; new items follow suit.</summary>
/// <param name="Ticks">Premiere's exact in and out.</param>
/// <param name="GroupIndex">A group index on the links to sound.</param>
/// <param name="MasterClips">Master clip ids.</param>
internal readonly record struct XmemlHabits(bool Ticks, bool GroupIndex, bool MasterClips)
{
    public static XmemlHabits Of(XmlTree tree)
    {
        var habits = default(XmemlHabits);
        for (var i = 0; i < tree.Names.Count; i++)
        {
            habits = tree.Names[i] switch
            {
                "pproTicksIn" => habits with { Ticks = true },
                "groupindex" => habits with { GroupIndex = true },
                "masterclipid" => habits with { MasterClips = true },
                _ => habits,
            };
        }

        return habits;
    }
}

/// <summary>What one reading of a file shares.</summary>
internal sealed class XmemlReading
{
    public XmemlReading(XmlTree tree, DiagnosticBag diagnostics)
    {
        Diagnostics = diagnostics;
        References = new(tree);
        Habits = XmemlHabits.Of(tree);
        Media = new(References);
        Items = new(this);
        Sequences = new(this);
    }

    public DiagnosticBag Diagnostics { get; }

    public XmemlReferences References { get; }

    public XmemlHabits Habits { get; }

    public XmemlMediaReader Media { get; }

    public XmemlItemReader Items { get; }

    public XmemlSequenceReader Sequences { get; }
}
