using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using SkillStation.Embedded;
using SkillStation.Platform.Data;
using SkillStation.Support.SqlServer;

namespace SkillStation.SqlServer.Tests;

/// <summary>The SQL Server contexts of every service, as the services set them up, with no server behind them.</summary>
internal static class Twins
{
    public static IReadOnlyList<Type> All => [.. City.Modules.Select(m => m.GetType().Assembly.GetTypes()
        .Single(t => typeof(ModuleDb).IsAssignableFrom(t) && t.Name.StartsWith("SqlServer", StringComparison.Ordinal)))];

    /// <summary>For theories: the name of each.</summary>
    public static TheoryData<string> Names => [.. All.Select(t => t.Name)];

    public static ModuleDb Open(string name) => (ModuleDb)SqlServerTwin.Make(All.Single(t => t.Name == name));

    /// <summary>The tables of one, with what only migrations look at.</summary>
    public static IRelationalModel Tables(DbContext db) => db.GetService<IDesignTimeModel>().Model.GetRelationalModel();
}
