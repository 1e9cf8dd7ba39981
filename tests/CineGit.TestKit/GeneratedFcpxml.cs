using System.Globalization;
using System.Text;

namespace CineGit.TestKit;

/// <summary>Final Cut projects of any length, with the parts that real ones have in about their proportions.</summary>
public static class GeneratedFcpxml
{
    const int ClipsPerAsset = 20;
    const int FramesPerAsset = 24_000;

    /// <param name="clips">In the primary storyline; titles, cutaways and music hang on some.</param>
    /// <param name="seed">The same seed gives the same project.</param>
    public static byte[] Of(int clips, int seed = 1)
    {
        var random = new Random(seed);
        var text = new StringBuilder("""
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE fcpxml>

            <fcpxml version="1.10">
                <resources>
                    <format id="r1" name="FFVideoFormat1080p24" frameDuration="100/2400s" width="1920" height="1080" colorSpace="1-1-1 (Rec. 709)"/>
                    <effect id="r2" name="Cross Dissolve" uid="FxPlug:4731E73A-8DAC-4113-9A30-AE85B1761265"/>
                    <effect id="r3" name="Basic Title" uid=".../Titles.localized/Bumper:Opener.localized/Basic Title.localized/Basic Title.moti"/>

            """);
        var assets = Math.Max(2, clips / ClipsPerAsset);
        for (var i = 0; i < assets; i++)
        {
            Add(text, $"        <asset id=\"r{i + 10}\" name=\"A{i:000}C001\" uid=\"{i:X32}\" start=\"3600s\" duration=\"{Time(FramesPerAsset)}\" hasVideo=\"1\" format=\"r1\" hasAudio=\"1\" videoSources=\"1\" audioSources=\"1\" audioChannels=\"2\" audioRate=\"48000\">\n");
            Add(text, $"            <media-rep kind=\"original-media\" sig=\"{i:X32}\" src=\"file:///Volumes/Media/A{i:000}C001.mov\"/>\n        </asset>\n");
        }

        Add(text, $"    </resources>\n    <library location=\"file:///Users/editor/Movies/Film.fcpbundle/\">\n        <event name=\"Film\" uid=\"E-1\">\n            <project name=\"Reel 1\" uid=\"P-1\" modDate=\"2026-01-01 10:00:00 +0000\">\n");
        var durations = Enumerable.Range(0, clips).Select(_ => random.Next(24, 240)).ToArray();
        Add(text, $"                <sequence format=\"r1\" duration=\"{Time(durations.Sum())}\" tcStart=\"3600s\" tcFormat=\"NDF\" audioLayout=\"stereo\" audioRate=\"48k\">\n                    <spine>\n");
        var position = 86_400;
        for (var i = 0; i < clips; i++)
        {
            Clip(text, random, i, assets, position, durations[i]);
            position += durations[i];
        }

        Add(text, $"                    </spine>\n                </sequence>\n            </project>\n        </event>\n    </library>\n</fcpxml>\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    static void Clip(StringBuilder text, Random random, int index, int assets, int position, int duration)
    {
        const string indent = "                        ";
        var start = 86_400 + random.Next(FramesPerAsset - 400);
        var asset = random.Next(assets);
        if (index % 12 == 11) Add(text, $"{indent}<transition name=\"Cross Dissolve\" offset=\"{Time(position - 6)}\" duration=\"{Time(12)}\">\n{indent}    <filter-video ref=\"r2\" name=\"Cross Dissolve\"/>\n{indent}</transition>\n");
        Add(text, $"{indent}<asset-clip ref=\"r{asset + 10}\" offset=\"{Time(position)}\" name=\"A{asset:000}C001\" start=\"{Time(start)}\" duration=\"{Time(duration)}\" tcFormat=\"NDF\" audioRole=\"dialogue\">\n");
        Add(text, $"{indent}    <adjust-transform scale=\"1.{index % 90 + 10} 1.{index % 90 + 10}\"/>\n");
        if (index % 4 == 1) Add(text, $"{indent}    <adjust-volume amount=\"-{index % 9 + 1}dB\"/>\n");
        if (index % 9 == 4) Add(text, $"{indent}    <title ref=\"r3\" lane=\"1\" offset=\"{Time(start)}\" name=\"Title {index}\" start=\"3600s\" duration=\"{Time(duration / 2)}\">\n{indent}        <text>\n{indent}            <text-style ref=\"ts{index}\">Scene {index}</text-style>\n{indent}        </text>\n{indent}        <text-style-def id=\"ts{index}\">\n{indent}            <text-style font=\"Helvetica\" fontSize=\"63\" alignment=\"center\"/>\n{indent}        </text-style-def>\n{indent}    </title>\n");
        if (index % 7 == 2) Add(text, $"{indent}    <asset-clip ref=\"r{(asset + 1) % assets + 10}\" lane=\"2\" offset=\"{Time(start + duration / 3)}\" name=\"Cutaway {index}\" start=\"{Time(86_400 + index)}\" duration=\"{Time(Math.Max(6, duration / 3))}\" srcEnable=\"video\"/>\n");
        if (index % 5 == 3) Add(text, $"{indent}    <marker start=\"{Time(start + duration / 2)}\" duration=\"100/2400s\" value=\"Note {index}\"/>\n");
        Add(text, $"{indent}    <keyword start=\"3600s\" duration=\"{Time(FramesPerAsset)}\" value=\"Scene {index / 10}\"/>\n{indent}</asset-clip>\n");
    }

    static void Add(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture));

    static string Time(int frames) => frames % 24 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{frames / 24}s")
        : string.Create(CultureInfo.InvariantCulture, $"{frames * 100L}/2400s");
}
