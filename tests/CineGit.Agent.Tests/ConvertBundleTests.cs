using System.IO.Compression;
using System.Text;
using CineGit.TestKit;
using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Otio;
using static CineGit.TestKit.OtioBuilders;

namespace CineGit.Agent.Tests;

public sealed class ConvertBundleTests
{
    [Fact]
    public async Task Media_go_into_a_zip_out_into_a_folder_and_back_and_the_cut_stays_the_same()
    {
        using var bay = new Bay();
        Write(bay, "shots/a b.mov", "picture one");
        Write(bay, "other/a b.mov", "picture two");
        WriteCut(bay, "cut.otio", $"file://{bay.PathOf("shots/a%20b.mov")}", "other/a b.mov", "file:///gone/c.mov");

        var packed = await bay.ExpectAsync(0, "convert", "cut.otio", "cut.otioz");
        Assert.Contains("file:///gone/c.mov", packed.Error, StringComparison.Ordinal);
        await bay.ExpectAsync(0, "convert", "cut.otioz", "cut.otiod");
        Assert.Equal(["content.otio", "media/a b-2.mov", "media/a b.mov", "version.txt"], Files(bay.PathOf("cut.otiod")));
        Assert.Equal("picture two", await ReadAsync(bay, "cut.otiod/media/a b-2.mov"));
        await bay.ExpectAsync(0, "convert", "cut.otiod", "again.otioz");
        Assert.Equal(await File.ReadAllBytesAsync(bay.PathOf("cut.otioz"), Ct), await File.ReadAllBytesAsync(bay.PathOf("again.otioz"), Ct));
        Assert.Equal(["media/a b.mov", "media/a b-2.mov", "file:///gone/c.mov"], References(await ReadAsync(bay, "cut.otiod/content.otio")));

        var info = await bay.ExpectAsync(0, "info", "cut.otioz");
        Assert.Contains("(otioz, 24 fps)", info.Out, StringComparison.Ordinal);
        await bay.ExpectAsync(0, "info", "cut.otiod");
        await bay.ExpectAsync(0, "diff", "cut.otiod", "cut.otioz");
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(bay.Folder), e => e.Contains("cinegit-tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_timeline_taken_out_of_its_bundle_says_that_the_media_stay_in_it()
    {
        using var bay = new Bay();
        Write(bay, "a.mov", "x");
        WriteCut(bay, "cut.otio", "a.mov");
        await bay.ExpectAsync(0, "convert", "cut.otio", "cut.otioz");
        var result = await bay.ExpectAsync(0, "convert", "cut.otioz", "out.otio");
        Assert.Contains("1 media are in the bundle", result.Error, StringComparison.Ordinal);
        Assert.Equal(["media/a.mov"], References(await ReadAsync(bay, "out.otio")));
    }

    [Fact]
    public async Task A_bundle_reaches_nothing_outside_of_itself_by_a_relative_reference()
    {
        using var bay = new Bay();
        Write(bay, "secret.txt", "secret");
        Directory.CreateDirectory(bay.PathOf("evil.otiod/media"));
        WriteCut(bay, "evil.otiod/content.otio", "../secret.txt", "media/../../secret.txt", "media/link.mov", "linked/secret.txt");
        File.CreateSymbolicLink(bay.PathOf("evil.otiod/media/link.mov"), bay.PathOf("secret.txt"));
        Directory.CreateSymbolicLink(bay.PathOf("evil.otiod/linked"), bay.Folder);
        await bay.ExpectAsync(0, "convert", "evil.otiod", "out.otioz");
        using var zip = await ZipFile.OpenReadAsync(bay.PathOf("out.otioz"), Ct);
        Assert.Equal(["content.otio", "version.txt"], zip.Entries.Select(e => e.FullName));
    }

    [Fact]
    public async Task A_hostile_zip_is_unreadable_in_one_sentence_and_leaves_nothing_behind()
    {
        using var bay = new Bay();
        await using (var zip = await ZipFile.OpenAsync(bay.PathOf("evil.otioz"), ZipArchiveMode.Create, Ct))
        {
            foreach (var name in new[] { "content.otio", "../evil.mov" })
            {
                await using var entry = await zip.CreateEntry(name).OpenAsync(Ct);
                await entry.WriteAsync(Bay.Otio(("a", 0, 24)), Ct);
            }
        }

        foreach (var output in new[] { "out.otiod", "out.otio" })
        {
            var result = await bay.ExpectAsync(2, "convert", "evil.otioz", output);
            Assert.Contains("evil.otioz", result.Error, StringComparison.Ordinal);
            Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        }

        Assert.Equal(["evil.otioz"], Files(bay.Folder));
    }

    [Fact]
    public async Task What_is_there_already_and_what_is_no_bundle_is_refused()
    {
        using var bay = new Bay();
        bay.WriteCut("cut.otio", ("a", 0, 24));
        Directory.CreateDirectory(bay.PathOf("full.otiod"));
        Assert.Contains("already", (await bay.ExpectAsync(3, "convert", "cut.otio", "full.otiod")).Error, StringComparison.Ordinal);
        Assert.Contains("content.otio", (await bay.ExpectAsync(2, "info", "full.otiod")).Error, StringComparison.Ordinal);
        await bay.ExpectAsync(3, "convert", "cut.otio", "no/such/folder.otiod");
        Assert.Equal(["cut.otio"], Files(bay.Folder));
    }

    [Fact]
    public async Task A_committed_bundle_is_kept_as_the_timeline_in_it()
    {
        using var bay = await Bay.OfflineAsync();
        Write(bay, "a.mov", new string('x', 100_000));
        WriteCut(bay, "cut.otio", "a.mov");
        await bay.ExpectAsync(0, "convert", "cut.otio", "cut.otioz");
        await bay.ExpectAsync(0, "commit", "cut.otioz", "-m", "Assembly");
        Assert.Contains("\"nativeName\":\"cut.otio\"", (await bay.ExpectAsync(0, "log", "--json")).Out, StringComparison.Ordinal);
        await bay.ExpectAsync(0, "checkout", "main", "-o", "out.otio");
        Assert.Equal(["media/a.mov"], References(await ReadAsync(bay, "out.otio")));
    }

    [Fact]
    public async Task A_release_of_OpenTimelineIO_gets_its_own_schema_versions()
    {
        using var bay = new Bay();
        bay.WriteCut("cut.otio", ("a", 0, 24));
        await bay.ExpectAsync(0, "convert", "cut.otio", "old.otio", "--schema", "0.14");
        var old = await ReadAsync(bay, "old.otio");
        Assert.Contains("\"Clip.1\"", old, StringComparison.Ordinal);
        Assert.DoesNotContain("Clip.2", old, StringComparison.Ordinal);
        await bay.ExpectAsync(0, "convert", "old.otio", "new.otio", "--schema", "0.18.1");
        var (before, after) = (await ReadAsync(bay, "cut.otio"), await ReadAsync(bay, "new.otio"));
        JsonLexemes.Same(Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after));
    }

    [Fact]
    public async Task A_release_that_is_none_and_a_format_without_schemas_are_wrong_use()
    {
        using var bay = new Bay();
        bay.WriteCut("cut.otio", ("a", 0, 24));
        var none = await bay.ExpectAsync(64, "convert", "cut.otio", "out.otio", "--schema", "0.99");
        Assert.Contains("0.14, 0.15", none.Error, StringComparison.Ordinal);
        var edl = await bay.ExpectAsync(64, "convert", "cut.otio", "out.edl", "--schema", "0.18");
        Assert.Contains("edl has no schemas", edl.Error, StringComparison.Ordinal);
    }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static void WriteCut(Bay bay, string file, params string[] references)
    {
        var clips = references.Select(r => OtioBuild.Clip("c", OtioBuild.ExternalReference(r, null), At24.Range(0, 24)));
        File.WriteAllBytes(bay.PathOf(file), TimelineAssert.Utf8(Cut(Video("V1", [.. clips]))));
    }

    static void Write(Bay bay, string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(bay.PathOf(file))!);
        File.WriteAllText(bay.PathOf(file), text);
    }

    static Task<string> ReadAsync(Bay bay, string file) => File.ReadAllTextAsync(bay.PathOf(file), Ct);

    static List<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)];

    static IEnumerable<string?> References(string otio) =>
        CutReader.Read(OtioReader.Read(Encoding.UTF8.GetBytes(otio), new DiagnosticBag()), new()).Tracks[0].Elements
            .Select(e => e.Node.Child("media_references")?.Child("DEFAULT_MEDIA")?.Text("target_url"));
}
