using System.Runtime.InteropServices;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcpxml;

/// <summary>Exchanges what elements call each other by: ids of one file, numbered anew on every export, for names that last, and back.</summary>
internal static class FcpxmlRefs
{
    /// <summary>Attributes that hold an id.</summary>
    public static bool IsRef(string field) => field is "@ref" or "@format" or "@id" or "@dataLocator" or "@projectRef" or "@tracking";

    /// <summary>The value with every id exchanged; the same instance when there was none to exchange.</summary>
    public static OtioValue Exchange(OtioValue value, Func<string, string?> exchange) => value switch
    {
        OtioObject element => Exchange(element, exchange),
        OtioArray list => Exchange(list, exchange),
        _ => value,
    };

    public static OtioObject Exchange(OtioObject element, Func<string, string?> exchange)
    {
        var fields = element.Fields;
        OtioField[]? changes = null;
        for (var i = 0; i < fields.Length; i++)
        {
            var (name, value) = (fields[i].Name, fields[i].Value);
            var changed = IsRef(name) && value is OtioString id ? (exchange(id.Value) is { } other ? new OtioString(other) : value) : Exchange(value, exchange);
            if (!ReferenceEquals(changed, value)) (changes ??= [.. fields])[i] = new(name, changed);
        }

        return changes is null ? element : new(ImmutableCollectionsMarshal.AsImmutableArray(changes));
    }

    static OtioArray Exchange(OtioArray list, Func<string, string?> exchange)
    {
        var items = list.Items;
        for (var i = 0; i < items.Length; i++)
        {
            var changed = Exchange(items[i], exchange);
            if (!ReferenceEquals(changed, items[i])) items = items.SetItem(i, changed);
        }

        return items == list.Items ? list : new(items);
    }

    /// <summary>The elements of this name directly in a residue.</summary>
    public static IEnumerable<OtioObject> All(OtioObject residue, string name)
    {
        foreach (var field in residue.Fields)
        {
            if (field.Name == name && field.Value is OtioObject one) yield return one;
            else if (field.Name == name && field.Value is OtioArray many) foreach (var item in many.Items.OfType<OtioObject>()) yield return item;
            else if (field is { Name: "#content", Value: OtioArray content })
            {
                foreach (var pair in content.Items.OfType<OtioArray>())
                {
                    if (pair.Items is [OtioString named, OtioObject item] && named.Value == name) yield return item;
                }
            }
        }
    }
}
