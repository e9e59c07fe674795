using Compagnon.App.Data;
using Compagnon.Domain.Companions;
using Compagnon.Domain.Matching;
using Compagnon.Domain.Referrals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Compagnon.App.Matching;

internal sealed class ProposalModel : IEntityTypeConfiguration<Proposal>
{
    public void Configure(EntityTypeBuilder<Proposal> builder)
    {
        builder.ToTable("proposal");
        builder.References<Proposal, Referral>(p => p.ReferralId);
        builder.References<Proposal, Companion>(p => p.CompanionId);
        // Nobody is asked twice at once about the same person.
        builder.HasIndex(p => new { p.NetworkId, p.ReferralId, p.CompanionId }).IsUnique().HasFilter("\"AnsweredAt\" IS NULL AND \"ExpiredAt\" IS NULL AND \"ReleasedAt\" IS NULL");
    }
}
