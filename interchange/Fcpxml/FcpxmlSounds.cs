using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>
/// Picture and sound of one file are one clip in Final Cut and two in OTIO. Which sound is part of which picture: that of the same
/// link, file and sync.
/// </summary>
internal static class FcpxmlSounds
{
    /// <summary>Notes what an item plays while the item is at hand: a long cut is larger than any cache.</summary>
    public static void Look(FcpxmlPlan plan)
    {
        plan.Source = MediaOf(plan);
        plan.Pair = KeyOf(plan);
    }

    static OtioObject? MediaOf(FcpxmlPlan plan)
    {
        if (plan.Node.SchemaName != OtioSchema.Clip) return null;
        var media = ItemTimes.ActiveMedia(plan.Node) ?? OtioBuild.MissingReference();
        return media.SchemaName == OtioSchema.GeneratorReference ? null : media;
    }

    static (string, string)? KeyOf(FcpxmlPlan plan)
    {
        if (plan.Source is not { } media || (FcpxmlTarget.UrlOf(media) ?? media.Text("name")) is not { Length: > 0 } name) return null;
        if (plan.Row == FcpxmlRow.Audio && plan.Element is not (null or FcpxmlKeys.Sound)) return null;
        var link = plan.Node.Child("metadata")?.Child(OtioSchema.OwnMetadata)?.Text(FcpxmlKeys.Link);
        if (link is null && plan.Section is not null) return null;
        return (link ?? $"{plan.Start}+{plan.Duration}", name);
    }

    public static bool CanHold(FcpxmlPlan picture) => picture.Element is null or "asset-clip" or "clip" && picture.Section?.Flag(FcpxmlKeys.Sound) is not true;

    public static bool AreInSync(FcpxmlPlan picture, FcpxmlPlan sound)
    {
        if ((picture.Node.Flag("enabled") ?? true) != (sound.Node.Flag("enabled") ?? true)) return false;
        var (shown, heard) = (picture.Shown, sound.Shown);
        if ((picture.Conform, sound.Conform) is not (null, null) && picture.Conform != sound.Conform) return false;
        if (picture is { Retime: null, Conform: null } && sound.Retime is null)
        {
            return heard.Start - shown.Start == sound.Start - picture.Start && picture.OwnStart + (sound.Start - picture.Start) >= Flicks.Zero;
        }

        return picture.Retime is null == sound.Retime is null && sound.Start == picture.Start && sound.Duration == picture.Duration && heard.Start == shown.Start;
    }

    /// <summary>Finds the asset of an item, or has one made.</summary>
    public static void Use(FcpxmlPlan plan, FcpxmlTarget target, FcpxmlFrame frame, string? format)
    {
        if (plan.Source is not { } media || plan.Element is not (null or FcpxmlKeys.Sound or "asset-clip" or "clip" or "audio" or "video")) return;
        if (plan.Element is not null && FcpxmlTarget.UrlOf(media) is null && FcpxmlLocal.Section(media)?.Text(FcpxmlKeys.Ref) is null && plan.Element is not ("asset-clip" or FcpxmlKeys.Sound)) return;
        var speed = plan.Conform?.Speed ?? (plan.Retime is { IsConstant: true } map ? Math.Abs(map.Speed) : 1);
        var shown = plan.Shown;
        var length = speed is > 1 and < 1000 ? new Flicks((long)(shown.Duration.Value * speed)) : shown.Duration;
        if (plan.Section is null && ItemTimes.MediaRate(plan.Node) is { } rate && rate != frame.Rate) format = target.NewFormat(new(rate, FcpxmlGrid.Of(rate)));
        plan.Asset = target.AssetKey(media, plan.Row, new(shown.Start, length), format, plan.Node.Text("name") ?? "");
    }

    /// <summary>A sound that turns out to be of another file, or of one without sound, stays a clip of its own.</summary>
    public static void Separate(FcpxmlPlan picture, FcpxmlPlan sound, FcpxmlTarget target)
    {
        if (picture.Asset is { } asset && asset == sound.Asset && target.HasAudio(asset)) return;
        sound.IsAbsorbed = false;
        picture.Sound = null;
    }
}
