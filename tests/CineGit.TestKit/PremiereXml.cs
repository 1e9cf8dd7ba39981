using System.Globalization;
using System.Text;

namespace CineGit.TestKit;

/// <summary>
/// Sequences as Premiere exports them (xmeml 4): picture with two channels of linked sound, exploded tracks, master clips, files
/// defined at their first use, motion filters, dissolves, markers, logging fields. The same seed gives the same file.
/// </summary>
public sealed class PremiereXml
{
    const int VideoTracks = 4;
    const long TicksPerFrame = 10_160_640_000;
    const int FramesOfMedia = 4000;

    readonly StringBuilder _text = new();
    readonly Random _random;
    readonly List<Shot> _shots = [];
    readonly HashSet<int> _files = [];
    int _indent;

    PremiereXml(int seed) => _random = new(seed);

    /// <param name="items">Clip items in all; of every three, one is picture and two its sound.</param>
    /// <param name="seed">Of the random numbers.</param>
    /// <param name="firstId">Premiere numbers ids anew at every export: where the numbers begin.</param>
    public static byte[] Make(int items, int seed = 1, int firstId = 1) => Encoding.UTF8.GetBytes(new PremiereXml(seed).Write(items, firstId));

    string Write(int items, int firstId)
    {
        Plan(Math.Max(1, items / 3), firstId);
        _text.Append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE xmeml>\n");
        Open("xmeml version=\"4\"");
        Open("sequence id=\"sequence-1\" TL.SQAudioVisibleBase=\"0\" MZ.EditLine=\"0\" MZ.Sequence.VideoTimeDisplayFormat=\"101\" explodedTracks=\"true\"");
        Leaf("uuid", "5ea30a6b-552f-4722-be92-6dfdb66c97e6");
        Leaf("duration", _shots.Max(s => s.End));
        Rate();
        Leaf("name", "Reel 1");
        Open("media");
        Open("video");
        Format();
        for (var track = 0; track < VideoTracks; track++) VideoTrack(track);
        Close("video");
        Open("audio");
        Leaf("numOutputChannels", 2);
        for (var track = 0; track < VideoTracks; track++)
        {
            AudioTrack(track, 0);
            AudioTrack(track, 1);
        }

        Close("audio");
        Close("media");
        Timecode(90_000);
        Open("labels");
        Leaf("label2", "Forest");
        Close("labels");
        Close("sequence");
        Close("xmeml");
        return _text.ToString();
    }

    void Plan(int count, int firstId)
    {
        var ends = new int[VideoTracks];
        var places = new int[VideoTracks];
        var audioPlaces = new int[VideoTracks];
        var before = new Shot?[VideoTracks];
        for (var i = 0; i < count; i++)
        {
            var track = i % VideoTracks;
            var length = _random.Next(30, 160);
            var dissolves = before[track] is { Dissolves: false } && _random.Next(12) == 0;
            var gap = dissolves ? 0 : _random.Next(4) == 0 ? _random.Next(1, 50) : 0;
            places[track] += dissolves ? 2 : 1;
            var start = ends[track] + gap;
            var shot = new Shot(
                firstId + i * 3, track, places[track], ++audioPlaces[track], start, start + length, _random.Next(100, 3000), _random.Next(count / 8 + 1), dissolves);
            if (dissolves && before[track] is { } left) left.DissolvesOut = true;
            before[track] = shot;
            ends[track] = shot.End;
            _shots.Add(shot);
        }
    }

    void VideoTrack(int track)
    {
        Open($"track TL.SQTrackShy=\"0\" TL.SQTrackExpandedHeight=\"25\" MZ.TrackTargeted=\"{(track == 0 ? 1 : 0)}\"");
        foreach (var shot in _shots.Where(s => s.Track == track))
        {
            if (shot.Dissolves) Dissolve(shot.Start);
            Item(shot, 0);
        }

        Leaf("enabled", "TRUE");
        Leaf("locked", "FALSE");
        Close("track");
    }

