using System.Text;
using CineGit.Interchange.Xml;
using CineGit.TestKit;

namespace CineGit.Interchange.Tests.Xml;

/// <summary>Real XML of both families, and the dialect they are compared in here.</summary>
static class XmlCorpus
{
    public static readonly XmlDialect Dialect = new(
        new("track", "spine", "sync-clip", "clip", "asset-clip", "mc-clip", "ref-clip", "gap", "text"),
        new("start", "end", "@offset"),
        new("@id", "@name", "@ref"));

    public static IEnumerable<string> Files => Corpus.Files("fcp7xml").Concat(Corpus.Files("fcpxml"))
        .Where(f => f.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || f.EndsWith(".fcpxml", StringComparison.OrdinalIgnoreCase));

    public static TheoryData<string> Theory => Corpus.IsAbsent ? [""] : [.. Files];

    public static XmlTree Parse(string text) => XmlTree.Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>The whole tree through metadata and back.</summary>
    public static byte[] Made(XmlTree tree)
    {
        var output = new XmlOutput("  ");
        output.Declaration(tree.DoctypeName);
        XmlMetadata.Write(output, tree.Root.Name, XmlMetadata.Of(tree.Root));
        return output.Written.ToArray();
    }

    public static string Woven(string original, string made) =>
        Encoding.UTF8.GetString(XmlWeave.Weave(Encoding.UTF8.GetBytes(original), Encoding.UTF8.GetBytes(made), Dialect).Span);
}
