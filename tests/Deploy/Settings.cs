using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using SkillStation.Embedded;
using SkillStation.Platform.Bus;
using SkillStation.Platform.Data;

namespace SkillStation.Deploy.Tests;

/// <summary>What the programs read from their environment.</summary>
internal static class Settings
{
    // sections of the frameworks, and the clock, which has no class
    private static readonly string[] Others = ["Logging__LogLevel__", "Logging__Console__FormatterName", "Clock__Movable", "Clock__Start", "OTEL_EXPORTER_OTLP_ENDPOINT", "ASPNETCORE_"];

    /// <summary>Every Section__Property of an options class.</summary>
    public static readonly IReadOnlySet<string> Bound = City.Modules.Select(m => m.GetType().Assembly).Append(typeof(BusOptions).Assembly)
        .SelectMany(a => a.GetTypes())
        .Select(t => (Type: t, Section: t.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string))
        .Where(t => t.Section is not null)
        .SelectMany(t => t.Type.GetProperties().Where(p => p.SetMethod is not null).Select(p => $"{t.Section}__{p.Name}"))
        .ToHashSet();

    public static bool IsRead(string name) => Bound.Contains(name) || Others.Any(known => known.EndsWith('_') ? name.StartsWith(known, StringComparison.Ordinal) : name == known);

    /// <summary>Fails unless a program with this environment would use the broker and SQL Server, each service a database of its own.</summary>
    public static void AssertComplete(IReadOnlyDictionary<string, string> environment, bool withBus = true)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(environment.Select(e => KeyValuePair.Create(e.Key.Replace("__", ":", StringComparison.Ordinal), (string?)e.Value))).Build();
        var bus = configuration.GetRequiredSection(BusOptions.Section).Get<BusOptions>()!;
        var database = configuration.GetRequiredSection(DatabaseOptions.Section).Get<DatabaseOptions>()!;
        Validator.ValidateObject(bus, new ValidationContext(bus), validateAllProperties: true);
        Validator.ValidateObject(database, new ValidationContext(database), validateAllProperties: true);

        Assert.True(bus.IsRabbitMq);
        Assert.True(database.IsSqlServer);
        Assert.False(database.PrepareOnStart);
        if (withBus)
        {
            var url = new Uri(bus.Url);
            Assert.Equal(("amqp", "rabbitmq", 5672), (url.Scheme, url.Host, url.Port));
            Assert.Equal(2, url.UserInfo.Split(':').Count(part => part.Length > 0));
        }

        Assert.All(City.Modules, module =>
        {
            var connection = new Microsoft.Data.SqlClient.SqlConnectionStringBuilder(database.ConnectionOf(module.Name));
            Assert.Equal("skillstation-" + module.Name, connection.InitialCatalog);
            Assert.NotEqual("", connection.DataSource);
            Assert.NotEqual("", connection.UserID);
            Assert.NotEqual("", connection.Password);
            Assert.Equal(Microsoft.Data.SqlClient.SqlConnectionEncryptOption.Mandatory, connection.Encrypt);
        });
    }
}
