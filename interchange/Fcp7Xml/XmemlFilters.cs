using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>
/// Filters as effects, in their order. A <c>timeremap</c> is OTIO's own LinearTimeWarp or FreezeFrame where one speed says all,
/// else a TimeEffect with its keyframes in metadata; every other filter is an Effect, its parameters in metadata.
/// </summary>
internal static class XmemlFilters
{
    const string Remap = "TimeEffect.1";

    static readonly XmlNames FilterElements = new("effect", "enabled");
    static readonly XmlNames EffectElements = new("name", "effectid");

    public static OtioObject Read(XmlNode filter)
    {
        var effect = filter.Child("effect");
        var outside = XmlMetadata.Rest(filter, FilterElements);
        var rest = effect.Exists ? XmlMetadata.Rest(effect, EffectElements) : OtioObject.EmptyMap;
        if (!outside.Fields.IsEmpty) rest = rest.With(XmemlKeys.Filter, outside);
        var isEnabled = !IsFalse(filter.TextOf("enabled"));
        var made = Effect(effect.TextOf("effectid") ?? "", effect.TextOf("name") ?? "", rest);
        var spelling = new XmemlSpelling();
        spelling.Leaf(filter.Child("enabled"), "enabled", Enabled(isEnabled));
        if (effect.Exists)
        {
            spelling.Leaf(effect.Child("name"), "name", made.Text("name"));
            spelling.Leaf(effect.Child("effectid"), "effectid", IdOf(made));
        }

        var own = spelling.IsUsual ? OtioObject.EmptyMap : Own(spelling);
        return OtioObject.Of(
            made.Schema,
            [("metadata", XmemlOtio.Metadata(rest, own)), .. made.Fields.Where(f => f.Name is not (OtioSchema.Key or "metadata" or "enabled")).Select(f => (f.Name, f.Value)), ("enabled", isEnabled)]);
    }

    /// <summary>The retime that an item's effects make; null when none does.</summary>
    public static XmemlRetime? RetimeOf(IEnumerable<OtioObject> effects)
    {
        foreach (var effect in effects)
        {
            if (effect.Flag("enabled") is false) continue;
            switch (effect.SchemaName)
            {
                case OtioSchema.LinearTimeWarp: return XmemlRetime.Of(XmemlOtio.Rest(effect), effect.Number("time_scalar") ?? 1);
                case OtioSchema.FreezeFrame: return Frozen(effect);
                case OtioSchema.TimeEffect when XmemlOtio.HasRest(effect): return XmemlRetime.Of(XmemlOtio.Rest(effect), null);
            }
        }

        return null;
    }

    /// <summary>Null for an effect that no filter can say.</summary>
    public static string? IdOf(OtioObject effect) => effect.SchemaName switch
    {
        OtioSchema.LinearTimeWarp or OtioSchema.FreezeFrame or OtioSchema.TimeEffect => XmemlRetime.EffectId,
        _ => effect.Text("effect_name") is { Length: > 0 } kind ? kind : XmemlOtio.Rest(effect).Text("effectid") ?? "",
    };

    /// <summary>Writes a filter that came from such a file, or a retime.</summary>
    public static void Write(XmlOutput output, OtioObject effect, string mediaType)
    {
        var rest = Current(effect, XmemlOtio.Rest(effect), mediaType).Without("name").Without("effectid");
        var outside = rest.Child(XmemlKeys.Filter) ?? OtioObject.EmptyMap;
        var speller = new XmemlSpeller(output, XmemlOtio.Written(effect));
        output.Start("filter");
        XmlMetadata.WriteAttributes(output, outside);
        speller.Leaf("enabled", Enabled(effect.Flag("enabled") is not false));
        var inside = rest.Without(XmemlKeys.Filter);
        if (!inside.Fields.IsEmpty || effect.Text("name") is { Length: > 0 } || IdOf(effect) is { Length: > 0 } || XmemlOtio.Written(effect)?["name"] is not null)
        {
            output.Start("effect");
            XmlMetadata.WriteAttributes(output, inside);
            speller.Leaf("name", effect.Text("name") ?? "");
            speller.Leaf("effectid", IdOf(effect));
            XmlMetadata.WriteChildren(output, inside);
            output.End();
        }

        XmlMetadata.WriteChildren(output, outside);
        output.End();
    }

    static OtioObject Effect(string id, string name, OtioObject rest)
    {
        if (id.Trim() != XmemlRetime.EffectId) return OtioBuild.Effect(name, id);
        var retime = XmemlRetime.Of(rest, null);
        if (retime.StandsStill) return OtioBuild.FreezeFrame().With("name", name);
        return retime.IsVariable
            ? OtioObject.Of(Remap, ("metadata", OtioObject.EmptyMap), ("name", name), ("effect_name", XmemlRetime.EffectId))
            : OtioBuild.LinearTimeWarp(retime.Scalar).With("name", name);
    }

    static XmemlRetime Frozen(OtioObject effect)
    {
        var kept = XmemlRetime.Of(XmemlOtio.Rest(effect), null);
        return kept.StandsStill ? kept : XmemlRetime.OfScalar(0);
    }

    /// <summary>The filter's parameters, set to the speed that the effect has by now.</summary>
    static OtioObject Current(OtioObject effect, OtioObject rest, string mediaType)
    {
        if (effect.SchemaName is not (OtioSchema.LinearTimeWarp or OtioSchema.FreezeFrame)) return rest;
        var wanted = effect.SchemaName == OtioSchema.FreezeFrame ? 0 : effect.Number("time_scalar") ?? 1;
        var kept = XmemlRetime.Of(rest, null);
        var isKept = rest["parameter"] is not null && (effect.SchemaName == OtioSchema.FreezeFrame ? kept.StandsStill : !kept.IsVariable && kept.Scalar == wanted);
        return isKept ? rest : XmemlSpeed.With(rest, XmemlRetime.OfScalar(wanted), mediaType);
    }

    static OtioObject Own(XmemlSpelling spelling) =>
        OtioObject.Map((XmemlKeys.Local, OtioObject.Map((XmemlKeys.Written, spelling.Exceptions))));

    static string? Enabled(bool isEnabled) => isEnabled ? null : "FALSE";

    public static bool IsFalse(string? text) => text.AsSpan().Trim().Equals("FALSE", StringComparison.OrdinalIgnoreCase);
}
