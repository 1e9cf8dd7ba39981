using System.Globalization;
using CineGit.TestKit.Running;

namespace CineGit.Demo;

/// <summary>The demo's media: ten seconds of picture and tone for each name, with the name and frame number burnt in.</summary>
public static class TestPictures
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(2L);

    static readonly string[] Fonts =
    [
        "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf",
        "/System/Library/Fonts/Menlo.ttc",
        "C:/Windows/Fonts/consola.ttf",
    ];

    public static async Task MakeAsync(string folder, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var missing = DemoCut.MediaNames.Where(name => !File.Exists(PathOf(folder, name))).ToList();
        await Parallel.ForEachAsync(missing, ct, async (name, token) => await MakeOneAsync(folder, name, token));
    }

    static string PathOf(string folder, string name) => Path.Combine(folder, name + ".mov");

    static async Task MakeOneAsync(string folder, string name, CancellationToken ct)
    {
        var finished = PathOf(folder, name);
        var partial = finished + ".part.mov";
        var font = Fonts.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("No font to burn in names with. Debian: apt-get install fonts-dejavu-core");
        var hue = name.Aggregate(0, (sum, c) => (sum * 31 + c) % 360).ToString(CultureInfo.InvariantCulture);
        var seconds = (DemoCut.MediaFrames / DemoCut.Rate).ToString(CultureInfo.InvariantCulture);
        var burnIn = $"hue=h={hue}:s=0.6,"
            + $"drawtext=fontfile='{font}':text='{name}':fontsize=36:fontcolor=white:box=1:boxcolor=black@0.6:x=(w-tw)/2:y=h*0.36,"
            + $"drawtext=fontfile='{font}':text='%{{frame_num}}':start_number=0:fontsize=30:fontcolor=white:box=1:boxcolor=black@0.6:x=(w-tw)/2:y=h*0.60";
        var result = await ChildProcess.RunAsync(
            "ffmpeg",
            [
                "-nostdin", "-v", "error", "-y", "-protocol_whitelist", "file,pipe",
                "-f", "lavfi", "-i", $"testsrc2=size=480x270:rate={DemoCut.Rate}:duration={seconds}",
                "-f", "lavfi", "-i", $"sine=frequency={300 + hue.Length * 40}:sample_rate=48000:duration={seconds}",
                "-vf", burnIn, "-c:v", "mjpeg", "-q:v", "6", "-threads", "1", "-c:a", "pcm_s16le", partial,
            ],
            folder,
            null,
            Limit,
            ct);
        if (result.ExitCode != 0) throw new InvalidOperationException($"ffmpeg could not make {name}: {result.Error}");
        File.Move(partial, finished, overwrite: true);
    }
}
