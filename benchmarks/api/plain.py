"""The views to compare with: the same data by hand with `.values()` and orjson; constant bytes."""

import datetime
import re
from collections import defaultdict
from typing import Any
from urllib.parse import quote

import orjson
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from cms.publication.models import PinnedFile, Publication
from pages.news import NewsKind

JSON = "application/json; charset=utf-8"
WEBP, JPEG = "image/webp", "image/jpeg"
LINK = re.compile(r'<a data-(subject|file)="([^"]+)">(.*?)</a>', re.DOTALL)
COLUMNS = ("subject", "locale", "title", "address__path", "published_at", "snapshot")
CONSTANT = orjson.dumps({"data": {"news": {"nodes": [{"title": "ข่าว" * 20}] * 60}}})


def limit(request: HttpRequest) -> HttpResponse:
    """The same bytes for everybody: what Django itself costs."""
    return HttpResponse(CONSTANT, content_type=JSON)


def view(request: HttpRequest, name: str) -> HttpResponse:
    """The answer to one of the questions, by its name."""
    data = VIEWS[name](request.GET)
    return HttpResponse(orjson.dumps({"data": data}), content_type=JSON)


def news_list(parameters: Any) -> dict[str, Any]:
    """Twenty items with their pictures, after a cursor."""
    first, rows = int(parameters["first"]), _news()
    if parameters.get("day"):
        day, key = datetime.date.fromisoformat(parameters["day"]), int(parameters["key"])
        rows = rows.filter(Q(posted_on__lt=day) | Q(posted_on=day, id__lt=key), posted_on__lte=day)
    window = rows.values(*COLUMNS, "id", "posted_on", "category", "is_urgent")[: first + 1]
    found = list(window)
    shown = found[:first]
    content = [orjson.loads(row["snapshot"]) for row in shown]
    leads = [data["fields"]["lead_image"] for data in content]
    copies = _copies({image["file"] for image in leads if image})
    nodes = [
        {
            **_beginning(row, data["fields"]),
            "kind": row["category"].upper(),
            "postedOn": data["fields"]["posted_on"],
            "publishedAt": _moment(row["published_at"]),
            "isUrgent": row["is_urgent"],
            "leadImage": _image(image, data["fields"]["lead_image_alt"], data["files"], copies),
        }
        for row, data, image in zip(shown, content, leads, strict=True)
    ]
    return {"news": {"nodes": nodes, "pageInfo": {"hasNextPage": len(found) > first}}}


def article(parameters: Any) -> dict[str, Any]:
    """One item with its blocks."""
    row = (
        Publication.objects.effective()
        .filter(address__locale="th", address__path=parameters["path"])
        .values(*COLUMNS, "content_hash", "category", "address__short_id")
        .first()
    )
    if row is None:
        return {"page": None}
    data = orjson.loads(row["snapshot"])
    fields = data["fields"]
    copies, targets = _copies(data["files"]), _targets(data["references"])
    with translation.override("th"):
        label = str(NewsKind(row["category"]).label)
    image = _image(fields["lead_image"], fields["lead_image_alt"], data["files"], copies)
    return {
        "page": {
            **_beginning(row, fields),
            "permanentId": row["address__short_id"],
            "kind": row["category"].upper(),
            "kindLabel": label,
            "postedOn": fields["posted_on"],
            "publishedAt": _moment(row["published_at"]),
            "contentHash": row["content_hash"],
            "leadImage": image,
            "body": _blocks(fields["body"], data["files"], copies, targets),
            "attachments": _blocks(fields["attachments"], data["files"], copies, targets),
        }
    }


def feed(parameters: Any) -> dict[str, Any]:
    """A hundred items with their whole bodies."""
    rows = list(_news().values(*COLUMNS, "category", "address__short_id")[:100])
    content = [orjson.loads(row["snapshot"]) for row in rows]
    copies = _copies({key for data in content for key in data["files"]})
    targets = _targets({subject for data in content for subject in data["references"]})
    permanent = reverse("permanent", args=["0", "th"])
    nodes = [
        {
            **_beginning(row, data["fields"]),
            "permanentPath": permanent.replace("0", row["address__short_id"]),
            "kind": row["category"].upper(),
            "postedOn": data["fields"]["posted_on"],
            "publishedAt": _moment(row["published_at"]),
            "body": _blocks(data["fields"]["body"], data["files"], copies, targets),
            "attachments": _blocks(data["fields"]["attachments"], data["files"], copies, targets),
        }
        for row, data in zip(rows, content, strict=True)
    ]
    return {"news": {"nodes": nodes}}


def navigation(parameters: Any) -> dict[str, Any]:
    """The sections in the menus, three levels."""
    rows = (
        Publication.objects.effective()
        .filter(locale="th", in_menu=True, address__path__isnull=False)
        .exclude(type="HomePage")
        .order_by("sort_order", "title_key", "id")
        .values("subject", "parent", "title", "address__path")
    )
    found = list(rows)
    subjects = {row["subject"] for row in found}
    children = defaultdict(list)
    for row in found:
        children[row["parent"] if row["parent"] in subjects else None].append(row)

    def items(above: Any, depth: int) -> list[dict[str, Any]]:
        return [
            {
                "title": row["title"],
                "path": f"/th{row['address__path']}",
                **({"children": items(row["subject"], depth - 1)} if depth > 1 else {}),
            }
            for row in children[above]
        ]

    return {"navigation": items(None, 3)}


