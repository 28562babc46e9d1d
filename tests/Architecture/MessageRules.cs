using System.Reflection;
using System.Text.RegularExpressions;
using MassTransit;

namespace SkillStation.Architecture.Tests;

public sealed class MessageRules
{
    private static IReadOnlyList<Type> Messages => [.. typeof(Contracts.TrainingKinds).Assembly.GetExportedTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false } && t.GetProperty("At") is not null)
        .OrderBy(t => t.FullName, StringComparer.Ordinal)];

    /// <summary>Names and members of messages are on the wire and in stored outboxes: a member may be added, never taken away or renamed.</summary>
    [Fact]
    public void The_wire_names_and_members_are_those_written_down()
    {
        var lines = Messages.SelectMany(m => Describe(m, MessageUrn.ForTypeString(m))).ToList();

        Golden.Same("tests/Architecture/messages.txt", string.Join('\n', lines) + "\n");
    }

    [Fact]
    public void Every_message_has_a_reader()
    {
        var read = Source.Queues.SelectMany(q => q.Messages).ToHashSet();

        Assert.NotEmpty(Messages);
        Assert.Empty(Messages.Where(m => !read.Contains(m)).Select(m => m.Name));
    }

    [Fact]
    public void Every_message_is_published_by_its_owner_and_nobody_else()
    {
        var text = Source.Services.ToDictionary(s => s, s => string.Concat(Source.Files("services/" + s).Select(f => f.Text)));
        foreach (var message in Messages)
        {
            var owner = message.Namespace!.Split('.')[^1];
            var made = new Regex($@"new {message.Name}\b\s*(\(\))?\s*\{{|\b{message.Name} \w+\([^)]*\) => new\(\)");
            var publishers = text.Where(t => made.IsMatch(t.Value)).Select(t => t.Key).ToList();
            Assert.True(publishers.SequenceEqual([owner]), $"{message.Name} should be published by {owner}, is by: {string.Join(", ", publishers)}");
        }
    }

    [Fact]
    public void The_event_table_is_true()
    {
        var readers = Messages.ToDictionary(m => m.Name, m => string.Join(", ", Source.Queues.Where(q => q.Messages.Contains(m)).Select(q => q.Name).Order()));
        var rows = readers.Select(r => $"| {Messages.Single(m => m.Name == r.Key).Namespace!.Split('.')[^1]} | `{r.Key}` | {r.Value} |");
        var table = "| from | message | read by (queue = service-use-case) |\n| --- | --- | --- |\n" + string.Join('\n', rows) + "\n";

        Golden.SamePart("services/README.md", "<!-- event table -->", "<!-- end of event table -->", table);
    }

    /// <summary>Publishers declare these queues, so that nothing is lost while a reader has never started (BrokerTopology).</summary>
    [Fact]
    public void The_list_of_readers_that_travels_with_the_contracts_is_true() =>
        Golden.Same("services/Contracts/readers.txt", string.Concat(Source.Queues.SelectMany(q => q.Messages.Select(m => $"{m.FullName} {q.Name}\n")).Order(StringComparer.Ordinal)));

    private static IEnumerable<string> Describe(Type type, string heading)
    {
        yield return heading;
        foreach (var member in type.GetProperties().OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            var needed = member.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is null ? "optional" : "required";
            yield return $"  {member.Name} {Name(member.PropertyType)} {needed}";
            var part = member.PropertyType.IsGenericType ? member.PropertyType.GenericTypeArguments[0] : member.PropertyType;
            if (part.Assembly == type.Assembly)
            {
                foreach (var line in Describe(part, $"    of {part.Name}:"))
                {
                    yield return "    " + line;
                }
            }
        }
    }

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(',', type.GenericTypeArguments.Select(Name))}>"
        : type.Name;
}
