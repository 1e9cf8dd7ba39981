using System.Diagnostics;

namespace CineGit.Timeline.Otio;

/// <summary>Strings, truth values and null, which every layout writes alike.</summary>
static class JsonScalar
{
    public static void Write(OtioValue value, ref JsonOutput json)
    {
        switch (value)
        {
            case OtioString text: json.Quoted(text.Value); break;
            case OtioBool { Value: true }: json.Utf8("true"u8); break;
            case OtioBool: json.Utf8("false"u8); break;
            case OtioNull: json.Utf8("null"u8); break;
            default: throw new UnreachableException($"{value.GetType().Name} is not a scalar");
        }
    }
}
