"""GDAL, through pyogrio, with only the four drivers that uploads may need.

GDAL picks its driver by the content of a file: some read any file of this machine, or the
network, that their input names. So every other driver is left out before the library is loaded.
Only the process that converts one file imports this module; see `cms.opendata.worker`.
"""

import os

DRIVERS = {"ESRI Shapefile", "LIBKML", "GeoJSON", "GPKG"}
# Every other vector driver of pyogrio's wheel. A driver that a later wheel adds stops the import
# below until it is named here.
_LEFT_OUT = (
    "MEM,PCIDSK,PDS4,VICAR,PDF,MBTiles,EEDA,OGCAPI,GDALG,MapInfo File,LVBAG,S57,DGN,OGR_VRT,CSV,"
    "GML,GPX,KML,GeoJSONSeq,ESRIJSON,TopoJSON,OGR_GMT,SQLite,WAsP,OpenFileGDB,DXF,FlatGeobuf,"
    "GeoRSS,VFK,PGDUMP,OSM,GPSBabel,OGR_PDS,WFS,OAPIF,EDIGEO,Idrisi,ODS,XLSX,Elasticsearch,Carto,"
    "AmigoCloud,SXF,Selafin,JML,PLSCENES,CSW,VDV,MVT,NGW,MapML,GTFS,PMTiles,JSONFG,"
    "MiraMonVector,ADBC,AVCBin,AVCE00,AIVector,HTTP"
)
os.environ.update(
    OGR_SKIP=_LEFT_OUT,
    GDAL_NUM_THREADS="1",
    OPENBLAS_NUM_THREADS="1",
    # No file beside the given one, no address: neither is ever asked for by our own code.
    CPL_VSIL_CURL_ALLOWED_EXTENSIONS="none",
    GDAL_HTTP_TIMEOUT="1",
    OGR_GEOJSON_MAX_OBJ_SIZE="0",  # the size of the file is limited before
    PROJ_NETWORK="OFF",
)

import pyogrio  # noqa: E402
from pyogrio import raw  # noqa: E402

if unknown := set(pyogrio.list_drivers()) - DRIVERS:
    raise ImportError(f"GDAL has drivers that nobody allowed: {sorted(unknown)}")

__all__ = ["DRIVERS", "pyogrio", "raw"]
