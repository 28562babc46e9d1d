using Microsoft.Data.Sqlite;
using SkillStation.Platform;
using SkillStation.Platform.Data;

namespace SkillStation.Embedded;

/// <summary>
/// Copies of the SQLite files of all services, taken while they run, and back again while they do not. Each file is of one instant, the
/// files together are not quite: after a restore <see cref="Reconcile"/> tells neighbours what they have missed.
/// </summary>
internal static class Backup
{
    public static Task<int> SaveAsync(CommandLine command, string folder) => StartException.TellAsync(command.English, async () =>
    {
        var data = new DatabaseOptions { DataDir = command.DataDir ?? "data" };
        var services = City.Modules.Select(m => m.Name).Where(name => File.Exists(data.FileOf(name))).ToList();
        if (services.Count == 0)
        {
            throw new StartException($"{data.DataDir} 里没有数据库。", $"There is no database in {data.DataDir}.");
        }

        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new StartException($"{folder} 不是空的；备份要写进新目录。", $"{folder} is not empty; a backup goes into a new folder.");
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);   // it holds what the city knows about people
        }

        foreach (var service in services)
        {
            await using var source = await Open(data.FileOf(service), seconds: 30);
            await Run(source, "VACUUM INTO $file", Path.GetFullPath(Path.Combine(folder, service + ".db")));
            Console.WriteLine(Path.Combine(folder, service + ".db"));
        }

        return 0;
    });

    /// <param name="only">Services to restore; all that are in the folder when none is named.</param>
    public static Task<int> RestoreAsync(CommandLine command, string folder, IReadOnlyList<string> only) => StartException.TellAsync(command.English, async () =>
    {
        var data = new DatabaseOptions { DataDir = command.DataDir ?? "data" };
        var services = City.Modules.Select(m => m.Name).Where(name => only.Count == 0 ? File.Exists(Path.Combine(folder, name + ".db")) : only.Contains(name)).ToList();
        if (services.Count == 0 || services.Count < only.Count)
        {
            throw new StartException($"{folder} 里没有要恢复的备份。", $"{folder} holds no such backup.");
        }

        // all checks before the first change
        foreach (var service in services)
        {
            await CheckWhole(Path.Combine(folder, service + ".db"));
            await CheckNotInUse(data.FileOf(service));
        }

        foreach (var service in services)
        {
            var file = data.FileOf(service);
            Directory.CreateDirectory(data.DataDir);
            File.Copy(Path.Combine(folder, service + ".db"), file + ".new", overwrite: true);
            foreach (var part in new[] { "-wal", "-shm" })
            {
                File.Delete(file + part);
            }

            if (File.Exists(file))
            {
                File.Move(file, file + ".before-restore", overwrite: true);
            }

            File.Move(file + ".new", file);
            Console.WriteLine(file);
        }

        return 0;
    });

    private static async Task CheckWhole(string file)
    {
        if (!File.Exists(file))
        {
            throw new StartException($"没有 {file}。", $"There is no {file}.");
        }

        await using var backup = await Open(file, seconds: 5);
        if (await Run(backup, "PRAGMA quick_check") is not "ok")
        {
            throw new StartException($"备份 {file} 已损坏。", $"The backup {file} is damaged.");
        }
    }

    // Leaving WAL needs the file for oneself; it also brings into the file what the -wal holds.
    private static async Task CheckNotInUse(string file)
    {
        if (!File.Exists(file))
        {
            return;
        }

        try
        {
            await using var old = await Open(file, seconds: 1);
            await Run(old, "PRAGMA journal_mode=DELETE");
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 5 or 6)
        {
            throw new StartException($"{file} 正在使用。先停掉服务。", $"{file} is in use. Stop its service first.");
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 11 or 26)
        {
            // damaged: the reason why it is restored
        }
    }

    private static async Task<SqliteConnection> Open(string file, int seconds)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = seconds }.ToString());
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<object?> Run(SqliteConnection connection, string sql, string? file = null)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the texts above, all of them constants
        command.CommandText = sql;
#pragma warning restore CA2100
        if (file is not null)
        {
            command.Parameters.AddWithValue("$file", file);
        }

        return await command.ExecuteScalarAsync();
    }
}
