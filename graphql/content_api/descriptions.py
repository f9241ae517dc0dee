"""Descriptions of what the declarations leave undescribed: every part of the SDL has one.

What is special is described where it is declared; what means the same wherever it stands, here.
"""

from collections.abc import Iterator
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    is_introspection_type,
    is_specified_scalar_type,
)

# By "Type.field", "Enum.VALUE", "Type.field(argument)", or by the last of these names alone.
TEXTS = {
    # Arguments
    "(after)": "The cursor of the row before.",
    "(filter)": "Conditions that must all be met.",
    "(first)": "How many at most.",
    "(format)": "The file format.",
    "(locale)": "The language of the content.",
    "(order)": "In which order.",
    "(skip)": "How many of the newest to leave out.",
    "(type)": "Of these kinds of files only.",
    # Connections
    "cursor": "Names the row's place: give it as `after` to go on behind it.",
    "edges": "The rows of this part, each with its cursor.",
    "endCursor": "Of the last row of this part; null where it is empty.",
    "hasNextPage": "Whether rows follow.",
    "hasPreviousPage": "Whether this part begins after a cursor.",
    "node": "The row itself.",
    "nodes": "The rows of this part.",
    "pageInfo": "Where this part begins and ends.",
    "startCursor": "Of the first row of this part; null where it is empty.",
    # Records and pages
    "attachments": "The files that belong to the page.",
    "breadcrumbs": "The pages above it, from the front page down.",
    "effectiveFrom": "From when on this is public.",
    "effectiveUntil": "Until when it is public; null where no end is set.",
    "locale": "The language of the words.",
    "permanentId": "Stays the same whatever happens to the address.",
    "relatedPages": "Pages that the office recommends beside it.",
    "signOff": "Who signed, in order.",
    "title": "What it is called.",
    "translations": "The same in the other languages.",
    "Block.id": "Of this block within the page: the same in every version.",
    "Link.path": "Below the origin of the site.",
    "NavigationItem.children": "The sections below it that are in the menus.",
    "NavigationItem.path": "Below the origin of the site.",
    "SignOffStep.role": "As which signer.",
    "SignOffStep.signedAt": "When.",
    # What is not public any more
    "Gone.goneSince": "When it was withdrawn, or its time was over.",
    "Withdrawn.reason": "Written for the public by whoever asked for the withdrawal.",
    "Withdrawn.withdrawnAt": "When.",
    "PublicPeriod.publicFrom": "When the period began.",
    "PublicPeriod.withdrawalReason": "Why it was withdrawn; null where it was not.",
    # Versions
    "History.versionCount": "How many versions there were.",
    "Piece.kind": "Whether the words are old, new or in both.",
    "Verification.state": "What the public record says.",
    # Alerts
    "Alert.isInForce": "Whether it must be shown now.",
    "AlertInfo.area": "Where the danger is.",
    "AlertInfo.event": "The kind of event, in the office's words.",
    "AlertInfo.headline": "What it says in one sentence.",
    "AlertReference.identifier": "Of the earlier message.",
    "AlertReference.sentAt": "When it was sent.",
    # Files and images
    "columns": "The columns, from left to right.",
    "contentType": "The media type, e.g. application/pdf.",
    "credit": "Who made the image; may be empty.",
    "filename": "As a reader would save it.",
    "focalPoint": "What cropping must keep; null where nothing is marked.",
    "rows": "The rows, each as long as the columns.",
    "sources": "Every file of the image, narrow first.",
    "FocalPoint.bottom": "The lower edge.",
    "FocalPoint.left": "The left edge.",
    "FocalPoint.right": "The right edge.",
    "FocalPoint.top": "The upper edge.",
    "ImageSource.height": "In pixels.",
    "ImageSource.width": "In pixels.",
    "Download.file": "The file; null where it is not public any more.",
    "Download.page": "The page on which it stands.",
    "ResourceColumn.name": "As the file calls it.",
    "convertedFiles": "The other formats that were made of it.",
    "state": "How it stands.",
    # Blocks: what an editor fills in
    "answer": "What the office answers.",
    "attribution": "Who said it; may be empty.",
    "caption": "Stands below it; may be empty.",
    "chart": "How the figures are drawn; empty: as a table alone.",
    "closes": "The hour at which it closes.",
    "copies": "How many copies.",
    "days": "The days of the week, as keys.",
    "description": "More about it; may be empty.",
    "document": "The file.",
    "documents": "The files, in the office's order.",
    "duration": "How long it takes, in the unit beside it.",
    "file": "The file itself.",
    "heading": "The words of the heading.",
    "hours": "When it is open; may be empty.",
    "image": "The image itself.",
    "images": "The images, in the office's order.",
    "kind": "Of which kind, as a key.",
    "legalBasis": "The law that it rests on; may be empty.",
    "message": "What it says.",
    "method": "The way of procuring, as a key.",
    "name": "What it is called.",
    "note": "A remark; may be empty.",
    "opens": "The hour at which it opens.",
    "originals": "How many originals.",
    "question": "What is asked.",
    "quotation": "The words that are quoted.",
    "receivedOn": "The day on which it came in.",
    "source": "Where the figures come from; may be empty.",
    "stage": "How far the procurement is, as a key.",
    "statement": "The words of the statement.",
    "table": "The cells.",
    "tone": "How weighty it is, as a key.",
    "unit": "In which unit, as a key or a word.",
    # Counts
    "count": "How many there are.",
    "OfficialInformationCount.section": "The part of the Act.",
    "Topic.name": "In the language of the records.",
    "Duration.amount": "How many of the unit.",
    "WebLinkCheck.checkedAt": "When the address was asked.",
    # Filters
    "isUrgent": "Urgent ones only, or the others only.",
    "NewsFilter.kind": "Of these kinds.",
    # The root
    "Query.news": "News, the latest day first.",
    "Query.pages": "Pages of every type.",
    # Enums
    "AssessmentAnswerValue.NO": "It is not there.",
    "AssessmentAnswerValue.YES": "It is there, at the addresses of the answer.",
    "DownloadType.DOCUMENT": "Word processing.",
    "DownloadType.IMAGE": "Pictures.",
    "DownloadType.OTHER": "Everything else.",
    "DownloadType.PDF": "PDF.",
    "DownloadType.TABLE": "Spreadsheets and other tables.",
    "DownloadType.TEXT": "Plain text.",
    "ImageFormat.JPEG": "Understood everywhere.",
    "ImageFormat.WEBP": "Smaller.",
    "LawForce.IN_FORCE": "Binds.",
    "LawForce.NOT_YET": "Will bind from a later day.",
    "LawForce.REPEALED": "Binds no more.",
    "LinkState.BROKEN": "Answered that there is no such page.",
    "LinkState.OK": "Answered.",
    "LinkState.UNREACHABLE": "Did not answer.",
    "Locale.EN": "English.",
    "Locale.TH": "Thai, the language of the originals.",
    "PageOrder.BEGINS": "By the first day, the earliest first.",
    "PageOrder.FISCAL_YEAR": "By fiscal year, the latest first.",
    "PageOrder.KIND": "By kind, as the kinds are listed, then as in the menus.",
    "PageOrder.MENU": "As the office ordered them.",
    "PageOrder.NEWEST": "By publication, the latest first.",
    "PageOrder.POSTED": "By the day they were posted, the latest first.",
    "PieceKind.ADDED": "In the newer version only.",
    "PieceKind.REMOVED": "In the older version only.",
    "PieceKind.SAME": "In both.",
    "ResourceState.INCOMPLETE": "Some formats could not be made.",
    "ResourceState.PREPARING": "Formats are being made.",
    "ResourceState.READY": "Every format is there.",
    "SignerRole.ALERT_ISSUER": "Writes an emergency alert and answers for it.",
    "SignerRole.ALERT_RELEASER": "Releases an emergency alert.",
    "SignerRole.APPROVER": "Certifies the content: the head of the division.",
    "SignerRole.EXECUTIVE": "The chief executive or chief administrator.",
    "SignerRole.PUBLISHER": "Puts it on the web site.",
    "SignerRole.REPORTER": "Answers for giving the information.",
    "VerificationState.FORMERLY_PUBLIC": "Was public, until it was replaced or its time was over.",
    "VerificationState.NEVER_PUBLIC": "Is not known to the public record.",
    "VerificationState.PUBLIC": "Is public now.",
    "VerificationState.WITHDRAWN": "Was public, and was withdrawn.",
}


