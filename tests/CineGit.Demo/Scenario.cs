namespace CineGit.Demo;

/// <summary>The story: who changes what, and what must come out. Both trim SC17; the title editor's trim is chosen.</summary>
public static class Scenario
{
    public const string MainBranch = "main";
    public const string TitlesBranch = "titles";
    public const string ClashingScene = "SC17";

    public static DemoCut Base => DemoCut.Base();

    /// <summary>The picture editor trims, ripples and renames on main.</summary>
    public static DemoCut PictureEdit => Trims(Base).TrimTail(ClashingScene, 12);

    /// <summary>The title editor adds a title, changes the blur and trims the same shot.</summary>
    public static DemoCut TitleEdit => Titles(Base).TrimTail(ClashingScene, 20);

    /// <summary>Both editors' work by hand, one after the other, with the title editor's trim of the clashing shot.</summary>
    public static DemoCut Expected => Titles(Trims(Base)).TrimTail(ClashingScene, 20);

    static DemoCut Trims(DemoCut cut) => cut.TrimTail("SC05", 9).Rename("SC08", "SC08_T7");

    static DemoCut Titles(DemoCut cut) => cut.InsertTitle("SC11", "TITLE_NIGHT", "TITLE_NIGHT", 36).SetBlur("SC07", "0.5");
}
