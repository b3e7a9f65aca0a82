"""The TEI schema that documents are held to: TEI P5 as trafilatura ships it, with TEI's module of tables."""

import io
from functools import cache
from importlib.resources import files

from lxml import etree

# Elements that lists may stand beside; the first declaration counts.
TABLES_BESIDE_LISTS = """<!ENTITY % model.listLike
"list |listOrg |listEvent |listPerson |listPlace |listRelation |listObject |listNym |table">\n"""
TABLES = """
<!ELEMENT table ((%model.headLike;|%model.global;)*,(row,(%model.global;)*)+)>
<!ATTLIST table xmlns CDATA "http://www.tei-c.org/ns/1.0" %att.global.attributes;>
<!ELEMENT row (cell)+>
<!ATTLIST row xmlns CDATA "http://www.tei-c.org/ns/1.0" %att.global.attributes; role CDATA #IMPLIED>
<!ELEMENT cell %macro.specialPara;>
<!ATTLIST cell xmlns CDATA "http://www.tei-c.org/ns/1.0" %att.global.attributes; role CDATA #IMPLIED>
"""


def faults_of(root: etree._Element) -> list[str]:
    """Return where a document breaks the rules of TEI."""
    schema = _schema()
    return [] if schema.validate(root) else [error.message for error in schema.error_log]


@cache
def _schema() -> etree.DTD:
    shipped = files("trafilatura").joinpath("data/tei_corpus.dtd").read_text("utf-8")
    return etree.DTD(io.StringIO(f"{TABLES_BESIDE_LISTS}{shipped}{TABLES}"))
