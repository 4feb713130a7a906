"""The read API of the logging standard, as the tests hold ours to it.

Written out by hand from its extension for reading (Logius, logboek-extensie-lezen, draft 1.1.0), so that
nobody changes a name by accident, ours or theirs.
"""

from typing import Any

PATH = "/processing-activities"
STATUSES = {200, 400, 401}
QUESTION = {
    "traceId",
    "dpl.core.processing_activity_id",
    "dpl.core.data_subject_id",
    "dpl.core.data_subject_id_type",
    "dpl.core.foreign_operation.processor",
    "startTime",
    "endTime",
}
ACTIVITY_REQUIRED = {"traceId", "spanId", "status", "name", "startTime", "endTime"}
ACTIVITY = ACTIVITY_REQUIRED | {"parentSpanId", "resource", "attributes"}
OUTCOMES = ["Unset", "Ok", "Error"]
METADATA = {"logbookId", "organizationName"}
PROBLEM_REQUIRED = {"detail", "status", "title"}

_TEXT = {"type": "string"}
_MOMENT = {"type": "string", "format": "date-time"}
_SPAN = {"type": "string", "pattern": "^[0-9a-fA-F]{16}$"}
ATTRIBUTES: dict[str, Any] = {
    "type": "object",
    "properties": {
        "dpl.core.processing_activity_id": {"type": "string", "format": "uri"},
        "dpl.core.data_subject_id": _TEXT,
        "dpl.core.data_subject_id_type": _TEXT,
        "dpl.core.foreign_operation.processor": {"type": "string", "format": "uri"},
    },
}
ANSWER: dict[str, Any] = {
    "type": "object",
    "required": ["processingActivities"],
    "properties": {
        "metadata": {
            "type": "object",
            "required": ["logbookId", "organizationName"],
            "properties": {"logbookId": _TEXT, "organizationName": _TEXT},
        },
        "processingActivities": {
            "type": "array",
            "items": {
                "type": "object",
                "required": sorted(ACTIVITY_REQUIRED),
                "properties": {
                    "traceId": {"type": "string", "format": "uuid"},
                    "spanId": _SPAN,
                    "parentSpanId": _SPAN,
                    "status": {"type": "string", "enum": OUTCOMES},
                    "name": _TEXT,
                    "startTime": _MOMENT,
                    "endTime": _MOMENT,
                    "resource": {"type": "object", "properties": {"attributes": {}}},
                    "attributes": ATTRIBUTES,
                },
            },
        },
    },
}
"""The schema of an answer, its references resolved."""

# The extension for NEN 7513 (Logius, logboek-extensie-nen7513, draft)
OF_NEN_7513 = {
    "dpl.nen7513.eventTypeCode",
    "dpl.nen7513.users",
    "dpl.nen7513.participants",
    "dpl.nen7513.participantSegments",
    "dpl.nen7513.autorisatieProtocol",
    "dpl.nen7513.behandelrelatieProtocol",
    "dpl.nen7513.toestemmingsProfiel",
    "dpl.nen7513.controles",
}
USER_OF_NEN_7513 = {
    "userID",
    "alternateUserID",
    "userName",
    "userIsRequestor",
    "roleIDCode",
    "purposeOfUse",
    "networkAccessPointTypeCode",
    "networkAccessPointID",
}
PARTICIPANT_OF_NEN_7513 = {
    "participantObjectTypeCode",
    "participantObjectTypeCodeRole",
    "participantObjectDataLifeCycle",
    "participantObjectIDTypeCode",
    "participantObjectPermissionPolicySet",
    "participantObjectSensitivity",
    "participantObjectID",
    "participantObjectName",
    "participantObjectDetail",
    "participantObjectDescription",
}
RESOURCE_OF_NEN_7513 = {
    "nen7513.AuditEnterpriseSiteID",
    "nen7513.AuditSourceId",
    "nen7513.AuditSourceTypeCode",
}
