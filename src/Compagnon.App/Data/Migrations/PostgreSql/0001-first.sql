CREATE TABLE access_entry (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "At" timestamp with time zone NOT NULL,
    "ReaderId" uuid NOT NULL,
    "ReaderRole" text NOT NULL,
    "ReaderFacilityId" uuid,
    "PersonId" uuid,
    "What" text NOT NULL,
    "Listed" uuid[] NOT NULL,
    "Why" text,
    CONSTRAINT "PK_access_entry" PRIMARY KEY ("NetworkId", "Id")
);


CREATE TABLE audit_event (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "At" timestamp with time zone NOT NULL,
    "ActorId" uuid NOT NULL,
    "ActorRole" text NOT NULL,
    "Type" text NOT NULL,
    "SubjectId" uuid,
    "Data" text NOT NULL,
    "Number" bigint,
    "Seal" bytea,
    CONSTRAINT "PK_audit_event" PRIMARY KEY ("NetworkId", "Id")
);


CREATE TABLE facility (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "Name" text NOT NULL,
    "Region" text NOT NULL,
    "Municipality" text NOT NULL,
    "Telephone" text NOT NULL,
    "HoursFr" text NOT NULL,
    "HoursEn" text NOT NULL,
    "ContactName" text NOT NULL,
    "IsIntake" boolean NOT NULL,
    CONSTRAINT "PK_facility" PRIMARY KEY ("NetworkId", "Id")
);


CREATE TABLE held_form (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "Path" text NOT NULL,
    "Protected" bytea NOT NULL,
    "ExpiresAt" timestamp with time zone NOT NULL,
    CONSTRAINT "PK_held_form" PRIMARY KEY ("NetworkId", "Id")
);


CREATE TABLE job (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "Kind" text NOT NULL,
    "SubjectId" uuid,
    "DueAt" timestamp with time zone NOT NULL,
    "EverySeconds" integer,
    "LeasedBy" text,
    "LeasedUntil" timestamp with time zone,
    "Attempts" integer NOT NULL,
    "DoneAt" timestamp with time zone,
    "LastError" text,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_job" PRIMARY KEY ("NetworkId", "Id")
);


CREATE TABLE network (
    "Id" integer NOT NULL,
    "Name" text NOT NULL,
    CONSTRAINT "PK_network" PRIMARY KEY ("Id")
);


CREATE TABLE person (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "Kind" text NOT NULL,
    "FacilityId" uuid,
    "WrappedKey" bytea NOT NULL,
    "Language" text NOT NULL,
    "ErasedAt" timestamp with time zone,
    "DeceasedAt" timestamp with time zone,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_person" PRIMARY KEY ("NetworkId", "Id")
);


CREATE TABLE protection_key (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "Name" text NOT NULL,
    "Protected" bytea NOT NULL,
    CONSTRAINT "PK_protection_key" PRIMARY KEY ("NetworkId", "Id")
);


CREATE TABLE receipt (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "FormId" uuid NOT NULL,
    "At" timestamp with time zone NOT NULL,
    "LeadsTo" text,
    CONSTRAINT "PK_receipt" PRIMARY KEY ("NetworkId", "Id")
);


