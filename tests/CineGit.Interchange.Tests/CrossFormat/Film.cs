using CineGit.Timeline.Otio;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Tests.CrossFormat;

/// <summary>A short cut that has one of everything formats differ in, counted at any rate.</summary>
static class Film
{
    const int Hour = 3600;

    public static OtioDocument At(FrameRate rate, bool isDropFrame) => At(rate, isDropFrame, rate);

    /// <param name="rate">Of the sequence.</param>
    /// <param name="isDropFrame">Whether its timecode drops numbers.</param>
    /// <param name="media">At what the media are counted, and begin at an hour of timecode.</param>
    public static OtioDocument At(FrameRate rate, bool isDropFrame, FrameRate media)
    {
        var film = new Builder(rate, media);
        var pictures = OtioBuild.Track("V1", "Video", film.Pictures());
        var overlays = OtioBuild.Track("V2", "Video", film.Overlays());
        var sounds = OtioBuild.Track("A1", "Audio", film.Sounds());
        var others = OtioBuild.Track("A2", "Audio", film.Sounds());
        if (!Timecode.TryParse("01:00:00:00", rate, isDropFrame, out var start)) throw new ArgumentException(rate.ToString(), nameof(rate));
        var counting = OtioObject.Map(("cinegit", OtioObject.Map(("drop_frame", isDropFrame))));
        var timeline = OtioBuild.Timeline("film", start, [pictures, overlays, sounds, others], counting);
        var marked = timeline.Child("tracks")?.With("markers", OtioArray.Of([film.Marker("music in", 60)])) ?? OtioObject.EmptyMap;
        return new(timeline.With("tracks", marked));
    }

    sealed class Builder(FrameRate rate, FrameRate media)
    {
        public IEnumerable<OtioObject> Pictures()
        {
            yield return Linked(Shot("SC01", 48), "one");
            yield return OtioBuild.Transition("", "SMPTE_Dissolve", Time(6), Time(6));
            yield return Linked(Shot("SC02", 48), "two");
            yield return OtioBuild.Gap(Time(24));
            yield return With(Shot("SC03", 24), OtioBuild.LinearTimeWarp(2.0));
            yield return With(Shot("SC04", 24), OtioBuild.FreezeFrame());
            yield return With(Shot("SC05", 24), OtioBuild.LinearTimeWarp(-1.0));
            yield return Shot("SC06", 24).With("enabled", false);
            yield return Shot("SC07", 24).With("markers", OtioArray.Of([OtioBuild.Marker("fix sky", OtioBuild.Range(new(Source + 10, media), new(1, media)), "RED")]));
            yield return With(Shot("SC08", 24), OtioBuild.Effect("Gaussian Blur", "Gaussian Blur"));
        }

        public IEnumerable<OtioObject> Overlays()
        {
            yield return OtioBuild.Gap(Time(96));
            yield return OtioBuild.Clip("Lower third", OtioBuild.GeneratorReference("Text", null), OtioBuild.Range(Time(0), Time(24)));
            yield return OtioBuild.Stack("Montage", [OtioBuild.Track("inner", "Video", [Shot("SC20", 12), Shot("SC21", 12)])]);
        }

        public IEnumerable<OtioObject> Sounds()
        {
            yield return Linked(Shot("SC01", 48), "one");
            yield return Linked(Shot("SC02", 48), "two");
        }

        public OtioObject Marker(string name, long at) => OtioBuild.Marker(name, OtioBuild.Range(Time(at), Time(1)), "RED");

        long Source => Hour * (long)media.NominalFramesPerSecond;

        RationalTime Time(long frames) => new(frames, rate);

        OtioObject Shot(string name, long frames) => OtioBuild.Clip(
            name,
            OtioBuild.ExternalReference($"file:///media/{name}.mov", OtioBuild.Range(new(Source - 100, media), new(10_000, media)), name),
            OtioBuild.Range(new(Source, media), Time(frames)));

        static OtioObject With(OtioObject item, OtioObject effect) => item.With("effects", OtioArray.Of([effect]));

        static OtioObject Linked(OtioObject item, string link) =>
            item.With("metadata", OtioObject.Map(("cinegit", OtioObject.Map(("link", link)))));
    }
}
