using System.Text.RegularExpressions;
using MassTransit;

namespace SkillStation.Architecture.Tests;

public sealed partial class CodeRules
{
    private const int MostFiles = 22;
    private const int MostLines = 1210;

    [Fact]
    public void The_platform_stays_small()
    {
        var files = Source.Files("services/Platform");

        Assert.InRange(files.Count, 1, MostFiles);
        Assert.InRange(files.Sum(f => f.Text.Split('\n').Count(l => CodeLine().IsMatch(l))), 1, MostLines);
    }

    [Fact]
    public void The_platform_knows_no_word_of_the_field()
    {
        var found = Source.Files("services/Platform")
            .SelectMany(f => DomainWord().Matches(f.Text).Select(m => $"{f.Path}: {m.Value}"));

        Assert.Empty(found);
    }

    [Fact]
    public void Services_meet_only_in_Contracts_and_Platform()
    {
        foreach (var service in Source.ServiceAssemblies)
        {
            var ours = service.GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("SkillStation.", StringComparison.Ordinal)).ToList();

            Assert.Contains("SkillStation.Contracts", ours);
            Assert.All(ours, name => Assert.Contains(name, new[] { "SkillStation.Contracts", "SkillStation.Platform" }));
        }
    }

    [Fact]
    public void No_type_is_named_for_a_layer()
    {
        var types = Source.ServiceAssemblies.SelectMany(a => a.GetTypes()).Where(t => t.Namespace?.StartsWith("SkillStation.", StringComparison.Ordinal) == true).ToList();

        Assert.NotEmpty(types);
        Assert.DoesNotContain(types, t => LayerName().IsMatch(t.Name));
    }

    [Fact]
    public void Every_consumer_is_registered_by_name()
    {
        var written = Source.ServiceAssemblies.SelectMany(a => a.GetTypes()).Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IConsumer).IsAssignableFrom(t)).ToList();

        Assert.NotEmpty(written);
        Assert.Equal(written.Select(t => t.FullName).Order(), Source.Queues.Select(q => q.Consumer.FullName).Order());
    }

    [Fact]
    public void No_two_consumers_share_a_queue()
    {
        var names = Source.Queues.Select(q => q.Name).ToList();

        Assert.NotEmpty(names);
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Only_the_outbox_publishes_and_only_the_inbox_saves_for_consumers()
    {
        var files = Source.Services.SelectMany(s => Source.Files("services/" + s)).ToList();

        Assert.DoesNotContain(files, f => PublishesPastTheOutbox().IsMatch(f.Text));
        var consumers = files.SelectMany(f => ConsumerClass().Matches(f.Text).Select(m => (f.Path, m.Value))).ToList();
        Assert.NotEmpty(consumers);
        Assert.DoesNotContain(consumers, c => c.Value.Contains("SaveChanges", StringComparison.Ordinal));
    }

    [Fact]
    public void Time_and_ids_come_from_the_clock()
    {
        var files = Source.Files("services").ToList();

        Assert.DoesNotContain(files, f => WallClock().IsMatch(f.Text));
    }

    [Fact]
    public void Versions_stand_in_one_place()
    {
        Assert.DoesNotContain(Source.Projects, p => Regex.IsMatch(File.ReadAllText(p), "PackageReference[^>]*Version="));
    }

    [Fact]
    public void Every_project_is_part_of_the_solution()
    {
        var projects = Source.Projects.Select(p => Path.GetRelativePath(Source.Root, p)).ToList();
        var solution = File.ReadAllText(Path.Combine(Source.Root, "SkillStation.sln")).Replace('\\', '/');

        Assert.All(projects, p => Assert.Contains($"\"{p}\"", solution, StringComparison.Ordinal));   // else it is neither built nor tested
    }

    // Neither blank, nor a brace alone, nor a comment, nor an import.
    [GeneratedRegex(@"^(?!\s*$)(?!\s*[{}\]\)]+[;,]?\s*$)(?!\s*//)(?!using )")]
    private static partial Regex CodeLine();

    [GeneratedRegex(@"\b(Resident|Station(?!\.)|Institution|Course|Pool|Learner|Training|Seat|Enrolment)\w*\b(?<!SkillStation)")]
    private static partial Regex DomainWord();

    [GeneratedRegex("(Service|Repository|Manager|Handler|Helper|Util|Utils|Dto)$")]
    private static partial Regex LayerName();

    [GeneratedRegex(@"IPublishEndpoint|ISendEndpoint|\bIBus\b|context\.Publish|context\.Send\(")]
    private static partial Regex PublishesPastTheOutbox();

    [GeneratedRegex(@"class \w+Consumer\b.*?(?=\n(?:internal|public|///)|\z)", RegexOptions.Singleline)]
    private static partial Regex ConsumerClass();

    [GeneratedRegex(@"DateTime(Offset)?\.(Utc)?Now|Guid\.NewGuid\(")]
    private static partial Regex WallClock();
}
