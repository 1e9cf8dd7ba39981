using CineGit.Interchange.Xml;
using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcpxml;

/// <summary>An item's retime, adjustments and filters as OTIO effects, in the order in which Final Cut applies them.</summary>
internal static class FcpxmlEffects
{
    public const string TimeMap = "timeMap";

    static readonly XmlNames Modelled = new("@enabled");
    static readonly XmlNames Filter = new("@enabled", "@name");

    public static OtioArray Of(XmlNode item, FcpxmlSource source, FcpxmlTimeMap? map, FcpxmlConform? conform)
    {
        List<OtioValue>? effects = null;
        foreach (var child in item.Children)
        {
            if (child.Name == TimeMap) (effects ??= []).Add(Retime(child, map));
            else if (conform is not null && child.Name == FcpxmlConform.Element) (effects ??= []).Add(conform.Effect(XmlMetadata.Rest(child, XmlNames.None)));
            else if (FcpxmlKeys.IsEffect(child.Name)) (effects ??= []).Add(Effect(child, source));
        }

        return effects is null ? OtioArray.Empty : OtioArray.Of(effects);
    }

    /// <summary>The sound of a retimed picture plays at its speed.</summary>
    public static OtioArray RetimeOnly(XmlNode item, FcpxmlConform? conform)
    {
        if (conform is not null) return OtioArray.Of([conform.Effect(XmlMetadata.Rest(item.Child(FcpxmlConform.Element), XmlNames.None))]);
        var node = item.Child(TimeMap);
        return OtioArray.Of([Retime(node, FcpxmlTimeMap.Of(XmlMetadata.Of(node)))]);
    }

    static OtioObject Retime(XmlNode node, FcpxmlTimeMap? map)
    {
        var metadata = OtioObject.Map((FcpxmlKeys.Section, OtioObject.Map((TimeMap, XmlMetadata.Of(node)))));
        var effect = map switch
        {
            { IsFreeze: true } => OtioBuild.FreezeFrame(),
            { IsConstant: true } => OtioBuild.LinearTimeWarp(map.Speed),
            _ => OtioBuild.Effect("", TimeMap).With(OtioSchema.Key, "TimeEffect.1"),
        };
        return effect.With("metadata", metadata);
    }

    static OtioObject Effect(XmlNode node, FcpxmlSource source)
    {
        var isSwitched = FcpxmlKeys.Switched.Contains(node.Name);
        var isFilter = node.Name is "filter-video" or "filter-audio";
        var rest = source.Stable(XmlMetadata.Rest(node, isFilter ? Filter : isSwitched ? Modelled : XmlNames.None));
        var enabled = node["enabled"];
        var section = new OtioObject([new(FcpxmlKeys.Element, FcpxmlKeys.Word(node.Name)), .. rest.Fields]);
        var metadata = isSwitched && enabled == "1"
            ? OtioObject.Map((FcpxmlKeys.Section, section), (OtioSchema.OwnMetadata, FcpxmlLocal.Own(OtioObject.Map(("enabled", enabled)))))
            : OtioObject.Map((FcpxmlKeys.Section, section));
        return OtioObject.Of(
            "Effect.1",
            ("metadata", metadata),
            ("name", isFilter ? node["name"] ?? "" : ""),
            ("effect_name", isFilter ? source.Find(node["ref"])?.Node["name"] ?? node.Name : node.Name),
            ("enabled", !isSwitched || enabled != "0"));
    }
}

/// <summary>What is of one file only: spellings of times, positions in lists, ids. Kept where nothing compares it.</summary>
internal static class FcpxmlLocal
{
    public static OtioObject Own(OtioObject local) => OtioObject.Map((FcpxmlKeys.Local, local));

    public static OtioObject? In(OtioObject node) => node.Child("metadata")?.Child(OtioSchema.OwnMetadata)?.Child(FcpxmlKeys.Local);

    public static OtioObject? Section(OtioObject node) => node.Child("metadata")?.Child(FcpxmlKeys.Section);
}
