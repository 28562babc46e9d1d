using System.Collections;

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

    private static bool Holds(List<Operation> history, Guid? open)
    {
        var named = history.Where(o => o is { Asks: Asks.Submit, Came: Came.Done }).Select(o => o.Request!.Value).ToHashSet();
        var seen = new HashSet<(string Done, Guid? Open)>();
        var stack = new Stack<(BitArray Done, Guid? Open)>();
        stack.Push((new BitArray(history.Count), open));
        while (stack.TryPop(out var at))
        {
            if (!seen.Add((Text(at.Done), at.Open)))
            {
                continue;
            }

            var candidates = Candidates(history, at.Done);
            if (candidates is null)
            {
                return true;
            }

            // what was answered is tried first (it is pushed last)
            foreach (var i in candidates.OrderByDescending(i => history[i].Came == Came.Unknown).ThenByDescending(i => history[i].To))
            {
                foreach (var next in After(history[i], at.Open, named))
                {
                    stack.Push((new BitArray(at.Done) { [i] = true }, next));
                }
            }
        }

        return false;
    }

    // Those that may come next: called before the first answer among what is left. Null when nothing that was answered is left.
    private static List<int>? Candidates(List<Operation> history, BitArray done)
    {
        var firstAnswer = Operation.Never;
        for (var i = 0; i < history.Count; i++)
        {
            if (!done[i])
            {
                if (history[i].From > firstAnswer)
                {
                    break;
                }

                firstAnswer = Math.Min(firstAnswer, history[i].To);
            }
        }

        if (firstAnswer == Operation.Never)
        {
            return null;
        }

        // of calls without an answer that ask for the same thing, the earliest can stand for all
        var unanswered = new HashSet<(Asks, Guid?)>();
        var found = new List<int>();
        for (var i = 0; i < history.Count && history[i].From <= firstAnswer; i++)
        {
            if (!done[i] && (history[i].Came != Came.Unknown || unanswered.Add((history[i].Asks, history[i].Request))))
            {
                found.Add(i);
            }
        }

        return found;
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
        Guid?[] anything = [null, Nameless, .. part.Select(o => o.Request).Distinct().OfType<Guid>()];
        var whole = part;
        var from = part.Where(o => !whole.Any(other => other.From < o.From && other.To >= o.From)).Select(o => o.From).OrderDescending()
            .FirstOrDefault(quiet => anything.All(open => !Holds([.. whole.Where(o => o.From >= quiet)], open)), long.MinValue);
        Guid?[] before = from == long.MinValue ? [null] : anything;
        part = [.. part.Where(o => o.From >= from)];
        foreach (var idle in part.Where(o => o.Came == Came.Refused || o.Asks is Asks.Look or Asks.List).ToList())
        {
            var without = part.Where(o => o != idle).ToList();
            if (before.All(open => !Holds(without, open)))
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

    private static string Text(BitArray bits)
    {
        var words = new int[(bits.Length + 31) / 32];
        bits.CopyTo(words, 0);
        return string.Join(' ', words);
    }
}
