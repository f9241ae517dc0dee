"""Code lists that the law and the open-data standard fix.

Keys are ours and stable. Labels of the open-data lists are, in Thai, letter for letter those of the
standard (14 mandatory metadata of สพร.; domain facts, section 5), as catalogues harvest them.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfficialInformationSection(models.TextChoices):
    """What the Official Information Act B.E. 2540, sections 7 and 9, obliges the office to show.

    The announcement misprints section 9 as 8.
    """

    S7_1 = "s7-1", _("Section 7 (1): structure and organisation")
    S7_2 = "s7-2", _("Section 7 (2): main powers and duties, and how they are carried out")
    S7_3 = "s7-3", _("Section 7 (3): where to ask for information or advice")
    S7_4 = "s7-4", _("Section 7 (4): rules, resolutions, orders and policies of general effect")
    S7_5 = "s7-5", _("Section 7 (5): other information that the Commission prescribes")
    S9_1 = "s9-1", _("Section 9 (1): decisions with direct effect on private persons")
    S9_2 = "s9-2", _("Section 9 (2): policies and interpretations outside section 7 (4)")
    S9_3 = "s9-3", _("Section 9 (3): plans, projects and budget of the current year")
    S9_4 = "s9-4", _("Section 9 (4): manuals and orders that affect private persons' rights")
    S9_5 = "s9-5", _("Section 9 (5): printed works that section 7 refers to")
    S9_6 = "s9-6", _("Section 9 (6): concessions, monopoly contracts and joint ventures")
    S9_7 = "s9-7", _("Section 9 (7): resolutions of the cabinet and of statutory committees")
    S9_8 = "s9-8", _("Section 9 (8): other information that the Commission prescribes")


class DataType(models.TextChoices):
    """Metadata 1: ประเภทชุดข้อมูล."""

    RECORD = "record", _("Record data")
    STATISTICS = "statistics", _("Statistical data")
    GEOSPATIAL = "geospatial", _("Geospatial data")
    MIXED = "mixed", _("Data of several types")
    OTHER = "other", _("Data of another type")


class DataObjective(models.TextChoices):
    """Metadata 8: วัตถุประสงค์."""

    NATIONAL_STRATEGY = "national-strategy", _("National strategy")
    NATIONAL_PLAN = "national-plan", _("National economic and social development plan")
    SECURITY_PLAN = "security-plan", _("National security plan")
    MASTER_PLAN = "master-plan", _("Master plan under the national strategy")
    REFORM_PLAN = "reform-plan", _("National reform plan")
    LEVEL_THREE_PLAN = "level-three-plan", _("Level 3 plan (cabinet resolution of 4 Dec 2017)")
    GOVERNMENT_POLICY = "government-policy", _("Government policy or order of the prime minister")
    CABINET_RESOLUTION = "cabinet-resolution", _("Cabinet resolution")
    PUBLIC_SERVICE = "public-service", _("Service to the public")
    LAW = "law", _("Related law")
    MISSION = "mission", _("Mission of the agency")
    INTERNATIONAL_INDEX = "international-index", _("International index or indicator")
    UNKNOWN = "unknown", _("Unknown")
    OTHER = "other", _("Other")


class UpdateFrequency(models.TextChoices):
    """Metadata 9: หน่วยความถี่ของการปรับปรุงข้อมูล."""

    UNKNOWN = "unknown", _("Unknown")
    YEAR = "year", _("Year")
    HALF_YEAR = "half-year", _("Half year")
    QUARTER = "quarter", _("Quarter")
    MONTH = "month", _("Month")
    WEEK = "week", _("Week")
    DAY = "day", _("Day")
    WORKING_DAY = "working-day", _("Working day")
    HOUR = "hour", _("Hour")
    MINUTE = "minute", _("Minute")
    REAL_TIME = "real-time", _("In real time")
    NEVER = "never", _("Not updated after collection")
    OTHER = "other", _("Other")


class GeographicCoverage(models.TextChoices):
    """Metadata 10: ขอบเขตเชิงภูมิศาสตร์หรือเชิงพื้นที่."""

    NONE = "none", _("None")
    WORLD = "world", _("World")
    CONTINENT = "continent", _("Continent or group of countries in a continent")
    ECONOMIC_GROUP = "economic-group", _("Economic group of countries")
    COUNTRY = "country", _("Country")
    REGION = "region", _("Region")
    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District")
    SUBDISTRICT = "subdistrict", _("Subdistrict")
    VILLAGE = "village", _("Village")
    MUNICIPALITY = "municipality", _("Municipality or SAO")
    COORDINATES = "coordinates", _("Coordinates")
    UNKNOWN = "unknown", _("Unknown")
    OTHER = "other", _("Other")


class DataFormat(models.TextChoices):
    """Metadata 12: รูปแบบการเก็บข้อมูล. The standard's own names are English."""

    DATABASE = "database", "Database"
    CSV = "csv", "CSV"
    XML = "xml", "XML"
    IMAGE = "image", "Image"
    VIDEO = "video", "Video"
    AUDIO = "audio", "Audio"
    TEXT = "text", "Text"
    JSON = "json", "JSON"
    HTML = "html", "HTML"
    DOC = "doc", "DOC/DOCX"
    XLS = "xls", "XLS"
    PDF = "pdf", "PDF"
    RDF = "rdf", "RDF"
    NOSQL = "nosql", "NoSQL"
    COVERAGE = "coverage", "Arc/Info Coverage"
    SHAPEFILE = "shapefile", "Shapefile"
    GEOTIFF = "geotiff", "GeoTiff"
    GML = "gml", "GML"
    UNKNOWN = "unknown", _("Unknown")
    OTHER = "other", _("Other")


class DataCategory(models.TextChoices):
    """Metadata 13: หมวดหมู่ข้อมูลตามธรรมาภิบาลข้อมูลภาครัฐ."""

    PUBLIC = "public", _("Public data")
    PERSONAL = "personal", _("Personal data")
    SECURITY = "security", _("National security data")
    SECRET = "secret", _("Official secret data")


class DataLicense(models.TextChoices):
    """Metadata 14: the names as the Thai catalogue writes them."""

    UNSPECIFIED = "unspecified", "License not specified"
    CC_BY = "cc-by", "Creative Commons Attributions"
    CC_BY_SA = "cc-by-sa", "Creative Commons Attribution Share-Alike"
    CC_NC = "cc-nc", "Creative Commons Non-Commercial (Any)"
    ODC = "odc", "Open Data Common"
    GFDL = "gfdl", "GNU Free Documentation License"
    OTHER = "other", _("Other")
