"""The parts that are the same in every workbook of ours, as the scanner expects them: element by element.

Each line is the path of an element, then its attributes. They are told a second time here, apart from the writer, so
that a slip on either side is seen.
"""

from __future__ import annotations

from safeconduct.exports.files.scanning.strict_xml import Ways

WAYS = Ways(beginning=b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n')
SHEET = "xl/worksheets/sheet1.xml"

_SCHEMAS = "http://schemas.openxmlformats.org"
MAIN = f"{_SCHEMAS}/spreadsheetml/2006/main"
_LINKS = f"{_SCHEMAS}/officeDocument/2006/relationships"
_PACKAGE_LINKS = f"{_SCHEMAS}/package/2006/relationships"
_OURS = "application/vnd.openxmlformats-officedocument.spreadsheetml"

SAME_IN_ALL: dict[str, tuple[str, ...]] = {
    "[Content_Types].xml": (
        f"Types xmlns={_SCHEMAS}/package/2006/content-types",
        "Types/Default Extension=rels ContentType=application/vnd.openxmlformats-package.relationships+xml",
        "Types/Default Extension=xml ContentType=application/xml",
        f"Types/Override PartName=/xl/workbook.xml ContentType={_OURS}.sheet.main+xml",
        f"Types/Override PartName=/xl/worksheets/sheet1.xml ContentType={_OURS}.worksheet+xml",
        f"Types/Override PartName=/xl/styles.xml ContentType={_OURS}.styles+xml",
    ),
    "_rels/.rels": (
        f"Relationships xmlns={_PACKAGE_LINKS}",
        f"Relationships/Relationship Id=rId1 Type={_LINKS}/officeDocument Target=xl/workbook.xml",
    ),
    "xl/_rels/workbook.xml.rels": (
        f"Relationships xmlns={_PACKAGE_LINKS}",
        f"Relationships/Relationship Id=rId1 Type={_LINKS}/worksheet Target=worksheets/sheet1.xml",
        f"Relationships/Relationship Id=rId2 Type={_LINKS}/styles Target=styles.xml",
    ),
    "xl/workbook.xml": (
        f"workbook xmlns={MAIN} xmlns:r={_LINKS}",
        "workbook/sheets",
        "workbook/sheets/sheet name=List sheetId=1 r:id=rId1",
    ),
    "xl/styles.xml": (
        f"styleSheet xmlns={MAIN}",
        "styleSheet/fonts count=2",
        "styleSheet/fonts/font",
        "styleSheet/fonts/font/sz val=11",
        "styleSheet/fonts/font/name val=Calibri",
        "styleSheet/fonts/font",
        "styleSheet/fonts/font/b",
        "styleSheet/fonts/font/sz val=11",
        "styleSheet/fonts/font/name val=Calibri",
        "styleSheet/fills count=2",
        "styleSheet/fills/fill",
        "styleSheet/fills/fill/patternFill patternType=none",
        "styleSheet/fills/fill",
        "styleSheet/fills/fill/patternFill patternType=gray125",
        "styleSheet/borders count=1",
        "styleSheet/borders/border",
        *(
            f"styleSheet/borders/border/{side}"
            for side in ("left", "right", "top", "bottom", "diagonal")
        ),
        "styleSheet/cellStyleXfs count=1",
        "styleSheet/cellStyleXfs/xf numFmtId=0 fontId=0 fillId=0 borderId=0",
        "styleSheet/cellXfs count=3",
        "styleSheet/cellXfs/xf numFmtId=0 fontId=0 fillId=0 borderId=0 xfId=0",
        "styleSheet/cellXfs/xf numFmtId=49 fontId=0 fillId=0 borderId=0 xfId=0 applyNumberFormat=1",
        "styleSheet/cellXfs/xf numFmtId=49 fontId=1 fillId=0 borderId=0 xfId=0 applyNumberFormat=1 applyFont=1",
        "styleSheet/cellStyles count=1",
        "styleSheet/cellStyles/cellStyle name=Normal xfId=0 builtinId=0",
    ),
}
