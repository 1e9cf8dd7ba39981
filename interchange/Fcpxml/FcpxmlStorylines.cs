using CineGit.Timeline.Diagnostics;
using CineGit.Timeline.Time;

namespace CineGit.Interchange.Fcpxml;

/// <summary>Groups what is on a lane: items that were one connected storyline stay one, and a transition needs one around its items.</summary>
internal static class FcpxmlStorylines
{
    public static List<FcpxmlPlan> Of(List<FcpxmlPlan> track, FcpxmlTarget target, FcpxmlFrame frame)
    {
        var found = new List<FcpxmlPlan>();
        var run = new List<FcpxmlPlan>();
        foreach (var plan in track)
        {
            if (run.Count > 0 && !Continues(run, plan)) Close();
            if (plan.IsGap && Label(plan) is null && run.Count == 0) FcpxmlLosses.OfGap(plan.Node, target, plan.Track, plan.Index);
            else run.Add(plan);
        }

        Close();
        return found;

        void Close()
        {
            if (run.Count > 0) Add(run, found, target, frame);
            run = [];
        }
    }

    static bool Continues(List<FcpxmlPlan> run, FcpxmlPlan plan)
    {
        var last = run[^1];
        var labelled = run.Find(p => !p.IsTransition);
        if (plan.IsTransition) return last.End == plan.Start;
        if (labelled is null) return last.Start == plan.Start;
        if (Label(labelled) != Label(plan) || labelled.Lane != plan.Lane) return false;
        return Label(plan) is not null || (last.IsTransition && last.Start == plan.Start);
    }

    static string? Label(FcpxmlPlan plan) =>
        plan.Section?[FcpxmlKeys.Storyline] is null ? null : plan.Local?.Text(FcpxmlKeys.Storyline) ?? "";

    static void Add(List<FcpxmlPlan> run, List<FcpxmlPlan> found, FcpxmlTarget target, FcpxmlFrame frame)
    {
        var items = run.Where(p => !p.IsTransition && !p.IsGap).ToList();
        if (items.Count == 0)
        {
            foreach (var plan in run.Where(p => p.IsTransition))
            {
                target.Each(DiagnosticCodes.FcpxmlLeftOut, plan.Place, "Transitions between gaps, or of sound that is written as part of its picture, were left out; the transition of the picture is that of its sound.", plan.Node.Text("name") ?? "");
            }

            return;
        }

        if (run.Count == 1 && Label(run[0]) is null)
        {
            found.Add(run[0]);
            return;
        }

        var first = run.First(p => !p.IsTransition);
        var storyline = new FcpxmlPlan(items[0].Node, items[0].Row, items[0].Lane, first.Start, run[^1].End - first.Start) { Track = items[0].Track, Index = items[0].Index };
        var end = first.Start;
        foreach (var plan in run)
        {
            if (plan.Start > end) storyline.Take(FcpxmlOwnTime.NewGap(end, plan.Start - end, frame));
            storyline.Take(plan);
            end = Flicks.Max(end, plan.End);
        }

        found.Add(storyline);
    }
}