    void AudioTrack(int track, int channel)
    {
        Open($"track TL.SQTrackShy=\"0\" PannerName=\"Balance\" currentExplodedTrackIndex=\"{channel}\" totalExplodedTrackCount=\"2\" premiereTrackType=\"Stereo\"");
        foreach (var shot in _shots.Where(s => s.Track == track)) Item(shot, channel + 1);
        Leaf("enabled", "TRUE");
        Leaf("locked", "FALSE");
        Leaf("outputchannelindex", channel + 1);
        Close("track");
    }

    void Item(Shot shot, int part)
    {
        var isVideo = part == 0;
        Open($"clipitem id=\"clipitem-{Number(shot.Id + part)}\"{(isVideo ? " frameBlend=\"FALSE\"" : " premiereChannelType=\"stereo\"")}");
        Leaf("masterclipid", $"masterclip-{Number(shot.File + 1)}");
        Leaf("name", $"A{shot.File:000}_C{Number(shot.File * 7 % 90)}.mov");
        Leaf("enabled", shot.Id % 23 == 0 ? "FALSE" : "TRUE");
        Leaf("duration", FramesOfMedia);
        Rate();
        const int reach = 6;
        var head = isVideo && shot.Dissolves ? reach : 0;
        var tail = isVideo && shot.DissolvesOut ? reach : 0;
        Leaf("start", head > 0 ? -1 : shot.Start);
        Leaf("end", tail > 0 ? -1 : shot.End);
        Leaf("in", shot.In - head);
        Leaf("out", shot.In + shot.End - shot.Start + tail);
        Leaf("pproTicksIn", (shot.In - head) * TicksPerFrame);
        Leaf("pproTicksOut", (shot.In + shot.End - shot.Start + tail) * TicksPerFrame);
        if (isVideo) Leaf("alphatype", "none");
        File(shot.File);
        if (isVideo && shot.Id % 2 == 0) Motion(shot);
        if (!isVideo) SourceTrack(part);
        if (isVideo && shot.Id % 5 == 0) Marker(shot.In + 5);
        Links(shot);
        Log();
        Close("clipitem");
    }

    void Links(Shot shot)
    {
        for (var part = 0; part < 3; part++)
        {
            Open("link");
            Leaf("linkclipref", $"clipitem-{Number(shot.Id + part)}");
            Leaf("mediatype", part == 0 ? "video" : "audio");
            Leaf("trackindex", part == 0 ? shot.Track + 1 : shot.Track * 2 + part);
            Leaf("clipindex", part == 0 ? shot.Place : shot.AudioPlace);
            if (part > 0) Leaf("groupindex", 1);
            Close("link");
        }
    }

    void File(int file)
    {
        if (!_files.Add(file))
        {
            Line($"<file id=\"file-{Number(file + 1)}\"/>");
            return;
        }

        Open($"file id=\"file-{Number(file + 1)}\"");
        Leaf("name", $"A{file:000}_C{Number(file * 7 % 90)}.mov");
        Leaf("pathurl", $"file://localhost/Volumes/Media/Day%20{Number(file % 30)}/A{file:000}_C{Number(file * 7 % 90)}.mov");
        Rate();
        Leaf("duration", FramesOfMedia);
        Timecode(file * 5000);
        Open("media");
        Open("video");
        Characteristics();
        Close("video");
        Open("audio");
        Leaf("channelcount", 2);
        Close("audio");
        Close("media");
        Close("file");
    }

    void Motion(Shot shot)
    {
        Open("filter");
        Open("effect");
        Leaf("name", "Basic Motion");
        Leaf("effectid", "basic");
        Leaf("effectcategory", "motion");
        Leaf("effecttype", "motion");
        Leaf("mediatype", "video");
        Leaf("pproBypass", "false");
        foreach (var (id, least, most, value) in ((string, int, int, int)[])[("scale", 0, 1000, 100 + shot.Id % 40), ("rotation", -8640, 8640, 0), ("center", 0, 1, 0)])
        {
            Open("parameter authoringApp=\"PremierePro\"");
            Leaf("parameterid", id);
            Leaf("name", id);
            Leaf("valuemin", least);
            Leaf("valuemax", most);
            Leaf("value", value);
            if (id == "scale" && shot.Id % 6 == 0) Keyframes(shot);
            Close("parameter");
        }

        Close("effect");
        Close("filter");
    }

    void Keyframes(Shot shot)
    {
        foreach (var at in (int[])[0, 20, 40])
        {
            Open("keyframe");
            Leaf("when", shot.In + at);
            Leaf("value", 100 + at);
            Close("keyframe");
        }
    }

    void Dissolve(int cut)
    {
        Open("transitionitem");
        Leaf("start", cut - 6);
        Leaf("end", cut + 6);
        Leaf("alignment", "center");
        Leaf("cutPointTicks", 6 * TicksPerFrame);
        Rate();
        Open("effect");
        Leaf("name", "Cross Dissolve");
        Leaf("effectid", "Cross Dissolve");
        Leaf("effectcategory", "Dissolve");
        Leaf("effecttype", "transition");
        Leaf("mediatype", "video");
        Close("effect");
        Close("transitionitem");
    }

    void Marker(int at)
    {
        Open("marker");
        Leaf("comment", "check focus");
        Leaf("name", "focus");
        Leaf("in", at);
        Leaf("out", -1);
        Close("marker");
    }

    void SourceTrack(int channel)
    {
        Open("sourcetrack");
        Leaf("mediatype", "audio");
        Leaf("trackindex", channel);
        Close("sourcetrack");
    }

    void Log()
    {
        Open("logginginfo");
        foreach (var field in (string[])["description", "scene", "shottake", "lognote", "good", "originalvideofilename", "originalaudiofilename"]) Line($"<{field}></{field}>");
        Close("logginginfo");
        Open("colorinfo");
        foreach (var field in (string[])["lut", "lut1", "asc_sop", "asc_sat", "lut2"]) Line($"<{field}></{field}>");
        Close("colorinfo");
        Open("labels");
        Leaf("label2", "Iris");
        Close("labels");
    }

    void Format()
    {
        Open("format");
        Characteristics();
        Close("format");
    }

    void Characteristics()
    {
        Open("samplecharacteristics");
        Rate();
        Leaf("width", 1920);
        Leaf("height", 1080);
        Leaf("anamorphic", "FALSE");
        Leaf("pixelaspectratio", "square");
        Leaf("fielddominance", "none");
        Close("samplecharacteristics");
    }

    void Timecode(int frame)
    {
        Open("timecode");
        Rate();
        Leaf("string", string.Create(CultureInfo.InvariantCulture, $"{frame / 90_000:00}:{frame / 1500 % 60:00}:{frame / 25 % 60:00}:{frame % 25:00}"));
        Leaf("frame", frame);
        Leaf("displayformat", "NDF");
        Close("timecode");
    }

    void Rate()
    {
        Open("rate");
        Leaf("timebase", 25);
        Leaf("ntsc", "FALSE");
        Close("rate");
    }

    void Open(string tag)
    {
        Line($"<{tag}>");
        _indent++;
    }

    void Close(string name)
    {
        _indent--;
        Line($"</{name}>");
    }

    void Leaf(string name, long value) => Line($"<{name}>{value.ToString(CultureInfo.InvariantCulture)}</{name}>");

    void Leaf(string name, string value) => Line($"<{name}>{value}</{name}>");

    void Line(string text) => _text.Append('\t', _indent).Append(text).Append('\n');

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    sealed record Shot(int Id, int Track, int Place, int AudioPlace, int Start, int End, int In, int File, bool Dissolves)
    {
        public bool DissolvesOut { get; set; }
    }
}
