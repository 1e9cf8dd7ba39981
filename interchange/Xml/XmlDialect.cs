namespace CineGit.Interchange.Xml;

/// <summary>What one kind of XML file means by order, place and name.</summary>
/// <param name="Lists">Elements in which the order of children of different names says something: a track, a spine. In all others only the order among children of one name does.</param>
/// <param name="Places">Children and attributes (<c>@offset</c>) that move when something before them changes length.</param>
/// <param name="Keys">Attributes (<c>@id</c>) that name an element among its siblings.</param>
internal sealed record XmlDialect(XmlNames Lists, XmlNames Places, XmlNames Keys);
