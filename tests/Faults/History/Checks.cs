namespace SkillStation.Faults.Tests.History;

/// <summary>What must hold of every history besides an order that explains it.</summary>
internal static class Checks
{
    /// <summary>The first thing that is wrong, null when all is well. <paramref name="atTheEnd"/>: the requests found when all was quiet again.</summary>
    public static Offence? FirstOffence(Recorded run, IReadOnlySet<Guid> atTheEnd) =>
        NothingIsLost(run, atTheEnd) ?? NeverTooMany(run) ?? NeverBack(run) ?? Linearizability.Check(run.Operations);

    /// <summary>Every request that was answered with a yes is found in the end.</summary>
    public static Offence? NothingIsLost(Recorded run, IReadOnlySet<Guid> atTheEnd) => run.Operations
        .Where(o => o is { Asks: Asks.Submit, Came: Came.Done } && !atTheEnd.Contains(o.Request!.Value))
        .Select(o => new Offence("A request is lost", [o.ToString()]))
        .FirstOrDefault();

    /// <summary>At no instant at which somebody looked did a pool have more members than places.</summary>
    public static Offence? NeverTooMany(Recorded run) => run.Pools
        .Where(p => p.Members > p.MaxSize)
        .Select(p => new Offence("A pool has more members than places", [p.ToString()]))
        .FirstOrDefault();

    /// <summary>Neither a request nor a pool is ever seen as it was before what was seen earlier, and a status follows from the one before.</summary>
    public static Offence? NeverBack(Recorded run)
    {
        var requests = run.Operations.Where(o => o.Version is not null).GroupBy(o => o.Request!.Value)
            .Select(r => r.Select(o => (o.From, o.To, Version: o.Version!.Value, o.Status, Text: o.ToString())));
        var pools = run.Pools.GroupBy(p => p.Pool).Select(p => p.Select(s => (s.From, s.To, s.Version, Status: (string?)null, Text: s.ToString())));
        foreach (var one in requests.Concat(pools))
        {
            var answered = new Queue<(long From, long To, int Version, string? Status, string Text)>(one.OrderBy(s => s.To));
            var newest = answered.Peek();
            foreach (var seen in one.OrderBy(s => s.From))
            {
                while (answered.TryPeek(out var before) && before.To < seen.From)
                {
                    newest = before.Version > newest.Version ? before : newest;
                    answered.Dequeue();
                }

                if (newest.To < seen.From && newest.Version > seen.Version)
                {
                    return new Offence("A version goes back", [newest.Text, seen.Text]);
                }
            }

            foreach (var (before, after) in one.Where(s => s.Status is not null).OrderBy(s => s.Version).ThenBy(s => s.From).Pairs())
            {
                if (!(before.Version == after.Version ? Statuses.Own(before.Status!) == Statuses.Own(after.Status!) : Statuses.MayFollow(before.Status!, after.Status!)))
                {
                    return new Offence("A status goes back", [before.Text, after.Text]);
                }
            }
        }

        return null;
    }

    private static IEnumerable<(T Before, T After)> Pairs<T>(this IEnumerable<T> items)
    {
        var list = items.ToList();
        return list.Zip(list.Skip(1));
    }
}

/// <summary>The statuses of a request as it is shown, and which may come after which (rules O1 to O15).</summary>
internal static class Statuses
{
    private static readonly Dictionary<string, int> Rank = new()
    {
        ["Submitted"] = 0,
        ["NeedsInfo"] = 0,
        ["Admitted"] = 1,
        ["Pooled"] = 2,
        ["Waitlisted"] = 3,
        ["SeatOffered"] = 4,
        ["SeatConfirmed"] = 5,
        ["InClass"] = 6,
        ["AwaitingRating"] = 7,
        ["Closed"] = 8,
    };

    /// <summary>Under way: the same person cannot ask for the same occupation again.</summary>
    public static bool IsOpen(string status) => Own(status) is not ("AwaitingRating" or "Closed" or "Refused" or "Withdrawn" or "Unserved" or "Dropped");

    /// <summary>The request's own status: the words for what becomes of its pool all mean that it is in one.</summary>
    public static string Own(string status) => status is "Dispatching" or "Escalated" or "Accepted" or "Scheduled" ? "Pooled" : status;

    /// <summary>Only somebody with, or waiting for, a seat may stand in a pool again; what is over stays as it is.</summary>
    public static bool MayFollow(string before, string after)
    {
        var (from, to) = (Own(before), Own(after));
        if (from == to)
        {
            return true;
        }

        if (!Rank.TryGetValue(from, out var was))
        {
            return false;
        }

        return Rank.TryGetValue(to, out var rank)
            ? rank >= (was >= Rank["Waitlisted"] && was <= Rank["InClass"] ? Rank["Pooled"] : was)
            : was <= Rank["InClass"];
    }
}
