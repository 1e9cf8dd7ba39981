using CineGit.TestKit;
using CineGit.Timeline.Otio;

namespace CineGit.Timeline.Tests.Otio;

public sealed class MarkerColorTests
{
    [Theory]
    [InlineData("\"RED\"", "RED")]
    [InlineData("\"Red\"", "RED")]
    [InlineData("\"Iris\"", "Iris")]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    [InlineData("7", null)]
    [InlineData("""{"OTIO_SCHEMA":"Color.1","r":1.0,"g":0.0,"b":0.0,"a":1.0,"name":"Red"}""", "RED")]
    [InlineData("""{"OTIO_SCHEMA":"Color.1","r":1.0,"g":0.5,"b":0.0,"a":0.5,"name":""}""", "#FF800080")]
    [InlineData("""{"OTIO_SCHEMA":"Color.1","r":"x","name":null}""", null)]
    public void A_colour_is_read_the_same_from_either_form(string color, string? read) => Assert.Equal(read, Read(OtioTexts.ReadValue(color)));

    [Fact]
    public void A_marker_that_another_release_wrote_again_is_not_a_change()
    {
        var second = OtioBuilders.Cut(OtioBuilders.Video("V1", OtioBuilders.At24.Clip("A", 0, 24)).With("markers", OtioArray.Of([OtioBuilders.At24.Marker("m", 3)])));
        var third = SchemaVersions.Convert(second, OtioRelease.V19, new());
        Assert.NotEqual(second, third);
        Assert.Equal(Read(Marker(second)["color"]), Read(Marker(third)["color"]));
        Assert.Equal(("Marker.2", "Marker.3"), (Marker(second).Schema, Marker(third).Schema));
    }

    static OtioObject Marker(OtioDocument document) =>
        CutReader.Read(document, new()).Tracks[0].Markers.Single().Node;

    static string? Read(OtioValue? color)
    {
        var marker = OtioBuilders.At24.Marker("m", 0).With("color", color ?? OtioNull.Value);
        return CutReader.Read(OtioBuilders.Cut(OtioBuilders.Video("V1").With("markers", OtioArray.Of([marker]))), new()).Tracks[0].Markers.Single().Color;
    }
}
