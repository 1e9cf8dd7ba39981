using CineGit.Timeline.Otio;

namespace CineGit.Interchange.Fcp7Xml;

/// <summary>
/// Ids of the file being written, one name space for each kind of element. What had an id keeps it while it is free; new ones
/// are counted on, past every id that the document still wants.
/// </summary>
internal sealed class XmemlIds
{
    readonly HashSet<string> _wanted = [];
    readonly HashSet<(string Kind, string Id)> _taken = [];
    readonly Dictionary<string, int> _last = [];

    public void Want(string? id)
    {
        if (id is not null) _wanted.Add(id);
    }

    public string Take(string kind, string? wanted)
    {
        if (wanted is not null && _taken.Add((kind, wanted))) return wanted;
        while (true)
        {
            var number = _last[kind] = _last.GetValueOrDefault(kind) + 1;
            var id = $"{kind}-{XmemlFrames.Text(number)}";
            if (!_wanted.Contains(id) && _taken.Add((kind, id))) return id;
        }
    }

    public bool IsTaken(string kind, string id) => _taken.Contains((kind, id));

    /// <summary>Ids that elements kept as they were will have: bins, master clips.</summary>
    public void WantOf(OtioValue? kept)
    {
        switch (kept)
        {
            case OtioArray list:
                foreach (var item in list.Items) WantOf(item);
                break;
            case OtioObject fields:
                Want(fields.Text("@id"));
                foreach (var field in fields.Fields) WantOf(field.Value);
                break;
        }
    }
}
