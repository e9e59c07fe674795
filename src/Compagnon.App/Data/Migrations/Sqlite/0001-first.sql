CREATE TABLE "access_entry" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "ReaderId" TEXT NOT NULL,
    "ReaderRole" TEXT NOT NULL,
    "ReaderFacilityId" TEXT NULL,
    "PersonId" TEXT NULL,
    "What" TEXT NOT NULL,
    "Listed" TEXT NOT NULL,
    "Why" TEXT NULL,
    CONSTRAINT "PK_access_entry" PRIMARY KEY ("NetworkId", "Id")
);


CREATE TABLE "audit_event" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "ActorId" TEXT NOT NULL,
    "ActorRole" TEXT NOT NULL,
    "Type" TEXT NOT NULL,
    "SubjectId" TEXT NULL,
    "Data" TEXT NOT NULL,
    "Number" INTEGER NULL,
    "Seal" BLOB NULL,
    CONSTRAINT "PK_audit_event" PRIMARY KEY ("NetworkId", "Id")
);


CREATE TABLE "facility" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Region" TEXT NOT NULL,
    "Municipality" TEXT NOT NULL,
    "Telephone" TEXT NOT NULL,
    "HoursFr" TEXT NOT NULL,
    "HoursEn" TEXT NOT NULL,
    "ContactName" TEXT NOT NULL,
    "IsIntake" INTEGER NOT NULL,
    CONSTRAINT "PK_facility" PRIMARY KEY ("NetworkId", "Id")
);


CREATE TABLE "held_form" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "Path" TEXT NOT NULL,
    "Protected" BLOB NOT NULL,
    "ExpiresAt" TEXT NOT NULL,
    CONSTRAINT "PK_held_form" PRIMARY KEY ("NetworkId", "Id")
);


CREATE TABLE "job" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "SubjectId" TEXT NULL,
    "DueAt" TEXT NOT NULL,
    "EverySeconds" INTEGER NULL,
    "LeasedBy" TEXT NULL,
    "LeasedUntil" TEXT NULL,
    "Attempts" INTEGER NOT NULL,
    "DoneAt" TEXT NULL,
    "LastError" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_job" PRIMARY KEY ("NetworkId", "Id")
);


CREATE TABLE "network" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_network" PRIMARY KEY,
    "Name" TEXT NOT NULL
);


CREATE TABLE "person" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "FacilityId" TEXT NULL,
    "WrappedKey" BLOB NOT NULL,
    "Language" TEXT NOT NULL,
    "ErasedAt" TEXT NULL,
    "DeceasedAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_person" PRIMARY KEY ("NetworkId", "Id")
);


CREATE TABLE "protection_key" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Protected" BLOB NOT NULL,
    CONSTRAINT "PK_protection_key" PRIMARY KEY ("NetworkId", "Id")
);


CREATE TABLE "receipt" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "FormId" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "LeadsTo" TEXT NULL,
    CONSTRAINT "PK_receipt" PRIMARY KEY ("NetworkId", "Id")
);


