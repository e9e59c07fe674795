using Compagnon.App.Data;
using Compagnon.Domain.Access;
using Compagnon.Domain.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Compagnon.App.Access;

internal sealed class AccountModel : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("account");
        builder.References<Account, Person>(a => a.PersonId);
        builder.HasIndex(a => new { a.NetworkId, a.EmailHash }).IsUnique();
    }
}

internal sealed class RecoveryCodeModel : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("recovery_code");
        builder.References<RecoveryCode, Account>(c => c.AccountId);
    }
}

internal sealed class SessionModel : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("session");
        builder.References<Session, Person>(s => s.PersonId);
    }
}

internal sealed class InvitationModel : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("invitation");
        builder.References<Invitation, Person>(i => i.PersonId);
        builder.HasIndex(i => new { i.NetworkId, i.TokenHash }).IsUnique();
    }
}

internal sealed class PatientLinkModel : IEntityTypeConfiguration<PatientLink>
{
    public void Configure(EntityTypeBuilder<PatientLink> builder)
    {
        builder.ToTable("patient_link");
        builder.References<PatientLink, Person>(l => l.PersonId);
        builder.HasIndex(l => new { l.NetworkId, l.TokenHash }).IsUnique();
    }
}

internal sealed class HeldFormModel : IEntityTypeConfiguration<HeldForm>
{
    public void Configure(EntityTypeBuilder<HeldForm> builder) => builder.ToTable("held_form");
}

internal sealed class ReceiptModel : IEntityTypeConfiguration<Receipt>
{
    public void Configure(EntityTypeBuilder<Receipt> builder)
    {
        builder.ToTable("receipt");
        builder.HasIndex(r => new { r.NetworkId, r.FormId });
    }
}
