"""What the parts, elements and attributes of a workbook are called in plain words, where a person should hear of them.

The scan forbids all that it does not expect; this list only gives it words. Names from the file itself are not quoted:
a part or an attribute may be named after a person.
"""

from __future__ import annotations

# A piece of a part's name: what it is. The first that fits is told.
_PARTS = (
    ("pivotcache", "is a pivot cache: the rows it was made from, whole"),
    ("pivottable", "is a pivot table"),
    ("externallink", "is a link to another workbook, with its values"),
    ("comment", "holds comments"),
    ("persons/", "names the persons who commented"),
    ("customxml", "is custom XML"),
    ("docprops/custom", "holds properties of the document"),
    ("docprops/", "holds properties of the document: who made it, and when"),
    ("vba", "is a macro"),
    ("macrosheets", "is a macro"),
    ("activex", "is a control that runs"),
    ("ctrlprops", "is a control"),
    ("media/", "is an image or a recording"),
    ("drawing", "is a drawing"),
    ("chart", "is a chart, with the values it was drawn from"),
    ("embeddings", "is a document within the document"),
    ("calcchain", "is a chain of formulas"),
    ("connections", "is a connection to a database"),
    ("querytable", "is the answer of a query"),
    ("printersettings", "tells of a printer"),
    ("revision", "holds earlier revisions"),
    ("slicer", "is a filter with its values"),
    ("timeline", "is a filter with its values"),
    ("table", "is a table within the sheet"),
    ("sharedstrings", "holds texts apart from the cells, also ones that no cell shows"),
    ("worksheets/", "is another sheet, or belongs to one"),
    ("chartsheets", "is another sheet"),
    ("theme", "is a theme"),
)

_ELEMENTS = {
    "f": "a formula",
    "definedName": "a defined name",
    "sheet": "a sheet that no export has, or one that is hidden",
    "externalReference": "a link to another workbook",
    "pivotCache": "a pivot cache",
    "pivotCacheDefinition": "a pivot cache",
    "dataValidation": "a list of allowed values, which may name what no cell shows",
    "conditionalFormatting": "a format that depends on values and may blank them",
    "dxf": "a format that depends on values and may blank them",
    "autoFilter": "a filter, which hides rows",
    "filterColumn": "a filter, which hides rows",
    "customSheetView": "another view of the sheet, which may hide rows",
    "sheetView": "a view of the sheet, which may hide parts of it",
    "pane": "a pane that may hide rows",
    "sheetPr": "properties of the sheet",
    "outlinePr": "an outline that may be collapsed",
    "sheetFormatPr": "a format for all rows, which may hide them",
    "sheetProtection": "a protection, behind which cells may be hidden",
    "workbookProtection": "a protection, behind which sheets may be hidden",
    "mergeCell": "merged cells, of which only one is seen",
    "hyperlink": "a link",
    "legacyDrawing": "comments or controls",
    "drawing": "a drawing",
    "picture": "an image",
    "oleObject": "a document within the document",
    "control": "a control",
    "tablePart": "a table within the sheet",
    "headerFooter": "a header or footer for printing",
    "rowBreaks": "page breaks",
    "scenario": "a scenario, with other values of cells",
    "phoneticPr": "a reading aid",
    "rPh": "a reading aid with text of its own",
    "rPr": "a format for a part of a text, which may hide it",
    "numFmt": "a number format of its own: one such as ;;; shows nothing",
    "color": "a colour for letters, which may be that of the paper",
    "fgColor": "a colour behind letters, which may be theirs",
    "bgColor": "a colour behind letters, which may be theirs",
    "gradientFill": "a colour behind letters, which may be theirs",
    "alignment": "an alignment that may move text out of sight",
    "protection": "a protection, behind which cells may be hidden",
    "extLst": "an extension of some program",
    "fileVersion": "the program that wrote it",
    "workbookPr": "properties of the workbook",
    "bookViews": "a view of the workbook",
    "calcPr": "orders to work out formulas",
    "AlternateContent": "other contents for some programs",
}

_ATTRIBUTES = {
    "hidden": "is hidden",
    "veryHidden": "is hidden so that no menu shows it",
    "ht": "has a height of its own, which may be nothing",
    "zeroHeight": "has a height of nothing",
    "customHeight": "has a height of its own, which may be nothing",
    "width": "has a width that is not its column's, and may be nothing",
    "outlineLevel": "belongs to a group that may be collapsed",
    "collapsed": "is a collapsed group",
    "state": "is hidden, or may be",
    "s": "has a style that is not its kind's",
    "style": "has a style that is not its kind's",
    "t": "is of a type that is not its column's: nothing but plain text and numbers may stand there",
    "numFmtId": "shows its values by a number format that ours does not have",
    "TargetMode": "leads outside of the file",
    "Target": "leads to another part than ours",
    "Type": "is a link of another type than ours",
    "PartName": "names another part than ours",
    "ContentType": "names another type of part than ours",
    "Extension": "allows another type of part than ours",
}


def part_in_words(name: str) -> str:
    """What a part that should not be there is."""
    lowered = name.lower()
    for piece, words in _PARTS:
        if piece in lowered:
            return words
    return "is a part that no export has"


def element_in_words(name: str) -> str:
    """What an element that should not be there is. `name` may have a prefix."""
    words = _ELEMENTS.get(name.rpartition(":")[2])
    return f"holds {words}" if words else "holds an element that no export has"


def attribute_in_words(name: str, value: str) -> str:
    """What an attribute that should not be there, or not so, means for what it stands on."""
    local = name.rpartition(":")[2]
    if local == "state" and value == "veryHidden":
        return _ATTRIBUTES["veryHidden"]
    return _ATTRIBUTES.get(local, "has an attribute that no export has")
