using System.Data;
using Dapper;

namespace CineGit.Hub.Platform.Database;

/// <summary>How rows become records: snake_case columns, <c>timestamptz</c> as UTC <see cref="DateTimeOffset"/>.</summary>
public static class DapperMapping
{
    public static void Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new UtcTimestamp());
    }

    sealed class UtcTimestamp : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => value switch
        {
            DateTime moment => new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc)),
            DateTimeOffset moment => moment.ToUniversalTime(),
            _ => throw new DataException($"A {value.GetType().Name} column cannot be read as a moment in time."),
        };

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) =>
            parameter.Value = value.ToUniversalTime();
    }
}
