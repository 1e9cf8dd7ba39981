using System.Globalization;
using System.Text;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Tests.Otio;

/// <summary>Documents taken apart.</summary>
static class OtioTrees
{
    /// <summary>The same without the text it was read from.</summary>
    public static OtioObject Rebuilt(OtioObject node) => new([.. node.Fields.Select(f => f with { Value = Rebuilt(f.Value) })]);

    public static OtioValue Rebuilt(OtioValue value) => value switch
    {
        OtioObject node => Rebuilt(node),
        OtioArray list => new OtioArray([.. list.Items.Select(Rebuilt)]),
        _ => value,
    };

    /// <summary>Everything a document says, in order, digit by digit.</summary>
    public static string Spelling(OtioValue value)
    {
        var text = new StringBuilder();
        Spell(value);
        return text.ToString();

        void Spell(OtioValue part)
        {
            switch (part)
            {
                case OtioObject node:
                    text.Append('{');
                    foreach (var field in node.Fields)
                    {
                        text.Append(CultureInfo.InvariantCulture, $"{field.Name.Length} {field.Name}=");
                        Spell(field.Value);
                    }

                    text.Append('}');
                    break;
                case OtioArray list:
                    text.Append('[');
                    foreach (var item in list.Items) Spell(item);
                    text.Append(']');
                    break;
                case OtioString words: text.Append(CultureInfo.InvariantCulture, $"'{words.Value.Length} {words.Value}'"); break;
                case OtioNumber number: text.Append(number.Lexeme).Append(' '); break;
                default: text.Append(part is OtioBool truth ? truth.Value : "null").Append(' '); break;
            }
        }
    }
}
