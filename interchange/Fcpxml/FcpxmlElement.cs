using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcpxml;

/// <summary>Which element an item is written as, what that refers to, and which part of its source it plays.</summary>
internal sealed class FcpxmlElement
{
    const string AssetClip = "asset-clip";

    readonly FcpxmlPlan _plan;

    public FcpxmlElement(FcpxmlPlan plan, FcpxmlTarget target)
    {
        _plan = plan;
        Name = NameOf(plan);
        Reference = plan.Media is { } media ? target.Id(media.Key) : plan.Asset is { } asset ? target.Id(asset) : null;
        if (Name == AssetClip) SourceEnable = EnableOf(plan, target);
    }

    public string Name { get; }

    /// <summary>The id of an asset or of media; null where metadata has the reference, or there is none.</summary>
    public string? Reference => Name is AssetClip or "audio" or "video" or "ref-clip" or "mc-clip" ? field : null;

    /// <summary><c>srcEnable</c>; null where it need not be said.</summary>
    public string? SourceEnable { get; }

    /// <summary>What is inside a clip, of the asset that the clip shows, and without sound when that is gone from the cut.</summary>
    /// <param name="content">With the ids of this file.</param>
    /// <param name="asset">The id of the clip's asset.</param>
    public OtioArray Adjusted(OtioArray content, string? asset)
    {
        var isSilent = _plan is { Row: FcpxmlRow.Video, Sound: null } && _plan.Section?.Flag(FcpxmlKeys.Sound) is not true;
        if (isSilent) content = OtioArray.Of(content.Items.Select(p => p is OtioArray { Items: [var name, OtioObject shown] } ? OtioArray.Of([name, WithoutAudio(shown)]) : p));
        if (asset is null || content.Items is not [OtioArray { Items: [OtioString, OtioObject first] }]) return content;
        var before = first.Text(FcpxmlKeys.Ref) ?? FcpxmlOwnTime.FirstAudio(first)?.Text(FcpxmlKeys.Ref);
        return before == asset ? content : (OtioArray)FcpxmlRefs.Exchange(content, id => id == before ? asset : null);
    }

    static OtioObject WithoutAudio(OtioObject element)
    {
        var fields = element.Fields.RemoveAll(f => f.Name == "audio");
        return fields.Length == element.Fields.Length ? element : new(fields);
    }

    static string NameOf(FcpxmlPlan plan)
    {
        if (plan.IsGap) return "gap";
        if (plan.Media is { } media) return media.Angles is not null && plan.Element == "mc-clip" ? "mc-clip" : "ref-clip";
        return plan.Element is null or FcpxmlKeys.Sound ? AssetClip : plan.Element;
    }

    static string? EnableOf(FcpxmlPlan plan, FcpxmlTarget target)
    {
        if (plan.Asset is not { } asset) return null;
        var (hasVideo, hasAudio) = (target.HasVideo(asset), target.HasAudio(asset));
        var isInside = plan.Section?.Flag(FcpxmlKeys.Sound) is true;
        if (plan.Row == FcpxmlRow.Audio && hasVideo) return "audio";
        if (plan.Row == FcpxmlRow.Video && hasVideo && plan.Sound is null && hasAudio && !isInside) return "video";
        return plan.Local?.Text("srcEnable") switch
        {
            "all" => "all",
            "video" when !hasAudio => "video",
            "audio" when !hasVideo => "audio",
            _ => null,
        };
    }
}
