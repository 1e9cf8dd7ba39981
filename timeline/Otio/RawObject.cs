namespace CineGit.Timeline.Otio;

/// <summary>
/// The text of an object that nobody has looked into: a slice of the file it was read from. Well-formed JSON in which no name
/// occurs twice, checked by <see cref="RawCheck"/>.
/// </summary>
sealed class RawObject(ReadOnlyMemory<byte> utf8, RawOrigin origin)
{
    /// <summary>
    /// Objects are read one level at a time, and every level checks the text below it again; from here on down all is read
    /// at once, so that deep nesting costs no more than a fixed number of passes.
    /// </summary>
    const int MostLevels = 12;

    OtioValue? _own;

    public ReadOnlyMemory<byte> Utf8 => utf8;

    public RawOrigin Origin => origin;

    /// <summary>The indent at which <see cref="OtioWriter"/> would write exactly these bytes; negative when at none.</summary>
    public int Indent => origin.Indent;

    /// <summary>The fields of this object, those inside it still raw where that is worth it.</summary>
    public OtioField[] ReadFields() => OtioReading.Fields(this, staysRaw: origin.Level < MostLevels);

    /// <summary>The field <c>cinegit</c>, null when absent, without reading the others: every part of every cut is asked for it.</summary>
    public OtioValue? Own() => origin.OwnAt == RawOrigin.Absent ? null : _own ??= OtioReading.ValueIn(this, origin.OwnAt);
}

/// <summary>What is known about raw text.</summary>
/// <param name="Texts">What its names and values are looked up in.</param>
/// <param name="Indent">See <see cref="RawObject.Indent"/>.</param>
/// <param name="Level">How many raw objects were read to come to this one.</param>
/// <param name="OwnAt">Where the value of its field <c>cinegit</c> begins.</param>
readonly record struct RawOrigin(TextCache Texts, int Indent, int Level, int OwnAt)
{
    public const int Absent = -1;
}
