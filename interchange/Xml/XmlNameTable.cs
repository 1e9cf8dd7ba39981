using System.Text;

namespace CineGit.Interchange.Xml;

/// <summary>The names of elements and attributes of one file, each once, by number.</summary>
internal sealed class XmlNameTable
{
    const int FirstSize = 256;

    readonly List<Entry> _entries = [];
    int[] _slots = new int[FirstSize];

    public int Count => _entries.Count;

    /// <summary>Of names that the program itself has, the same instance.</summary>
    public string this[int name] => _entries[name].Text;

    /// <summary>As a key in metadata for an attribute: <c>@id</c>.</summary>
    public string AttributeKey(int name) => _entries[name].AttributeKey;

    public ulong Digest(int name) => _entries[name].Digest;

    public int Add(ReadOnlySpan<byte> utf8)
    {
        var digest = XmlDigest.OfText(utf8);
        var slot = (int)(digest & (uint)(_slots.Length - 1));
        for (; _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            var known = _entries[_slots[slot] - 1];
            if (known.Digest == digest && utf8.SequenceEqual(known.Utf8)) return _slots[slot] - 1;
        }

        var text = string.Intern(Encoding.UTF8.GetString(utf8));
        _entries.Add(new(text, "@" + text, utf8.ToArray(), digest));
        _slots[slot] = _entries.Count;
        if (_entries.Count * 2 > _slots.Length) Grow();
        return _entries.Count - 1;
    }

    void Grow()
    {
        _slots = new int[_slots.Length * 2];
        for (var i = 0; i < _entries.Count; i++)
        {
            var slot = (int)(_entries[i].Digest & (uint)(_slots.Length - 1));
            while (_slots[slot] != 0) slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = i + 1;
        }
    }

    sealed record Entry(string Text, string AttributeKey, byte[] Utf8, ulong Digest);
}