def describe(schema: GraphQLSchema) -> None:
    """Gives a description to whatever in the schema has none, where we know one."""
    # Interfaces first: what implements them says the same.
    for name, part, owner in sorted(parts(schema), key=lambda found: not _is_interface(found[2])):
        if not part.description:
            part.description = _text(name, owner)


def undescribed(schema: GraphQLSchema) -> list[str]:
    """What has no description, or only that which graphene gives to every enum."""
    return [
        name
        for name, part, _owner in parts(schema)
        if not part.description or part.description == "An enumeration."
    ]


def parts(schema: GraphQLSchema) -> Iterator[tuple[str, Any, Any]]:
    """Every type, field, argument, input field and enum value, by name, with its type."""
    for kind in schema.type_map.values():
        if is_introspection_type(kind) or is_specified_scalar_type(kind):
            continue
        yield kind.name, kind, kind
        members = kind.values if isinstance(kind, GraphQLEnumType) else getattr(kind, "fields", {})
        for name, member in members.items():
            yield f"{kind.name}.{name}", member, kind
            for argument, definition in getattr(member, "args", {}).items():
                yield f"{kind.name}.{name}({argument})", definition, kind


def _text(name: str, owner: Any) -> str | None:
    if name in TEXTS:
        return TEXTS[name]
    last = name[name.index("(") :] if "(" in name else name.rpartition(".")[2]
    if isinstance(owner, GraphQLObjectType) and "(" not in name:
        for interface in owner.interfaces:
            if last in interface.fields and interface.fields[last].description:
                return interface.fields[last].description
    if last.endswith(("Label", "Labels")):
        key = last.removesuffix("s").removesuffix("Label")
        return f"What `{key}` is called, in the language of the record."
    return TEXTS.get(last)


def _is_interface(kind: Any) -> bool:
    return isinstance(kind, GraphQLInterfaceType)
