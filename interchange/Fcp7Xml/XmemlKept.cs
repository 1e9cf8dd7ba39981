using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>
/// Master clips and whatever else stands in bins, as it was. The files that it defines are known to the items after it.
/// </summary>
internal static class XmemlKept
{
    public static void Write(XmemlWriting writing, string name, OtioValue kept)
    {
        TakeIds(writing, name, kept);
        XmlMetadata.Write(writing.Output, name, kept);
    }

    static void TakeIds(XmemlWriting writing, string name, OtioValue value)
    {
        if (value is OtioArray list)
        {
            foreach (var item in list.Items) TakeIds(writing, name, item);
        }

        if (value is not OtioObject fields) return;
        if (fields.Text("@id") is { } id && fields.Fields.Length > 1)
        {
            writing.Ids.Take(name, id);
            if (name == "file") writing.Files.Define(id, fields);
        }

        foreach (var field in fields.Fields) TakeIds(writing, field.Name, field.Value);
    }
}
