"""Settings of Wagtail and wagtail-localize that no environment changes."""

WAGTAIL_SITE_NAME = "Prakat"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.publication.finish.publish_signed"
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False
WAGTAILIMAGES_IMAGE_MODEL = "pages.OfficeImage"
WAGTAILDOCS_DOCUMENT_MODEL = "pages.OfficeDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "doc", "docx", "jpg", "jpeg", "json", "ods", "odt", "pdf", "pptx"]
WAGTAILDOCS_EXTENSIONS += ["tif", "tiff", "txt", "xlsx", "zip"]
WAGTAILDOCS_EXTENSIONS += ["geojson", "gpkg", "kml", "kmz", "tsv"]  # open data
WAGTAILEMBEDS_FINDERS: list[dict] = []  # videos are linked and loaded by consent only
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# Of drafts, for the admin alone; the public searches publications (cms.publication.search_index).
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.thai.search_backend"}}
