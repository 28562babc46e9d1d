namespace SkillStation.Faults.Tests.History;

/// <summary>
/// Whether the calls under one key can be put into one order that respects real time and that a register of the open request could have answered: the
/// search of Wing and Gong with Lowe's memory of states seen.
/// </summary>
internal static class Linearizability
{
    // The open request of a submission without an answer, until a read shows which it is.
    private static readonly Guid Nameless = new(1, 0, 0, new byte[8]);

    /// <summary>Null when there is such an order under every key.</summary>
    public static Offence? Check(IEnumerable<Operation> operations) => operations
        .GroupBy(o => o.Key)
        .Select(key => key.Where(o => o.Came != Came.Nothing).OrderBy(o => o.From).ToList())
        .Where(history => !Holds(history, null))
        .Select(history => new Offence($"No order of the calls explains the answers under {history[0].Key}", [.. Shortest(history).Select(o => o.ToString())]))
        .FirstOrDefault();

    // What is done so far: the first so many of the answered calls, some of the later ones, and so many of the submissions without an answer (of those
    // the earliest can stand for all). Withdrawals without an answer need no count: what one has ended is never open again.
    private readonly record struct State(int First, string Later, int Submits, Guid? Open);

    private static bool Holds(List<Operation> history, Guid? open)
    {
        var answered = history.Where(o => o.Came != Came.Unknown).ToList();
        var submits = history.Where(o => o is { Asks: Asks.Submit, Came: Came.Unknown }).ToList();
        var withdrawals = history.Where(o => o is { Asks: Asks.Withdraw, Came: Came.Unknown }).DistinctBy(o => o.Request).ToList();
        var named = answered.Where(o => o.Asks == Asks.Submit && o.Request is not null).Select(o => o.Request!.Value).ToHashSet();
        var seen = new HashSet<State>();
        var stack = new Stack<State>([new State(0, "", 0, open)]);
        while (stack.TryPop(out var at))
        {
            if (!seen.Add(at))
            {
                continue;
            }

            if (at.First == answered.Count)
            {
                return true;
            }

            // next may come what was called before the first answer among what is left
            var later = at.Later.Select(c => at.First + c).ToHashSet();
            var left = new List<int>();
            var firstAnswer = Operation.Never;
            for (var i = at.First; i < answered.Count && answered[i].From <= firstAnswer; i++)
            {
                if (!later.Contains(i))
                {
                    left.Add(i);
                    firstAnswer = Math.Min(firstAnswer, answered[i].To);
                }
            }

            // what was answered is tried first (it is pushed last)
            if (at.Submits < submits.Count && submits[at.Submits].From <= firstAnswer)
            {
                Push(at with { Submits = at.Submits + 1 }, submits[at.Submits]);
            }

            foreach (var withdrawal in withdrawals.Where(w => w.From <= firstAnswer))
            {
                Push(at, withdrawal);
            }

            foreach (var i in left.Where(i => answered[i].From <= firstAnswer).OrderByDescending(i => answered[i].To))
            {
                Push(With(at, later, i), answered[i]);
            }

            void Push(State next, Operation call)
            {
                foreach (var after in After(call, at.Open, named))
                {
                    stack.Push(next with { Open = after });
                }
            }
        }

        return false;
    }

    // Later as distances from First, one character each.
    private static State With(State at, HashSet<int> later, int call)
    {
        var first = at.First;
        var done = later.Append(call).ToHashSet();
        while (done.Contains(first))
        {
            first++;
        }

        return at with { First = first, Later = string.Concat(done.Where(i => i > first).Order().Select(i => (char)(i - first))) };
    }

    // What may be open after the call, given what was open before; nothing when the call cannot have been answered so. A call without an answer
    // that would change nothing need not be placed.
    private static IEnumerable<Guid?> After(Operation call, Guid? open, HashSet<Guid> named)
    {
        var isIt = open is not null && (open == call.Request || (open == Nameless && call.Request is { } shown && !named.Contains(shown)));
        return (call.Asks, call.Came) switch
        {
            (Asks.Submit, Came.Done) when open is null => [call.Request],
            (Asks.Submit, Came.Refused) when open is not null => [open],
            (Asks.Submit, Came.Unknown) when open is null => [Nameless],
            (Asks.Withdraw, Came.Done or Came.Unknown) when isIt => [null],
            (Asks.Withdraw, Came.Refused) when open != call.Request => [open],
            (Asks.Look, Came.Done) when Statuses.IsOpen(call.Status!) && isIt => [call.Request],
            (Asks.Look, Came.Done) when !Statuses.IsOpen(call.Status!) && open != call.Request => [open],
            (Asks.List, Came.Done) when call.Request is null && open is null => [null],
            (Asks.List, Came.Done) when isIt => [call.Request],
            _ => [],
        };
    }

    /// <summary>
    /// The shortest beginning that cannot be explained, from the latest quiet instant from which it cannot be explained whatever was open then, without
    /// the calls that changed nothing and are not needed for the contradiction.
    /// </summary>
    private static List<Operation> Shortest(List<Operation> history)
    {
        var ends = history.Where(o => o.To != Operation.Never).Select(o => o.To).Order().ToList();
        var (holds, fails) = (-1, ends.Count - 1);
        while (fails - holds > 1)
        {
            var middle = (holds + fails) / 2;
            (holds, fails) = Holds(Until(history, ends[middle]), null) ? (middle, fails) : (holds, middle);
        }

        var part = Until(history, ends[fails]);
        var whole = part;
        var from = part.Where(o => !whole.Any(other => other.From < o.From && other.To >= o.From)).Select(o => o.From).OrderDescending()
            .FirstOrDefault(quiet => NothingExplains([.. whole.Where(o => o.From >= quiet)]), long.MinValue);
        part = [.. part.Where(o => o.From >= from)];
        foreach (var idle in part.Where(o => o.Came == Came.Refused || o.Asks is Asks.Look or Asks.List).ToList())
        {
            var without = part.Where(o => o != idle).ToList();
            if (from == long.MinValue ? !Holds(without, null) : NothingExplains(without))
            {
                part = without;
            }
        }

        return part;
    }

    // What had been called by then; what had not been answered by then is without an answer.
    private static List<Operation> Until(List<Operation> history, long instant) =>
    [
        .. history.Where(o => o.From <= instant && (o.To <= instant || o.Asks is Asks.Submit or Asks.Withdraw))
            .Select(o => o.To <= instant ? o : o with { To = Operation.Never, Came = Came.Unknown, Request = o.Asks == Asks.Submit ? null : o.Request, Status = null, Version = null }),
    ];

    // Whatever was open before.
    private static bool NothingExplains(List<Operation> part) =>
        part.Select(o => o.Request).Append(null).Append(Nameless).Distinct().All(open => !Holds(part, open));
}
