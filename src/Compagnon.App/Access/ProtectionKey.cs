using Compagnon.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Compagnon.App.Access;

/// <summary>A data-protection key of ASP.NET (cookies, antiforgery), shared by all nodes, encrypted by the key ring.</summary>
public sealed class ProtectionKey : Row
{
    public required string Name { get; init; }
    public required byte[] Protected { get; init; }
}

internal sealed class ProtectionKeyModel : IEntityTypeConfiguration<ProtectionKey>
{
    public void Configure(EntityTypeBuilder<ProtectionKey> builder) => builder.ToTable("protection_key");
}
