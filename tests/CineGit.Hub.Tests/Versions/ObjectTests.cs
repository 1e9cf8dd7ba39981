using System.Net;
using System.Security.Cryptography;
using System.Text;
using CineGit.Contracts.Hub;
using CineGit.Hub.Features.Versions;
using CineGit.Timeline.Identity;

namespace CineGit.Hub.Tests.Versions;

[Collection(HubFixture.Collection)]
public sealed class ObjectTests(HubFixture hub)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Bodies => new()
    {
        { "nothing", 0 },
        { "text", 5 },
        { "text", 300_000 },
        { "text", 3_000_000 },
        { "noise", 100_000 },
        { "noise", 3_000_000 },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task An_object_comes_back_byte_for_byte(string kind, int size)
    {
        using var project = await TestProject.CreateAsync(hub);
        var bytes = kind == "noise" ? RandomNumberGenerator.GetBytes(size) : Encoding.ASCII.GetBytes(new string('x', size));
        var hash = await project.PutAsync(bytes);

        using var back = await project.Client.GetAsync(project.At(HubRoutes.Object, hash), Ct);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.Equal(size, back.Content.Headers.ContentLength);
        Assert.Equal($"\"{hash}\"", back.Headers.ETag?.Tag);
        var received = await back.Content.ReadAsByteArrayAsync(Ct);
        Assert.True(bytes.AsSpan().SequenceEqual(received));
    }

    [Fact]
    public async Task Head_tells_whether_the_object_is_there_and_a_second_upload_changes_nothing()
    {
        using var project = await TestProject.CreateAsync(hub);
        var bytes = "a project file"u8.ToArray();
        var address = project.At(HubRoutes.Object, ContentHash.Of(bytes).Hex);

        using var before = await project.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address), Ct);
        Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);

        using var first = await project.PutAsync(ContentHash.Of(bytes).Hex, bytes);
        using var second = await project.PutAsync(ContentHash.Of(bytes).Hex, bytes);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.NoContent), (first.StatusCode, second.StatusCode));

        using var after = await project.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address), Ct);
        Assert.Equal((HttpStatusCode.OK, bytes.Length), (after.StatusCode, after.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task Bytes_with_another_hash_are_refused_and_not_kept()
    {
        using var project = await TestProject.CreateAsync(hub);
        var promised = ContentHash.Of("what was sent"u8);

        using var response = await project.PutAsync(promised.Hex, "what arrived"u8.ToArray());
        var problem = await Answers.ProblemAsync(response, HttpStatusCode.UnprocessableEntity, ProblemCodes.HashMismatch);
        Assert.Equal(ContentHash.Of("what arrived"u8).Hex, problem.GetProperty("actualHash").GetString());

        using var missing = await project.Client.GetAsync(project.At(HubRoutes.Object, promised.Hex), Ct);
        await Answers.ProblemAsync(missing, HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    public async Task An_address_that_is_no_hash_is_refused(string hash)
    {
        using var project = await TestProject.CreateAsync(hub);
        using var response = await project.PutAsync(hash, []);
        await Answers.ProblemAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
    }

    [Fact]
    public async Task An_object_larger_than_the_limit_is_refused_before_and_while_it_is_read()
    {
        var bytes = new byte[1_001];
        var hash = ContentHash.Of(bytes).Hex;

        using var announced = new MemoryStream(bytes);
        Assert.IsType<IntakeResult.TooLarge>(await ObjectIntake.ReceiveAsync(announced, bytes.Length, hash, 1_000, Ct));
        Assert.Equal(0, announced.Position);

        using var unannounced = new MemoryStream(bytes);
        Assert.IsType<IntakeResult.TooLarge>(await ObjectIntake.ReceiveAsync(unannounced, null, hash, 1_000, Ct));

        using var fits = new MemoryStream(bytes);
        var received = Assert.IsType<IntakeResult.Received>(await ObjectIntake.ReceiveAsync(fits, null, hash, 1_001, Ct));
        Assert.Equal(1_001, received.Bytes.Length);
        await received.Bytes.DisposeAsync();
    }

    [Fact]
    public async Task What_a_client_holds_already_is_not_sent_again()
    {
        using var project = await TestProject.CreateAsync(hub);
        var hash = await project.PutAsync("held"u8.ToArray());
        using var request = new HttpRequestMessage(HttpMethod.Get, project.At(HubRoutes.Object, hash));
        request.Headers.TryAddWithoutValidation("If-None-Match", $"\"{hash}\"");

        using var response = await project.Client.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Ct));
    }
}