CREATE TABLE "clinic" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "FacilityId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    CONSTRAINT "PK_clinic" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_clinic_facility_NetworkId_FacilityId" FOREIGN KEY ("NetworkId", "FacilityId") REFERENCES "facility" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "named_group" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "FacilityId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "EndedAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_named_group" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_named_group_facility_NetworkId_FacilityId" FOREIGN KEY ("NetworkId", "FacilityId") REFERENCES "facility" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "programme_settings" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "FacilityId" TEXT NOT NULL,
    "MinimumAge" INTEGER NOT NULL,
    "NumberMayBeShown" INTEGER NOT NULL,
    "SmallTowns" TEXT NOT NULL,
    "CompanionWords" TEXT NOT NULL,
    "CoordinatorWords" TEXT NOT NULL,
    "CrisisFr" TEXT NULL,
    "CrisisEn" TEXT NULL,
    "Version" INTEGER NOT NULL,
    "CrisisNumbers" TEXT NOT NULL,
    "Targets" TEXT NOT NULL,
    "Weights" TEXT NOT NULL,
    CONSTRAINT "PK_programme_settings" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_programme_settings_facility_NetworkId_FacilityId" FOREIGN KEY ("NetworkId", "FacilityId") REFERENCES "facility" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "account" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "EmailHash" BLOB NOT NULL,
    "PasswordHash" TEXT NULL,
    "SecurityStamp" TEXT NOT NULL,
    "AuthenticatorKey" BLOB NULL,
    "LastStep" INTEGER NOT NULL,
    "AccessFailedCount" INTEGER NOT NULL,
    "LockoutEnd" TEXT NULL,
    "DisabledAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_account" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_account_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES "person" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "companion" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "FacilityId" TEXT NOT NULL,
    "Pseudonym" TEXT NOT NULL,
    "Gender" TEXT NULL,
    "BirthDecade" INTEGER NULL,
    "LivedTopics" TEXT NOT NULL,
    "AvoidedTopics" TEXT NOT NULL,
    "Life" TEXT NOT NULL,
    "Languages" TEXT NOT NULL,
    "Culture" TEXT NULL,
    "Municipality" TEXT NULL,
    "Availability" TEXT NOT NULL,
    "Channels" TEXT NOT NULL,
    "OwnWords" TEXT NULL,
    "Capacity" INTEGER NOT NULL,
    "ClearedUntil" TEXT NULL,
    "PausedAt" TEXT NULL,
    "PausedUntil" TEXT NULL,
    "JoinedAt" TEXT NOT NULL,
    "LastMatchedAt" TEXT NULL,
    "LeftAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    "Experiences" TEXT NOT NULL,
    CONSTRAINT "PK_companion" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_companion_facility_NetworkId_FacilityId" FOREIGN KEY ("NetworkId", "FacilityId") REFERENCES "facility" ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_companion_person_NetworkId_Id" FOREIGN KEY ("NetworkId", "Id") REFERENCES "person" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "consent" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "ReferralId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "GivenAt" TEXT NOT NULL,
    "WithdrawnAt" TEXT NULL,
    "How" TEXT NOT NULL,
    "TakenBy" TEXT NOT NULL,
    "OnBehalf" INTEGER NOT NULL,
    "NoticeVersion" TEXT NOT NULL,
    "NoticeLanguage" TEXT NOT NULL,
    CONSTRAINT "PK_consent" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_consent_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES "person" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "disclosure" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "ReferralId" TEXT NULL,
    "FacilityId" TEXT NOT NULL,
    "AskedBy" TEXT NOT NULL,
    "AskedAs" TEXT NOT NULL,
    "AskedAt" TEXT NOT NULL,
    "Danger" TEXT NOT NULL,
    "Reason" BLOB NOT NULL,
    "ReviewedBy" TEXT NULL,
    "ReviewedAt" TEXT NULL,
    "Justified" INTEGER NULL,
    "ReviewWords" BLOB NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_disclosure" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_disclosure_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES "person" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "erasure_request" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "AskedBy" TEXT NOT NULL,
    "AskedAt" TEXT NOT NULL,
    "DecidedBy" TEXT NULL,
    "DecidedAt" TEXT NULL,
    "Refused" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_erasure_request" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_erasure_request_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES "person" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "identity" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "GivenName" BLOB NULL,
    "FamilyName" BLOB NULL,
    "Telephone" BLOB NULL,
    "Email" BLOB NULL,
    "BirthDate" BLOB NULL,
    "Notes" BLOB NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_identity" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_identity_person_NetworkId_Id" FOREIGN KEY ("NetworkId", "Id") REFERENCES "person" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "identity_index" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Hash" BLOB NOT NULL,
    CONSTRAINT "PK_identity_index" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_identity_index_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES "person" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "invitation" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "TokenHash" BLOB NOT NULL,
    "SentAt" TEXT NOT NULL,
    "ExpiresAt" TEXT NOT NULL,
    "UsedAt" TEXT NULL,
    "ReEnrols" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_invitation" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_invitation_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES "person" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "outbox_message" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "Letter" TEXT NOT NULL,
    "Language" TEXT NOT NULL,
    "Address" BLOB NOT NULL,
    "Subject" BLOB NOT NULL,
    "Body" BLOB NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "NextAttemptAt" TEXT NOT NULL,
    "Attempts" INTEGER NOT NULL,
    "SentAt" TEXT NULL,
    "BouncedAt" TEXT NULL,
    "CancelledAt" TEXT NULL,
    "LastError" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_outbox_message" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_outbox_message_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES "person" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "patient_link" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "ReferralId" TEXT NOT NULL,
    "TokenHash" BLOB NOT NULL,
    "CodeHash" BLOB NOT NULL,
    "SentAt" TEXT NOT NULL,
    "ExpiresAt" TEXT NOT NULL,
    "WrongCodes" INTEGER NOT NULL,
    "UsedAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_patient_link" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_patient_link_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES "person" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "session" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "MembershipId" TEXT NULL,
    "ReferralId" TEXT NULL,
    "StartedAt" TEXT NOT NULL,
    "SeenAt" TEXT NOT NULL,
    "ExpiresAt" TEXT NOT NULL,
    "EndedAt" TEXT NULL,
    "Device" TEXT NOT NULL,
    "IsShared" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_session" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_session_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES "person" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "membership" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "Role" TEXT NOT NULL,
    "FacilityId" TEXT NULL,
    "ClinicId" TEXT NULL,
    "Function" TEXT NULL,
    "GrantedAt" TEXT NOT NULL,
    "GrantedBy" TEXT NULL,
    "EndedAt" TEXT NULL,
    "AwayUntil" TEXT NULL,
    "StandInMembershipId" TEXT NULL,
    "NewsByEmail" INTEGER NOT NULL,
    CONSTRAINT "PK_membership" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_membership_clinic_NetworkId_ClinicId" FOREIGN KEY ("NetworkId", "ClinicId") REFERENCES "clinic" ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_membership_facility_NetworkId_FacilityId" FOREIGN KEY ("NetworkId", "FacilityId") REFERENCES "facility" ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_membership_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES "person" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "referral" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "PatientId" TEXT NOT NULL,
    "FacilityId" TEXT NOT NULL,
    "ClinicId" TEXT NULL,
    "Source" TEXT NOT NULL,
    "ReferredBy" TEXT NOT NULL,
    "FileNumber" TEXT NOT NULL,
    "CoordinatorId" TEXT NULL,
    "MayLeaveMessage" INTEGER NOT NULL,
    "TelephoneOnly" INTEGER NOT NULL,
    "UrgentSince" TEXT NULL,
    "UrgentReason" TEXT NULL,
    "NotBefore" TEXT NULL,
    "OfferedAt" TEXT NULL,
    "ReceivedAt" TEXT NULL,
    "ReachedAt" TEXT NULL,
    "ServiceConsentAt" TEXT NULL,
    "IntakeCompletedAt" TEXT NULL,
    "ReturnedAt" TEXT NULL,
    "Returns" INTEGER NOT NULL,
    "AnswerDueAt" TEXT NULL,
    "ChoiceAskedAt" TEXT NULL,
    "ChoiceDueAt" TEXT NULL,
    "AgreedAt" TEXT NULL,
    "FirstConversationAt" TEXT NULL,
    "RematchedAt" TEXT NULL,
    "TalkedAgainAt" TEXT NULL,
    "EndedAt" TEXT NULL,
    "Closing" TEXT NULL,
    "StatusRefusedAt" TEXT NULL,
    "WrongNumberAt" TEXT NULL,
    "NumberCorrectedAt" TEXT NULL,
    "Next" TEXT NOT NULL,
    "NextDueAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    "Intake" TEXT NOT NULL,
    "Situation" TEXT NOT NULL,
    CONSTRAINT "PK_referral" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_referral_clinic_NetworkId_ClinicId" FOREIGN KEY ("NetworkId", "ClinicId") REFERENCES "clinic" ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_referral_facility_NetworkId_FacilityId" FOREIGN KEY ("NetworkId", "FacilityId") REFERENCES "facility" ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_referral_person_NetworkId_PatientId" FOREIGN KEY ("NetworkId", "PatientId") REFERENCES "person" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "group_member" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "GroupId" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    CONSTRAINT "PK_group_member" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_group_member_named_group_NetworkId_GroupId" FOREIGN KEY ("NetworkId", "GroupId") REFERENCES "named_group" ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_group_member_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES "person" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "restriction" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "Role" TEXT NULL,
    "Function" TEXT NULL,
    "FacilityId" TEXT NULL,
    "ClinicId" TEXT NULL,
    "GroupId" TEXT NULL,
    "ExceptPersonId" TEXT NULL,
    "AgainstPersonId" TEXT NULL,
    "SetAt" TEXT NOT NULL,
    "SetBy" TEXT NOT NULL,
    "LiftedAt" TEXT NULL,
    CONSTRAINT "PK_restriction" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_restriction_named_group_NetworkId_GroupId" FOREIGN KEY ("NetworkId", "GroupId") REFERENCES "named_group" ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_restriction_person_NetworkId_PersonId" FOREIGN KEY ("NetworkId", "PersonId") REFERENCES "person" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "recovery_code" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "AccountId" TEXT NOT NULL,
    "Hash" BLOB NOT NULL,
    "UsedAt" TEXT NULL,
    CONSTRAINT "PK_recovery_code" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_recovery_code_account_NetworkId_AccountId" FOREIGN KEY ("NetworkId", "AccountId") REFERENCES "account" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "place" (
    "NetworkId" INTEGER NOT NULL,
    "CompanionId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "ReferralId" TEXT NOT NULL,
    "Since" TEXT NOT NULL,
    "TakenAt" TEXT NULL,
    CONSTRAINT "PK_place" PRIMARY KEY ("NetworkId", "CompanionId", "Number"),
    CONSTRAINT "FK_place_companion_NetworkId_CompanionId" FOREIGN KEY ("NetworkId", "CompanionId") REFERENCES "companion" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "accompaniment" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "ReferralId" TEXT NOT NULL,
    "PatientId" TEXT NOT NULL,
    "CompanionId" TEXT NOT NULL,
    "FacilityId" TEXT NOT NULL,
    "ProposalId" TEXT NULL,
    "AgreedAt" TEXT NOT NULL,
    "FirstConversationAt" TEXT NULL,
    "FollowedUpAt" TEXT NULL,
    "FollowUpReason" TEXT NULL,
    "FollowUpDueAt" TEXT NULL,
    "AnotherOfferedAt" TEXT NULL,
    "LogbookAskedAt" TEXT NULL,
    "LogbookReviewedAt" TEXT NULL,
    "EndedAt" TEXT NULL,
    "EndedBy" TEXT NULL,
    "Closing" TEXT NULL,
    "EndNote" BLOB NULL,
    "Version" INTEGER NOT NULL,
    "Agreement" TEXT NOT NULL,
    CONSTRAINT "PK_accompaniment" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_accompaniment_companion_NetworkId_CompanionId" FOREIGN KEY ("NetworkId", "CompanionId") REFERENCES "companion" ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_accompaniment_referral_NetworkId_ReferralId" FOREIGN KEY ("NetworkId", "ReferralId") REFERENCES "referral" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "contact_attempt" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "ReferralId" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "Outcome" TEXT NOT NULL,
    "Note" BLOB NULL,
    CONSTRAINT "PK_contact_attempt" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_contact_attempt_referral_NetworkId_ReferralId" FOREIGN KEY ("NetworkId", "ReferralId") REFERENCES "referral" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "proposal" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "ReferralId" TEXT NOT NULL,
    "CompanionId" TEXT NOT NULL,
    "ProposedBy" TEXT NOT NULL,
    "ProposedAt" TEXT NOT NULL,
    "ExpiresAt" TEXT NOT NULL,
    "Reason" BLOB NULL,
    "PassedOver" INTEGER NOT NULL,
    "Lifted" TEXT NOT NULL,
    "Rank" INTEGER NULL,
    "Fit" INTEGER NOT NULL,
    "AnsweredAt" TEXT NULL,
    "Answer" TEXT NULL,
    "ExpiredAt" TEXT NULL,
    "ChosenAt" TEXT NULL,
    "ReleasedAt" TEXT NULL,
    "Release" TEXT NULL,
    "TakenBackFor" TEXT NULL,
    "AgreedAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_proposal" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_proposal_companion_NetworkId_CompanionId" FOREIGN KEY ("NetworkId", "CompanionId") REFERENCES "companion" ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_proposal_referral_NetworkId_ReferralId" FOREIGN KEY ("NetworkId", "ReferralId") REFERENCES "referral" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "conversation" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "AccompanimentId" TEXT NOT NULL,
    "HeldAt" TEXT NOT NULL,
    "Channel" TEXT NOT NULL,
    "Minutes" INTEGER NOT NULL,
    "BothTookPart" INTEGER NOT NULL,
    "RecordedBy" TEXT NOT NULL,
    "RecordedAt" TEXT NOT NULL,
    "CorrectedAt" TEXT NULL,
    "SetAside" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_conversation" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_conversation_accompaniment_NetworkId_AccompanimentId" FOREIGN KEY ("NetworkId", "AccompanimentId") REFERENCES "accompaniment" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "logbook_draft" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "AccompanimentId" TEXT NOT NULL,
    "CompanionId" TEXT NOT NULL,
    "Typed" BLOB NOT NULL,
    "KeptAt" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_logbook_draft" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_logbook_draft_accompaniment_NetworkId_AccompanimentId" FOREIGN KEY ("NetworkId", "AccompanimentId") REFERENCES "accompaniment" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE TABLE "logbook_entry" (
    "NetworkId" INTEGER NOT NULL,
    "Id" TEXT NOT NULL,
    "AccompanimentId" TEXT NOT NULL,
    "ConversationId" TEXT NOT NULL,
    "CompanionId" TEXT NOT NULL,
    "WrittenAt" TEXT NOT NULL,
    "EditedAt" TEXT NULL,
    "Activities" TEXT NOT NULL,
    "Seemed" TEXT NOT NULL,
    "Reflection" BLOB NULL,
    "ReflectionIsPrivate" INTEGER NOT NULL,
    "HowAreYou" TEXT NOT NULL,
    "CalledBackAt" TEXT NULL,
    "NextOn" TEXT NULL,
    "NextNote" BLOB NULL,
    "ReleasedAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "PK_logbook_entry" PRIMARY KEY ("NetworkId", "Id"),
    CONSTRAINT "FK_logbook_entry_accompaniment_NetworkId_AccompanimentId" FOREIGN KEY ("NetworkId", "AccompanimentId") REFERENCES "accompaniment" ("NetworkId", "Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_logbook_entry_conversation_NetworkId_ConversationId" FOREIGN KEY ("NetworkId", "ConversationId") REFERENCES "conversation" ("NetworkId", "Id") ON DELETE RESTRICT
);


CREATE INDEX "IX_access_entry_NetworkId_PersonId_At" ON "access_entry" ("NetworkId", "PersonId", "At");


CREATE INDEX "IX_access_entry_NetworkId_ReaderFacilityId_At" ON "access_entry" ("NetworkId", "ReaderFacilityId", "At");


CREATE INDEX "IX_access_entry_NetworkId_ReaderId_At" ON "access_entry" ("NetworkId", "ReaderId", "At");


CREATE INDEX "IX_accompaniment_NetworkId_CompanionId" ON "accompaniment" ("NetworkId", "CompanionId");


CREATE INDEX "IX_accompaniment_NetworkId_FacilityId" ON "accompaniment" ("NetworkId", "FacilityId") WHERE "LogbookAskedAt" IS NOT NULL;


CREATE INDEX "IX_accompaniment_NetworkId_FacilityId_FollowUpDueAt" ON "accompaniment" ("NetworkId", "FacilityId", "FollowUpDueAt") WHERE "EndedAt" IS NULL AND "FollowUpDueAt" IS NOT NULL;


CREATE UNIQUE INDEX "IX_accompaniment_NetworkId_ReferralId" ON "accompaniment" ("NetworkId", "ReferralId") WHERE "EndedAt" IS NULL;


CREATE INDEX "IX_accompaniment_of_referral" ON "accompaniment" ("NetworkId", "ReferralId");


CREATE UNIQUE INDEX "IX_account_NetworkId_EmailHash" ON "account" ("NetworkId", "EmailHash");


CREATE INDEX "IX_account_NetworkId_PersonId" ON "account" ("NetworkId", "PersonId");


CREATE UNIQUE INDEX "IX_audit_event_NetworkId_Number" ON "audit_event" ("NetworkId", "Number");


CREATE INDEX "IX_audit_event_NetworkId_SubjectId_At" ON "audit_event" ("NetworkId", "SubjectId", "At");


CREATE INDEX "IX_clinic_NetworkId_FacilityId" ON "clinic" ("NetworkId", "FacilityId");


CREATE INDEX "IX_companion_NetworkId_FacilityId" ON "companion" ("NetworkId", "FacilityId");


CREATE INDEX "IX_consent_NetworkId_PersonId" ON "consent" ("NetworkId", "PersonId");


CREATE INDEX "IX_consent_NetworkId_ReferralId" ON "consent" ("NetworkId", "ReferralId");


CREATE INDEX "IX_contact_attempt_NetworkId_ReferralId" ON "contact_attempt" ("NetworkId", "ReferralId");


CREATE INDEX "IX_conversation_NetworkId_AccompanimentId" ON "conversation" ("NetworkId", "AccompanimentId");


CREATE INDEX "IX_disclosure_NetworkId_AskedBy_AskedAt" ON "disclosure" ("NetworkId", "AskedBy", "AskedAt");


CREATE INDEX "IX_disclosure_NetworkId_PersonId" ON "disclosure" ("NetworkId", "PersonId");


CREATE INDEX "IX_disclosure_NetworkId_ReviewedAt" ON "disclosure" ("NetworkId", "ReviewedAt");


CREATE UNIQUE INDEX "IX_erasure_request_NetworkId_PersonId" ON "erasure_request" ("NetworkId", "PersonId") WHERE "DecidedAt" IS NULL;


CREATE UNIQUE INDEX "IX_group_member_NetworkId_GroupId_PersonId" ON "group_member" ("NetworkId", "GroupId", "PersonId");


CREATE INDEX "IX_group_member_NetworkId_PersonId" ON "group_member" ("NetworkId", "PersonId");


CREATE INDEX "IX_identity_index_NetworkId_Kind_Hash" ON "identity_index" ("NetworkId", "Kind", "Hash");


CREATE INDEX "IX_identity_index_NetworkId_PersonId" ON "identity_index" ("NetworkId", "PersonId");


CREATE INDEX "IX_invitation_NetworkId_PersonId" ON "invitation" ("NetworkId", "PersonId");


CREATE UNIQUE INDEX "IX_invitation_NetworkId_TokenHash" ON "invitation" ("NetworkId", "TokenHash");


CREATE INDEX "IX_job_NetworkId_DoneAt_DueAt" ON "job" ("NetworkId", "DoneAt", "DueAt");


CREATE INDEX "IX_job_NetworkId_Kind_SubjectId" ON "job" ("NetworkId", "Kind", "SubjectId");


CREATE UNIQUE INDEX "IX_logbook_draft_NetworkId_AccompanimentId_CompanionId" ON "logbook_draft" ("NetworkId", "AccompanimentId", "CompanionId");


CREATE INDEX "IX_logbook_entry_NetworkId_AccompanimentId" ON "logbook_entry" ("NetworkId", "AccompanimentId");


CREATE INDEX "IX_logbook_entry_NetworkId_CompanionId_HowAreYou" ON "logbook_entry" ("NetworkId", "CompanionId", "HowAreYou");


CREATE UNIQUE INDEX "IX_logbook_entry_NetworkId_ConversationId" ON "logbook_entry" ("NetworkId", "ConversationId");


CREATE INDEX "IX_membership_NetworkId_ClinicId" ON "membership" ("NetworkId", "ClinicId");


CREATE INDEX "IX_membership_NetworkId_FacilityId" ON "membership" ("NetworkId", "FacilityId");


CREATE INDEX "IX_membership_NetworkId_PersonId" ON "membership" ("NetworkId", "PersonId");


CREATE UNIQUE INDEX "IX_named_group_NetworkId_FacilityId_Name" ON "named_group" ("NetworkId", "FacilityId", "Name") WHERE "EndedAt" IS NULL;


CREATE INDEX "IX_outbox_message_NetworkId_BouncedAt" ON "outbox_message" ("NetworkId", "BouncedAt") WHERE "BouncedAt" IS NOT NULL AND "CancelledAt" IS NULL;


CREATE INDEX "IX_outbox_message_NetworkId_PersonId" ON "outbox_message" ("NetworkId", "PersonId");


CREATE INDEX "IX_outbox_message_NetworkId_SentAt_NextAttemptAt" ON "outbox_message" ("NetworkId", "SentAt", "NextAttemptAt");


CREATE INDEX "IX_patient_link_NetworkId_PersonId" ON "patient_link" ("NetworkId", "PersonId");


CREATE UNIQUE INDEX "IX_patient_link_NetworkId_TokenHash" ON "patient_link" ("NetworkId", "TokenHash");


CREATE INDEX "IX_place_NetworkId_ReferralId" ON "place" ("NetworkId", "ReferralId");


CREATE UNIQUE INDEX "IX_programme_settings_NetworkId_FacilityId" ON "programme_settings" ("NetworkId", "FacilityId");


CREATE INDEX "IX_proposal_NetworkId_CompanionId" ON "proposal" ("NetworkId", "CompanionId");


CREATE UNIQUE INDEX "IX_proposal_NetworkId_ReferralId_CompanionId" ON "proposal" ("NetworkId", "ReferralId", "CompanionId") WHERE "AnsweredAt" IS NULL AND "ExpiredAt" IS NULL AND "ReleasedAt" IS NULL;


CREATE INDEX "IX_receipt_NetworkId_FormId" ON "receipt" ("NetworkId", "FormId");


CREATE INDEX "IX_recovery_code_NetworkId_AccountId" ON "recovery_code" ("NetworkId", "AccountId");


CREATE INDEX "IX_referral_NetworkId_ClinicId_ReceivedAt" ON "referral" ("NetworkId", "ClinicId", "ReceivedAt");


CREATE INDEX "IX_referral_NetworkId_FacilityId_FirstConversationAt" ON "referral" ("NetworkId", "FacilityId", "FirstConversationAt") WHERE "FirstConversationAt" IS NOT NULL;


CREATE INDEX "IX_referral_NetworkId_FacilityId_Next_NextDueAt_CoordinatorId" ON "referral" ("NetworkId", "FacilityId", "Next", "NextDueAt", "CoordinatorId");


CREATE INDEX "IX_referral_NetworkId_FacilityId_NextDueAt_CoordinatorId" ON "referral" ("NetworkId", "FacilityId", "NextDueAt", "CoordinatorId") WHERE "NextDueAt" IS NOT NULL;


CREATE INDEX "IX_referral_NetworkId_FacilityId_ReceivedAt" ON "referral" ("NetworkId", "FacilityId", "ReceivedAt") WHERE "ReceivedAt" IS NOT NULL AND "FirstConversationAt" IS NULL AND "EndedAt" IS NULL;


CREATE INDEX "IX_referral_NetworkId_FacilityId_UrgentSince" ON "referral" ("NetworkId", "FacilityId", "UrgentSince") WHERE "UrgentSince" IS NOT NULL AND "EndedAt" IS NULL;


CREATE UNIQUE INDEX "IX_referral_NetworkId_FileNumber" ON "referral" ("NetworkId", "FileNumber");


CREATE INDEX "IX_referral_NetworkId_PatientId" ON "referral" ("NetworkId", "PatientId");


CREATE INDEX "IX_restriction_NetworkId_GroupId" ON "restriction" ("NetworkId", "GroupId");


CREATE INDEX "IX_restriction_NetworkId_PersonId" ON "restriction" ("NetworkId", "PersonId");


CREATE INDEX "IX_session_NetworkId_PersonId" ON "session" ("NetworkId", "PersonId");