def _news() -> Any:
    return (
        Publication.objects.effective()
        .filter(locale="th", type="NewsPage", posted_on__isnull=False)
        .order_by("-posted_on", "-id")
    )


def _beginning(row: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"{row['subject']}:{row['locale']}",
        "title": row["title"],
        "summary": fields["summary"],
        "path": f"/{row['locale']}{row['address__path']}",
    }


def _moment(value: datetime.datetime) -> str:
    return value.isoformat().replace("+00:00", "Z")


def _url(sha256: str, filename: str) -> str:
    return f"/files/{sha256}/{quote(filename)}"


def _copies(hashes: Any) -> dict[str, list[dict[str, Any]]]:
    """The scaled copies of pictures, by their original."""
    rows = (
        PinnedFile.objects.filter(sources__sha256__in=list(hashes))
        .order_by("width", "pk")
        .values("sha256", "filename", "content_type", "width", source=F("sources__sha256"))
    )
    copies = defaultdict(list)
    for row in rows:
        copies[row["source"]].append(row)
    return copies


def _targets(subjects: Any) -> dict[str, str]:
    """Where the pages stand that are linked to."""
    if not subjects:
        return {}
    rows = Publication.objects.effective().filter(
        subject__in=list(subjects), locale="th", address__path__isnull=False
    )
    pairs = rows.values_list("subject", "address__path")
    return {str(subject): f"/th{path}" for subject, path in pairs}


def _image(
    image: dict[str, Any] | None, alt: str, files: dict[str, Any], copies: dict[str, Any]
) -> dict[str, Any] | None:
    if not image:
        return None
    described, made = files[image["file"]], copies[image["file"]]
    jpegs = [copy for copy in made if copy["content_type"] == JPEG]
    best = min(jpegs, key=lambda copy: abs(copy["width"] - 800))
    return {
        "alt": alt,
        "credit": image["credit"],
        "width": described["width"],
        "height": described["height"],
        "url": _url(best["sha256"], best["filename"]),
        "webp": _srcset(copy for copy in made if copy["content_type"] == WEBP),
        "jpeg": _srcset(jpegs),
    }


def _srcset(copies: Any) -> str:
    return ", ".join(
        f"{_url(copy['sha256'], copy['filename'])} {copy['width']}w" for copy in copies
    )


def _file(value: dict[str, Any], files: dict[str, Any]) -> dict[str, Any]:
    described = files[value["file"]]
    return {
        "title": value["title"],
        "url": _url(value["file"], described["filename"]),
        "filename": described["filename"],
        "contentType": described["contentType"],
        "size": described["size"],
    }


def _blocks(blocks: list[dict[str, Any]], files: Any, copies: Any, targets: Any) -> list[Any]:
    def html(source: str) -> str:
        def link(found: re.Match[str]) -> str:
            kind, key, words = found.groups()
            if kind == "file":
                return f'<a href="{_url(key, files[key]["filename"])}">{words}</a>'
            return f'<a href="{targets[key]}">{words}</a>' if key in targets else words

        return LINK.sub(link, source)

    def message(source: str) -> dict[str, str]:
        return {"html": html(source)}

    def image(value: Any) -> dict[str, Any]:
        picture = _image(value["image"], value["image"]["alt"], files, copies)
        return {"caption": value["caption"], "image": picture}

    def call_out(value: Any) -> dict[str, Any]:
        return {
            "tone": value["tone"],
            "title": value["title"],
            "message": message(value["message"]),
        }

    def documents(value: Any) -> dict[str, Any]:
        listed = [_file(document, files) for document in value["documents"]]
        return {"title": value["title"], "documents": listed}

    kinds: dict[str, Any] = {
        "heading": ("HeadingBlock", lambda value: {"heading": value}),
        "rich_text": ("RichTextBlock", lambda value: {"richText": message(value)}),
        "image": ("ImageBlock", image),
        "table": (
            "TableBlock",
            lambda value: {"caption": value["caption"], "table": value["table"]},
        ),
        "quote": (
            "QuoteBlock",
            lambda value: {name: value[name] for name in ("quotation", "attribution")},
        ),
        "call_out": ("CallOutBlock", call_out),
        "document_list": ("DocumentListBlock", documents),
        "document": ("DocumentBlock", lambda value: {"document": _file(value, files)}),
    }
    found = []
    for block in blocks:
        name, parts = kinds[block["type"]]
        found.append({"__typename": name, "id": block["id"], **parts(block["value"])})
    return found


VIEWS = {
    "list": news_list,
    "deep": news_list,
    "article": article,
    "feed": feed,
    "navigation": navigation,
}
