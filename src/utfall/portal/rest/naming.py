"""What schemas are called outside: `State` says enough within an app, not in a document of them all."""

from typing import Final

NAMES: Final[dict[str, dict[str, str]]] = {
    "audit": {
        "DecidedBy": "ApprovalDecider",
        "EntryAnswer": "AuditEntryAnswer",
        "Policy": "ApprovalPolicy",
        "PolicyAnswer": "ApprovalPolicyAnswer",
        "Required": "ApprovalRequired",
        "State": "ProposalState",
        "VerdictAnswer": "ChainVerdictAnswer",
    },
    "commission": {
        "Change": "RuleChangeKind",
        "ChangeAnswer": "RuleChangeAnswer",
        "OfferAnswer": "CommissionOfferAnswer",
        "OfferedAnswer": "OfferedRuleAnswer",
        "RemarkAnswer": "RuleRemarkAnswer",
    },
    "creatives": {
        "CopyAnswer": "NativeCopyAnswer",
        "Kind": "CreativeKind",
        "Rejecting": "CreativeRejection",
        "State": "CreativeState",
        "TextForm": "TextCreativeForm",
    },
    "feeds": {
        "ColumnAnswer": "FeedColumnAnswer",
        "ColumnsForm": "FeedColumnsForm",
        "ExampleAnswer": "FaultExampleAnswer",
        "HealthAnswer": "FeedHealthAnswer",
        "Outcome": "DeliveryOutcome",
        "PartAnswer": "FeedHealthPartAnswer",
        "SourceForm": "FeedSourceForm",
        "Stage": "FeedStage",
        "WorkAnswer": "DeliveryStarted",
    },
    "links": {
        "Came": "CodeOrderOrigin",
        "Health": "LinkHealth",
    },
    "partners": {
        "Answer": "InvitationReply",
        "Apply": "ApplicationSent",
        "Ban": "PartnershipBan",
        "Decision": "ApplicationDecision",
        "Invitation": "ProgramInvitation",
        "LetterAnswer": "PartnerLetterAnswer",
        "LetterWanted": "PartnerLetterWanted",
        "MailInvitation": "ProgramMailInvitation",
        "MailInvitationAnswer": "ProgramMailInvitationAnswer",
        "Move": "GroupMove",
        "NumberedDecision": "NumberedApplicationDecision",
        "NumberedMove": "NumberedGroupMove",
        "OfferAnswer": "ProgramOfferAnswer",
        "Reapply": "ReapplyRule",
        "Rejection": "RejectionReason",
        "Started": "VerificationStarted",
        "State": "PartnershipState",
        "Why": "PartnershipReasonGiven",
    },
    "people": {
        "InvitedAnswer": "ColleagueInvitedAnswer",
        "Kind": "OrganisationKind",
        "NewInvitation": "ColleagueInvitation",
        "Overlap": "KeyOverlap",
        "Why": "OrganisationReasonGiven",
    },
    "post": {
        "State": "LetterState",
    },
    "programs": {
        "ChangeAnswer": "TermsChangeAnswer",
        "DayAnswer": "ProgressDayAnswer",
        "HeightSaid": "LimitHeightSaid",
        "Measure": "LimitMeasure",
        "Over": "LimitOverrun",
        "Period": "LimitPeriod",
        "PlaceSaid": "ProgramPlaceSaid",
        "PolicyAnswer": "ProgramPolicyAnswer",
        "PolicySaid": "ProgramPolicySaid",
        "Preset": "ProgramPreset",
        "ProfileSaid": "ProgramProfileSaid",
        "StateSaid": "ProgramStateSaid",
        "Status": "ProgramState",
        "UseAnswer": "LimitUseAnswer",
        "Visibility": "ProgramVisibility",
        "Why": "ProgramReasonGiven",
    },
    "tracking": {
        "CheckAnswer": "SetupCheckAnswer",
        "DocumentAnswer": "ReceiptDocumentAnswer",
        "LineAnswer": "ReceiptLineAnswer",
        "MethodAnswer": "TrackingMethodAnswer",
    },
    "work": {
        "State": "WorkState",
    },
}
"""By app: what a schema is called there, and what the document calls it."""


def public_name(app: str, name: str) -> str:
    """What the document calls a schema of an app; within another's name, as in a list of it, as well.

    >>> public_name("audit", "Listed_EntryAnswer_"), public_name("work", "TaskAnswer")
    ('Listed_AuditEntryAnswer_', 'TaskAnswer')
    """
    names = NAMES.get(app, {})
    head, mark, rest = name.partition("_")
    if mark and rest.endswith("_"):
        return f"{head}_{names.get(rest[:-1], rest[:-1])}_"
    return names.get(name, name)
