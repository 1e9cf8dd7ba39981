using CineGit.Interchange.Xml;

namespace CineGit.Interchange.Fcpxml;

internal static class FcpxmlDialect
{
    /// <summary>What plays after what is told by order in storylines only; everywhere else by lane and offset.</summary>
    public static readonly XmlDialect Value = new(
        new XmlNames("spine", "mc-angle", "audition", "text"),
        new XmlNames("@offset"),
        new XmlNames("@id", "@name"));
}
