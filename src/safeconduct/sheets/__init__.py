"""Reading a stranger's spreadsheet: every row ends as accepted, quarantined or a repeat, and the counts add up.

The file is parsed in a child process under limits (`child`, `process`); what comes back is cells and nothing else.
The way through the room: container -> scan, workbook or delimited -> grid -> headings -> columns -> rows -> households.
Its door is `reading.read_sheets`; columns are corrected through `mapping`. Nothing is imported here, so that the child starts quickly.
"""
