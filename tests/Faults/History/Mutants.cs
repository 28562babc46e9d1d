namespace SkillStation.Faults.Tests.History;

/// <summary>Five ways to be wrong, each put into a history at a place where it cannot be right.</summary>
internal static class Mutants
{
    public static readonly IReadOnlyDictionary<string, Func<Recorded, IReadOnlySet<Guid>, Random, (Recorded Run, IReadOnlySet<Guid> AtTheEnd)?>> All =
        new Dictionary<string, Func<Recorded, IReadOnlySet<Guid>, Random, (Recorded, IReadOnlySet<Guid>)?>>
        {
            ["a lost write"] = LostWrite,
            ["a stale read"] = StaleRead,
            ["a second open request"] = SecondOpen,
            ["a state that goes back"] = StateBack,
            ["an overfull pool"] = Overfull,
        };

    private static (Recorded, IReadOnlySet<Guid>)? LostWrite(Recorded run, IReadOnlySet<Guid> atTheEnd, Random random) =>
        Any(random, run.Operations.Where(o => o is { Asks: Asks.Submit, Came: Came.Done })) is { } lost
            ? (run, atTheEnd.Where(id => id != lost.Request).ToHashSet())
            : null;

    // shown open after its withdrawal was answered
    private static (Recorded, IReadOnlySet<Guid>)? StaleRead(Recorded run, IReadOnlySet<Guid> atTheEnd, Random random) =>
        Any(random, run.Operations.Where(o => o is { Asks: Asks.Look, Came: Came.Done } && run.Operations.Any(w => w is { Asks: Asks.Withdraw, Came: Came.Done } && w.Request == o.Request && w.To < o.From))) is { } look
            ? (With(run, look, look with { Status = "Pooled", Version = null }), atTheEnd)
            : null;

    // a yes where somebody else's request was open all the time
    private static (Recorded, IReadOnlySet<Guid>)? SecondOpen(Recorded run, IReadOnlySet<Guid> atTheEnd, Random random)
    {
        var second = new Guid(8, 0, 0, new byte[8]);
        return Any(random, run.Operations.Where(o => o is { Asks: Asks.Submit, Came: Came.Refused } && run.Operations.Any(s =>
            s is { Asks: Asks.Submit, Came: Came.Done } && s.Key == o.Key && s.To < o.From && !run.Operations.Any(w => w.Asks == Asks.Withdraw && w.Request == s.Request && w.From < o.To)))) is { } refused
            ? (With(run, refused, refused with { Came = Came.Done, Request = second, Status = "Submitted", Version = 1 }), atTheEnd.Append(second).ToHashSet())
            : null;
    }

    private static (Recorded, IReadOnlySet<Guid>)? StateBack(Recorded run, IReadOnlySet<Guid> atTheEnd, Random random) =>
        Any(random, run.Operations.Where(o => o is { Asks: Asks.Look, Status: not "Submitted" } && run.Operations.Any(e => e.Request == o.Request && e.To < o.From && e is { Version: > 1, Status: not "Submitted" }))) is { } look
            ? (With(run, look, look with { Status = "Submitted", Version = 1 }), atTheEnd)
            : null;

    private static (Recorded, IReadOnlySet<Guid>)? Overfull(Recorded run, IReadOnlySet<Guid> atTheEnd, Random random) =>
        Any(random, run.Pools) is { } pool
            ? (run with { Pools = [.. run.Pools.Select(p => p == pool ? p with { Members = p.MaxSize + 1 } : p)] }, atTheEnd)
            : null;

    private static Recorded With(Recorded run, Operation before, Operation after) => run with { Operations = [.. run.Operations.Select(o => ReferenceEquals(o, before) ? after : o)] };

    private static T? Any<T>(Random random, IEnumerable<T> from) where T : class
    {
        var list = from.ToList();
        return list.Count == 0 ? null : list[random.Next(list.Count)];
    }
}
