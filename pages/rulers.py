"""How does the same county stand under 2012, 2017 and a province's standard, and what flips between them?"""

from view import controls, frame, rulers
from view.texts import _
from warehouse import read, read_inspection

pick = controls.current()
verdicts = read_inspection.verdicts(pick.snapshot, pick.year)
frame.header(pick, _("三把尺子"), rulers.verdict(pick, verdicts))
rulers.side_by_side(pick, verdicts, read_inspection.composites(pick.snapshot, pick.year))
rulers.flipped_items(pick, read_inspection.all_items(pick.snapshot, pick.year))
reasons = read_inspection.flipped_indicators(pick.snapshot, pick.year)
rulers.flipped_schools(pick, read_inspection.schools_by_standard(pick.snapshot, pick.year), reasons)
frame.source(pick, sources=read.sources(pick.snapshot))