CREATE TABLE clinic (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "FacilityId" uuid NOT NULL,
    "Name" text NOT NULL,
    CONSTRAINT "PK_clinic" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_clinic_facility_NetworkId_FacilityId" FOREIGN KEY ("NetworkId", "FacilityId") REFERENCES facility ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE named_group (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "FacilityId" uuid NOT NULL,
    "Name" text NOT NULL,
    "EndedAt" timestamp with time zone,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_named_group" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_named_group_facility_NetworkId_FacilityId" FOREIGN KEY ("NetworkId", "FacilityId") REFERENCES facility ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE programme_settings (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "FacilityId" uuid NOT NULL,
    "MinimumAge" integer NOT NULL,
    "NumberMayBeShown" boolean NOT NULL,
    "SmallTowns" text[] NOT NULL,
    "CompanionWords" text NOT NULL,
    "CoordinatorWords" text NOT NULL,
    "CrisisFr" text,
    "CrisisEn" text,
    "Version" integer NOT NULL,
    "CrisisNumbers" jsonb NOT NULL,
    "Targets" jsonb NOT NULL,
    "Weights" jsonb NOT NULL,
    CONSTRAINT "PK_programme_settings" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_programme_settings_facility_NetworkId_FacilityId" FOREIGN KEY ("NetworkId", "FacilityId") REFERENCES facility ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE account (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "PersonId" uuid NOT NULL,
    "EmailHash" bytea NOT NULL,
    "PasswordHash" text,
    "SecurityStamp" text NOT NULL,
    "AuthenticatorKey" bytea,
    "LastStep" bigint NOT NULL,
    "AccessFailedCount" integer NOT NULL,
    "LockoutEnd" timestamp with time zone,
    "DisabledAt" timestamp with time zone,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_account" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_account_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES person ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE companion (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "FacilityId" uuid NOT NULL,
    "Pseudonym" text NOT NULL,
    "Gender" text,
    "BirthDecade" integer,
    "LivedTopics" text[] NOT NULL,
    "AvoidedTopics" text[] NOT NULL,
    "Life" text[] NOT NULL,
    "Languages" text[] NOT NULL,
    "Culture" text,
    "Municipality" text,
    "Availability" text[] NOT NULL,
    "Channels" text[] NOT NULL,
    "OwnWords" text,
    "Capacity" integer NOT NULL,
    "ClearedUntil" date,
    "PausedAt" timestamp with time zone,
    "PausedUntil" date,
    "JoinedAt" timestamp with time zone NOT NULL,
    "LastMatchedAt" timestamp with time zone,
    "LeftAt" timestamp with time zone,
    "Version" integer NOT NULL,
    "Experiences" jsonb NOT NULL,
    CONSTRAINT "PK_companion" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_companion_facility_NetworkId_FacilityId" FOREIGN KEY ("NetworkId", "FacilityId") REFERENCES facility ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_companion_person_NetworkId_Id" FOREIGN KEY ("NetworkId", "Id") REFERENCES person ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE consent (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "PersonId" uuid NOT NULL,
    "ReferralId" uuid NOT NULL,
    "Kind" text NOT NULL,
    "GivenAt" timestamp with time zone NOT NULL,
    "WithdrawnAt" timestamp with time zone,
    "How" text NOT NULL,
    "TakenBy" uuid NOT NULL,
    "OnBehalf" boolean NOT NULL,
    "NoticeVersion" text NOT NULL,
    "NoticeLanguage" text NOT NULL,
    CONSTRAINT "PK_consent" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_consent_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES person ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE disclosure (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "PersonId" uuid NOT NULL,
    "ReferralId" uuid,
    "FacilityId" uuid NOT NULL,
    "AskedBy" uuid NOT NULL,
    "AskedAs" text NOT NULL,
    "AskedAt" timestamp with time zone NOT NULL,
    "Danger" text NOT NULL,
    "Reason" bytea NOT NULL,
    "ReviewedBy" uuid,
    "ReviewedAt" timestamp with time zone,
    "Justified" boolean,
    "ReviewWords" bytea,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_disclosure" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_disclosure_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES person ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE erasure_request (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "PersonId" uuid NOT NULL,
    "Reason" text NOT NULL,
    "AskedBy" uuid NOT NULL,
    "AskedAt" timestamp with time zone NOT NULL,
    "DecidedBy" uuid,
    "DecidedAt" timestamp with time zone,
    "Refused" boolean NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_erasure_request" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_erasure_request_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES person ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE identity (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "GivenName" bytea,
    "FamilyName" bytea,
    "Telephone" bytea,
    "Email" bytea,
    "BirthDate" bytea,
    "Notes" bytea,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_identity" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_identity_person_NetworkId_Id" FOREIGN KEY ("NetworkId", "Id") REFERENCES person ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE identity_index (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "PersonId" uuid NOT NULL,
    "Kind" text NOT NULL,
    "Hash" bytea NOT NULL,
    CONSTRAINT "PK_identity_index" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_identity_index_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES person ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE invitation (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "PersonId" uuid NOT NULL,
    "TokenHash" bytea NOT NULL,
    "SentAt" timestamp with time zone NOT NULL,
    "ExpiresAt" timestamp with time zone NOT NULL,
    "UsedAt" timestamp with time zone,
    "ReEnrols" boolean NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_invitation" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_invitation_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES person ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE outbox_message (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "PersonId" uuid NOT NULL,
    "Letter" text NOT NULL,
    "Language" text NOT NULL,
    "Address" bytea NOT NULL,
    "Subject" bytea NOT NULL,
    "Body" bytea NOT NULL,
    "CreatedAt" timestamp with time zone NOT NULL,
    "NextAttemptAt" timestamp with time zone NOT NULL,
    "Attempts" integer NOT NULL,
    "SentAt" timestamp with time zone,
    "BouncedAt" timestamp with time zone,
    "CancelledAt" timestamp with time zone,
    "LastError" text,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_outbox_message" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_outbox_message_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES person ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE patient_link (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "PersonId" uuid NOT NULL,
    "ReferralId" uuid NOT NULL,
    "TokenHash" bytea NOT NULL,
    "CodeHash" bytea NOT NULL,
    "SentAt" timestamp with time zone NOT NULL,
    "ExpiresAt" timestamp with time zone NOT NULL,
    "WrongCodes" integer NOT NULL,
    "UsedAt" timestamp with time zone,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_patient_link" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_patient_link_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES person ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE session (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "PersonId" uuid NOT NULL,
    "MembershipId" uuid,
    "ReferralId" uuid,
    "StartedAt" timestamp with time zone NOT NULL,
    "SeenAt" timestamp with time zone NOT NULL,
    "ExpiresAt" timestamp with time zone NOT NULL,
    "EndedAt" timestamp with time zone,
    "Device" text NOT NULL,
    "IsShared" boolean NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_session" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_session_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES person ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE membership (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "PersonId" uuid NOT NULL,
    "Role" text NOT NULL,
    "FacilityId" uuid,
    "ClinicId" uuid,
    "Function" text,
    "GrantedAt" timestamp with time zone NOT NULL,
    "GrantedBy" uuid,
    "EndedAt" timestamp with time zone,
    "AwayUntil" date,
    "StandInMembershipId" uuid,
    "NewsByEmail" boolean NOT NULL,
    CONSTRAINT "PK_membership" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_membership_clinic_NetworkId_ClinicId" FOREIGN KEY ("NetworkId", "ClinicId") REFERENCES clinic ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_membership_facility_NetworkId_FacilityId" FOREIGN KEY ("NetworkId", "FacilityId") REFERENCES facility ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_membership_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES person ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE referral (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "PatientId" uuid NOT NULL,
    "FacilityId" uuid NOT NULL,
    "ClinicId" uuid,
    "Source" text NOT NULL,
    "ReferredBy" uuid NOT NULL,
    "FileNumber" character varying(16) NOT NULL,
    "CoordinatorId" uuid,
    "MayLeaveMessage" boolean NOT NULL,
    "TelephoneOnly" boolean NOT NULL,
    "UrgentSince" timestamp with time zone,
    "UrgentReason" text,
    "NotBefore" date,
    "OfferedAt" timestamp with time zone,
    "ReceivedAt" timestamp with time zone,
    "ReachedAt" timestamp with time zone,
    "ServiceConsentAt" timestamp with time zone,
    "IntakeCompletedAt" timestamp with time zone,
    "ReturnedAt" timestamp with time zone,
    "Returns" integer NOT NULL,
    "AnswerDueAt" timestamp with time zone,
    "ChoiceAskedAt" timestamp with time zone,
    "ChoiceDueAt" timestamp with time zone,
    "AgreedAt" timestamp with time zone,
    "FirstConversationAt" timestamp with time zone,
    "RematchedAt" timestamp with time zone,
    "TalkedAgainAt" timestamp with time zone,
    "EndedAt" timestamp with time zone,
    "Closing" text,
    "StatusRefusedAt" timestamp with time zone,
    "WrongNumberAt" timestamp with time zone,
    "NumberCorrectedAt" timestamp with time zone,
    "Next" text NOT NULL,
    "NextDueAt" timestamp with time zone,
    "Version" integer NOT NULL,
    "Intake" jsonb NOT NULL,
    "Situation" jsonb NOT NULL,
    CONSTRAINT "PK_referral" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_referral_clinic_NetworkId_ClinicId" FOREIGN KEY ("NetworkId", "ClinicId") REFERENCES clinic ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_referral_facility_NetworkId_FacilityId" FOREIGN KEY ("NetworkId", "FacilityId") REFERENCES facility ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_referral_person_NetworkId_PatientId" FOREIGN KEY ("NetworkId", "PatientId") REFERENCES person ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE group_member (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "GroupId" uuid NOT NULL,
    "PersonId" uuid NOT NULL,
    CONSTRAINT "PK_group_member" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_group_member_named_group_NetworkId_GroupId" FOREIGN KEY ("NetworkId", "GroupId") REFERENCES named_group ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_group_member_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES person ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE restriction (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "PersonId" uuid NOT NULL,
    "Role" text,
    "Function" text,
    "FacilityId" uuid,
    "ClinicId" uuid,
    "GroupId" uuid,
    "ExceptPersonId" uuid,
    "AgainstPersonId" uuid,
    "SetAt" timestamp with time zone NOT NULL,
    "SetBy" uuid NOT NULL,
    "LiftedAt" timestamp with time zone,
    CONSTRAINT "PK_restriction" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_restriction_named_group_NetworkId_GroupId" FOREIGN KEY ("NetworkId", "GroupId") REFERENCES named_group ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_restriction_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES person ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE recovery_code (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "AccountId" uuid NOT NULL,
    "Hash" bytea NOT NULL,
    "UsedAt" timestamp with time zone,
    CONSTRAINT "PK_recovery_code" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_recovery_code_account_NetworkId_AccountId" FOREIGN KEY ("NetworkId", "AccountId") REFERENCES account ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE place (
    "NetworkId" integer NOT NULL,
    "CompanionId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "ReferralId" uuid NOT NULL,
    "Since" timestamp with time zone NOT NULL,
    "TakenAt" timestamp with time zone,
    CONSTRAINT "PK_place" PRIMARY KEY ("NetworkId", "CompanionId", "Number"),
    CONSTRAINT "FK_place_companion_NetworkId_CompanionId" FOREIGN KEY ("NetworkId", "CompanionId") REFERENCES companion ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE accompaniment (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "ReferralId" uuid NOT NULL,
    "PatientId" uuid NOT NULL,
    "CompanionId" uuid NOT NULL,
    "FacilityId" uuid NOT NULL,
    "ProposalId" uuid,
    "AgreedAt" timestamp with time zone NOT NULL,
    "FirstConversationAt" timestamp with time zone,
    "FollowedUpAt" timestamp with time zone,
    "FollowUpReason" text,
    "FollowUpDueAt" timestamp with time zone,
    "AnotherOfferedAt" timestamp with time zone,
    "LogbookAskedAt" timestamp with time zone,
    "LogbookReviewedAt" timestamp with time zone,
    "EndedAt" timestamp with time zone,
    "EndedBy" text,
    "Closing" text,
    "EndNote" bytea,
    "Version" integer NOT NULL,
    "Agreement" jsonb NOT NULL,
    CONSTRAINT "PK_accompaniment" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_accompaniment_companion_NetworkId_CompanionId" FOREIGN KEY ("NetworkId", "CompanionId") REFERENCES companion ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_accompaniment_referral_NetworkId_ReferralId" FOREIGN KEY ("NetworkId", "ReferralId") REFERENCES referral ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE contact_attempt (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "ReferralId" uuid NOT NULL,
    "At" timestamp with time zone NOT NULL,
    "By" uuid NOT NULL,
    "Outcome" text NOT NULL,
    "Note" bytea,
    CONSTRAINT "PK_contact_attempt" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_contact_attempt_referral_NetworkId_ReferralId" FOREIGN KEY ("NetworkId", "ReferralId") REFERENCES referral ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE proposal (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "ReferralId" uuid NOT NULL,
    "CompanionId" uuid NOT NULL,
    "ProposedBy" uuid NOT NULL,
    "ProposedAt" timestamp with time zone NOT NULL,
    "ExpiresAt" timestamp with time zone NOT NULL,
    "Reason" bytea,
    "PassedOver" boolean NOT NULL,
    "Lifted" text[] NOT NULL,
    "Rank" integer,
    "Fit" integer NOT NULL,
    "AnsweredAt" timestamp with time zone,
    "Answer" text,
    "ExpiredAt" timestamp with time zone,
    "ChosenAt" timestamp with time zone,
    "ReleasedAt" timestamp with time zone,
    "Release" text,
    "TakenBackFor" text,
    "AgreedAt" timestamp with time zone,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_proposal" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_proposal_companion_NetworkId_CompanionId" FOREIGN KEY ("NetworkId", "CompanionId") REFERENCES companion ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_proposal_referral_NetworkId_ReferralId" FOREIGN KEY ("NetworkId", "ReferralId") REFERENCES referral ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE conversation (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "AccompanimentId" uuid NOT NULL,
    "HeldAt" timestamp with time zone NOT NULL,
    "Channel" text NOT NULL,
    "Minutes" integer NOT NULL,
    "BothTookPart" boolean NOT NULL,
    "RecordedBy" uuid NOT NULL,
    "RecordedAt" timestamp with time zone NOT NULL,
    "CorrectedAt" timestamp with time zone,
    "SetAside" text,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_conversation" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_conversation_accompaniment_NetworkId_AccompanimentId" FOREIGN KEY ("NetworkId", "AccompanimentId") REFERENCES accompaniment ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE logbook_draft (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "AccompanimentId" uuid NOT NULL,
    "CompanionId" uuid NOT NULL,
    "Typed" bytea NOT NULL,
    "KeptAt" timestamp with time zone NOT NULL,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_logbook_draft" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_logbook_draft_accompaniment_NetworkId_AccompanimentId" FOREIGN KEY ("NetworkId", "AccompanimentId") REFERENCES accompaniment ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE logbook_entry (
    "NetworkId" integer NOT NULL,
    "Id" uuid NOT NULL,
    "AccompanimentId" uuid NOT NULL,
    "ConversationId" uuid NOT NULL,
    "CompanionId" uuid NOT NULL,
    "WrittenAt" timestamp with time zone NOT NULL,
    "EditedAt" timestamp with time zone,
    "Activities" text[] NOT NULL,
    "Seemed" text NOT NULL,
    "Reflection" bytea,
    "ReflectionIsPrivate" boolean NOT NULL,
    "HowAreYou" text NOT NULL,
    "CalledBackAt" timestamp with time zone,
    "NextOn" date,
    "NextNote" bytea,
    "ReleasedAt" timestamp with time zone,
    "Version" integer NOT NULL,
    CONSTRAINT "PK_logbook_entry" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_logbook_entry_accompaniment_NetworkId_AccompanimentId" FOREIGN KEY ("NetworkId", "AccompanimentId") REFERENCES accompaniment ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_logbook_entry_conversation_NetworkId_ConversationId" FOREIGN KEY ("NetworkId", "ConversationId") REFERENCES conversation ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE INDEX "IX_access_entry_NetworkId_PersonId_At" ON access_entry ("NetworkId", "PersonId", "At");


CREATE INDEX "IX_access_entry_NetworkId_ReaderFacilityId_At" ON access_entry ("NetworkId", "ReaderFacilityId", "At");


CREATE INDEX "IX_access_entry_NetworkId_ReaderId_At" ON access_entry ("NetworkId", "ReaderId", "At");


CREATE INDEX "IX_accompaniment_NetworkId_CompanionId" ON accompaniment ("NetworkId", "CompanionId");


CREATE INDEX "IX_accompaniment_NetworkId_FacilityId" ON accompaniment ("NetworkId", "FacilityId") WHERE "LogbookAskedAt" IS NOT NULL;


CREATE INDEX "IX_accompaniment_NetworkId_FacilityId_FollowUpDueAt" ON accompaniment ("NetworkId", "FacilityId", "FollowUpDueAt") WHERE "EndedAt" IS NULL AND "FollowUpDueAt" IS NOT NULL;


CREATE UNIQUE INDEX "IX_accompaniment_NetworkId_ReferralId" ON accompaniment ("NetworkId", "ReferralId") WHERE "EndedAt" IS NULL;


CREATE INDEX "IX_accompaniment_of_referral" ON accompaniment ("NetworkId", "ReferralId");


CREATE UNIQUE INDEX "IX_account_NetworkId_EmailHash" ON account ("NetworkId", "EmailHash");


CREATE INDEX "IX_account_NetworkId_PersonId" ON account ("NetworkId", "PersonId");


CREATE UNIQUE INDEX "IX_audit_event_NetworkId_Number" ON audit_event ("NetworkId", "Number");


CREATE INDEX "IX_audit_event_NetworkId_SubjectId_At" ON audit_event ("NetworkId", "SubjectId", "At");


CREATE INDEX "IX_clinic_NetworkId_FacilityId" ON clinic ("NetworkId", "FacilityId");


CREATE INDEX "IX_companion_NetworkId_FacilityId" ON companion ("NetworkId", "FacilityId");


CREATE INDEX "IX_consent_NetworkId_PersonId" ON consent ("NetworkId", "PersonId");


CREATE INDEX "IX_consent_NetworkId_ReferralId" ON consent ("NetworkId", "ReferralId");


CREATE INDEX "IX_contact_attempt_NetworkId_ReferralId" ON contact_attempt ("NetworkId", "ReferralId");


CREATE INDEX "IX_conversation_NetworkId_AccompanimentId" ON conversation ("NetworkId", "AccompanimentId");


CREATE INDEX "IX_disclosure_NetworkId_AskedBy_AskedAt" ON disclosure ("NetworkId", "AskedBy", "AskedAt");


CREATE INDEX "IX_disclosure_NetworkId_PersonId" ON disclosure ("NetworkId", "PersonId");


CREATE INDEX "IX_disclosure_NetworkId_ReviewedAt" ON disclosure ("NetworkId", "ReviewedAt");


CREATE UNIQUE INDEX "IX_erasure_request_NetworkId_PersonId" ON erasure_request ("NetworkId", "PersonId") WHERE "DecidedAt" IS NULL;


CREATE UNIQUE INDEX "IX_group_member_NetworkId_GroupId_PersonId" ON group_member ("NetworkId", "GroupId", "PersonId");


CREATE INDEX "IX_group_member_NetworkId_PersonId" ON group_member ("NetworkId", "PersonId");


CREATE INDEX "IX_identity_index_NetworkId_Kind_Hash" ON identity_index ("NetworkId", "Kind", "Hash");


CREATE INDEX "IX_identity_index_NetworkId_PersonId" ON identity_index ("NetworkId", "PersonId");


CREATE INDEX "IX_invitation_NetworkId_PersonId" ON invitation ("NetworkId", "PersonId");


CREATE UNIQUE INDEX "IX_invitation_NetworkId_TokenHash" ON invitation ("NetworkId", "TokenHash");


CREATE INDEX "IX_job_NetworkId_DoneAt_DueAt" ON job ("NetworkId", "DoneAt", "DueAt");


CREATE INDEX "IX_job_NetworkId_Kind_SubjectId" ON job ("NetworkId", "Kind", "SubjectId");


CREATE UNIQUE INDEX "IX_logbook_draft_NetworkId_AccompanimentId_CompanionId" ON logbook_draft ("NetworkId", "AccompanimentId", "CompanionId");


CREATE INDEX "IX_logbook_entry_NetworkId_AccompanimentId" ON logbook_entry ("NetworkId", "AccompanimentId");


CREATE INDEX "IX_logbook_entry_NetworkId_CompanionId_HowAreYou" ON logbook_entry ("NetworkId", "CompanionId", "HowAreYou");


CREATE UNIQUE INDEX "IX_logbook_entry_NetworkId_ConversationId" ON logbook_entry ("NetworkId", "ConversationId");


CREATE INDEX "IX_membership_NetworkId_ClinicId" ON membership ("NetworkId", "ClinicId");


CREATE INDEX "IX_membership_NetworkId_FacilityId" ON membership ("NetworkId", "FacilityId");


CREATE INDEX "IX_membership_NetworkId_PersonId" ON membership ("NetworkId", "PersonId");


CREATE UNIQUE INDEX "IX_named_group_NetworkId_FacilityId_Name" ON named_group ("NetworkId", "FacilityId", "Name") WHERE "EndedAt" IS NULL;


CREATE INDEX "IX_outbox_message_NetworkId_BouncedAt" ON outbox_message ("NetworkId", "BouncedAt") WHERE "BouncedAt" IS NOT NULL AND "CancelledAt" IS NULL;


CREATE INDEX "IX_outbox_message_NetworkId_PersonId" ON outbox_message ("NetworkId", "PersonId");


CREATE INDEX "IX_outbox_message_NetworkId_SentAt_NextAttemptAt" ON outbox_message ("NetworkId", "SentAt", "NextAttemptAt");


CREATE INDEX "IX_patient_link_NetworkId_PersonId" ON patient_link ("NetworkId", "PersonId");


CREATE UNIQUE INDEX "IX_patient_link_NetworkId_TokenHash" ON patient_link ("NetworkId", "TokenHash");


CREATE INDEX "IX_place_NetworkId_ReferralId" ON place ("NetworkId", "ReferralId");


CREATE UNIQUE INDEX "IX_programme_settings_NetworkId_FacilityId" ON programme_settings ("NetworkId", "FacilityId");


CREATE INDEX "IX_proposal_NetworkId_CompanionId" ON proposal ("NetworkId", "CompanionId");


CREATE UNIQUE INDEX "IX_proposal_NetworkId_ReferralId_CompanionId" ON proposal ("NetworkId", "ReferralId", "CompanionId") WHERE "AnsweredAt" IS NULL AND "ExpiredAt" IS NULL AND "ReleasedAt" IS NULL;


CREATE INDEX "IX_receipt_NetworkId_FormId" ON receipt ("NetworkId", "FormId");


CREATE INDEX "IX_recovery_code_NetworkId_AccountId" ON recovery_code ("NetworkId", "AccountId");


CREATE INDEX "IX_referral_NetworkId_ClinicId_ReceivedAt" ON referral ("NetworkId", "ClinicId", "ReceivedAt");


CREATE INDEX "IX_referral_NetworkId_FacilityId_FirstConversationAt" ON referral ("NetworkId", "FacilityId", "FirstConversationAt") WHERE "FirstConversationAt" IS NOT NULL;


CREATE INDEX "IX_referral_NetworkId_FacilityId_Next_NextDueAt_CoordinatorId" ON referral ("NetworkId", "FacilityId", "Next", "NextDueAt", "CoordinatorId");


CREATE INDEX "IX_referral_NetworkId_FacilityId_NextDueAt_CoordinatorId" ON referral ("NetworkId", "FacilityId", "NextDueAt", "CoordinatorId") WHERE "NextDueAt" IS NOT NULL;


CREATE INDEX "IX_referral_NetworkId_FacilityId_ReceivedAt" ON referral ("NetworkId", "FacilityId", "ReceivedAt") WHERE "ReceivedAt" IS NOT NULL AND "FirstConversationAt" IS NULL AND "EndedAt" IS NULL;


CREATE INDEX "IX_referral_NetworkId_FacilityId_UrgentSince" ON referral ("NetworkId", "FacilityId", "UrgentSince") WHERE "UrgentSince" IS NOT NULL AND "EndedAt" IS NULL;


CREATE UNIQUE INDEX "IX_referral_NetworkId_FileNumber" ON referral ("NetworkId", "FileNumber");


CREATE INDEX "IX_referral_NetworkId_PatientId" ON referral ("NetworkId", "PatientId");


CREATE INDEX "IX_restriction_NetworkId_GroupId" ON restriction ("NetworkId", "GroupId");


CREATE INDEX "IX_restriction_NetworkId_PersonId" ON restriction ("NetworkId", "PersonId");


CREATE INDEX "IX_session_NetworkId_PersonId" ON session ("NetworkId", "PersonId");
